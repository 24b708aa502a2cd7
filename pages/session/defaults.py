"""The way back to the settings that the app begins with; the text stays."""

from dataclasses import fields

from pages.session import choosing, memory, now
from pages.session.whole_text import whole_config
from w2v import Config


def are_there() -> bool:
    """Say whether no setting was changed: of a whole text, from those that suit it."""
    return now.config() == _defaults()


def go_back() -> None:
    """Undo all changes of settings."""
    wanted = _defaults()
    choosing.change(**{field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name != "text"})


def _defaults() -> Config:
    plain = Config(now.config().text)
    if now.trainer().unit == "update":
        return plain
    whole: Config | None = memory.keep("whole_defaults", 1, plain, lambda _: whole_config(plain.text, plain))
    return whole or plain
