"""a - b + c: what is found with the inputs taken out and left in, on an exact picture, and by ten seeds."""

import streamlit as st

from pages.drawing.analogy_picture import MINUS, SUM, analogy_picture, in_letters
from pages.drawing.glossary import marked
from pages.drawing.numbers import number
from pages.drawing.words import SHOWN_WORDS, quoted, shown
from pages.parts.shared import tables
from pages.parts.shared.word_box import about, is_missing
from pages.parts.words import picture
from pages.parts.words.subject import Subject, find, known_words
from pages.session import analogies, memory, now
from pages.session.opening import opened_key
from w2v.explain.analogies import Analogy, Parallelogram, parallelogram

MOST = 8  # answers in the table
WHY_OUT = (
    f"The answer is usually looked for among the other words only. Without that, it is mostly one of the inputs: {SUM} "
    "still points much the way of a or c."
)
NO_SEEDS = (
    "Vectors from a file are the outcome of one training. How often others would find the same can only be tried with "
    "the text they were made from."
)
NO_OTHERS = f"{SUM} needs a fourth word that could be the answer: there are only {{n}}."


def show(subject: Subject) -> None:
    """The question, its answer in a sentence and a picture, both rankings, and other seeds."""
    asked = _question(subject)
    if asked is None:
        return
    inputs, expected = asked
    of = opened_key() if subject.trained is None else (subject.trained.moments.name, subject.trained.t)
    found = analogies.answer((of, len(subject.words)), subject.directions, inputs)
    if found.found() is None:
        picture.instead(NO_OTHERS.format(n=len(subject.words)))
        return
    with picture.place():
        _answer(subject, found, expected)
    if subject.trained is None:
        st.text(NO_SEEDS)
    else:
        _by_seeds(subject, found, expected)


# --- the question -------------------------------------------------------------------------------------------------


def _suggestions(subject: Subject) -> None:
    """A button for each question that comes with the text."""
    for i, (a, b, c, d) in enumerate(() if subject.trained is None else analogies.suggestions()):
        label = f"{in_letters(a, b, c)} = {d}?"
        st.button(label, key=f"analogy_{i}", on_click=_take_suggestion, args=(a, b, c, d))


def _take_suggestion(a: str, b: str, c: str, d: str) -> None:
    analogies.choose((), b=b, c=c, d=d)
    memory.remember(analogy_missing=None)
    now.select(a)
    now.send_player()


def _question(subject: Subject) -> tuple[tuple[int, int, int], int | None] | None:
    """Let the visitor choose b, c and d beside the selected word; return the ids, None until there are b and c."""
    b, c, d = (subject.ids.get(word or "") for word in analogies.chosen(subject.ids))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"{shown(subject.words[subject.word])} {MINUS}", width="content")
        _box(subject, "b", "Word to take away", b)
        st.text("+", width="content")
        _box(subject, "c", "Word to add", c)
        st.text("=", width="content")
        _box(subject, "d", "Word that you expect", d)
        _suggestions(subject)
    place, (typed, of) = st.container(), memory.recall("analogy_missing") or (None, None)
    if typed and of == about(subject.words):
        place.text(is_missing(typed, subject.words))
    if b is None or c is None:
        a = quoted(subject.words[subject.word])
        picture.instead(f"Choose two more words: the first is to {a} as the second is to the word that is looked for.")
        return None
    return (subject.word, b, c), d


def _box(subject: Subject, name: str, label: str, chosen: int | None) -> None:
    """A list of the most frequent words, into which any other can be typed."""
    key, listed_words = f"analogy_{name}", list(subject.words[:SHOWN_WORDS])
    word = None if chosen is None else subject.words[chosen]
    memory.set_widget_value(key, word)
    st.selectbox(
        label,
        listed_words if word is None or word in listed_words else [word, *listed_words],
        index=None,
        format_func=shown,
        accept_new_options=True,
        placeholder="a word",
        key=key,
        label_visibility="collapsed",
        on_change=_take,
        args=(name, about(subject.words)),
        width=150,
    )


def _take(name: str, of: tuple[object, ...]) -> None:
    typed = memory.widget_value(f"analogy_{name}")
    found = find(typed) if typed else None
    memory.remember(analogy_missing=(typed, of) if typed and found is None else None)
    if found is not None or not typed:
        analogies.choose(known_words(), **{name: found})


# --- the answer ---------------------------------------------------------------------------------------------------


def _answer(subject: Subject, found: Analogy, expected: int | None) -> None:
    """One sentence, the picture, and both rankings side by side."""
    out, left_in = found.found(), found.found(left_in=True)
    assert out is not None
    assert left_in is not None
    new = [word for word in (out, left_in, expected) if word is not None and word not in found.inputs]
    others = tuple(dict.fromkeys(new))
    seen = parallelogram(subject.directions, *found.inputs, others)
    said = in_short(subject, found, expected)
    st.text(said)
    left, right = st.columns([3, 2])
    with left:
        names = [subject.words[word] for word in found.inputs], [subject.words[word] for word in others]
        figure = analogy_picture(seen, *names, st.context.theme.type == "dark")
        st.plotly_chart(
            figure, key="analogy_picture", config={"displaylogo": False}, alt=f"{said} {_off(subject, found, seen)}"
        )
        st.text(_off(subject, found, seen))
    with right:
        _rankings(subject, found)
        st.markdown(marked(WHY_OUT))


