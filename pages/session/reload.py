"""What the tab of the browser keeps over a reload: what the address cannot hold of a text of the visitor's own."""

from collections.abc import Mapping

from pages.session import allowed, choosing, link, memory, now, own_text


def to_keep() -> Mapping[str, str | None]:
    """Return what to keep.

    text : the present text, packed; "" where the address finds it
    draft : the text that was refused and still stands in the box, packed, "" for an empty box; None if none does
    file : the name of the file from which the text in the box came; None if from none
    """
    text, draft = now.config().text, own_text.draft()
    return {
        "text": "" if now.config().preset or now.is_text_in_address() else _packed(text),
        "draft": None if not own_text.is_draft_waiting() else draft and _packed(draft),
        "file": memory.file_of(draft),
    }


def take_back(draft: str | None, file: str | None) -> None:
    """Put into the box what stood there before the page was loaded again: once, whatever came into it since stays.

    The browser's answer can be read again, by the run after one that was broken off.
    """
    if (draft is None and file is None) or is_taken_back() or allowed.hides("settings"):
        return
    memory.remember(taken_back=True)
    if draft:
        try:
            text = link.unpacked(draft)
        except ValueError:  # this is not what was kept
            return
        choosing.change_text(text)
    elif draft is not None:
        choosing.clear()
    if file is not None:
        memory.name_file(own_text.draft(), file)


def is_taken_back() -> bool:
    """Say whether something was taken back. The browser, which does not look at the same data twice, is told too."""
    return bool(memory.recall("taken_back"))


def _packed(text: str) -> str:
    return memory.keep("for_tab", 2, text, link.packed_quickly)
