"""What leaves the machine, in plain words."""

import streamlit as st

from pages.parts.shared import strip

NOTHING = (
    "**Nothing by itself.** The pages load nothing from the internet, and send nothing there. There are no accounts, "
    "and nobody is counted.",
    "**A text that is pasted or uploaded** goes from the browser to the computer that runs the app, which may be the "
    "same one, and no further. It stays in its memory until the tab is closed: never on its disk, never in its log.",
    "**The tab keeps it too**, so that a reload finds it: a short text in the address, and so in the history of this "
    "browser; a longer one in the tab itself, until it is closed.",
)
SHARED = (
    "**A link holds the text**, packed but not secret: whoever gets the link can read it. Mail, chats and web servers "
    "on the way may write links down. So share no text that you would not send to all of them.",
    "**A file of Share holds it too**, and is only where you save it and with those you give it to.",
    "**The QR code** is drawn by this app: no other site sees the link.",
    "**What a link hides or locks** is a help for lessons, no protection: whoever changes the address has all of it "
    "again.",
)


def show(_: None) -> None:
    """Two cards: what happens by itself, and what is shared on purpose."""
    left, right = st.columns(2)
    with left, st.container(border=True, height="stretch", gap="small"):
        strip.part("Without sharing")
        st.markdown("\n".join(f"- {one}" for one in NOTHING))
    with right, st.container(border=True, height="stretch", gap="small"):
        strip.part("When you share")
        st.markdown("\n".join(f"- {one}" for one in SHARED))
