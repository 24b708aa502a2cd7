"""What the visitor has chosen and where they are: the only file that touches the session, the link and the caches.

The whole state is a Config (what to train) and a moment (which update of it to look at), and the selected word.
All else is computed from these and kept for the session in two short lists.
"""

import importlib
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

import numpy as np
import streamlit as st
import threadpoolctl
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts import door, garbage, messages
from pages.parts.gate import SLICE_SECONDS, Gate
from pages.parts.passes import Passes
from pages.parts.player.passes_record import passes_record
from pages.parts.player.record import pack, run_id, run_record, too_large
from w2v import PRESETS, Config, Corpus, Plan, Run, WholeTextRun
from w2v.line_wrap import is_wrapped, unwrapped
from w2v.objectives import OBJECTIVES
from w2v.run import Stopped
from w2v.tokens import Tokens, cut_into_tokens
from w2v.whole_text import Progress, Training, check_whole_text

Made = TypeVar("Made")

SWITCH_SECONDS = 0.001  # a click needs Python some thirty times, and waits so long each time while a book is cut
KEPT_RUNS = 2
KEPT_PLANS = 4
KEPT_TOKENS = 2
KEPT_PASSES = 1
LONG_TEXT = 50_000  # characters: a longer one is cut into words in turns with other visitors
FRAME_BYTES = 16 * 2**20  # of vectors of single passes, while a whole text is trained
MORE_PASSES = 10
PASS_SECONDS = 0.5  # how long one visitor trains a whole text before the page is drawn again
EXCERPT_WORDS = 3_000
QUIET_SECONDS = 0.5  # a shorter training shows no progress bar
OWN_TEXT = "own"
OF_NO_TEXT = ("opened", "opened_tsne")  # lists of what a visitor opened beside the text
LONG_ENOUGH = 4  # letters of a word that is shown first
WORTH_A_WHOLE = 2_000  # words of running text from which training on the whole text is offered
LONGEST_LINK = 8_000  # characters: longer addresses do not pass every mail program and server
END = -1  # the moment after the last update, wherever that is

_GATE = Gate()  # one training at a time: NumPy in many threads is slower than in one


@st.cache_resource(max_entries=1)
def _settle() -> None:
    """Once per process: the door, one BLAS thread, and no garbage collection of what the imports left behind.

    What Streamlit imports only when it draws its first table is imported here, so that it is left behind too.
    """
    for late in ("pandas", "pyarrow"):
        importlib.import_module(late)
    door.guard()
    threadpoolctl.threadpool_limits(1)
    sys.setswitchinterval(SWITCH_SECONDS)
    garbage.spare_the_old()


# --- start and link -------------------------------------------------------------------------------------------


def begin() -> None:
    """Read the link on a visitor's first run, and keep the link up to date on every run. Call it first."""
    _settle()
    garbage.collect_all(only_after=garbage.SECONDS)
    if "config" not in st.session_state:
        _read_link(st.query_params.to_dict())
    _let_go_of_other_texts()
    _write_link()


def read_on() -> None:
    """Cut a long text that was just pasted into words before the page is shown, in turns with other visitors.

    A click elsewhere interrupts the script, not the work: the next run of the script goes on where this one was.
    """
    place = st.container()  # there on every run, so that what follows keeps its number
    reading = st.session_state.get("reading")
    if reading is None:
        return
    key, cutting, then = reading
    begun, bar = time.monotonic(), None
    while True:
        share, tokens = _GATE.go_on(cutting, SLICE_SECONDS)
        if tokens is not None:
            break
        if bar is None and time.monotonic() - begun > QUIET_SECONDS:
            bar = place.progress(0.0)
        if bar is not None:
            bar.progress(share or 0.0, f"Your text is cut into words: {share or 0.0:.0%}")
    keep("tokens", KEPT_TOKENS, key, lambda _: tokens)  # before any st command: a waiting click ends the script there
    st.session_state.reading = None
    then()
    _let_go_of_other_texts()
    _write_link()
    if bar is not None:
        bar.empty()


