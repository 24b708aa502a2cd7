"""Choosing what is trained: settings, texts, prepared states. What cannot be is said, and changes nothing."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

import streamlit as st

from pages.session import allowed, gate, memory, now, own_text
from pages.session.before import curve_before
from pages.session.gate import GATE
from pages.session.prepared import corpus_of, is_cut, keep_tokens, prepared_of
from pages.session.whole_text import whole_config
from w2v import PRESETS, Config
from w2v.reading.characters import Reading
from w2v.reading.tokens import cut_into_tokens
from w2v.texts import preset_of

_HOW_READ = {field.name: field.default for field in fields(Reading)}
_OF_A_TEXT = {name: usual for name, usual in _HOW_READ.items() if name != "lowercase"}  # which no preset needs
SAME_BEGINNING = 10  # letters, by which a text that was changed is told from another


def cut_pasted_text() -> None:
    """Cut a long text that was just pasted into words before the page is shown, in turns with other visitors.

    A click elsewhere interrupts the script, not the work: the next run of the script goes on where this one was.
    """
    place = st.container()  # there on every run, so that what follows keeps its number
    if own_text.is_refused_in_box() and problem() is None and not is_cutting():
        change_text(own_text.draft())  # its taking over was broken off, as a callback is while a click waits
    reading = memory.recall("reading")
    if reading is None:
        return
    (text, how), cutting, then = reading
    begun, bar = time.monotonic(), None
    while True:
        share, tokens = GATE.go_on(cutting, gate.SLICE_SECONDS)
        if tokens is not None:
            break
        if bar is None and time.monotonic() - begun > gate.QUIET_SECONDS:
            bar = place.progress(0.0)
        if bar is not None:
            bar.progress(share or 0.0, f"Your text is cut into words: {share or 0.0:.0%}")
    keep_tokens(text, how, tokens)  # before any st command: a waiting click ends the script there
    memory.remember(reading=None)
    then()
    if memory.recall("turn_to"):
        st.rerun()  # it leads to another page
    now.follow_up()
    if bar is not None:
        bar.empty()


def change(**changes: Any) -> None:
    """Change settings (or the text). A value that cannot be leaves all as it was, with a sentence in `problem`.

    A text that was refused and still stands in the box is tried again first: the change may be what it needed.
    A long text is cut into words first, and until then all is as it was: see `cut_pasted_text`.
    """
    all_changes = _with_draft(changes)
    reading = _read_as(changes, _config_to_change(all_changes))
    when_cut(changes.get("text", own_text.draft()), reading, lambda: change_now(**changes))


def change_now(**changes: Any) -> None:
    """The same as `change`, but all of it at once."""
    all_changes = _with_draft(changes)
    complaint = _why_not_adopted(all_changes)
    memory.remember(offer=None if complaint is None else whole_config(own_text.draft(), _config_to_offer(changes)))
    if complaint is None:
        memory.remember(problem=None)
    elif all_changes != changes and _why_not_adopted(changes) is None:
        memory.remember(problem=f"{complaint} Until then the text before it is shown.")
    else:
        memory.remember(problem=f"{complaint} Nothing was changed.")


def _why_not_adopted(changes: Mapping[str, Any]) -> str | None:
    """Make the changes and return None, or change nothing and return why."""
    if allowed.is_locked():
        return allowed.FIXED
    try:
        wanted = replace(_config_to_change(changes), **changes)
        prepared_of(wanted)
    except ValueError as error:
        return str(error)
    if wanted != now.config():
        at_end = now.is_at_end() and "text" not in changes
        has_word = wanted.preset is not None or now.word() in corpus_of(wanted).vocabulary.ids
        chosen = now.word() if has_word else None
        now.look_at(wanted, now.END if at_end else None, before=curve_before(wanted), word=chosen)
    return None


def _with_draft(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes, and among them the text that waits in the box."""
    return {**({"text": own_text.draft()} if own_text.is_refused_in_box() else {}), **changes}


def _config_to_change(changes: Mapping[str, Any]) -> Config:
    """Return the settings that are to be changed: a text that is chosen begins with those for training by updates."""
    if "text" not in changes:
        return now.config()
    before: Config = memory.recall("by_steps")
    return replace(before, **asdict(now.config().reading))


def _config_to_offer(changes: Mapping[str, Any]) -> Config:
    """Return the present settings, and how the text in the box is to be read, which waits."""
    offered: Config | None = memory.recall("offer")
    same = offered is not None and offered.text == own_text.draft()
    return replace(
        now.config(), **asdict(_read_as(changes, offered if offered and same else _config_to_change(changes)))
    )


def _read_as(changes: Mapping[str, Any], before: Config) -> Reading:
    """Return how a text is read after changes of settings."""
    return replace(before.reading, **{name: value for name, value in changes.items() if name in _HOW_READ})


def when_cut(text: str, reading: Reading, then: Callable[[], None]) -> None:
    """Do `then` as soon as this text is cut into words: at once, if it is short."""
    memory.remember(reading=None)
    if is_cut(text, reading):
        then()
    else:
        memory.remember(problem=None, offer=None)  # they were about another text
        memory.remember(reading=((text, reading), cut_into_tokens(text, reading), then))


def bound_to(name: str) -> dict[str, Any]:
    """Return the arguments that tie a widget to a setting of the Config: key and callback.

    The callback asks the session: it runs before the page, and Streamlit keeps it longer than this Config.
    """
    key = f"setting_{name}"
    memory.set_widget_value(key, getattr(now.config(), name))
    return {"key": key, "on_change": lambda: change(**{name: memory.widget_value(key)})}


