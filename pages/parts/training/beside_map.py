"""What is shown around the player on Training: the kind of map, how honest it is, and the numbers at rest."""

import numpy as np
import streamlit as st

from pages.components.player import send
from pages.components.player.record import map_basis
from pages.drawing import trust
from pages.drawing.numbers import percent
from pages.drawing.words import SHOWN_WORDS, shown
from pages.parts.save.menu import export_button
from pages.parts.save.still import View
from pages.parts.shared import strip, tables, tsne_panel
from pages.parts.shared.cover import covered
from pages.parts.shared.trust import TrustLine
from pages.session import allowed, in_address, memory, now
from w2v import Honesty, ProjectionError, Run, honesty, prediction
from w2v.explain.questions.asked import GUESSES

PCA, TSNE = "One fixed view (PCA)", "A still picture (t-SNE)"
STILL, PERPLEXITY = "training_tsne", "perplexity"


def map_control(run: Run, t: int, word_id: int) -> tuple[str, float]:
    """Let the visitor choose the map, beside what can be saved; return the choice and the perplexity.

    t, word_id : where the player rests
    """
    in_address.follow("map", _put)
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        kind = st.radio("Map", (PCA, TSNE), key="map_kind", horizontal=True, label_visibility="collapsed")
    in_address.tell("map", tsne_panel.in_address(PERPLEXITY) if kind == TSNE else None)
    if kind != TSNE:
        tsne_panel.take_away(STILL)
        with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            if not allowed.hides("pages"):
                st.page_link("pages/screens/update.py", label="All numbers of this update", icon=":material/calculate:")
            _save(run, t, word_id)
        return PCA, 0.0
    with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        tsne_panel.draw_button(STILL, "Draw it for this update")
        with st.popover("Perplexity"):
            perplexity = tsne_panel.choose_perplexity(PERPLEXITY, min(run.plan.n_words, SHOWN_WORDS))
        _save(run, t, word_id, _view_of_still(run))
    return TSNE, perplexity


def _put(said: str | None) -> None:
    """Choose the map that an address names."""
    memory.set_widget_value("map_kind", TSNE if tsne_panel.follow_address(PERPLEXITY, said) else PCA)


def _save(run: Run, t: int, word_id: int, view: View | None = None) -> None:
    title = f"{strip.text_name(run.config)}: {strip.model_in_words(run.config)}"
    export_button(run, title, t, word_id, now.level(), view)


def _view_of_still(run: Run) -> View | None:
    """The t-SNE picture that is on the map; None before there is one."""
    key, points = memory.latest(STILL)
    if key is None or key[0] != run.name:
        return None
    return View(key[1], "t-SNE", points, f"{_still_label(key[1], key[2])}, its distances are not to scale.")


def _still_label(t: int, perplexity: float) -> str:
    """Say which t-SNE picture it is."""
    return f"t-SNE of update {t:,}, perplexity {perplexity:g}: a still picture"


def picture(run: Run, chosen: tuple[str, float], t: int) -> None:
    """Send a t-SNE picture to the map if one is wanted, and say how far the map can be trusted.

    chosen : what `map_control` returned;  t : the moment that is looked at
    """
    kind, perplexity = chosen
    line = TrustLine(st.container(), "training_trust")
    name = run.name
    if kind == TSNE:
        at = tsne_panel.moment(STILL, run)
        matrix = run.parameters(at).V[:SHOWN_WORDS]
        line.wait(tsne_panel.WAIT)
        try:
            points = tsne_panel.points(STILL, name, at, matrix, perplexity, run.config.seed)
        except ProjectionError as error:
            line.wait(f"{error} The map shows PCA instead.")
        else:
            layout = {
                "label": _still_label(at, perplexity),
                "words": list(range(len(points))),
                "points": points.tolist(),
            }
            send(name, layout, key="map_layout")
            seen = honesty(matrix, points)
            numbers = _near(seen, f"At update {at:,}: distances in a t-SNE picture are not to scale")
            line.say(_in_short(seen, at), numbers, [trust.reason(seen, run.config.dim, still=True)])
            return
    send(name, None, key="map_layout")
    matrix = run.parameters(t).V[:SHOWN_WORDS]
    basis = memory.keep("basis", 2, name, lambda _: map_basis(run))
    seen = honesty(matrix, basis(matrix))
    first = f"At update {t:,} this picture keeps {percent(seen.variance_kept)} of the variance of the vectors"
    line.say(_in_short(seen, t), _near(seen, first), [trust.reason(seen, run.config.dim, still=False)])


def _in_short(seen: Honesty, t: int) -> str:
    return trust.in_short(seen, begun=t > 0, poor=now.judgement().verdict == "poor")


def _near(seen: Honesty, first: str) -> str:
    return f"{first}; for {percent(seen.nearest_agree)} of the words the closest dot is their true nearest word."


def numbers(run: Run, t: int, word_id: int) -> None:
    """The numbers of moment t: for the selected word, all of P beside the counts."""
    words = run.corpus.vocabulary.words
    if covered(GUESSES):
        return
    if run.config.architecture == "cbow":
        st.caption("With CBOW the model is asked with whole contexts: see One update for the numbers of this one.")
        return
    box = st.expander("All numbers of the selected word", on_change="rerun", key="word_numbers_box")
    if not box.open:
        return
    objective, goal = run.plan.objective, run.plan.goal
    said = prediction(run.parameters(t), (word_id,), objective)
    wanted = goal.target(word_id)
    order = np.argsort(-np.maximum(said, wanted), kind="stable")[:SHOWN_WORDS]
    with box:
        st.text(f"Center word: {shown(words[word_id])}, at update {t:,}")
        bar = tables.share_column()
        tables.table(
            {"word": [words[i] for i in order], f"{objective.symbol} now": said[order], "the text says": wanted[order]},
            key="word_numbers",
            formats={f"{objective.symbol} now": bar, "the text says": bar},
            height=282,
        )
