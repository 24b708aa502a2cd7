"""How much of what is computed all pages show: words, numbers or algebra; chosen once, on the line on top."""

import streamlit as st

from pages.drawing.glossary import TERMS
from pages.session import memory, now
from pages.session.levels import LEVELS

KEY = "level_choice"


def level_button() -> None:
    """The choice of the level behind one quiet button that says which it is."""
    memory.set_widget_value(KEY, now.level())
    with st.popover(LEVELS[now.level()][0], icon=":material/school:", key="level"):
        st.radio(
            "How much to show, on all pages",
            LEVELS,
            format_func=lambda name: LEVELS[name][0],
            captions=[adds for _, adds in LEVELS.values()],
            key=KEY,
            on_change=lambda: now.set_level(memory.widget_value(KEY)),
        )
        words = st.expander("Words used here", on_change="rerun", key="words_used")
        if words.open:  # made when it is asked for: there are many
            with words, st.container(height=260, border=False):
                for term in [term for term in TERMS if now.in_numbers() or not term.in_numbers]:
                    st.markdown(f"**{term.name}**: {term.says} *See {term.seen}.*")