def report_problem(sentence: str | None) -> None:
    """Say what is wrong, or that nothing is any more; nothing else changes."""
    memory.remember(problem=sentence, reported=sentence)


def problem() -> str | None:
    """Return the sentence about the last thing that could not be done, or None."""
    found: str | None = memory.recall("problem")
    return found


def refused() -> str | None:
    """Return the sentence about what was refused, or None; a long text was taken, and `problem` says why it waits."""
    says_why = is_long_text_waiting() and problem() != memory.recall("reported")
    return None if says_why else problem()


# --- the text -------------------------------------------------------------------------------------------------


def change_text(text: str) -> None:
    """Train on another text, from the start. A text that cannot be trained stays in the box, with a sentence."""
    is_preset = preset_of(text) is not None
    if is_preset:
        own_text.put_aside()
    how = _OF_A_TEXT if is_preset else _how_another_is_read(text)
    memory.remember(draft=text)
    change(text=text, **how)


def take_pairs(text: str) -> None:
    """Train on the pairs of one of our examples, from the start."""
    own_text.put_aside()
    memory.remember(draft=text)
    change(text=text, **{**_OF_A_TEXT, "pairs": True})


def _how_another_is_read(text: str) -> dict[str, bool]:
    """Return what changes in how a text is read: the one before may have been cut here, and this is another."""
    pairs = {} if not now.config().pairs or "|" in text else {"pairs": False}
    *_, (_, was_cut, _) = memory.recall("mended") or [("", True, "")]
    if was_cut or not now.config().pretokenized or text[:SAME_BEGINNING] == own_text.draft()[:SAME_BEGINNING]:
        return pairs
    memory.remember(mended=())
    return {"pretokenized": False, **pairs}


def clear() -> None:
    """Empty the box. Until there is another text in it, all pages show the one before, which can be put back."""
    own_text.put_aside()
    memory.remember(draft="", problem=None, offer=None, reading=None, to_watch=None)


def make_room() -> None:
    """Empty the box if there is a text of ours in it: whoever comes with a text of their own wants to paste it."""
    if own_text.is_ours(now.config()) and not own_text.is_draft_waiting():
        clear()


def put_back() -> None:
    """Put the text that is in use into the box again."""
    memory.remember(draft=now.config().text, problem=None, offer=None, reading=None)


def is_cutting() -> bool:
    """Say whether a text that was just pasted is still cut into words."""
    return memory.recall("reading") is not None


def replace_text(text: str, pretokenized: bool) -> None:
    """Train on what was made of the text in the box in its place, read like this; a whole text stays one."""
    before, changes = now.config().trainer, {"text": text, "pretokenized": pretokenized}
    memory.remember(draft=text)

    def take() -> None:
        change_now(**changes)
        if now.config().trainer != before:
            take_offer()

    when_cut(text, replace(_config_to_change(changes).reading, pretokenized=pretokenized), take)


def take_file(text: str, name: str) -> None:
    """Train on the text of a file. One that cannot be trained leaves the text in the box as it was."""
    how = _how_another_is_read(text)
    when_cut(text, replace(_config_to_change({"text": text}).reading, **how), lambda: _take_file(text, name, how))


def _take_file(text: str, name: str, how: Mapping[str, bool]) -> None:
    complaint = _why_not_adopted({"text": text, **how})
    offer = None if complaint is None else whole_config(text, now.config())
    memory.remember(offer=offer)
    if complaint is None or offer is not None:
        memory.remember(draft=text)
        memory.name_file(text, name)
    else:
        complaint = f"{complaint} The text in the box is as it was."
    memory.remember(problem=complaint)


# --- a whole text at once -------------------------------------------------------------------------------------


def offered_config() -> Config | None:
    """Return how the text that was refused, or the present one, could be trained as a whole; None if it could not."""
    found: Config | None = memory.recall("offer")
    return found


def is_long_text_waiting() -> bool:
    """Say whether the text in the box was refused as too long to go through update by update, and is not as a whole."""
    return own_text.is_draft_waiting() and problem() is not None and offered_config() is not None


def take_offer() -> None:
    """Train as a whole what `offered_config` says, or else the present text."""
    wanted = memory.recall("offer") or whole_config_of_present()
    if wanted is not None and not allowed.is_locked():
        now.look_at(wanted, now.END, draft=wanted.text, problem=None, offer=None)
        now.send_player()


def whole_config_of_present() -> Config | None:
    """Return how the present text would be trained as a whole; None if it is already, or too short for that."""
    if now.trainer().unit == "pass":
        return None
    return memory.keep("whole_configs", 2, now.config(), lambda present: whole_config(present.text, present))


def back_to_steps() -> None:
    """Train a preset one update at a time again, with the settings from before."""
    change_text(next(iter(PRESETS.values())).text)


# --- prepared states, and the way back ------------------------------------------------------------------------


def show_prepared(wanted: Config, t: int, chosen: str | None) -> None:
    """Put the app into a prepared state: what to train, the moment (`now.END` for the last), the selected word."""
    if allowed.is_locked():
        report_problem(allowed.FIXED)
        return
    if now.config() != memory.recall("prepared"):
        own_text.put_aside()
    own = own_text.own_config()
    memory.remember(prepared=wanted, lent=None if own is not None and own.text == wanted.text else wanted.text)
    now.look_at(wanted, t, draft=wanted.text, problem=None, word=chosen, offer=None)
    now.send_player()
    now.write_address()


def open_run(wanted: Config, t: int, chosen: str | None) -> None:
    """Go to a run beside the present one, in its place, unless the visitor's link hides what changes this."""
    if allowed.is_locked() or not allowed.hides("settings") or wanted == now.config():
        show_prepared(wanted, t, chosen)
    else:
        report_problem(allowed.KEPT)
