"""Map: where the words stand, by several pictures, and how far each picture can be trusted."""

import streamlit as st

from pages.parts.map import page
from pages.parts.shared import watch

HERE = ("Words used alike come to lie together.", "Change the picture and see what stays.")
moments = watch.ready("Map", {"update": HERE, "pass": HERE})


@st.fragment
def content() -> None:
    if moments is not None:
        page.show(moments)


content()
