"""A visitor with a book: it is cut into words once, what was made of it goes with it, and files are let go of."""

import gc
import sys
import weakref
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import StopException
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import local_script_runner

from pages.parts.shared import frame, watch
from pages.parts.text import health
from pages.parts.text.choose import GOES_ON
from pages.session import choosing, coming, garbage, gate, memory, now, prepared
from pages.session.gate import Gate
from pages.session.prepared import judgement_of
from tests.visitor import (
    config,
    draft,
    fine,
    go,
    has_way_back,
    is_being_cut,
    is_whole,
    kept_about,
    kept_tokens,
    offered,
    passes_of,
    paste,
    problem,
    sent_to,
    setting,
    texts,
    the_page_stays,
    train_whole,
    trained,
    training_under_way,
    visit,
    whole,
)
from w2v import PRESETS, Config, Corpus, count_pairs, read_vectors
from w2v.whole.training import PassTraining
from w2v.whole.whole_text import WholeTextRun


def book(seed: int = 1, n_words: int = 6_000) -> str:
    """A text of more words than can be stepped through, longer than what is cut at once."""
    rng = np.random.default_rng(seed)
    words = [f"w{i}" for i in range(n_words)] + [f"w{i}" for i in rng.integers(0, 40, n_words)]
    text = " ".join([word + "." * (i % 8 == 7) for i, word in enumerate(words)])
    return text


class Cuts:
    """Counts how often a text is cut, and how many slices there were; can break in between two of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self.slices = 0
        self.break_after: int | None = None
        inner = prepared.cut_into_tokens

        def cut(text: str, *reading: Any) -> Any:
            self.texts.append(text)
            return self._watched(inner(text, *reading, slice_length=5_000))

        monkeypatch.setattr(choosing, "cut_into_tokens", cut)
        monkeypatch.setattr(prepared, "cut_into_tokens", cut)
        monkeypatch.setattr(gate, "SLICE_SECONDS", 0.0)
        for name in ("from_text", "read"):
            monkeypatch.setattr(Corpus, name, lambda *_, **__: pytest.fail("a text was cut behind the gate's back"))

    def _watched(self, work: Any) -> Any:
        while True:
            try:
                share = next(work)
            except StopIteration as end:
                return end.value
            self.slices += 1
            yield share


def test_a_pasted_book_is_cut_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at, text = visit(), book()
    assert len(text) > memory.LONG_TEXT
    cuts = Cuts(monkeypatch)
    at.text_area(key="pasted").set_value(text).run()
    assert "can be stepped through with 5,000" in str(problem(fine(at)))
    assert offered(at).text == text
    assert cuts.texts == [text]
    assert cuts.slices > 5
    train_whole(at)
    fine(go(at, "training"))
    setting(at, "min_count").set_value(2).run()
    assert config(fine(at)).min_count == 2
    assert cuts.texts.count(text) == 1, "once for the refusal, the offer, the training and another minimum count"


def test_a_book_shows_how_far_it_is_cut_and_a_click_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "QUIET_SECONDS", -1.0)
    at, text, other = visit(), book(), book(2)
    cuts = Cuts(monkeypatch)
    inner = Gate.go_on
    turns: list[int] = []

    def turn(gate: Gate, *args: Any) -> Any:
        turns.append(1)
        if len(turns) == 4:
            st.stop()  # as a click elsewhere does: the script ends, the session stays
        return inner(gate, *args)

    monkeypatch.setattr(Gate, "go_on", turn)
    at.text_area(key="pasted").set_value(text).run()
    (bar,) = fine(at).progress
    assert bar.text.startswith("Your text is cut into words: ")
    assert 0 < bar.value < 100
    assert config(at).text != text
    before = cuts.slices
    at.run()
    assert offered(at).text == text
    assert not at.progress
    assert cuts.texts == [text], "it went on where it was"
    assert 0 < before < cuts.slices
    turns[:] = [1]
    with the_page_stays(at):
        at.text_area(key="pasted").set_value(other).run()  # stopped again
    at.radio(key="preset").set_value("loop").run()
    assert config(fine(at)).text == PRESETS["loop"].text
    assert not is_being_cut(at)
    assert at.text_area(key="pasted").value == PRESETS["loop"].text
    fine(at.button(key="own_text_text").click().run())
    assert draft(at) == other
    assert other.startswith(at.text_area(key="pasted").value.removesuffix(GOES_ON)), "of a book, the beginning"
    assert offered(at).text == other, "it is cut now"


def test_the_first_picture_comes_before_the_first_pass_and_the_next_after_one() -> None:
    at = fine(paste(book()))
    assert training_under_way(at), "it is begun before it is asked for"
    at = fine(visit(offered(at), "training"))  # another visitor, for whom nothing was begun
    for number in (0, 0, 1):
        assert training_under_way(at)
        assert len(sent_to(at, "w2v_player")) == 1
        assert any(said.value.startswith(f"Pass {number}: ") for said in at.text)
        assert at.button(key="stop_passes")
        fine(at.run())


def test_its_first_picture_is_there_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made, arrived, drawn = list[int](), list[str](), list[str]()
    see, arrive, mount = watch.see, now.arrive, frame.mount
    monkeypatch.setattr(watch, "see", lambda headway: made.append(headway.done) or see(headway))
    monkeypatch.setattr(now, "arrive", lambda page: arrived.append(page) or arrive(page))
    monkeypatch.setattr(frame, "mount", lambda title, guide: drawn.append(title) or mount(title, guide))
    at = paste(book())
    assert made == [0]
    arrived.clear()
    drawn.clear()
    fine(train_whole(at))
    assert arrived == ["text", "training"], "Back leads to the text that was pasted"
    assert drawn == ["Training"], "the page that is left is not drawn once more"
    assert made == [0, 1], "what was made ahead is shown, and then the first pass is learned"


def test_a_browser_has_time_to_draw_the_first_picture_before_the_first_pass_needs_all_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done, see, player = list[str](), watch.see, watch.player
    monkeypatch.setattr(gate, "leave_processors", lambda: done.append("wait"))
    monkeypatch.setattr(watch, "see", lambda headway: done.append(f"pass {headway.done}") or see(headway))
    monkeypatch.setattr(watch, "player", lambda picture, key: done.append("send") or player(picture, key=key))
    at = paste(book())
    fine(train_whole(at))
    assert done == ["pass 0", "send", "wait", "pass 1"], "it was made ahead"
    fine(go(at, "training"))
    assert done[4] == "send"
    assert "wait" not in done[5:], "once"
    done.clear()
    other = fine(visit(offered(paste(book(2))), "training"))
    assert done == ["pass 0", "pass 0", "send"], "ahead for the one, and for the other as it was shown"
    fine(other.run())
    assert done[3:] == ["send", "pass 1"], "which was some time ago"


def test_a_book_whose_last_slice_was_cut_in_vain_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that waits ends the script at its next look at the session: after the cutting, before that is kept."""
    keep, at = choosing.keep_tokens, visit()

    def ended(*_: Any) -> None:
        monkeypatch.setattr(choosing, "keep_tokens", keep)
        raise StopException

    monkeypatch.setattr(choosing, "keep_tokens", ended)
    with the_page_stays(at):
        at.text_area(key="pasted").set_value(book()).run()
    assert is_being_cut(at)
    fine(train_whole(at))
    assert not is_being_cut(at)
    assert is_whole(at)


