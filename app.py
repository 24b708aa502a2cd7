"""Navigation and the frame around every page; nothing else."""

import streamlit as st

from pages.parts import state

st.set_page_config(page_title="Watch word2vec learn", page_icon=":material/scatter_plot:", layout="wide")
state.begin()
page = st.navigation(
    [
        st.Page(
            "pages/screens/text.py",
            title="Text and windows",
            icon=":material/article:",
            url_path="text",
            default=True,
        ),
        st.Page("pages/screens/training.py", title="Training", icon=":material/play_circle:", url_path="training"),
        st.Page("pages/screens/update.py", title="One update", icon=":material/calculate:", url_path="update"),
    ],
    position="top",
)
state.left_page(page.url_path)
page.run()
