"""What is handed on of what is looked at: a link that holds everything, or a file; and files that others handed on."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from pages.session import choosing, coming, link, memory, now, own_text, shared_file
from pages.session.link import Limits
from pages.session.prepared import prepared_of

SCREENS = Path(__file__).parent.parent / "screens"
HOME = "start"  # the script of the page whose address is the app's own


def address(page: str, limits: Limits, present: bool, part: str | None = None, embed: bool = False) -> str | None:
    """Return the address that shows all this to somebody else on a page, a text of one's own inside; None if too long.

    page : as it stands in addresses;  limits : what is kept from others;  present : whether the picture stands alone
    part   : of the page, if another than is looked at;  embed : whether it is for a frame in another page
    """
    what = replace(now.said(page, limits), guide=None, present=present)
    return link.address_of(url_of(page), what if part is None else replace(what, part=part), embed)


def url_of(page: str) -> str:
    """Return the address of a page, without all that follows a question mark."""
    here = st.context.url or ""
    return here.removesuffix("/").removesuffix(now.page()).removesuffix("/") + f"/{page}"


def file(page: str, limits: Limits, present: bool) -> bytes:
    """Return a file that opens the same."""
    return shared_file.write(page, replace(now.said(page, limits), guide=None, present=present))


def open_file(data: bytes) -> None:
    """Open a file that somebody handed on, as a link is followed; one that cannot be is refused and changes nothing."""
    try:
        page, wanted = shared_file.read(data)
    except ValueError as error:
        choosing.report_problem(f"{error} Nothing was changed.")
        return

    def take() -> None:
        try:
            prepared_of(wanted.config)
        except ValueError as error:
            choosing.report_problem(f"This file cannot be opened: {error} Nothing was changed.")
            return
        own_text.put_aside()
        coming.look_at(wanted)
        script = page or HOME
        there = (SCREENS / f"{script}.py").is_file()
        memory.remember(turn_to=script if there else HOME, level_before=None)
        now.send_player()

    choosing.when_cut(wanted.config.text, wanted.config.reading, take)