def _read_link(query: Mapping[str, str]) -> None:
    st.session_state.update(problem=None, t=0, word=query.get("word"), command=0, linked=None)
    st.session_state.update(offer=None, aside=None, by_steps=Config(next(iter(PRESETS.values())).text))
    settings = {name: value for name, value in query.items() if name != "preset" or value != OWN_TEXT}
    try:
        st.session_state.config = Config.from_query(settings)
        st.session_state.linked = (config().text, query["text"]) if "text" in query else None
        _check(config())
    except ValueError as error:
        st.session_state.config = Config(next(iter(PRESETS.values())).text)
        st.session_state.problem = f"This link cannot be followed: {error} Here is a preset text instead."
    if query.get("preset") == OWN_TEXT:
        st.session_state.problem = (
            "A link or a reload does not carry a pasted text: please paste it again. Here is a preset text meanwhile."
        )
    wanted = query.get("t", "0")
    if wanted.isascii() and wanted.isdigit():
        t = int(wanted[:12])
        st.session_state.t = t if config().trainer == "passes" else min(t, plan().n_steps)
    st.session_state.draft = config().text.encode("utf-8", "replace").decode()  # half a character cannot be sent


def _write_link() -> None:
    text, linked = {"preset": config().preset or OWN_TEXT}, st.session_state.linked
    if linked is not None and linked[0] == config().text:
        text = {"text": linked[1]}  # it came by a link that holds it: a reload shall find it there again
    link = {**text, **config().settings_query(), **_place()}
    if st.query_params.to_dict() != link:
        st.query_params.from_dict(link)


def _place() -> dict[str, str]:
    """The moment and the word, as a link names them."""
    place: dict[str, str] = {}
    if st.session_state.t == END:
        place |= {} if config().trainer == "passes" else {"t": str(plan().n_steps)}
    elif st.session_state.t:
        place["t"] = str(st.session_state.t)
    if st.session_state.word:
        place["word"] = st.session_state.word
    return place


def link() -> str | None:
    """Return the address that shows all this to somebody else, a pasted text included; None if it gets too long."""
    address = f"{st.context.url or ''}?{urlencode({**config().to_query(), **_place()})}"
    return address if len(address) <= LONGEST_LINK else None


def prepare(wanted: Config, t: int, chosen: str | None) -> None:
    """Put the app into a prepared state: what to train, the moment (END for the last), the selected word."""
    _put_aside()
    st.session_state.update(config=wanted, draft=wanted.text, problem=None, t=t, word=chosen, offer=None)
    st.session_state.command += 1
    _write_link()


# --- what to train --------------------------------------------------------------------------------------------


def config() -> Config:
    """Return what is to be trained."""
    return st.session_state.config


def plan() -> Plan:
    """Return the schedule of the present Config."""
    return _plan_of(config())


def _check(wanted: Config) -> None:
    """Raise ValueError in one sentence if this cannot be trained."""
    if wanted.trainer == "passes":
        check_whole_text(wanted, _corpus_of(wanted))
    else:
        _plan_of(wanted)


def _plan_of(wanted: Config) -> Plan:
    def make(_: Config) -> Plan:
        words = _corpus_of(wanted)
        return _in_turn(wanted.text, lambda: Plan(wanted, words))

    return keep("plans", KEPT_PLANS, wanted, make)


def change(**changes: Any) -> None:
    """Change settings (or the text). A value that cannot be leaves all as it was, with a sentence in `problem`.

    A text that was refused and still stands in the box is tried again first: the change may be what it needed.
    A long text is cut into words first, and until then all is as it was: see `read_on`.
    """
    _when_cut({"text": draft(), **changes}, lambda: change_now(**changes))


def _when_cut(changes: Mapping[str, Any], then: Callable[[], None]) -> None:
    """Do `then` as soon as the text that these changes lead to is cut into words: at once, if it is short."""
    st.session_state.reading = None
    text = changes["text"]
    lowercase = bool(changes.get("lowercase", _beginning_with(changes).lowercase))
    if len(text) <= LONG_TEXT or is_kept("tokens", (text, lowercase)):
        then()
    else:
        st.session_state.update(problem=None, offer=None)  # they were about another text
        st.session_state.reading = ((text, lowercase), cut_into_tokens(text, lowercase=lowercase), then)


def _beginning_with(changes: Mapping[str, Any]) -> Config:
    """Return the settings that are to be changed: another text than a whole one begins with those from before it."""
    other_text = changes.get("text", config().text) != config().text
    return st.session_state.by_steps if config().trainer == "passes" and other_text else config()