def in_short(subject: Subject, found: Analogy, expected: int | None) -> str:
    """Say what is found, both ways, whether that was expected, and whether the sum was needed for it."""

    def name(word: int) -> str:
        return quoted(subject.words[word])

    out, left_in = found.found(), found.found(left_in=True)
    assert out is not None
    assert left_in is not None
    asked = in_letters(*[subject.words[word] for word in found.inputs])
    said = f"{asked} leads to {name(out)}"
    if expected is not None and expected != out:
        place = found.place(expected)
        said += f", not to {name(expected)}, " + (
            "which is one of its inputs" if place is None else f"which is number {place:,} in the list"
        )
    if left_in == out:
        said += ", also where the three words themselves may be the answer."
    elif left_in in found.inputs:
        said += f"; where the three words themselves may be the answer, it is {name(left_in)}."
    if alone := found.without_the_sum:
        said += (
            f" But {name(out)} is also the nearest to {' and to '.join(map(name, alone))} alone: the sum adds nothing."
        )
    return said


def _off(subject: Subject, found: Analogy, seen: Parallelogram) -> str:
    """Say how exact the picture is."""
    out = found.found()
    assert out is not None
    return (
        "Each word is an arrow of length 1. The three and their sum lie in the plane of this picture; "
        f"{quoted(subject.words[out])} lies {number(float(seen.off[0]))} off it."
    )


def _rankings(subject: Subject, found: Analogy) -> None:
    taken_out = found.best(MOST)
    left_in = found.best(len(taken_out), left_in=True)
    tables.table(
        {
            "inputs taken out": [subject.words[word] for word, _ in taken_out],
            "cosine": [cosine for _, cosine in taken_out],
            "inputs left in": [subject.words[word] for word, _ in left_in],
            "cosine ": [cosine for _, cosine in left_in],
        },
        key="analogy_rankings",
        formats={"cosine": tables.number_format(), "cosine ": tables.number_format("cosine")},
        height=330,
        pinned=0,
    )


# --- other seeds --------------------------------------------------------------------------------------------------


def _by_seeds(subject: Subject, found: Analogy, expected: int | None) -> None:
    """In how many of ten trainings the expected word is found, once that is asked for."""
    aim = found.found() if expected is None else expected
    assert aim is not None
    if not analogies.are_asked():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Train it with ten seeds", type="primary", key="analogy_seeds", on_click=analogies.ask_for_seeds)
            st.text("Was that luck? Each seed begins with other random vectors.")
        return
    if analogies.is_waiting():
        st.rerun()  # the whole page, which trains them
    by_seed = analogies.answers_of_seeds(found.inputs)
    st.text(by_seeds_in_short(subject, [answer for _, answer in by_seed], aim))
    if len(by_seed) < analogies.N_SEEDS:
        st.button("Go on with the other seeds", key="analogy_more_seeds", on_click=analogies.ask_for_seeds)
    if by_seed:
        _seeds_table(subject, by_seed, aim)


def by_seeds_in_short(subject: Subject, answers: list[Analogy], aim: int) -> str:
    """Say in how many trainings the word is found, with the inputs taken out, left in, and without the sum."""
    n, name = len(answers), quoted(subject.words[aim])
    if not n:
        return "No training has come to its end yet."
    out = sum(answer.found() == aim for answer in answers)
    left_in = sum(answer.found(left_in=True) == aim for answer in answers)
    a, _, c = (quoted(subject.words[word]) for word in answers[0].inputs)
    near_a, near_c = (
        sum(near == aim for near in all_near)
        for all_near in ([answer.near_a for answer in answers], [answer.near_c for answer in answers])
    )
    return (
        f"{name} in {out} of {n} trainings; with the inputs left in, in {left_in}. Without any sum, {name} is the word "
        f"nearest to {a} in {near_a} and to {c} in {near_c} of them."
    )


def _seeds_table(subject: Subject, by_seed: list[tuple[int, Analogy]], aim: int) -> None:
    def names(words: list[int | None]) -> list[str | None]:
        return [None if word is None else subject.words[word] for word in words]

    answers = [answer for _, answer in by_seed]
    tables.table(
        {
            "seed": [seed for seed, _ in by_seed],
            "inputs taken out": names([answer.found() for answer in answers]),
            "inputs left in": names([answer.found(left_in=True) for answer in answers]),
            f"place of {shown(subject.words[aim])}": [answer.place(aim) for answer in answers],
        },
        key="analogy_seeds_table",
        height=400,
    )
