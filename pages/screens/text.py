"""Text and windows: choose a text, see what to expect of it, watch the window slide over it."""

import streamlit as st

from pages.parts.shared import strip
from pages.parts.text import choose, counting
from pages.session import allowed, choosing, now, training
from pages.session.prepared import plan_to_see

strip.heading_with_way_back(
    "text",
    "Text and windows",
    "A window slides over the text: a center and the words near it.",
    "" if allowed.hides("settings") else "Paste your own.",
)
choose.chooser()
plan = plan_to_see(now.config())


@st.fragment
def windows() -> None:
    choose.windows(plan)


windows()
if plan.config == now.config():
    choose.matrix(plan)
    counting.section(plan)
else:
    st.caption("The windows of the beginning of the text.")
if (likely := choosing.long_whole_config()) is not None:
    training.begin_ahead(likely)  # last: the page is there meanwhile
