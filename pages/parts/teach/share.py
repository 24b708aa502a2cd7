"""To share: a link, a code or a file of what is looked at now, and the line that puts a picture into a course page."""

import streamlit as st

from pages.parts.shared import share, strip
from pages.session import now

OPENS_ON = {  # pages as they stand in addresses
    "training": "Training",
    "map": "Map",
    "update": "One update",
    "words": "Words",
    "text": "Text and windows",
    "": "Start",
}
GROWS = """<script>
  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "w2v-height") return;
    for (const frame of document.querySelectorAll("iframe"))
      if (frame.contentWindow === source) frame.height = data.height;
  });
</script>"""


def show() -> None:
    """The same as behind Share, for a page that is chosen."""
    with st.container(border=True, gap="small"):
        strip.part("For the class")
        st.text(f"What is looked at now: {strip.text_name(now.config())}.")
        page = st.selectbox(
            "The link opens on", OPENS_ON, format_func=OPENS_ON.__getitem__, key="teach_opens_on", width=240
        )
        share.offer(page)
    share.show_code()
    with st.container(border=True, gap="small"):
        strip.part("Room for the frame")
        st.markdown(
            "A page of your course can show one picture and its player: above, choose Training or Map, and under *In a "
            "course page* the line to paste. Where your page may hold a script, this one gives that frame the room "
            "that it asks for; without it, all works."
        )
        st.code(GROWS, language=None, wrap_lines=True)
        st.caption("The address must be one that the class can open: see what stands below the link.")
