"""Navigation and the frame around every page; nothing else."""

from pathlib import Path

import streamlit as st

from pages.parts.guides import strip
from pages.parts.lessons import building, following, handing, keeping
from pages.parts.shared import frame, tab
from pages.session import allowed, choosing, coming, going_on, guiding, now

ICON = Path(__file__).parent / "pages/icon.png"  # a symbol by name would be fetched from another host

coming.begin()  # before any st command: a click that waits ends the script there, and Back would be forgotten
pages = [
    st.Page("pages/screens/start.py", title="Start", icon=":material/home:", default=True),
    st.Page(
        "pages/screens/text.py",
        title="Text and windows",
        icon=":material/article:",
        url_path="text",
    ),
    st.Page("pages/screens/training.py", title="Training", icon=":material/play_circle:", url_path="training"),
    st.Page("pages/screens/map.py", title="Map", icon=":material/scatter_plot:", url_path="map"),
    st.Page("pages/screens/update.py", title="One update", icon=":material/calculate:", url_path="update"),
    st.Page("pages/screens/words.py", title="Words", icon=":material/dictionary:", url_path="words"),
    st.Page("pages/screens/compare.py", title="Compare", icon=":material/compare:", url_path="compare"),
    st.Page("pages/screens/variants.py", title="Variants", icon=":material/alt_route:", url_path="variants"),
    st.Page("pages/screens/lessons.py", title="Lessons", icon=":material/school:", url_path="lessons"),
    st.Page("pages/screens/teach.py", title="Teach", icon=":material/co_present:", url_path="teach"),
]
page = st.navigation(pages, position="hidden" if allowed.hides("pages") else "top")
st.set_page_config(page_title=f"{page.title} \u00b7 Watch word2vec learn", page_icon=str(ICON), layout="wide")
keeping.take_back(tab.kept_lessons())
handing.open_handed()
guides = {**strip.GUIDES, **following.guides()}
strip.follow_link(guides)
guiding.turn_page()
now.arrive(page.url_path)  # the address says what was typed last, so that Back leads to it
going_on.go_on()  # what would be sent of this page, the browser would draw for nothing
building.add_asked()
with st.container(gap=None):  # the frame takes no room of its own
    name = page.url_path or "start"
    frame.mount(page.title, strip.message(name, guides))
    frame.links([] if allowed.hides("pages") else pages)
    strip.show(name, guides)
    awaited = tab.keep(keeping.to_keep())
    choosing.cut_pasted_text()
    with frame.body():
        if awaited:
            st.text("Your text is fetched from this tab of the browser.")
        else:
            page.run()