def change_now(**changes: Any) -> None:
    """The same as `change`, but all of it at once."""
    waiting = {"text": draft()} if "text" not in changes and draft() != config().text else {}
    complaint = _adopt({**waiting, **changes})
    st.session_state.offer = None if complaint is None else _whole_config(draft())
    if complaint is None:
        st.session_state.problem = None
    elif waiting and _adopt(changes) is None:
        st.session_state.problem = f"{complaint} Until then the text before it is shown."
    else:
        st.session_state.problem = f"{complaint} Nothing was changed."


def _adopt(changes: Mapping[str, Any]) -> str | None:
    """Make the changes and return None, or change nothing and return why."""
    before = st.session_state.by_steps if config().trainer == "passes" and "text" in changes else config()
    try:
        wanted = replace(before, **changes)
        _check(wanted)
    except ValueError as error:
        return str(error)
    if wanted != config():
        at_end = wanted.trainer == "passes" or (_at_end() and "text" not in changes)
        st.session_state.update(t=END if at_end else 0, config=wanted)
    return None


def change_text(text: str) -> None:
    """Train on another text, from the start. A text that cannot be trained stays in the box, with a sentence."""
    if any(text == preset.text for preset in PRESETS.values()):
        _put_aside()
    st.session_state.draft = text
    change(text=text)


def join_all_lines() -> None:
    """Put the whole present text on one line."""
    change_text(" ".join(config().text.split()))


def join_lines() -> None:
    """Put each paragraph of the present text on one line; a whole text stays one."""
    trainer, text = config().trainer, unwrapped(config().text)
    st.session_state.draft = text

    def join() -> None:
        change_now(text=text)
        if trainer == "passes":
            take_offer()

    _when_cut({"text": text}, join)


def take_file(text: str) -> None:
    """Train on the text of a file. One that cannot be trained leaves the text in the box as it was."""
    _when_cut({"text": text}, lambda: _take_file(text))


def _take_file(text: str) -> None:
    complaint = _adopt({"text": text})
    st.session_state.offer = None if complaint is None else _whole_config(text)
    if complaint is None:
        st.session_state.draft = text
    else:
        complaint = f"{complaint} The text in the box is as it was."
    st.session_state.problem = complaint


def _put_aside() -> None:
    """Remember a text of the visitor's own, in use or refused, and all about it, before a preset takes its place."""
    if config().preset is None or is_waiting():
        names = ("config", "t", "word", "draft", "problem", "offer")
        st.session_state.aside = {name: st.session_state[name] for name in names}


def has_own_text_aside() -> bool:
    """Say whether a preset is shown while a text of the visitor's own waits to be shown again."""
    return st.session_state.aside is not None and config().preset is not None and not is_waiting()


def back_to_own_text() -> None:
    """Show the visitor's own text again, as it was left."""
    if has_own_text_aside():
        _remember_steps()
        st.session_state.update(st.session_state.aside)
        st.session_state.command += 1
        _write_link()
        if is_waiting() and problem() is None:  # it went before it was cut into words
            change_text(draft())


def refuse(sentence: str) -> None:
    """Say what is wrong; nothing else changes."""
    st.session_state.problem = sentence


def problem() -> str | None:
    """Return the sentence about the last thing that could not be done, or None."""
    return st.session_state.problem


def draft() -> str:
    """Return what stands in the text box, whether it can be trained or not."""
    return st.session_state.draft


def is_waiting() -> bool:
    """Say whether the text in the box was refused, so that all pages still show the one before it."""
    return draft() != config().text


def setting(name: str) -> dict[str, Any]:
    """Return the arguments that tie a widget to a setting of the Config: key and callback."""
    key = f"setting_{name}"
    st.session_state[key] = getattr(config(), name)

    def adopt() -> None:
        change(**{name: st.session_state[key]})

    return {"key": key, "on_change": adopt}


def value(key: str) -> Any:
    """Return what a widget holds."""
    return st.session_state.get(key)


def hold(key: str, wanted: Any) -> None:
    """Put a value into a widget that is about to be shown.

    On every run: one that was away, or lies folded up in the browser, would begin with its own first value.
    """
    st.session_state[key] = wanted