def test_a_press_is_not_lost_with_the_run_that_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    at, text = paste(book()), book()

    def ended() -> None:
        monkeypatch.undo()
        raise StopException  # as by what a component reports just then

    monkeypatch.setattr(coming, "begin", ended)
    with the_page_stays(at):
        train_whole(at)
    at.button(key="watch").set_value(False)  # it was pressed once
    assert config(fine(at.run())).text == text
    assert at.button(key="stop_passes")


def test_who_presses_while_a_book_is_cut_comes_to_its_training() -> None:
    at, text = visit(), book()
    at.text_area(key="pasted").set_value(text)
    assert config(fine(train_whole(at))).text == text
    assert is_whole(at)
    assert at.button(key="stop_passes")


def test_a_pasted_book_is_begun_before_what_to_expect_of_it_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who presses as soon as the page says what happens waits for what it works out then, and for the beginning."""
    begun = list[bool]()

    def judged(config: Config) -> Any:
        begun.append(memory.recall("training") is not None)
        return judgement_of(config)

    monkeypatch.setattr(health, "judgement_of", judged)
    paste(book())
    assert begun[-1]
    monkeypatch.setattr(Gate, "is_free", property(lambda _: False))
    assert training_under_way(paste(book(2))), "at the end of the page, where it would have to wait for others"
    assert not begun[-1]


def test_a_book_that_makes_way_leaves_nothing_but_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()
    monkeypatch.setattr(garbage, "give_back", lambda: asked.append("for memory"))
    text = book()
    at = trained(whole(text), stop=True)
    assert asked == ["for memory"], "for what training itself needed"
    for page in ("map", "update", "training", "text"):
        fine(go(at, page))
    passes = passes_of(at)
    assert kept_about(at, text) != []
    held = [weakref.ref(thing) for thing in (passes, passes.run, passes.corpus, passes.run.counts, passes.corpus.cut)]
    del passes
    at.radio(key="preset").set_value("royal").run()
    fine(at)
    assert asked == ["for memory"] * 2
    garbage.collect_all()
    assert [ref() for ref in held] == [None] * len(held)
    assert kept_about(at, text) == []
    assert has_way_back(at)
    at.button(key="own_text_text").click().run()
    assert config(fine(at)).text == text
    assert is_whole(at)
    trained(at, stop=True)


def test_what_trains_a_book_goes_with_the_run_that_ends_it() -> None:
    text = book()
    at = trained(whole(text), stop=True)
    garbage.collect_all()
    gc.unfreeze()
    assert passes_of(at)
    assert [one for one in gc.get_objects() if isinstance(one, PassTraining) and one.pairs.config.text == text] == []


def test_a_refused_book_leaves_nothing_when_a_preset_is_chosen() -> None:
    text = book()
    at = paste(text)
    held = weakref.ref(kept_tokens(at, text))
    at.radio(key="preset").set_value("royal").run()
    at.radio(key="preset").set_value("loop").run()
    garbage.collect_all()
    assert held() is None
    assert offered(at) is None


# --- what a trained book holds --------------------------------------------------------------------------------


def test_counts_take_twelve_bytes_a_pair() -> None:
    matrix = count_pairs(Corpus.from_text(book()), 5).matrix
    assert matrix.data.dtype == np.int64
    assert matrix.data.nbytes + matrix.indices.nbytes == 12 * matrix.nnz


def test_passes_are_thinned_out_to_what_is_allowed() -> None:
    text = book(n_words=300)
    most = 6 * 2 * 4 * len(Corpus.from_text(text).vocabulary) * 20  # six frames of two float32 matrices
    training = WholeTextRun.train(Config(text, dim=20, window=3), frame_bytes=most, max_passes=12)
    while True:
        try:
            run = next(training).so_far()
        except StopIteration as end:
            run = end.value
            break
        assert sum(frame[0].nbytes + frame[1].nbytes for frame in run.frames if frame) <= most
        assert {0, run.best, run.n_passes} <= {*run.kept}
    assert run.n_passes > 6


# --- uploads --------------------------------------------------------------------------------------------------


@pytest.fixture
def managers(monkeypatch: pytest.MonkeyPatch) -> list[MemoryUploadedFileManager]:
    """Those that keep the uploads of each run of the script, the last one last."""
    made: list[MemoryUploadedFileManager] = []

    class Kept(MemoryUploadedFileManager):
        def __init__(self, endpoint: str) -> None:
            super().__init__(endpoint)
            made.append(self)

    monkeypatch.setattr(local_script_runner, "MemoryUploadedFileManager", Kept)
    return made


def n_files(manager: MemoryUploadedFileManager) -> int:
    return sum(len(files) for files in manager.file_storage.values())


@pytest.mark.parametrize("content", [b"a zebra sees a lion. a lion sees a zebra.", b"\xff\xfe\x00broken"])
def test_a_text_that_was_uploaded_is_read_once_and_let_go(
    content: bytes, managers: list[MemoryUploadedFileManager]
) -> None:
    at = visit(epochs="1")
    at.file_uploader(key="upload").upload("text.txt", content).run()
    fine(at)
    assert n_files(managers[-1]) == 0
    took = content.startswith(b"a zebra")
    assert (problem(at) is None) == took
    assert (config(at).text == content.decode(errors="replace")) == took
    assert "zebra" in at.text_area(key="pasted").value or not took


def test_vectors_that_were_uploaded_are_read_once_and_what_is_wrong_with_them_stays_said(
    managers: list[MemoryUploadedFileManager],
) -> None:
    at = visit(epochs="1", page="map")
    at.file_uploader(key="opened_file").upload("vectors.txt", b"not vectors at all").run()
    assert n_files(managers[-1]) == 0
    with pytest.raises(ValueError, match="number") as refused:
        read_vectors(b"not vectors at all")
    assert str(refused.value) in texts(fine(at))


def test_a_file_whose_box_is_gone_is_let_go_with_the_page(
    monkeypatch: pytest.MonkeyPatch, managers: list[MemoryUploadedFileManager]
) -> None:
    at = visit(epochs="1")
    inner = MemoryUploadedFileManager.__init__

    def with_a_stray_file(self: MemoryUploadedFileManager, endpoint: str) -> None:
        inner(self, endpoint)
        self.add_file("test session id", UploadedFileRec("1", "late.txt", "text/plain", b"it came too late"))

    monkeypatch.setattr(MemoryUploadedFileManager, "__init__", with_a_stray_file)
    at.run()
    assert n_files(managers[-1]) == 1, "the box may still take it"
    fine(go(at, "training"))
    assert n_files(managers[-1]) == 0


def test_the_code_of_training_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first visitor of a server would wait for it, a tenth of a second where Python keeps nothing it compiles."""
    from pages.parts.training import passes

    monkeypatch.delitem(sys.modules, passes.__name__)
    monkeypatch.delattr(passes.__name__)
    visit()
    assert passes.__name__ not in sys.modules, "nobody has pasted a book"
    paste(book())
    assert passes.__name__ in sys.modules
