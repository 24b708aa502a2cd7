"""What a text in the box is besides prose, and the buttons that mend it and put it back."""

import streamlit as st

from pages.drawing.words import visible
from pages.session import mending


def says_kind() -> bool:
    """Say it when the text is no prose; return whether it is."""
    kind = mending.kind()
    if kind is None:
        return False
    st.markdown(f":material/warning: {kind.says}")
    if where := mending.where_prose_is():
        st.text(visible(where))
    return True


def offers() -> None:
    """Offer to take out what is no prose, to put wrong letters right, and the way back from both."""
    if wrong := mending.wrong_letters():
        st.text(visible(wrong))
    kind = mending.kind()
    if not (kind or wrong or mending.is_mended()):
        return
    with st.container(horizontal=True):
        if kind:
            st.button(kind.way_out, key="take_out", on_click=mending.take_out)
        if wrong:
            st.button("Put the letters right", key="put_letters_right", on_click=mending.put_letters_right)
        if mending.is_mended():
            st.button("Back to the text as it was", key="as_it_was", on_click=mending.put_back)
