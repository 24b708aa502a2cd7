"""Sharing: one link that opens the same text, settings, update and word for somebody else."""

import streamlit as st

from pages.session import now, reach
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
        name = reach.name_in_network() if reach.is_only_of_this_computer(link) else None
        allowed = st.get_option("server.allowedHosts") or ["*"]
        others = reach.address_for_others(link, name, st.get_option("server.address"), allowed)
        st.text("This link opens the same text, settings, moment and word.")
        shown = others or link
        st.code(shown, language=None, wrap_lines=True, height=160 if len(shown) > 200 else "content")
        if others is not None:
            st.caption(
                "For everybody in your network. The address in your own address bar works on this computer only."
            )
        elif reach.is_only_of_this_computer(link):
            st.text("It works on this computer only. For others to open it, start the app with this line:")
            st.text(reach.how_to_let_others_in(name))
        if config.preset is None:
            st.caption("Your text is inside the link: whoever has the link can read it.")
