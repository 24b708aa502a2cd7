"""To hand out: worksheets, and one update in NumPy, of the text and the update that are looked at now."""

import streamlit as st

from pages.parts.save import handouts
from pages.parts.shared import strip
from pages.session import now, training
from w2v import Moments, Run

PRINT = (
    "Worksheets are pages to print, on A4 or Letter, blank and solved: what stands near what in the first sentences, "
    "counted by hand; and one update, computed with a pocket calculator."
)
EARLY = 10  # part of a run after which its worksheet is made, where it is looked at at its end
RUNS = "The notebook and the script compute that update with NumPy alone, and print the numbers of this app."


def show(moments: Moments | None, t: int, word: int) -> None:
    """The handouts of a moment. word : id of the selected one; moments is None where nothing is trained yet."""
    config, corpus = now.config(), now.corpus()
    with st.container(border=True, gap="small"):
        strip.part("To hand out")
        st.text(f"Text: {strip.text_name(config)}. Another is chosen on Text and windows.")
        st.markdown(f"{PRINT} {handouts.TO_PRINT}")
        handouts.offer_counts(config, corpus, word)
        if moments is None:
            st.text("For a worksheet and a notebook of one update the text must be trained: open Training once.")
        elif not isinstance(moments, Run):
            st.text(handouts.OF_WHOLE_TEXT)
        elif moments.n_steps == 0:
            strip.stopped_note(moments)
        else:
            _of_update(moments, t)


def _of_update(run: Run, t: int) -> None:
    last = run.n_steps - 1
    early = run.n_steps // EARLY
    is_at_end = t > last and run.config.decay  # where the rate is so small that on paper nothing moves
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("Update", width="content")
        chosen = st.number_input(
            "Update to hand out",
            0,
            last,
            early if is_at_end else min(t, last),
            key=f"handout_{run.name}",
            width=160,
            label_visibility="collapsed",
        )
        st.text(f"of {run.n_steps:,}", width="content")
    if is_at_end and chosen == early:
        st.text("You are at the end of the run, where an update moves next to nothing: this is an early one.")
    handouts.offer_update(run, int(chosen))
    st.markdown(RUNS)


def show_present() -> None:
    """The handouts of what is looked at now. Nothing is trained for them."""
    trained = training.trained_already(now.config())
    moments = trained[0] if trained else None
    t = 0 if moments is None else now.moment(moments)
    word = now.corpus().vocabulary.ids.get(now.word() or "", -1)
    show(moments, t, word)
