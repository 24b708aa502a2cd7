"""What the visitor has chosen and where they are: the only file that touches the session, the link and the caches.

The whole state is a Config (what to train) and a moment of it (an update, or a pass), and the selected word.
All else is computed from these and kept for the session in short lists.
"""

import importlib
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
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
from pages.parts.player.record import moments_record, pack, too_large
from w2v import PRESETS, Config, Corpus, Moments, Plan, SavedRun
from w2v.line_wrap import is_wrapped, unwrapped
from w2v.moments import Headway, Training, Unit
from w2v.tokens import Tokens, cut_into_tokens
from w2v.whole.trainers import Trainer, trainer_of

Made = TypeVar("Made")

SWITCH_SECONDS = 0.001  # a click needs Python some thirty times, and waits so long each time while a book is cut
KEPT_TRAINED: Mapping[Unit, int] = {"update": 2, "pass": 1}  # and all that a page wants at once
KEPT_PLANS = 4
KEPT_TOKENS = 2
LONG_TEXT = 50_000  # characters: a longer one is cut into words in turns with other visitors
MORE_PASSES = 10
PLURAL: Mapping[Unit, str] = {"update": "updates", "pass": "passes"}
WATCHED_SECONDS = 0.5  # how long one visitor trains before the page that watches it is drawn again
EXCERPT_WORDS = 3_000
QUIET_SECONDS = 0.5  # a shorter training shows no progress bar
OWN_TEXT = "own"
OF_NO_TEXT = ("opened", "opened_tsne")  # lists of what a visitor opened beside the text
WORTH_A_WHOLE = 2_000  # words of running text from which training on the whole text is offered
LONGEST_LINK = 8_000  # characters: longer addresses do not pass every mail program and server
END = -1  # the best moment, which is the last one of updates, wherever that is
FIRST: Mapping[Unit, int] = {"update": 0, "pass": END}  # the moment of which a page says nothing

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
    st.session_state.update(problem=None, word=query.get("word"), command=0, linked=None, training=None, stop=False)
    st.session_state.update(offer=None, aside=None, by_steps=Config(next(iter(PRESETS.values())).text))
    settings = {name: value for name, value in query.items() if name != "preset" or value != OWN_TEXT}
    try:
        st.session_state.config = Config.from_query(settings)
        st.session_state.linked = (config().text, query["text"]) if "text" in query else None
        _prepared(config())
    except ValueError as error:
        st.session_state.config = Config(next(iter(PRESETS.values())).text)
        st.session_state.problem = f"This link cannot be followed: {error} Here is a preset text instead."
    if query.get("preset") == OWN_TEXT:
        st.session_state.problem = (
            "A link or a reload does not carry a pasted text: please paste it again. Here is a preset text meanwhile."
        )
    wanted = query.get("t", "")
    _take(config(), int(wanted[:12]) if wanted.isascii() and wanted.isdigit() else FIRST[trainer().unit])
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
    if st.session_state.t != FIRST[trainer().unit]:
        place["t"] = str(plan().n_steps if st.session_state.t == END else st.session_state.t)
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
    _take(wanted, t, draft=wanted.text, problem=None, word=chosen, offer=None)
    st.session_state.command += 1
    _write_link()


# --- what to train --------------------------------------------------------------------------------------------


def config() -> Config:
    """Return what is to be trained."""
    return st.session_state.config


def trainer() -> Trainer:
    """Return what trains the present Config."""
    return trainer_of(config())


def plan() -> Plan:
    """Return the schedule of the present Config, which is trained update by update."""
    found = _prepared(config())
    assert isinstance(found, Plan)
    return found


def _prepared(wanted: Config) -> Any:
    """Return what training this Config needs besides its words; ValueError in one sentence if it cannot be trained."""

    def make(_: Config) -> Any:
        words = _corpus_of(wanted)
        return _in_turn(wanted.text, lambda: trainer_of(wanted).prepare(wanted, words))

    return keep("plans", KEPT_PLANS, wanted, make)