def _at_end() -> bool:
    run_now = _list("runs").get(config())
    return st.session_state.t == END or (run_now is not None and 0 < run_now.n_steps <= st.session_state.t)


def has_broken_lines() -> bool:
    """Say whether the lines of the present text seem to be broken to the width of a page."""
    return keep("wrapped", 2, config().text, is_wrapped)


# --- a whole text at once -------------------------------------------------------------------------------------


def corpus() -> Corpus:
    """Return the words of the present text."""
    return _corpus_of(config())


def _corpus_of(wanted: Config) -> Corpus:
    def make(key: tuple[str, bool, int]) -> Corpus:
        tokens = _tokens_of(wanted.text, wanted.lowercase)
        return _in_turn(wanted.text, lambda: Corpus.from_tokens(tokens, min_count=key[2]))

    return keep("corpora", 2, (wanted.text, wanted.lowercase, wanted.min_count), make)


def _tokens_of(text: str, lowercase: bool) -> Tokens:
    """Return a text cut into words, once for all settings."""
    return keep(
        "tokens", KEPT_TOKENS, (text, lowercase), lambda _: _GATE.finish(cut_into_tokens(text, lowercase=lowercase))
    )


def _in_turn(text: str, make: Callable[[], Made]) -> Made:
    """Do some work on a text: if it is long, when it is one's turn."""
    return _GATE.do(make) if len(text) > LONG_TEXT else make()


def offer() -> Config | None:
    """Return how the text that was refused, or the present one, could be trained as a whole; None if it could not."""
    return st.session_state.offer


def take_offer() -> None:
    """Train as a whole what `offer` says, or else the present text."""
    wanted = st.session_state.offer or whole_of_present()
    if wanted is None:
        return
    _remember_steps()
    st.session_state.update(config=wanted, draft=wanted.text, problem=None, offer=None, t=END)
    st.session_state.command += 1


def _remember_steps() -> None:
    """Keep the settings for training update by update: another text begins with them."""
    if config().trainer == "steps":
        st.session_state.by_steps = config()


def whole_of_present() -> Config | None:
    """Return how the present text would be trained as a whole, or None if it is too short for that."""
    return keep("whole_configs", 2, config(), lambda wanted: _whole_config(wanted.text))


def back_to_steps() -> None:
    """Train a preset one update at a time again, with the settings from before."""
    change_text(next(iter(PRESETS.values())).text)


def _whole_config(text: str) -> Config | None:
    """Settings that suit a whole text; None for a text that is short or cannot be trained."""
    try:
        wanted = replace(config(), text=text, architecture="skip-gram", min_count=1, subsample=0.0)
        tokens = _corpus_of(wanted).n_tokens
        if tokens < WORTH_A_WHOLE:
            return None
        least = 1 if tokens < 20_000 else 2 if tokens < 50_000 else 5
        wanted = replace(
            wanted,
            objective=config().objective if OBJECTIVES[config().objective].has_passes else Config.objective,
            dim=50 if tokens < 50_000 else 100,
            window=max(5, config().window),
            min_count=least,
            dynamic_window=False,
            trainer="passes",
        )
        check_whole_text(wanted, _corpus_of(wanted))
    except ValueError:
        return None
    return wanted


def passes() -> Passes | None:
    """Return the trained passes of the present whole text, or None while they are not there."""
    return _list("passes").get(config())


def open_passes(run_saved: WholeTextRun) -> None:
    """Make a saved whole-text run the present one, at its best pass."""
    wanted = replace(run_saved.config, trainer="passes")
    st.session_state.offer = wanted
    take_offer()
    _list("passes")[wanted] = Passes(replace(run_saved, config=wanted))


def seen_of_training() -> Any:
    """Return what was last made of the training of the present whole text, or None before its first pass."""
    under_way = _under_way()
    return under_way[2][-1] if under_way is not None and under_way[2] else None


