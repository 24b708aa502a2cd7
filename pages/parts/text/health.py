"""The health card: what to expect of the text in the box, before it is learned, and buttons that mend what they can."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

import streamlit as st

from pages.drawing.numbers import percent
from pages.drawing.words import shown
from pages.parts.shared import strip
from pages.session import allowed, choosing, guiding, memory, mending, now, own_text
from pages.session.prepared import corpus_of, judgement_of
from w2v import PRESETS, Config, Corpus, Plan, text_health
from w2v.counted import counted
from w2v.counts import n_pairs
from w2v.explain import health
from w2v.explain.health import Judgement, expected_drops, left_out_by_count, repairs, words_left_out
from w2v.moments import Unit
from w2v.reading import offers
from w2v.reading.for_machines import said_of_program
from w2v.reading.left_out import left_out
from w2v.texts.pair_examples import pair_example

ICONS = {"good": "check_circle", "fair": "info", "poor": "warning"}
REPAIRS: Mapping[str, tuple[str, Callable[[], None]]] = {
    health.LEAVE_OUT_RARE: ("Leave out words that occur once", lambda: choosing.change(min_count=2)),
    health.JOIN_LINES: ("Join the lines", mending.join_all_lines),
    health.FOLD_CASE: ("Fold case", lambda: choosing.change(lowercase=True)),
}

OFFERS: Mapping[str, tuple[str, Callable[[], None]]] = {
    offers.JOIN_LINES: ("Put each paragraph on one line", mending.join_lines),
    offers.PRETOKENIZED: ("Take it as cut into words", lambda: choosing.change(pretokenized=True)),
    offers.EMOJI_TOO: ("Count them as words", lambda: choosing.change(emoji=True)),
    offers.STRIP: ("Keep only its prose", mending.keep_prose),
    offers.MEND: ("Put the letters right", mending.put_letters_right),
    offers.CUT: ("Cut it into words", mending.cut_into_words),
    offers.PAIRS: ("Learn from these pairs", lambda: choosing.change(pairs=True)),
    offers.TURKISH: ("Fold case as Turkish does", lambda: choosing.change(turkish=True)),
}


def show() -> None:
    """The card of the text in the box; while this cannot be learned from, what is in use instead."""
    with st.container(border=True, gap="small"):
        if not own_text.is_draft_waiting():
            CARDS[now.trainer().unit](now.config())
            _way_back()
            return
        offered = choosing.offered_config()
        if offered is not None:
            _by_passes(offered)
        elif own_text.draft():
            st.markdown(":material/info: What to expect of your text stands here as soon as it can be learned from.")
            _repair_refused(own_text.draft())
        else:
            st.markdown(":material/edit: The box is empty. Paste a text, and what to expect of it stands here.")
        _way_back()
        name = strip.text_name(now.config())
        if offered is None:
            st.caption(f"Still in use, here and on all pages: {name}.")
        else:
            st.caption(f"Until you press Watch it learn, the other pages show {name}.")
        st.button("Put it back into the box", on_click=choosing.put_back)


def _by_updates(config: Config) -> None:
    plan, judged = now.plan(), judgement_of(config)
    found = memory.keep("health", 4, plan.config, lambda _: text_health(plan, judged))
    st.markdown(
        f"**{found.tokens:,}** tokens \u00b7 **{found.words:,}** words \u00b7 "
        f"{_sentences(plan.corpus)} \u00b7 **{found.examples:,}** examples in one epoch"
    )
    _expectation(config, judged)
    _notes(config, plan.corpus.notes)
    _effects(plan)
    _repairs(plan.config, plan.corpus)
    _offers(config)


def _expectation(config: Config, judged: Judgement) -> None:
    """What to expect: of a text of ours that is as good as it was made to be, what to look for.

    A guide asks what there is to find in a good text, so that nothing is said of it meanwhile.
    """
    ours = PRESETS[config.preset] if config.preset else pair_example(config.text)
    if judged.verdict == "good" and guiding.is_followed():
        return
    if ours and judged.verdict == "good":
        st.markdown(f":material/visibility: Look for this: {ours.look_for}")
    else:
        st.markdown(f":material/{ICONS[judged.verdict]}: {judged.expectation}")


def _notes(config: Config, notes: tuple[str, ...]) -> None:
    key = (config.text, config.reading)
    made = memory.keep("notes", 2, key, lambda _: (said_of_program(config.text), left_out(config.text, config.reading)))
    for note in (*notes, *made):
        if note:
            st.text(note)


def _effects(plan: Plan) -> None:
    dropped, examples = words_left_out(plan)
    if dropped:
        more = " ..." if dropped > len(examples) else ""
        words = ", ".join([shown(word) for word in examples])
        st.text(f"The minimum count leaves out {counted(dropped, 'word')}: {words}{more}")
    often = expected_drops(plan)
    if often:
        shares = ", ".join([f"{shown(word)} {percent(share)}" for word, share in often])
        st.text(f"Subsampling drops, of all occurrences: {shares}")


def _repair_refused(text: str) -> None:
    """The same for a text that was refused: perhaps it is no prose, or no two of its words stand on one line."""
    refused = replace(now.config(), text=text)
    if len(text) <= memory.LONG_TEXT:
        with suppress(ValueError):
            _repairs(refused, corpus_of(refused))
    _offers(refused)


def _repairs(config: Config, corpus: Corpus) -> None:
    """Only what helps, the best first."""
    key = (config.text, config.reading, config.min_count)
    found = memory.keep("repairs", 4, key, lambda _: repairs(config, corpus, judgement_of(config)))
    if not found or allowed.hides("settings"):
        return
    with st.container(horizontal=True):
        for repair in found:
            label, mend = REPAIRS[repair.name]
            st.button(label, on_click=mend, help=f"Then: {repair.then.expectation}")


def _offers(config: Config) -> None:
    """Other ways to read the text, where something speaks for them; and the way back from the one that hides most."""
    if allowed.hides("settings"):
        return
    key = (config.text, config.reading)
    for offer in memory.keep("offers", 4, key, lambda _: offers.offers(config.text, config.reading)):
        label, take = OFFERS[offer.name]
        st.text(offer.sentence)
        st.button(label, key=offer.name.replace(" ", "_"), on_click=take, help=f"This would {offer.then}.")
    if (config.pretokenized or config.pairs) and not mending.is_mended():  # else the way back leads from this too
        back = lambda: choosing.change(pretokenized=False, pairs=False)  # noqa: E731
        st.button("Read it as running text", key="running_text", on_click=back)


def _way_back() -> None:
    """The way back to the text from before it was mended."""
    if mending.is_mended():
        st.button("Back to the text as it was", key="as_it_was", on_click=mending.put_back)


def _by_passes(config: Config) -> None:
    """What to expect of a whole text."""
    corpus, judged = corpus_of(config), judgement_of(config)
    vocabulary = corpus.vocabulary
    often = round(vocabulary.counts.sum() / len(vocabulary))
    st.markdown(
        f"**{corpus.n_tokens:,}** tokens \u00b7 **{len(vocabulary):,}** words \u00b7 "
        f"{_sentences(corpus)} \u00b7 **{n_pairs(corpus, config.window):,}** pairs"
    )
    st.markdown(
        f":material/{ICONS[judged.verdict]}: This text is trained as a whole: every pass learns from all of its pairs "
        f"at once, exactly. On average a word occurs {counted(often, 'time')}."
    )
    if judged.verdict == "poor":
        _expectation(config, judged)
    _notes(config, corpus.notes)
    if dropped := left_out_by_count(corpus, config.min_count):
        st.text(dropped)
    _offers(config)


def _sentences(corpus: Corpus) -> str:
    n = len(corpus.sentence_lengths)
    number, what = counted(n, "sentence" if corpus.is_output is None else "training pair").split(" ", 1)
    return f"**{number}** {what}"


CARDS: Mapping[Unit, Callable[[Config], None]] = {"update": _by_updates, "pass": _by_passes}