def change(**changes: Any) -> None:
    """Change settings (or the text). A value that cannot be leaves all as it was, with a sentence in `problem`.

    A text that was refused and still stands in the box is tried again first: the change may be what it needed.
    A long text is cut into words first, and until then all is as it was: see `read_on`.
    """
    all_changes = _with_draft(changes)
    lowercase = bool(changes.get("lowercase", _beginning_with(all_changes).lowercase))
    _when_cut(changes.get("text", draft()), lowercase, lambda: change_now(**changes))


def _when_cut(text: str, lowercase: bool, then: Callable[[], None]) -> None:
    """Do `then` as soon as this text is cut into words: at once, if it is short."""
    st.session_state.reading = None
    if len(text) <= LONG_TEXT or is_kept("tokens", (text, lowercase)):
        then()
    else:
        st.session_state.update(problem=None, offer=None)  # they were about another text
        st.session_state.reading = ((text, lowercase), cut_into_tokens(text, lowercase=lowercase), then)


def _with_draft(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes, and among them the text that waits in the box."""
    return {**({"text": draft()} if is_waiting() else {}), **changes}


def _beginning_with(changes: Mapping[str, Any]) -> Config:
    """Return the settings that are to be changed: a text that is chosen begins with those for training by updates."""
    return st.session_state.by_steps if "text" in changes else config()


def change_now(**changes: Any) -> None:
    """The same as `change`, but all of it at once."""
    all_changes = _with_draft(changes)
    complaint = _adopt(all_changes)
    st.session_state.offer = None if complaint is None else _whole_config(draft())
    if complaint is None:
        st.session_state.problem = None
    elif all_changes != changes and _adopt(changes) is None:
        st.session_state.problem = f"{complaint} Until then the text before it is shown."
    else:
        st.session_state.problem = f"{complaint} Nothing was changed."


def _adopt(changes: Mapping[str, Any]) -> str | None:
    """Make the changes and return None, or change nothing and return why."""
    try:
        wanted = replace(_beginning_with(changes), **changes)
        _prepared(wanted)
    except ValueError as error:
        return str(error)
    if wanted != config():
        at_end = _at_end() and "text" not in changes
        _take(wanted, END if at_end else FIRST[trainer_of(wanted).unit])
    return None


def _take(config: Config, t: int, **more: Any) -> None:
    """Make this what is to be trained, and this the moment that is looked at."""
    st.session_state.update(config=config, t=t, **more)
    if config.trainer == Config.trainer:
        st.session_state.by_steps = config


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
    before, text = config().trainer, unwrapped(config().text)
    st.session_state.draft = text

    def join() -> None:
        change_now(text=text)
        if config().trainer != before:
            take_offer()

    _when_cut(text, _beginning_with({"text": text}).lowercase, join)


def take_file(text: str) -> None:
    """Train on the text of a file. One that cannot be trained leaves the text in the box as it was."""
    _when_cut(text, _beginning_with({"text": text}).lowercase, lambda: _take_file(text))


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
        _take(**st.session_state.aside)
        st.session_state.command += 1
        _write_link()
        if is_waiting() and problem() is None:  # it went before it was cut into words
            change_text(draft())


def open_saved(saved: SavedRun) -> None:
    """Make a saved run the present one, at the moment where it was saved.

    Raises ValueError in one sentence when it cannot be opened here; then all is as it was.
    """
    moments = saved.moments()
    wanted = saved.config if moments is None else moments.config
    change_now(**{f.name: getattr(wanted, f.name) for f in fields(wanted)})
    if st.session_state.problem:
        raise ValueError(st.session_state.problem)
    if moments is not None:
        _list("trained")[wanted] = moments
        _keep_trained([wanted])
    _take(wanted, saved.done if moments is None else END, draft=wanted.text)
    st.session_state.command += 1
    _write_link()


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
    there = _list("trained").get(config())
    return st.session_state.t == END or (there is not None and 0 < there.n_moments - 1 <= st.session_state.t)


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
    if wanted is not None:
        _take(wanted, END, draft=wanted.text, problem=None, offer=None)
        st.session_state.command += 1


def whole_of_present() -> Config | None:
    """Return how the present text would be trained as a whole; None if it is already, or too short for that."""
    if trainer().unit == "pass":
        return None
    return keep("whole_configs", 2, config(), lambda now: _whole_config(now.text))


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
            objective="negative" if config().objective == "negative" else "softmax",
            dim=50 if tokens < 50_000 else 100,
            window=max(5, config().window),
            min_count=least,
            dynamic_window=False,
            trainer="passes",
        )
        _prepared(wanted)
    except ValueError:
        return None
    return wanted


def plan_to_see() -> Plan:
    """Return a plan whose windows are to be seen: of a text that is trained by passes, one of its beginning."""
    if trainer().unit == "update":
        return plan()

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


# --- training -------------------------------------------------------------------------------------------------


@dataclass
class _UnderWay:
    """A training that has been begun: of what, how far it is, and what was last made of that to be seen."""

    config: Config
    training: Training
    headway: Headway | None = None
    seen: Any = None


def trained(*wanted: Config) -> tuple[Moments, ...]:
    """Return what is trained of each Config, training first what is not there, with a progress bar and a Stop.

    Stop keeps what is trained so far; what was not begun by then is left out. A click elsewhere interrupts the
    script, not the training: the next call goes on where this one was.
    """
    bar, kept = _Bar(), _list("trained")
    for number, one in enumerate(wanted):
        if one in kept or st.session_state.get("left_out") == wanted:
            continue
        _train(one, f"Training {number + 1} of {len(wanted)}" if len(wanted) > 1 else "Training", bar)
        if st.session_state.stop and not kept.keys() >= set(wanted):
            st.session_state.left_out = wanted
    bar.take_away()
    _keep_trained(wanted)
    return tuple([kept[one] for one in wanted if one in kept])


def is_to_be_watched() -> bool:
    """Say whether the present Config is to be trained before one's eyes: see `train_a_little`."""
    return trainer().watchable and config() not in _list("trained")


def present() -> Moments:
    """Return what is trained of the present Config."""
    return trained(config())[0]


def train_again(*wanted: Config) -> None:
    """Forget what was trained of these, or else of the present Config, so that it is trained anew."""
    st.session_state.left_out = None
    for one in wanted or (config(),):
        _list("trained").pop(one, None)


def train_more() -> None:
    """Go on with the present training for some more passes."""
    before, more = _list("trained").pop(config(), None), trainer().go_on
    if before is not None and more is not None:
        st.session_state.t = END
        _begin(config(), more(before, MORE_PASSES))


def ask_to_stop() -> None:
    """Stop the training that is under way at its next chance; what is trained so far is kept."""
    st.session_state.stop = True


def seen_of_training() -> Any:
    """Return what was last made of the present training to be seen, or None before its first pass."""
    under_way = _under_way(config())
    return None if under_way is None else under_way.seen


def train_a_little(see: Callable[[Headway], Any]) -> bool:
    """Go on with the present training for a moment, while the page that watches it is shown; return if it is done.

    see : makes of how far it is what the page shows of it at its next run
    """
    if config() in _list("trained"):
        return True
    under_way = _under_way(config()) or _begin(config())
    first = under_way.headway is None  # shown as soon as it is there
    if _go_on(under_way, 0 if first else WATCHED_SECONDS, watched=not first):
        _keep_trained([config()])
        st.session_state.command += 1
        garbage.give_back()  # what training itself needed
        return True
    headway = under_way.headway
    assert headway is not None
    under_way.seen = _GATE.do(lambda: see(headway))  # its own turn: pictures of five books at once stop all others
    return False


class _Bar:
    """How far training is, and the button that stops it, once it takes long."""

    def __init__(self) -> None:
        self.place = st.empty()  # there on every run of the page, so that what follows keeps its number
        self.bar: st.delta_generator.DeltaGenerator | None = None
        self.begun = time.monotonic()

    def show(self, share: float, said: str) -> None:
        if self.bar is None and time.monotonic() - self.begun > QUIET_SECONDS:
            with self.place.container():
                self.bar = st.progress(0.0)
                st.button("Stop and keep what is trained", key="stop_training", on_click=ask_to_stop)
        if self.bar is not None:
            self.bar.progress(share, said)

    def take_away(self) -> None:
        if self.bar is not None:
            self.place.empty()


def _train(wanted: Config, said: str, bar: _Bar) -> None:
    """Train to the end, or until Stop is pressed."""
    under_way, units = _under_way(wanted) or _begin(wanted), PLURAL[trainer_of(wanted).unit]
    while not _go_on(under_way, SLICE_SECONDS):
        if under_way.headway is not None:
            done, total = under_way.headway.done, under_way.headway.total
            bar.show(done / total, f"{said}: {done:,} of {total:,} {units}")


def _go_on(under_way: _UnderWay, seconds: float, watched: bool = False) -> bool:
    """Go on with a training for one turn at the gate; return whether it is done, and kept then.

    watched : it is seen how far it is, so that it gives way to those who wait for something
    """
    with _GATE.turn(patient=watched):
        until = time.monotonic() + seconds
        try:
            stop = st.session_state.stop and under_way.headway is not None
            under_way.headway = under_way.training.send(True if stop else None)
            while time.monotonic() < until and not (watched and _GATE.n_waiting):
                under_way.headway = next(under_way.training)
        except StopIteration as end:
            _list("trained")[under_way.config] = end.value
            st.session_state.training = None  # all before any st command: a waiting click ends the script there
            return True
    return False


def _under_way(wanted: Config) -> _UnderWay | None:
    """Return the training of this Config that was begun, or None."""
    under_way: _UnderWay | None = st.session_state.get("training")
    return under_way if under_way is not None and under_way.config == wanted else None


def _begin(wanted: Config, training: Training | None = None) -> _UnderWay:
    training = training or trainer_of(wanted).train(wanted, _corpus_of(wanted), _prepared(wanted))
    under_way = _UnderWay(wanted, training)
    st.session_state.update(training=under_way, stop=False)
    return under_way


def _keep_trained(wanted: Collection[Config]) -> None:
    """Keep what a page wants now, and of all else that was trained the last few."""
    kept = _list("trained")
    for one in wanted:
        if one in kept:
            kept.move_to_end(one)
    for unit, most in KEPT_TRAINED.items():
        of_unit = [one for one, moments in kept.items() if moments.unit == unit]
        for one in of_unit[:-most]:
            if one not in wanted:
                del kept[one]


# --- the moment and the word ----------------------------------------------------------------------------------


def moment(moments: Moments) -> int:
    """Return the moment that is looked at, 0 to n_moments - 1."""
    t: int = st.session_state.t
    return moments.best if t == END else min(t, moments.n_moments - 1)


def word() -> str | None:
    """Return the selected word."""
    return st.session_state.word


def word_id(of: Plan | Moments) -> int:
    """Return the id of the selected word, or of one worth looking at when this vocabulary does not have it."""
    return of.corpus.vocabulary.ids.get(st.session_state.word, of.telling_word)


def rest(moments: Moments, report: Any) -> None:
    """Take over where the player came to rest. A report that is not about these moments changes nothing."""
    words = moments.corpus.vocabulary.words
    where = messages.place(report, moments.name, moments.n_moments, len(words))
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


def record(moments: Moments, page: str, options: Mapping[str, Any]) -> bytes | None:
    """Return the packed record for the player of one page, or None for a model that is too large to send.

    options : what the header says besides the run: the views to show, the title, whether to play at once

    The same bytes as long as page, run and commands are the same, so that the browser gets them once: where the
    player is by itself later is known to the player.
    """
    if too_large(moments):
        return None
    mark = (page, moments.name, st.session_state.command)
    mounted = st.session_state.get("mounted")
    if mounted is None or mounted[0] != mark:
        header, arrays = keep("records", 1, moments.name, lambda _: _GATE.do(lambda: moments_record(moments)))
        where = {
            "id": moments.name,
            **options,
            "t": moment(moments),
            "word": word_id(moments),
            "command": st.session_state.command,
        }
        mounted = (mark, pack({**header, **where}, arrays))
        st.session_state.mounted = mounted
    return mounted[1]


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
    if under_way is not None and not _is_about(under_way.config, now):
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
    moments = _list("trained").get(config())
    if moments is not None:
        st.session_state.setdefault("asked", {})[picture] = (moments.name, moment(moments))


def asked_for(picture: str, moments: Moments) -> int | None:
    """Return the moment of which this picture of these moments was asked for, or None."""
    name, t = st.session_state.get("asked", {}).get(picture, (None, 0))
    return t if name == moments.name else None


def take_away(picture: str) -> None:
    """Forget a still picture."""
    st.session_state.get("asked", {}).pop(picture, None)