def train_passes_a_little(see: Callable[[Progress], Any]) -> bool:
    """Go on training the present whole text for a moment; return whether it is done.

    see : makes of the last pass what the page shows of it at its next run
    """
    if passes() is not None:
        return True
    wanted, training, seen = _under_way() or _begin_passes(
        WholeTextRun.train(config(), corpus=corpus(), frame_bytes=FRAME_BYTES)
    )
    with _GATE.turn(patient=bool(seen)):
        until = time.monotonic() + (PASS_SECONDS if seen else 0)  # the first pass is shown as soon as it is there
        try:
            progress = training.send(True) if seen and st.session_state.stop else next(training)
            while time.monotonic() < until and not _GATE.n_waiting:
                progress = next(training)
        except StopIteration as end:
            kept = _list("passes")
            kept[wanted] = Passes(end.value)
            while len(kept) > KEPT_PASSES:
                kept.popitem(last=False)
            st.session_state.training = None
            st.session_state.command += 1
            garbage.give_back()  # what training itself needed
            return True
    seen[:] = [_GATE.do(lambda: see(progress))]  # a turn of its own: pictures of five books at once stop all others
    return False


def _begin_passes(training: Training) -> tuple[Config, Training, list[Any]]:
    st.session_state.t = END
    return _begin_training(training)


def _under_way() -> tuple[Config, Any, list[Any]] | None:
    """Return the training of the present Config, and what was made of it to be seen; None if it has not begun."""
    under_way = st.session_state.get("training")
    return under_way if under_way is not None and under_way[0] == config() else None


def _begin_training(training: Any) -> tuple[Config, Any, list[Any]]:
    under_way: tuple[Config, Any, list[Any]] = (config(), training, [])
    st.session_state.update(training=under_way, stop=False)
    return under_way


def go_on_with_passes() -> None:
    """Train the present whole text for more passes."""
    before = passes()
    if before is not None:
        _list("passes").pop(config())
        more = {"max_passes": MORE_PASSES, "frame_bytes": FRAME_BYTES}
        _begin_passes(WholeTextRun.train(config(), corpus=corpus(), start=before.run, **more))


def ask_to_stop() -> None:
    """Stop the training that is under way at its next chance; what is trained so far is kept."""
    st.session_state.stop = True


def excerpt() -> Plan:
    """Return a plan of the beginning of a whole text, to see its windows."""

    def make(wanted: Config) -> Plan:
        of_all = corpus()
        up_to = np.cumsum(of_all.sentence_lengths + 1)  # each with its dot
        n_sentences = int(np.searchsorted(up_to, EXCERPT_WORDS, side="right")) + 1
        lengths = of_all.sentence_lengths[:n_sentences].tolist()
        kept = np.flatnonzero(of_all.token_ids >= 0)[: sum(lengths)]
        words = iter([of_all.vocabulary.words[i] for i in of_all.token_ids[kept].tolist()])
        text = " ".join([" ".join(islice(words, length)) + "." for length in lengths])
        return Plan(replace(wanted, text=text, epochs=1, dim=1, min_count=1))

    return keep("excerpts", 1, config(), make)


# --- the trained run ------------------------------------------------------------------------------------------


def run() -> Run:
    """Return the run of the present Config, training it first if needed, with a progress bar that can be stopped.

    A click elsewhere interrupts the script, not the training: the next call goes on where this one was.
    """
    wanted = config()
    runs = _list("runs")
    place = st.empty()  # there on every run of the page, so that what follows keeps its number and is not remade
    if wanted not in runs:
        _train(wanted, place)
        while len(runs) > KEPT_RUNS:
            runs.popitem(last=False)
    runs.move_to_end(wanted)
    return runs[wanted]


def train_again() -> None:
    """Forget the run of the present Config, so that it is trained anew."""
    _list("runs").pop(config(), None)


def _train(wanted: Config, place: "st.delta_generator.DeltaGenerator") -> None:
    _, training, _ = _under_way() or _begin_training(Run.train(wanted, plan()))
    bar = None
    begun = time.monotonic()
    while True:
        done, total, finished = _train_a_little(training, bool(st.session_state.get("stop")))
        if finished is not None:
            _list("runs")[wanted] = finished  # before any st command: a waiting click ends the script there
            st.session_state.training = None
            if bar is not None:
                place.empty()
            return
        if bar is None and time.monotonic() - begun > QUIET_SECONDS:
            with place.container():
                bar = st.progress(0.0)
                st.button("Stop and keep what is trained", key="stop_training", on_click=ask_to_stop)
        if bar is not None:
            bar.progress(done / total, f"Training: {done:,} of {total:,} updates")


