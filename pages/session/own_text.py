"""The visitor's own text: what stands in the box for it, and what is put aside while one of ours is shown."""

from collections.abc import Mapping
from typing import Any

from pages.session import allowed, memory, now
from w2v import Config
from w2v.texts import preset_of
from w2v.texts.pair_examples import pair_example


def draft() -> str:
    """Return what stands in the text box, whether it can be trained or not."""
    found: str = memory.recall("draft")
    return found


def is_draft_waiting() -> bool:
    """Say whether the text in the box was refused, so that all pages still show the one before it."""
    return draft() != now.config().text


def is_refused_in_box() -> bool:
    """Say whether a text stands in the box that could not be taken over."""
    return draft() not in ("", now.config().text)


def is_ours(config: Config) -> bool:
    """Say whether this is a text to start with, or one that came with a guide, and none of the visitor's own."""
    lent = config.text == memory.recall("lent")
    return lent or is_to_start_with(config.text)


def is_to_start_with(text: str) -> bool:
    """Say whether this is a preset or one of our examples of pairs."""
    return preset_of(text) is not None or pair_example(text) is not None


def own_config() -> Config | None:
    """Return what is trained of the visitor's own text, in use or put aside; None where they have none."""
    if not is_ours(now.config()):
        return now.config()
    aside: Mapping[str, Any] | None = memory.recall("aside")
    return None if aside is None or is_ours(aside["config"]) else aside["config"]


def put_aside() -> None:
    """Remember a text of the visitor's own, in use or refused, and all about it, before one of ours takes its place."""
    if not is_ours(now.config()) or is_refused_in_box():
        aside = {name: memory.recall(name) for name in ("config", "t", "word", "problem", "offer")}
        memory.remember(aside={**aside, "draft": draft() or now.config().text})


def has_own_text_aside() -> bool:
    """Say whether a text of ours is shown while a text of the visitor's own waits, and may, be shown again."""
    waits = memory.recall("aside") is not None and is_ours(now.config()) and not is_refused_in_box()
    return waits and not allowed.hides("settings")


def back_to_own_text() -> None:
    """Show the visitor's own text again, as it was left; also where a guide has shown it with settings of its own."""
    aside: Mapping[str, Any] | None = memory.recall("aside")
    if aside is not None and (has_own_text_aside() or aside["config"].text == now.config().text):
        now.look_at(**aside)
        now.send_player()
        now.write_address()
