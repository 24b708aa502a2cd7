"""Biography: when a word was learned from, how its vectors grew, what pulled and pushed it, what it expects."""

from typing import Any

from pages.parts.words import picture
from pages.parts.words.over_time import moments_to_draw, time_axis
from pages.parts.words.subject import Subject
from pages.session import now
from pages.session.told import life_of_word, objective_of, updates_of_word
from w2v import Moments, Run
from w2v.counted import counted
from w2v.explain.biography import Life
from w2v.whole.passes import Passes

HEIGHT = 150  # px of a panel
NO_PAST = "Vectors from a file have no past: only a training tells the life of a word."


def show(subject: Subject) -> None:
    """How often it was learned from, and below it what became of it from left to right."""
    if subject.trained is None:
        picture.instead(NO_PAST)
        return
    moments, word = subject.trained.moments, subject.word
    life = life_of_word(moments, word, moments_to_draw(moments))
    strip = {
        "title": "Expected near it most (filled: the text agrees)",
        "words": [subject.named(int(other)) for other in life.likeliest],
        "marks": life.true.tolist(),
    }
    panels = [_lengths(life, moments.config.one_vector), *_forces(life)]
    said = f"{_counts(subject, moments)} {_found(subject, moments, life)}"
    record = subject.record("time", said, panels=panels, strip=strip, **time_axis(moments, life.at.tolist()))
    picture.show(record | {"note": "" if life.pulled is not None else _no_forces(moments)})


def _lengths(life: Life, one_vector: bool) -> dict[str, Any]:
    """The panel of both lengths."""
    named = ("v", "u") if now.in_numbers() else ("as center", "as context")
    if one_vector:
        named = ("its vector", "")
    lines = [{"shown": named[0], "values": life.v.tolist(), "color": "center"}]
    if life.u is not None and not one_vector:
        lines.append({"shown": named[1], "values": life.u.tolist(), "color": "context"})
    title = "Length of its two vectors" if len(lines) > 1 else "Length of its vector"
    return {"title": title, "height": HEIGHT, "lines": lines}


def _forces(life: Life) -> list[dict[str, Any]]:
    """The panel of what pulls and pushes; none where that cannot be added up."""
    if life.pulled is None or life.pushed is None:
        return []
    lines = [
        {"shown": "\N{BLACK UP-POINTING TRIANGLE} pulled", "values": life.pulled.tolist(), "color": "pull"},
        {"shown": "\N{BLACK DOWN-POINTING TRIANGLE} pushed", "values": life.pushed.tolist(), "color": "push"},
    ]
    title = "Pulled to its neighbors, pushed from others"
    return [{"title": title, "height": HEIGHT, "lines": lines}]


def _no_forces(moments: Moments) -> str:
    """Say why what pulls and pushes it is not shown."""
    objective = objective_of(moments)
    if not objective.words_in_U:
        why = f"{objective.title} moves the nodes of a tree instead of a second vector of each word."
    elif not objective.has_passes:
        why = f"the pairs of {objective.title} cannot be added up word by word."
    else:
        why = "to add it up over all pairs of this text would take too long."
    return f"What pulls and pushes it is not shown: {why}"


def _counts(subject: Subject, moments: Moments) -> str:
    """Say how often it was learned from."""
    word = subject.word
    occurs = counted(int(moments.corpus.vocabulary.counts[word]), "time")
    said = f"{subject.quoted(word)} occurs {occurs}."
    if isinstance(moments, Passes):
        pairs = counted(int(moments.run.counts.row_totals[word]), "pair")
        return f"{said} It is the center of {pairs}, and each pass learns from all of them."
    assert isinstance(moments, Run)
    found = updates_of_word(moments, word)
    center, context = "center", "context"
    if moments.config.architecture == "cbow":
        center, context = context, center
    if found.first_input is None or found.first_target is None:
        return f"{said} No other word stands beside it, so that no update learned from it."
    said += (
        f" It was the {center} in {found.as_input:,} of {counted(moments.n_steps, 'update')} (first: "
        f"{found.first_input:,}), the {context} in {found.as_target:,} (first: {found.first_target:,})"
    )
    return f"{said}, and drawn as a wrong answer in {found.drawn:,}." if found.drawn is not None else f"{said}."


def _found(subject: Subject, moments: Moments, life: Life) -> str:
    """Say since when what is expected most is true."""
    if life.found is None:
        return "What the model expects near it most does not stand there in the text."
    last = subject.quoted(int(life.likeliest[-1]))
    if life.found == life.at[0]:
        return f"What the model expects near it most did stand there in the text from the start; now it is {last}."
    when = f"pass {moments.at[life.found]:,}" if isinstance(moments, Passes) else f"update {life.found:,}"
    return f"Since {when} what the model expects near it most does stand there; at the end it is {last}."
