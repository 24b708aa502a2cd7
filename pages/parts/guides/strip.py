"""The strip on top of every page while a guide is followed: a question or a sentence in large type, and the way on."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts.guides.parts import PRESSED, RINGED
from pages.parts.guides.questions import NINE
from pages.parts.guides.tour import TOUR
from pages.session import before, guiding, now, training
from pages.session.guiding import Guide, Place, Pointing, Said
from w2v import Moments

GUIDES: Mapping[str, Guide] = {guide.name: guide for guide in (NINE, TOUR)}  # besides the lessons
DASHED = "The dashed line is a run with the usual settings. "
BESIDE = ("usual settings", "of a run with the usual settings")  # what a step compares with


def follow_link(guides: Mapping[str, Guide]) -> None:
    """Go to the step of a guide that a link names which says nothing else."""
    guiding.follow_link(guides)


def message(page: str, guides: Mapping[str, Guide]) -> dict[str, Any] | None:
    """Return what the browser is to ring and to open on this page, and which keys it listens to; None outside."""
    here = _here(page, guides)
    if here is None:
        return None
    at = (here.guide.points_at or _points_at)(here)
    said = "answered" if here.is_answered else "asked"
    about = {"id": f"{here.guide.name}-{here.number}-{said}", "key": here.guide.key, "rows": at.rows}
    if not _is_shown(here, page):
        return {**about, "presses": [], "part": "", "about": ""}
    presses = [PRESSED[name] for name in at.presses]
    return {**about, "presses": presses, "part": RINGED.get(at.part, ""), "about": at.part, "ring": at.ring}


def show(page: str, guides: Mapping[str, Guide]) -> None:
    """The strip; nothing where no guide is followed. Its place is there in any case, so that the page below stays."""
    place = st.container(key="guide", gap=None)
    here = _here(page, guides)
    shown = here is not None and _is_shown(here, page)
    guiding.keep_back(here is not None and shown and not here.is_answered)
    if here is not None:
        with place:
            (here.guide.draws or _draw)(here, shown)


def _points_at(here: Place) -> Pointing:
    """Point at the part that answers, once it is to be answered; what opens it would answer too."""
    rows = 1 if here.step.answer is None else 2
    return Pointing(here.step.part, here.is_answered, here.step.presses if here.is_answered else (), rows)


def _draw(here: Place, shown: bool) -> None:
    """Say or ask what the step does, and reveal its answer."""
    moments = _trained(here) if shown else ()
    for other in moments[1:]:
        before.compare_with(other, *BESIDE)
    says = _said(here.step.says, moments)
    if here.step.answer is None:
        with _row("guide_says"):
            st.text(says, width="stretch")
            _ways(here, shown)
    else:
        st.container(key="guide_says").text(says)
        with _row("guide_ways"):
            st.text(_answer(here, moments), width="stretch")
            _ways(here, shown)


def _row(key: str) -> "st.delta_generator.DeltaGenerator":
    return st.container(key=key, horizontal=True, vertical_alignment="center", wrap=False)


def _here(page: str, guides: Mapping[str, Guide]) -> Place | None:
    """Return where the visitor is. Whoever comes home by another way has left."""
    here = guiding.place(guides)
    if here is not None and page == here.guide.home:
        guiding.leave(here.guide)
        return None
    return here


def _is_shown(here: Place, page: str) -> bool:
    """Say whether the page still shows what the step is about."""
    return page == here.step.page and now.config() == here.step.config()


def _trained(here: Place) -> tuple[Moments, ...]:
    """Return the run of the step and those beside it; nothing when not all were trained."""
    wanted = (here.step.config(), *here.step.compared())
    moments = training.trained_moments(*wanted)
    return moments if len(moments) == len(wanted) else ()


def _said(said: Said, moments: tuple[Moments, ...]) -> str:
    """Return a sentence. Plain text: it may name words of the run."""
    if isinstance(said, str):
        return said
    return said(*moments) if moments else "This step is about something else than what is shown now."


def _answer(here: Place, moments: tuple[Moments, ...]) -> str:
    if here.step.answer is None or not here.revealed or not moments:
        return f"{DASHED if here.step.compared() else ''}Let everybody commit, then reveal."
    return _said(here.step.answer, moments)


def _ways(here: Place, shown: bool) -> None:
    """On to the answer or the next step, and home."""
    guide = here.guide
    st.container(key="guide_count", width="content").text(f"{here.number + 1} of {len(guide.steps)}", width="content")
    if not shown:
        st.button("Show it again", key="guide_on", type="primary", on_click=guiding.begin, args=(guide, here.number))
    else:
        end = guide.way_home or "Done"  # after the last step one is led there, and the button says so
        said = "Reveal" if not here.is_answered else "Next" if not here.is_last else end
        label = f"{said} ({guide.key_name})"
        st.button(label, key="guide_on", type="primary", on_click=guiding.go_on, args=(here,))
    if guide.way_home and not (shown and here.is_answered and here.is_last):
        st.button(guide.way_home, key="guide_home", on_click=guiding.go_home, args=(guide,))
    st.button("Leave (Esc)", key="guide_leave", type="tertiary", on_click=guiding.leave, args=(guide,))
