"""What is on Teach: one part at a time, the nine beliefs first."""

from collections.abc import Callable

import streamlit as st

from pages.parts.shared.parts import Part
from pages.parts.teach import beliefs, handouts, plan, privacy, share
from pages.session import allowed


def _unless_hidden(show: Callable[[], None]) -> Callable[[None], None]:
    """What leaves the app is not shown where the visitor's link hides it."""

    def shown(_: None) -> None:
        if allowed.hides("share"):
            st.text("The link that you opened hides what could be shared and saved.")
        else:
            show()

    return shown


PARTS: tuple[Part[None], ...] = (
    Part(
        "beliefs",
        "Nine beliefs",
        "Nine things that many learners believe, and the picture that answers each. Press Show it: the question stays "
        "on top until the class has committed.",
        beliefs.show,
    ),
    Part("plan", "45 minutes", "A lesson from the first look to texts of their own, with what to say.", plan.show),
    Part(
        "handouts",
        "Hand out",
        "Worksheets to print, and one update in NumPy, of what is looked at now.",
        _unless_hidden(handouts.show_present),
    ),
    Part(
        "share",
        "Share",
        "One link, code or file that opens what you see now for the whole class.",
        _unless_hidden(share.show),
    ),
    Part("privacy", "What leaves this computer", "What happens to texts, and what a link gives away.", privacy.show),
)
