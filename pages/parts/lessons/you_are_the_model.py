"""You are the model: the visitor draws how likely words are near one word, and is judged as the model is."""

from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from pages.components.guess import guess_view, shares_in
from pages.drawing import likelihood_formulas as formulas
from pages.drawing.objective_words import ASKED_ALONE, words_of
from pages.drawing.words import visible
from pages.parts.lessons import progress
from pages.parts.lessons.guess_record import Round, readout, said_of, to_guess, to_show
from pages.parts.lessons.progress import Given
from pages.parts.shared import frame, strip, watch
from pages.parts.shared.story import moment_in_words
from pages.parts.shared.strip import text_name
from pages.parts.shared.word_box import missing, word_box
from pages.session import allowed, memory, now, training
from pages.session.told import company_of, counts_of, objective_of
from w2v import Moments
from w2v.counted import counted
from w2v.explain.you_are_the_model import Judged, bars_of, judge, words_to_guess

NAME = "you-are-the-model"  # under which the first guess for each word is kept among the answers
PART = "model"  # of the page, in addresses
TITLE = "You are the model"
KEY = "guess_bars"
MOST_KEPT = 60  # guesses
READ_AT_ONCE = 3_000  # letters of the text
NO_NEIGHBOR = "No word stands near {word} in this text, so there is nothing to guess. Choose another word."
LEARNED_FROM = "What the text says is counted in the sentences that are learned from; others are kept aside."


def card() -> None:
    """What it is, how often it was played, and the way there."""
    given = progress.progress_in(NAME)
    with st.container(border=True, gap="small"):
        strip.part(TITLE)
        st.text(
            "Drag the bars yourself: how likely is each word near one that you choose? Then see who guesses better."
        )
        if given.given:
            st.caption(f"{counted(len(given.given), 'word')} guessed \u00b7 {given.n_right} better than by frequency")
        st.button("Play", key="play_model", on_click=now.choose_part, args=(PART,))


def show(moments: Moments) -> None:
    """The whole part below its heading. To be run as a fragment: again whenever a bar or the player comes to rest."""
    watch.follow_player(moments, watch.reported("lessons"))  # before anything is drawn
    here = _round_of(moments)
    judged = _judged(here, moments) if here.committed else None
    with st.container(key="stays_guess", horizontal=True, vertical_alignment="center", gap="small"):
        word_box(here.words, here.words[here.word], "guess_word")
        _buttons(here, judged is not None)
    missing(here.words, "guess_word")
    with frame.placeholder("guess"):
        if here.has_neighbors:
            guess_view(_record(here, judged, moments), key=KEY)
        else:
            st.text(NO_NEIGHBOR.format(word=here.named))
    below = st.container()  # there in any case
    if judged is None:
        _text(moments)
        return
    with below:
        watch.show(moments, "lessons", ("transport",))
        _notes(here, judged, moments)


def _buttons(here: Round, is_judged: bool) -> None:
    is_asked = not is_judged and here.has_neighbors
    kind: Literal["secondary", "primary"] = "secondary" if is_asked else "primary"
    st.button("Another word", type=kind, key="guess_other", on_click=_take_another)
    if is_judged:
        st.button("Guess it again", key="guess_again", on_click=_guess_again)
    elif is_asked:
        with st.container(key="guess_do", horizontal=True, gap="small", width="content"):
            st.button("Commit my guess", type="primary", key="guess_commit", on_click=commit)
            st.button("Even bars", key="guess_even", on_click=_even)


def _text(moments: Moments) -> None:
    """The beginning of the text, to guess from."""
    with st.expander("Read the text first", icon=":material/article:"), st.container(height=220, border=False):
        text = moments.config.text
        lines = "\n".join(map(visible, text[:READ_AT_ONCE].splitlines()))
        st.text(f"{lines}\N{HORIZONTAL ELLIPSIS}" if len(text) > READ_AT_ONCE else lines)


