"""Pieces of page that several pages show: the strip on top, headings, cards, the sentence about what went wrong."""

from collections.abc import Sequence

import streamlit as st

from pages.drawing.glossary import marked
from pages.parts.shared import levels, settings, share
from pages.session import allowed, choosing, memory, now, opened_run, training
from pages.session.opening import opened_vectors
from w2v import PRESETS, Config, Run, Stopped
from w2v.counted import counted
from w2v.objectives import OBJECTIVES
from w2v.texts.pair_examples import pair_example

READ_AS = {"pretokenized": "already cut into words", "turkish": "case as in Turkish", "emoji": "emoji as words"}
OF_PAIRS = "training pairs"
OF_VECTORS = ("map", "words")  # pages that show vectors which were opened


def heading(title: str, sees: str, tries: str = "", more: str = "") -> None:
    """Title of a page, one sentence of what one sees and one of what to try. Our own words only.

    more : of which no word is explained
    """
    said = " ".join(filter(None, [marked(f"{sees} {tries}".rstrip()), more]))
    with titled(title):
        st.markdown(said, width="stretch")


def heading_told(title: str, said: str) -> None:
    """Title of a page, and a sentence that may hold words of the text."""
    with titled(title):
        st.text(said, width="stretch")


def titled(title: str) -> "st.delta_generator.DeltaGenerator":
    """The title of a page, and room beside it. Where others speak, the frame leaves both to screen readers."""
    row = st.container(key="heading", horizontal=True, wrap=False, gap="small")
    row.title(title, anchor=False, width="content")
    return row


def part(title: str) -> "st.delta_generator.DeltaGenerator":
    """The heading of a part of a page, and room beside it. Our own words only."""
    row = st.container(horizontal=True, gap="small")
    row.header(title, anchor=False, width="content")
    return row


def heading_with_way_back(page: str, title: str, sees: str, tries: str) -> None:
    """The same, with the way back to the visitor's own text at its right end."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        heading(title, sees, tries)
        settings.own_text_button(page)


def text_name(config: Config) -> str:
    """Return the title of the text: of one of ours, or of a visitor's own."""
    example = pair_example(config.text)
    ours = PRESETS[config.preset] if config.preset else example
    return ours.title if ours else "your text"


def model_in_words(config: Config) -> str:
    """Return the model in a few words, and how the text is read where this is not as usual."""
    objective = OBJECTIVES[config.objective]
    parts = [config.architecture if config.architecture != "cbow" else "CBOW", objective.title]
    if "negatives" in objective.settings:
        parts[-1] += f" (k = {config.negatives})"
    parts.append(OF_PAIRS if config.pairs else f"window {config.window}")
    parts.append(f"{config.dim} dimensions" if config.dim > 1 else "1 dimension")
    parts += ["one vector per word"] if config.one_vector else []
    parts += [words for name, words in READ_AS.items() if getattr(config, name)]
    return ", ".join(parts)


def strip() -> None:
    """One line on top: the text, its size, the model, or the vectors that are looked at instead; and the settings."""
    config, corpus = now.config(), now.corpus()
    of_vectors = _of_vectors()
    memory.remember(line_of_vectors=of_vectors)
    if of_vectors:
        _line_on_top(of_vectors, config)
        return
    if not now.in_numbers():
        _line_on_top(
            [text_name(config), f"{len(corpus.vocabulary):,} different words, {corpus.n_tokens:,} in all"], config
        )
        return
    size = f"{len(corpus.vocabulary):,} words in {corpus.n_tokens:,} tokens"
    model = model_in_words(config)
    if now.trainer().unit == "update":
        size += f", {counted(now.plan().n_examples // config.epochs, 'example')}"
    else:
        model += ", whole text at once"
    _line_on_top([text_name(config), size, model], config)


def is_stale() -> bool:
    """Say whether the line on top is about something else than what is looked at: a file was opened or closed since."""
    return bool(memory.recall("line_of_vectors") != _of_vectors())


def _of_vectors() -> Sequence[str]:
    """What the line says of vectors that the present page shows in the place of what was trained; else nothing."""
    vectors = opened_vectors() if now.page() in OF_VECTORS else None
    if vectors is None:
        return ()
    return "vectors from a file", f"{counted(len(vectors), 'word')}, {counted(vectors.dim, 'dimension')}"


def _line_on_top(line: Sequence[str], config: Config) -> None:
    """What is trained in a few words, beside Share and Settings; below, what could not be done."""
    with st.container(key="line_on_top"):
        left, right = st.columns([1.1, 1], vertical_alignment="center")  # one below the other on a phone
    differs = opened_run.differs()
    opened = [] if differs is None else [f"you opened a run: {differs}"]
    kept = ["kept so by your link"] if allowed.is_locked() else []
    left.caption("  \u00b7  ".join([*line, *opened, *kept]))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        back = st.container(width="content")  # there in any case, as in `trouble`
        if differs is not None and not allowed.is_locked():
            icon = ":material/undo:"
            back.button("Back to the run before", key="back_to_run", icon=icon, on_click=opened_run.go_back)
        levels.level_button()
        share.share_button()
        settings.settings_button(config)
    trouble()


def card(title: str, sentence: str) -> "st.delta_generator.DeltaGenerator":
    """A bordered card with a heading and one sentence. Our own words only."""
    made = st.container(border=True, gap="small")
    with made:
        part(title).markdown(marked(sentence))
    return made


def trouble() -> None:
    """Show the sentence about what could not be done, as plain text."""
    refused = choosing.refused()
    place = st.container()  # there in any case: what follows keeps its number, and a playing player plays on
    if choosing.is_long_text_waiting():
        with place:
            _long_text_waits(None if refused else choosing.problem())
    if refused:
        with place, st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
            st.markdown(":material/error:", width="content")
            st.text(refused, width="stretch")


def _long_text_waits(reason: str | None) -> None:
    """Say what becomes of a text that waits to be trained as a whole; what is too much of it, to those who ask."""
    if now.page() != "text":
        in_use = text_name(now.config())
        st.text(f"Your long text waits on Text and windows: press Watch it learn there. Until then you see {in_use}.")
    with st.expander("Why not one update at a time?"):
        st.text("Only of shorter texts every single update can be shown, forward and back.")
        if reason:
            st.text(reason)


def stopped_note(run: Run) -> None:
    """Say it when a run ended before its plan."""
    place = st.container()  # there in any case, as in `trouble`
    if run.stopped is None:
        return
    with place, st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
        st.markdown(":material/warning:", width="content")
        st.text(_why_stopped(run.stopped, run.plan.n_steps), width="stretch")
        if run.stopped.reason == "asked":
            st.button("Train it to the end", on_click=training.train_again)


def _why_stopped(stopped: Stopped, planned: int) -> str:
    if stopped.reason == "diverged":
        return (
            f"Training stopped before update {stopped.at:,}: it would have made a vector larger than 1,000, "
            "because the learning rate is too large. All updates before it are kept; choose a smaller rate."
        )
    return f"You stopped after {stopped.at:,} of {planned:,} updates; the model so far is kept."
