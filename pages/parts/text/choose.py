"""Choosing a text: presets, a box to paste into, a file; and the health card that says what to expect of it."""

from functools import partial

import streamlit as st

from pages.components.windows import picked_word, windows_view
from pages.drawing import figures
from pages.drawing.glossary import marked
from pages.drawing.words import shown
from pages.parts.shared import frame, settings, strip, watch
from pages.parts.shared.encodings import ENCODINGS
from pages.parts.text import health
from pages.session import allowed, choosing, going_on, memory, now, own_text, shared_file, sharing, training
from w2v import PRESETS, Config, Plan, count_pairs, read_text
from w2v.texts.pair_examples import PAIR_EXAMPLES

MAX_PASTED = 2_000_000
MATRIX_WORDS = 40
BEGINNING = 5_000  # characters of a long text that the box shows
GOES_ON = "\n[\u2026 and so on, to the end of the text]"


def chooser() -> None:
    """Texts to start with on top, the box for a text on the left, what to expect of it on the right.

    Where the visitor's link hides what changes the text, only what there is to expect.
    """
    if allowed.hides("settings"):
        strip.trouble()
        health.show()
        return
    config, waiting = now.config(), own_text.is_draft_waiting()
    with st.container(horizontal=True, vertical_alignment="center"):
        _presets(None if waiting else config.preset)
        _pairs()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with st.container(gap=None):
            _name_of_text()
            _box()
        with st.container(horizontal=True):
            go = st.button(
                "Watch it learn",
                type="primary",
                icon=":material/play_arrow:",
                width="stretch",
                key="watch",
                on_click=going_on.ask,
            )
            _upload()
            settings.settings_button(config)
        going_on.go_on()
        if not choosing.is_cutting():
            going_on.give_up()
        with st.container():  # there in any case, as in `trouble`
            if go and not own_text.draft():
                st.text("There is no text in the box yet: paste one, or choose one of those above.")
        _offer(going_on.as_a_whole())  # before the sentence that says why it is not done update by update
        strip.trouble()
    if (likely := going_on.likely_next()) is not None:
        training.begin_ahead(likely)  # what to expect of a book takes a while: who presses at once waits for both
    with right:
        health.show()


def _offer(whole: Config | None) -> None:
    """Say how a long text is trained, and offer steps where it can be stepped through."""
    if whole is None:
        return
    said = (
        "Watch it learn trains a text this long as a whole: it goes over all of it at once, in a few passes, and the "
        "map moves with each."
    )
    if whole.min_count > 1:
        said += f" Words that occur fewer than {whole.min_count} times are left out."
    st.text(f"{said} It looks {whole.window} words far to both sides, and describes each word by {whole.dim} numbers.")
    if choosing.problem() is None and st.button("One update at a time instead, which takes longer", key="step_through"):
        now.turn_to("training")


def _presets(chosen: str | None) -> None:
    """The presets, of which one may be chosen. The callback runs before the page: only the session knows the choice."""

    def take() -> None:
        key = memory.widget_value("preset")
        if key in PRESETS:
            choosing.change_text(PRESETS[key].text)

    memory.set_widget_value("preset", chosen)
    st.radio(
        "Texts to start with",
        list(PRESETS),
        horizontal=True,
        format_func=lambda key: PRESETS[key].title,
        key="preset",
        on_change=take,
        label_visibility="collapsed",
        width="content",
    )


def _pairs() -> None:
    """Training pairs to start with, folded away: for exercises that were written as pairs."""
    with st.popover("Pairs", icon=":material/swap_horiz:"):
        st.markdown(marked("Instead of a text, you can give the pairs to learn from: `in|out, in^in|out^out`."))
        for number, example in enumerate(PAIR_EXAMPLES):
            take = partial(choosing.take_pairs, example.text)
            st.button(example.title, key=f"pairs_{number}", help=example.look_for, on_click=take, width="stretch")


def _name_of_text() -> None:
    """One line over the box: what the text in it is called, how long it is, and the button that empties the box."""
    text = own_text.draft()
    name = memory.file_of(text)
    if name is None:
        name = "your text" if own_text.is_draft_waiting() else strip.text_name(now.config())
        name = name[:1].upper() + name[1:]
    said = f"{shown(name)} \u00b7 {_size(len(text))} characters" if text else "No text"
    if _is_long(text):
        said += ", of which the box shows the beginning"
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.text(said, width="stretch")
        st.button("Clear", key="clear", type="tertiary", icon=":material/close:", on_click=choosing.clear)


def _size(n_characters: int) -> str:
    return f"{n_characters / 1_000_000:.1f} million" if n_characters >= 1_000_000 else f"{n_characters:,}"


def _is_long(text: str) -> bool:
    return len(text) > memory.LONG_TEXT


