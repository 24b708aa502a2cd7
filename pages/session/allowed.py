"""What whoever made the link leaves to a visitor who came by it: controls may be hidden, text and moment locked.

It holds on every page and stands in the address. A convenience for lessons and course pages, no protection.
"""

import streamlit as st

from pages.session import memory
from pages.session.link import Limits

FIXED = "Your link keeps text, settings and moment as they are: choose words, and how much is shown."
KEPT = "Your link keeps text and settings as they are."


def limits() -> Limits:
    """Return what the link keeps from the visitor."""
    found: Limits = memory.recall("limits", Limits())
    return found


def is_locked() -> bool:
    """Say whether text, settings and moment stay as they are."""
    return limits().lock


def is_embedded() -> bool:
    """Say whether this is a frame in another page: `embed=true`, which Streamlit keeps in the address by itself."""
    return bool(st.context.is_embedded)


def hides(controls: str) -> bool:
    """Say whether controls, a name in `link.HIDEABLE`, are not shown. Settings are not where they could do nothing."""
    return controls in limits().hide or is_embedded() or (controls == "settings" and is_locked())