def _notes(here: Round, judged: Judged, moments: Moments) -> None:
    """What is to be known of the numbers: of this kind of model, of this text; and their formula."""
    objective, company = objective_of(moments), company_of(moments)
    if judged.P is None:
        st.text(objective.no_probability)
    elif not objective.sums_to_one:
        words = words_of(objective)
        st.text(words.drawn_from if now.in_numbers() else words.drawn_from_in_words)
    if moments.config.architecture == "cbow":
        st.text(ASKED_ALONE)
    if company.others is not None and company.others.total:
        st.text(LEARNED_FROM)
    if now.level() == "algebra":
        st.latex(formulas.guess(judged, here.words[here.word], here.words))


# --- what is guessed ----------------------------------------------------------------------------------------------


def _round_of(moments: Moments) -> Round:
    """Return what is guessed now: the selected word, or the one that tells most, and the guess if it was committed."""
    counts, words = counts_of(moments), moments.corpus.vocabulary.words
    word = now.word_id(moments)
    committed = memory.kept("guesses").get((now.config(), word))
    name = f"{hash(now.config()) & 0xFFFFFFFFFFFF:012x}-{word}"
    return Round(name, word, words, counts, bars_of(counts, word, words), committed)


def _record(here: Round, judged: Judged | None, moments: Moments) -> dict[str, Any]:
    """Return the bars as the browser gets them."""
    if judged is None:
        return to_guess(here, _shares(here), _command(), None if moments.config.pairs else moments.config.window)
    when, moves = moment_in_words(moments, now.moment(moments)), not allowed.is_locked()
    return to_show(here, judged, _command(), when, in_numbers=now.in_numbers(), moves=moves)


def _judged(here: Round, moments: Moments) -> Judged | None:
    """Judge the guess that was committed, beside the model at the moment that is looked at."""
    assert here.committed is not None
    parameters = moments.parameters(now.moment(moments))
    P = objective_of(moments).distribution(parameters.U, parameters.V[here.word])
    return judge(here.counts, here.word, here.bars.guess(here.committed), P)


def _shares(here: Round) -> tuple[float, ...]:
    """Return the shares of the bars as they were left, even ones where nobody has moved any."""
    found = shares_in(memory.widget_value(KEY), here.name, len(here.bars.even), _command())
    return found or tuple(here.bars.even.tolist())


def _command() -> int:
    return int(memory.recall("guess_command", 0))


# --- buttons: they ask the session, since Streamlit keeps what they call as long as that ------------------------------


def commit() -> None:
    """Lock the bars as they are, and judge them."""
    here, moments = _here()
    if here is None or moments is None:
        return
    kept = memory.kept("guesses")
    kept[now.config(), here.word] = shares = _shares(here)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    judged = _judged(replace(here, committed=shares), moments)
    if judged is not None:
        _note(here, judged, moments)


def _even() -> None:
    memory.remember(guess_command=_command() + 1)


def _guess_again() -> None:
    here, _ = _here()
    if here is not None:
        memory.kept("guesses").pop((now.config(), here.word), None)
        _even()


def _take_another() -> None:
    """Go to the next word worth guessing for, one that was not guessed yet if there is any."""
    here, _ = _here()
    if here is None:
        return
    among = words_to_guess(here.counts, here.words)
    place = among.index(here.word) + 1 if here.word in among else 0
    turned = [word for word in [*among[place:], *among[:place]] if word != here.word]
    guessed = {word for config, word in memory.kept("guesses") if config == now.config()}
    chosen = next((word for word in turned if word not in guessed), turned[0] if turned else None)
    if chosen is not None:
        now.select(here.words[chosen])
        now.send_player()


def _here() -> tuple[Round | None, Moments | None]:
    moments = training.trained_already(now.config())
    return (_round_of(moments[0]), moments[0]) if moments else (None, None)


def _note(here: Round, judged: Judged, moments: Moments) -> None:
    """Keep a guess among the answers of the lessons, where right is what is better than guessing by frequency.

    Of each word the first: whoever guesses again has seen the answer.
    """
    given = progress.progress_in(NAME).given
    question = f"How likely is each word near {here.named}? ({text_name(moments.config)})"
    if len(given) >= MOST_KEPT or any(one.question == question for one in given.values()):
        return
    answer, right_answer = (said_of(here, here.bars.of(of).tolist()) for of in (judged.q, judged.ratio))
    said = readout(here, judged)
    noted = Given(question, answer, right_answer, judged.is_right, feedback="", numbers=said, then=0, about="")
    progress.note_answer(NAME, len(given), noted)
