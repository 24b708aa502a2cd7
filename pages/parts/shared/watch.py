"""What the pages share that look at moments: the line on top, the wait until something is trained, the player."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.components import messages
from pages.components.packing import pack
from pages.components.player import player
from pages.components.player.record import OF_NUMBERS, live_record, moments_record, too_large
from pages.drawing.numbers import number, percent
from pages.drawing.objective_words import words_of
from pages.parts.shared import frame, story, strip
from pages.session import allowed, before, guiding, memory, now, training
from pages.session.gate import GATE
from w2v import Moments, Run
from w2v.arrays import Floats
from w2v.explain.questions.asked import ALIKE, GUESSES, UPDATE
from w2v.moments import Headway, Unit
from w2v.whole.passes import Passes

LOCKED = "Your link keeps the moment as it is: choose words."  # what there is to try then
TRANSPORT = "transport"
FRAMED = ("map", "bars", "loss")  # pictures that can stand alone in a frame; the first unless the address says which
WHY = "why"  # the part of a page that tells the story: why a word is here, and at the end what was learned
GIVE_AWAY: Mapping[str, Sequence[str]] = {UPDATE: ("ripple", "vectors"), GUESSES: ("bars", WHY), ALIKE: (WHY,)}
EVERY = 0.3  # seconds between two looks at a training; one that is under way is ended first, and drawn meanwhile


@dataclass(frozen=True)
class Content:
    """What one sees on a page, what to try there, and the function that shows it of what was trained.

    player    : the page's name for its player, where its heading says at the end of a training what was learned
    elsewhere : says whether the page shows something else at the moment, of which the heading must not speak
    trains    : whether it trains by itself: then it is no fragment, for Stop in one would wait until all is trained
    before    : trains what else was asked for, before the fragment is shown
    part_of   : shows which parts the page has, where this is one of several that differ in more than their content
    """

    sees: str
    tries: str
    show: Callable[[Any], None]
    player: str | None = None
    elsewhere: Callable[[], bool] = bool
    trains: bool = False
    before: Callable[[], None] | None = None
    part_of: Callable[[], None] | None = None


def page(title: str, contents: Mapping[Unit, Content]) -> None:
    """Show a page that looks at moments: its content by the unit that was trained, or training, while this is watched.

    The content is a fragment, unless it trains: it is drawn again whenever the player comes to rest, the rest is not.
    """
    strip.strip()
    content = contents[now.trainer().unit]
    tries = LOCKED if allowed.is_locked() else content.tries
    if training.is_to_be_watched():
        strip.heading(title, content.sees, "It is trained now.")
        if content.part_of is not None:
            content.part_of()
        _watch_training()
        return
    if content.player is None:
        strip.heading(title, content.sees, tries)
    if content.part_of is not None:
        content.part_of()
    moments = training.present_moments()
    if isinstance(moments, Run):
        strip.stopped_note(moments)
    if content.before is not None:
        content.before()

    def shown() -> None:
        if strip.is_stale():
            st.rerun()  # the whole page: vectors were opened or closed in this fragment
        if content.player is not None:
            follow_player(moments, reported(content.player))  # before anything is drawn
            told = None if content.elsewhere() else (moments, now.moment(moments))
            story.heading(title, content.sees, tries, told)
        content.show(moments)

    if content.trains:
        shown()
    else:
        st.fragment(shown)()


def show(moments: Moments, page: str, parts: tuple[str, ...], **options: Any) -> tuple[int, int]:
    """Show the player of a page, or, for a model too large to send to the browser, a plain box for the moment.

    Returns where it is: the moment, and the id of the selected word.

    options : `autoplay` to play at once; `around`, how many pixels of the window the rest of the page needs;
              `only_chosen` to go on where the page before was only if the visitor chose that moment
    """
    views = _views(parts)
    framed = allowed.is_embedded() and views[0] in FRAMED
    about = {"views": views, "title": strip.text_name(moments.config), "framed": framed, **options}
    record = _record(moments, page, about)
    if record is not None:
        with frame.placeholder(f"{moments.unit}_{page}"), st.container(gap=None):
            where = player(record, key=f"player_{page}")
            follow_player(moments, where)
            if WHY in views:
                story.send_why(moments, now.moment(moments), now.word_id(moments), page)
    else:
        st.text(
            "This model has too many numbers to animate in the browser: choose fewer dimensions or a larger minimum "
            "count. Every update can still be looked at."
        )
        at, held = now.moment(moments), allowed.is_locked()
        t = st.number_input("Update", 0, moments.n_moments - 1, at, key=f"update_{page}", disabled=held)
        if t != now.moment(moments):
            now.go_to(int(t))
    return now.moment(moments), now.word_id(moments)


def _views(parts: Sequence[str]) -> list[str]:
    """Return which parts are shown: all but those for who asked for numbers, or in a frame of another page only one."""
    shown = [part for part in parts if part not in OF_NUMBERS or now.in_numbers()]
    framed = [part for part in FRAMED if part in shown]
    if allowed.is_embedded() and framed:
        shown = [now.part(framed), TRANSPORT]
    away = {part for name in guiding.covered() for part in GIVE_AWAY.get(name, ())}
    away |= {TRANSPORT} if allowed.is_locked() else set()
    away |= {"traces"} if guiding.holds() else set()  # which shows the whole run
    return [part for part in shown if part not in away]


def reported(page: str) -> Any:
    """Return where the player of a page said last that it rests, as it said it."""
    report = memory.widget_value(f"player_{page}")
    return report.get("moment") if isinstance(report, Mapping) else None


def follow_player(moments: Moments, report: Any) -> None:
    """Take over where the player came to rest.

    A report changes nothing that is not about these moments, or of before it was last sent somewhere.
    """
    words = moments.corpus.vocabulary.words
    where = messages.place(report, moments.name, moments.n_moments, len(words))
    if where is None or where == memory.recall("reported"):
        return
    if where.command not in (None, memory.recall("command")):
        return
    word_now = None if where.word is None else words[where.word]
    memory.remember(reported=where, word=word_now)
    if (
        where.t != now.moment(moments) and not allowed.is_locked()
    ):  # else it is where it was put, which nobody has chosen
        memory.remember(t=where.t)
    now.write_address()


def _record(moments: Moments, page: str, options: Mapping[str, Any]) -> bytes | None:
    """Return the packed record for the player of one page, or None for a model that is too large to send.

    options : what the header says besides the run: the views to show, the title, whether to play at once

    The same bytes as long as page, run and commands are the same, so that the browser gets them once: where the
    player is by itself later is known to the player.
    """
    plays = now.is_to_play()
    if too_large(moments):
        return None
    question = {"keeps_back": guiding.keeps_back(), "held": guiding.holds(), "covers": guiding.covered()}
    mark = (page, moments.name, memory.recall("command"), now.level(), *question.values())
    mounted = memory.recall("mounted")
    if mounted is None or mounted[0] != mark:
        header, arrays = memory.keep("records", 1, moments.name, lambda _: GATE.do(lambda: moments_record(moments)))
        where = {
            "id": moments.name,
            **options,
            "t": now.moment(moments),
            "word": now.word_id(moments),
            "pinned": now.word() in moments.corpus.vocabulary.ids,
            "command": memory.recall("command"),
            "level": now.level(),
            **question,
            "locked": allowed.is_locked() or guiding.holds(),
        }
        if where["locked"]:
            where["autoplay"] = False
        elif plays and moments.unit == "update":
            where |= {"autoplay": True, "afresh": True}
        if (other := before.laid_beside(moments)) is not None:
            where, arrays = {**where, **other[0]}, {**arrays, **other[1]}
        mounted = (mark, pack({**header, **where}, arrays))
        memory.remember(mounted=mounted)
    return mounted[1]


# --- a training that is under way ---------------------------------------------------------------------------------


@st.fragment(run_every=EVERY)
def _watch_training() -> None:
    """Show how far it is, train a little, and come again: so that clicks are answered in between.

    In this order: what is not sent again at once, the browser draws in grey while the server works.
    """
    seen = training.seen_of_training()
    line = st.container(horizontal=True, vertical_alignment="center")
    if seen is not None:
        line.text(seen.said, width="stretch")
        _live(line, seen.picture)
    else:
        waiting = line.empty()
        waiting.text("All pairs of the text are counted: the first picture comes in a moment.", width="stretch")
    training.train_a_little(see)
    if not training.is_to_be_watched():
        st.rerun()  # the whole page: it was drawn without what is trained
    if seen is None and (first := training.seen_of_training()) is not None:
        waiting.text(first.said, width="stretch")  # in its place, as if this run had begun with it
        _live(line, first.picture)


def _live(line: "st.delta_generator.DeltaGenerator", picture: bytes) -> None:
    """The button beside the line that says how far training is, and its picture below, always at its last moment."""
    line.button("Stop and keep what is trained", on_click=training.ask_to_stop, key="stop_passes")
    player(picture, key="player_live")


@dataclass(frozen=True, eq=False)
class _Seen:
    """What is seen of a training that is under way: a sentence, the player's record, and where its words stand."""

    said: str
    picture: bytes
    points: Floats


