"""Sharing: one link that opens the same text, settings, update and word for somebody else."""

import streamlit as st

from pages.session import now
from w2v import Config


def share_button(config: Config) -> None:
    """The link to all that is shown now, behind one button; made when it is opened, for the moment at rest then."""
    menu = st.popover("Share", icon=":material/link:", on_change="rerun", key="share")
    if not menu.open:
        return
    with menu:
        link = now.address()
        if link is None:
            st.text(
                "This text is too long for a link. Pass the text on as a file: after it is pasted or uploaded, the "
                "address of this page shows the same update."
            )
            return
        st.text("This link opens the same text, settings, moment and word.")
        st.code(link, language=None, wrap_lines=True, height=160 if len(link) > 200 else "content")
        if config.preset is None:
            st.caption("Your text is inside the link: whoever has the link can read it.")
