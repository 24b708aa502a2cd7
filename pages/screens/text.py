"""Text and windows: choose a text, see what to expect of it, watch the window slide over it."""

import streamlit as st

from pages.parts.shared import strip
from pages.parts.text import choose, counting
from pages.session import allowed, now
from pages.session.prepared import plan_to_see

strip.heading_with_way_back(
    "text",
    "Text and windows",
    "A window slides over the text: a center and the words near it.",
    "" if allowed.hides("settings") else "Paste your own.",
)
choose.chooser()
of, said = choose.windows_of()
plan = plan_to_see(of)
if said:
    st.text(said)


@st.fragment
def windows() -> None:
    choose.windows(plan)


windows()
if plan.config == now.config():
    choose.matrix(plan)
    counting.section(plan)
if choose.get_ready():
    from pages.parts.training import beside_map, passes  # noqa: F401  Python reads them now, not after the press