def see(headway: Headway) -> _Seen:
    """Make what is seen of a training, to be shown by `_watch_training`."""
    assert headway.so_far is not None  # only such a training is watched
    moments, before = headway.so_far(), training.seen_of_training()
    assert isinstance(moments, Passes)
    lies_like = None if before is None else before.points
    in_numbers, level = now.in_numbers(), now.level()
    return _Seen(
        how_far(moments, in_numbers),
        *live_record(moments, ("map", "loss"), lies_like, outputs=in_numbers, around=300, level=level),
    )


def how_far(passes: Passes, in_numbers: bool) -> str:
    """Say of a training that is under way how far it is, and which pass is the best so far if another one is."""
    run = passes.run
    if run.n_passes == 0:
        return f"Pass 0: {words_of(run.objective).begins}"
    if not in_numbers:
        share = passes.share_of_the_way(float(run.losses[-1]))
        learned = f"Pass {run.n_passes}: {percent(share)} learned"
        if run.best == run.n_passes:
            return f"{learned} of what this text allows."
        return f"{learned}. On sentences kept aside, pass {run.best} is the best so far."
    aside = f", on sentences kept aside {number(run.heldout_losses[-1])}" if run.heldout_counts.total else ""
    said = f"Pass {run.n_passes}: loss {number(run.losses[-1])} nats{aside}."
    return said if run.best == run.n_passes else f"{said} Best so far: pass {run.best}."


# --- pictures that stand still, by name -----------------------------------------------------------------------


def ask_for(picture: str) -> None:
    """Ask for a still picture of the present moment.

    A callback that asks the session: Streamlit keeps what a button calls, and the arguments of that, as long as the
    session, so that a run must not be there.
    """
    moments = memory.kept("trained").get(now.config())
    if moments is not None:
        _asked()[picture] = (moments.name, now.moment(moments))


def asked_for(picture: str, moments: Moments) -> int | None:
    """Return the moment of which this picture of these moments was asked for, or None."""
    name, t = _asked().get(picture, (None, 0))
    return t if name == moments.name else None


def take_away(picture: str) -> None:
    """Forget a still picture."""
    _asked().pop(picture, None)


def _asked() -> dict[str, tuple[str, int]]:
    if memory.recall("asked") is None:
        memory.remember(asked={})
    asked: dict[str, tuple[str, int]] = memory.recall("asked")
    return asked