def _train_a_little(training: Generator[tuple[int, int], bool | None, Run], stop: bool) -> tuple[int, int, Run | None]:
    done = total = 0
    with _GATE.turn():
        until = time.monotonic() + SLICE_SECONDS
        try:
            if stop:
                next(training)
                training.send(True)
            done, total = next(training)
            while time.monotonic() < until:
                done, total = next(training)
        except StopIteration as end:
            return done, total, end.value
    return done, total, None


def stopped_sentence(stopped: Stopped, planned: int) -> str:
    """Say in one sentence why a run ended early."""
    if stopped.reason == "diverged":
        return (
            f"Training stopped before update {stopped.at:,}: it would have made a vector larger than 1,000, "
            "because the learning rate is too large. All updates before it are kept; choose a smaller rate."
        )
    return f"You stopped after {stopped.at:,} of {planned:,} updates; the model so far is kept."


# --- the moment and the word ----------------------------------------------------------------------------------


def moment(run_now: Run | Passes) -> int:
    """Return the moment that is looked at, 0 to n_steps. The end of a whole text is its best pass."""
    t = st.session_state.t
    if t == END and isinstance(run_now, Passes):
        return run_now.best
    return run_now.n_steps if t == END else min(t, run_now.n_steps)


def word() -> str | None:
    """Return the selected word."""
    return st.session_state.word


def word_id(plan_now: Plan | Passes) -> int:
    """Return the id of the selected word, or of one worth looking at when this vocabulary does not have it."""
    ids = plan_now.corpus.vocabulary.ids
    return ids.get(st.session_state.word, _worth_a_look(plan_now))


def _worth_a_look(plan_now: Plan | Passes) -> int:
    """The first partner of a preset; else the most frequent word that is not very short."""
    if isinstance(plan_now, Passes):
        return plan_now.telling_word
    vocabulary = plan_now.corpus.vocabulary
    if plan_now.config.preset and PRESETS[plan_now.config.preset].partners:
        first = PRESETS[plan_now.config.preset].partners[0][0]
        if first in vocabulary.ids:
            return vocabulary.ids[first]
    return next((i for i, word in enumerate(vocabulary.words) if len(word) >= LONG_ENOUGH), 0)


def rest(run_now: Run | Passes, report: Any) -> None:
    """Take over where the player came to rest. A report that is not about this run changes nothing."""
    words = run_now.corpus.vocabulary.words
    where = messages.place(report, run_name(run_now), run_now.n_steps, len(words))
    if where is None or where == st.session_state.get("heard"):
        return
    word_now = None if where.word is None else words[where.word]
    st.session_state.update(heard=where, t=where.t, word=word_now)
    _write_link()


def level() -> str:
    """Return how much of a calculation is shown: "words", "numbers" or "algebra"."""
    return st.session_state.get("level", "numbers")


def set_level(chosen: str) -> None:
    """Take over the level that was chosen in the ledger."""
    st.session_state.level = chosen


def notice(chosen: str) -> None:
    """Take over a word that was clicked on a page without a player."""
    if chosen != st.session_state.word:
        st.session_state.word = chosen
        _write_link()


def go_to(t: int) -> None:
    """Go to a moment from outside the player."""
    if t != st.session_state.t:
        st.session_state.t = t
        st.session_state.command += 1
        _write_link()


def record(run_now: Run | Passes, page: str, options: Mapping[str, Any]) -> bytes | None:
    """Return the packed record for the player of one page, or None for a model that is too large to send.

    options : what the header says besides the run: the views to show, the title, whether to play at once

    The same bytes as long as page, run and commands are the same, so that the browser gets them once: where the
    player is by itself later is known to the player.
    """
    if not isinstance(run_now, Passes) and too_large(run_now):
        return None
    name = run_name(run_now)
    mark = (page, name, st.session_state.command)
    mounted = st.session_state.get("mounted")
    if mounted is None or mounted[0] != mark:
        header, arrays = keep("records", 1, name, lambda _: _pages_of(run_now))
        where = {
            "id": name,
            **options,
            "t": moment(run_now),
            "word": word_id(run_now.plan),
            "command": st.session_state.command,
        }
        mounted = (mark, pack({**header, **where}, arrays))
        st.session_state.mounted = mounted
    return mounted[1]


