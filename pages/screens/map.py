"""Map: where the words stand, by several pictures, and how far each picture can be trusted."""

import streamlit as st

from pages.parts import map_page
from pages.parts.watch import ready

HERE = ("Words used alike come to lie together.", "Change the picture and see what stays.")
moments = ready("Map", {"update": HERE, "pass": HERE})


@st.fragment
def watch() -> None:
    if moments is not None:
        map_page.show(moments)


watch()
