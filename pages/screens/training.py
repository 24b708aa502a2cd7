"""Training: the player. Words move on the map, P(o|c) grows towards its counts, the loss falls to its floor."""

from pages.parts.shared import watch
from pages.parts.shared.watch import Content
from pages.parts.training import beside_map, passes
from pages.session import now
from w2v import Run


def by_updates(run: Run) -> None:
    chosen = beside_map.map_control(run, now.moment(run), now.word_id(run))
    parts = ("text", "map", "bars", "loss", "traces", "ripple", "vectors", "why", "transport")
    t, word = watch.show(run, "training", parts, around=285)
    beside_map.picture(run, chosen, t)
    beside_map.numbers(run, t, word)


watch.page(
    "Training",
    {
        "update": Content(
            "Words move until each can predict its neighbors.",
            "Press Play, drag the slider back, step with the arrows.",
            by_updates,
            "training",
        ),
        "pass": Content(
            "Each pass learns from all pairs of the text at once, exactly.",
            "Press Play, drag the slider back.",
            passes.show,
            "training",
        ),
    },
)
