"""The player in a browser without the app around it: with the record that the app would send it.

A visit of the app takes four times as much work. So this is the way to what the player does by itself.
"""

from playwright.sync_api import Locator, Page

from pages.components.player import PLAYER
from tests import visitor
from tests.browser import player
from tests.browsing import SLOW, add_component, mount_component, stands_at, unmount_component
from w2v import Config


def player_alone(page: Page, config: Config, **query: str) -> Locator:
    """Follow a link to Training without a browser, and mount the player with what it was sent: drawn and at rest.

    In a page that had one already it is another one.
    """
    (sent,) = visitor.sent_to(visitor.visit(config, "training", **query), "w2v_player")
    if page.evaluate("'mountPlayer' in window"):
        unmount_component(page)
    else:
        add_component(page, PLAYER, "mountPlayer")
    mount_component(page, "mountPlayer", sent.bytes, PLAYER.style)
    stands_at(page, int(query.get("t", 0)))
    return player(page)


def reports(page: Page, t: int) -> None:
    """The player comes to rest at moment t, shows exact numbers, and tells Python so."""
    stands_at(page, t)
    page.wait_for_function("t => window.reports.at(-1)?.[1].t === t", arg=t, timeout=SLOW)