def _pages_of(run_now: Run | Passes) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return _GATE.do(lambda: passes_record(run_now)) if isinstance(run_now, Passes) else run_record(run_now)


def run_name(run_now: Run | Passes) -> str:
    """Return the name by which the player knows this run."""
    return run_now.name if isinstance(run_now, Passes) else run_id(run_now.config, run_now.n_steps)


def left_page(page: str) -> None:
    """Note which page is shown: the player of another page starts from the present moment when it comes back."""
    if st.session_state.get("page") != page:
        st.session_state.page = page
        st.session_state.mounted = None
        let_go_of_uploads()


# --- small lists kept for the session -------------------------------------------------------------------------


def keep(name: str, size: int, key: Any, make: Callable[[Any], Made]) -> Made:
    """Return what was made for `key`, making it if needed; the last `size` are kept for this session."""
    kept = _list(name)
    if key not in kept:
        kept[key] = make(key)
        while len(kept) > size:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]


def is_kept(name: str, key: Any) -> bool:
    """Say whether what was made for `key` is still kept under a name."""
    return key in _list(name)


def latest(name: str) -> tuple[Any, Any]:
    """Return what was kept last under a name, with its key; (None, None) when nothing was."""
    return next(reversed(_list(name).items()), (None, None))


def forget(name: str) -> None:
    """Forget all that was kept under a name."""
    _list(name).clear()


def _list(name: str) -> OrderedDict[Any, Any]:
    return st.session_state.setdefault(name, OrderedDict())


def _let_go_of_other_texts() -> None:
    """When a long text has made way for another one, forget everything that was made from it, at once.

    Its words stay with whoever put them aside; they are trained anew when they come back.
    """
    now = {config().text, draft()}
    before = st.session_state.get("texts", now)
    st.session_state.texts = now
    if all(len(text) <= LONG_TEXT for text in before - now):
        return
    for name, kept in st.session_state.items():
        if isinstance(kept, OrderedDict) and name not in OF_NO_TEXT:
            for key in [key for key in kept if not _is_about(key, now)]:
                del kept[key]
    under_way = st.session_state.get("training")
    if under_way is not None and not _is_about(under_way[0], now):
        st.session_state.training = None
    offered = st.session_state.offer
    if offered is not None and offered.text not in now:
        st.session_state.offer = None
    st.session_state.mounted = None
    garbage.give_back()


def _is_about(key: Any, texts: set[str]) -> bool:
    """Say whether what is kept under this key was made from one of these texts."""
    if isinstance(key, Config):
        return key.text in texts
    if isinstance(key, tuple):
        return any(_is_about(part, texts) for part in key)
    return isinstance(key, str) and key in texts


# --- files that were uploaded ---------------------------------------------------------------------------------


def uploaded(name: str) -> UploadedFile | None:
    """Return the file that came into a box, which Streamlit then keeps no more; None when it was taken away."""
    file = value(name)
    if not isinstance(file, UploadedFile):  # taken away, or let go of
        return None
    let_go_of_uploads()
    return file


def let_go_of_uploads() -> None:
    """Forget the files that this visitor has uploaded: each is read once, when it comes.

    Streamlit keeps them until the session ends, whether a box on the page still shows them or not.
    """
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


# --- pictures that stand still, by name -----------------------------------------------------------------------


def ask_for(picture: str) -> None:
    """Ask for a still picture of the present moment.

    Streamlit keeps what a button calls, and the arguments of that, as long as the session: a run must not be there.
    """
    run_now = passes() if config().trainer == "passes" else _list("runs").get(config())
    if run_now is not None:
        st.session_state.setdefault("asked", {})[picture] = (run_name(run_now), moment(run_now))


def asked_for(picture: str, run_now: Run | Passes) -> int | None:
    """Return the moment of which this picture of this run was asked for, or None."""
    name, t = st.session_state.get("asked", {}).get(picture, (None, 0))
    return t if name == run_name(run_now) else None


def take_away(picture: str) -> None:
    """Forget a still picture."""
    st.session_state.get("asked", {}).pop(picture, None)