def _box() -> None:
    """The box. Of a long text it holds the beginning: all of it would be sent back and forth. What is changed there
    is changed in the text, and what is written behind it is written behind the text.
    """

    def take_over() -> None:
        held, before = memory.widget_value("pasted") or "", own_text.draft()
        if held == _held(before):  # the text was brought a moment ago
            return
        text = held
        if _is_long(before) and GOES_ON in held:
            first, last = held.split(GOES_ON, 1)
            beginning, end = _ends(before)
            text = first + before[beginning : len(before) - end] + last
            memory.remember(ends=(hash(text), len(first), len(last)))  # the box stays as it is, the caret in its place
        _take(text)

    text = own_text.draft()
    held = _held(text)
    if memory.widget_value("pasted") != held:
        memory.begin_to_send("put_into_box", held)
    if memory.is_to_send("put_into_box", held):
        memory.set_widget_value("pasted", held)
    with frame.sentence("box"):
        st.text_area(
            "Your text (kept for this tab only)",
            key="pasted",
            height=115,
            max_chars=MAX_PASTED,
            on_change=take_over,
            placeholder="Paste a text here: a story, a song, a page of a book. It is kept for this tab only.",
            label_visibility="collapsed",
        )
    ours = len(text) if own_text.is_to_start_with(text) else None
    long = frame.LongTexts(from_length=memory.LONG_TEXT + 1, beginning=BEGINNING, goes_on=GOES_ON, take=_take)
    if (n_characters := frame.refused_by_box("pasted", MAX_PASTED, ours, long)) is not None:
        choosing.report_problem(_too_long(n_characters))


def _held(text: str) -> str:
    """Return what the box holds of a text."""
    beginning, end = _ends(text)
    held = text[:beginning] + GOES_ON + text[len(text) - end :] if _is_long(text) else text
    return held.encode("utf-8", "replace").decode()  # half a character, of a link or a saved run, cannot be sent


def _ends(text: str) -> tuple[int, int]:
    """Return how many characters of the beginning and of the end of a long text the box holds."""
    of, beginning, end = memory.recall("ends") or (None, 0, 0)
    return (beginning, end) if of == hash(text) else (BEGINNING, 0)


def _take(text: str) -> None:
    """Take over a text that was put into the box. A callback, as those that call it."""
    if len(text) > max(MAX_PASTED, len(own_text.draft()) + BEGINNING):
        choosing.report_problem(_too_long(len(text)))
    elif text:
        choosing.change_text(text)
    else:
        choosing.clear()


def _too_long(n_characters: int) -> str:
    return (
        f"This text has {_size(n_characters)} characters, and the box takes {MAX_PASTED // 1_000_000} million: paste a "
        "part of it, or upload it as a file of at most 5 MB."
    )


def _upload() -> None:
    with st.popover("Upload a text file", icon=":material/upload_file:"):
        refused = st.container()  # on top: what stands below the box for files is out of sight on a phone
        encoding = st.selectbox("How the file is written", ENCODINGS, key="encoding", persist_state="session")
        st.file_uploader(
            "A plain text file of at most 5 MB, or a file that Share has made (.w2v)",
            key="upload",
            max_upload_size=5,
            on_change=_take_file,
            args=(ENCODINGS[encoding],),
        )
        if sentence := choosing.refused():
            refused.text(sentence)
        st.caption("If a file is refused because of its encoding, choose another one above and upload it again.")


def _take_file(encoding: str | None) -> None:
    """Take over an uploaded file. A callback: it runs before the page, when only the session has the file."""
    uploaded = memory.taken_upload("upload")
    if uploaded is None:
        return
    if shared_file.is_one(uploaded.name, uploaded.getvalue()):
        sharing.open_file(uploaded.getvalue())
        return
    try:
        text = read_text(uploaded.getvalue(), encoding, rtf=True)
    except ValueError as error:
        choosing.report_problem(f"{error} The text in the box is as it was.")
    else:
        choosing.take_file(text, uploaded.name)


def get_ready() -> bool:
    """Have ready what Training shows first of a long text in the box, and say whether it is likely to be asked for.

    The last thing on the page, which is there while this waits for others.
    """
    likely = going_on.likely_next()
    if likely is not None:
        training.begin_ahead(likely, watch.see)
    return likely is not None


def windows_of() -> tuple[Config, str]:
    """Return of which text the windows are shown, and a sentence that says so where one could take it for another.

    Of a long text that waits to be trained as a whole they are shown before that, too.
    """
    if choosing.is_long_text_waiting() and (offered := choosing.offered_config()) is not None:
        return offered, "The windows of the beginning of your text."
    config = now.config()
    name = strip.text_name(config)
    if not own_text.is_draft_waiting():
        return config, "" if now.trainer().unit == "update" else f"The windows of the beginning of {name}."
    why = "the text in the box cannot be learned from yet" if own_text.draft() else "the box has none"
    return config, f"The windows of {name}: {why}."


def windows(plan: Plan) -> None:
    """The windows over the running text; a word that was clicked there is selected before they are drawn again."""
    clicked = picked_word(memory.widget_value("windows"), plan)
    if clicked is not None:
        now.select(plan.corpus.vocabulary.words[clicked])
    with frame.placeholder("windows"):
        windows_view(plan, key="windows", word=now.word())


def matrix(plan: Plan) -> None:
    """The whole count matrix as a picture to zoom into, when asked for."""
    if st.toggle("Show the whole count matrix", key="whole_matrix"):
        counts = memory.keep("counts", 2, plan.config, lambda _: count_pairs(plan.corpus, plan.config.window))
        figure = figures.count_matrix(plan.corpus.vocabulary.words[:MATRIX_WORDS], counts, MATRIX_WORDS)
        st.plotly_chart(figure, key="count_matrix", config={"displaylogo": False}, alt=figures.COUNT_MATRIX_ALT)
        if plan.n_words > MATRIX_WORDS:
            st.caption(f"The {MATRIX_WORDS} most frequent of {plan.n_words:,} words.")
