"""What is on Map: how far the picture can be trusted, the choice of it, the player, and what it says of a word."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.player import send
from pages.components.player.record import too_large
from pages.parts.map import opened, pictures, sentences, stills
from pages.parts.map.choice import TSNE, Choice
from pages.parts.map.controls import STILL, controls
from pages.parts.map.pictures import Picture
from pages.parts.shared import tsne_panel, watch
from pages.session import memory, now
from w2v import Moments, ProjectionError

AROUND = 312  # pixels of the window that the rest of the page needs


def show(moments: Moments) -> None:
    """The whole page below its heading. To be run as a fragment: again whenever the player comes to rest."""
    if (vectors := opened.opened()) is not None:
        opened.show(vectors)
        return
    if moments.config != now.config():
        st.rerun()  # a saved run was opened: the whole page follows, not this fragment alone
    report = memory.widget_value("player_map")
    watch.follow_player(
        moments, report.get("moment") if isinstance(report, Mapping) else None
    )  # before anything is drawn
    top = st.container()
    choice = controls(moments)
    if too_large(moments):
        watch.show(moments, "map", ("map", "transport"))  # a box, in which another moment may have been chosen
        t, selected = now.moment(moments), now.word_id(moments)
        picture = pictures.straight(moments, choice, t, selected, memory)
        st.text(sentences.about_word(moments, picture, selected, on_the_map=False))
    else:
        t, selected = now.moment(moments), now.word_id(moments)
        _map(moments, choice, t, selected, top)
    stills.show(moments, choice, t, selected)


def _map(moments: Moments, choice: Choice, t: int, selected: int, top: Any) -> None:
    """How far to trust the picture on top, the player, and the sentence on the selected word."""
    strip = top.empty()
    if choice.picture == TSNE:
        strip.text(tsne_panel.WAIT)
    else:
        picture = pictures.straight(moments, choice, t, selected, memory)
        strip.text(sentences.trust(moments, picture))
    watch.show(moments, "map", ("map", "transport"), around=AROUND, address=pictures.ADDRESS)
    if choice.picture == TSNE:
        try:
            picture = _tsne(moments, choice)
            strip.text(sentences.trust(moments, picture))
        except ProjectionError as error:
<<<<<<< HEAD
            picture = pictures.straight(moments, choice, t, selected, memory)
            strip.text(f"{error} The map shows PCA instead. {sentences.trust(moments, picture)}")
    st.text(sentences.about_word(moments, picture, selected))
    label = sentences.caption(moments, choice, picture)
    send(moments.name, pictures.layout(choice, picture, selected, label), key="map_letter")


def _tsne(moments: Moments, choice: Choice) -> Picture:
    """The t-SNE picture of the moment that was asked for."""
    t, vectors = tsne_panel.moment(STILL, moments), choice.one_kind
    rows = pictures.rows_of(moments, t, vectors, pictures.frequent(moments))
    words = (moments.name, vectors)
    points = tsne_panel.points(STILL, words, t, rows, choice.perplexity, moments.config.seed)
    return pictures.still(moments, t, vectors, points)
=======
            picture = _straight(run, choice, now.moment(run))
            strip.text(f"{error} The map shows PCA instead. {_trust(run, picture)}")
    st.text(_said(run, picture))
    send(run.name, _letter(run, choice, picture), key="map_letter")


# --- what to show ---------------------------------------------------------------------------------------------


def _controls(run: Moments) -> Choice:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        picture = st.selectbox(
            "Picture", PICTURES, key="map_picture", label_visibility="collapsed", persist_state="session", width=216
        )
        vectors = _vectors(run)
        if picture == TSNE:
            again = "Draws the present update, going on from the picture that is there."
            st.button("Draw it now", help=again, on_click=watch.ask_for, args=("map_tsne",))
        else:
            watch.take_away("map_tsne")
        pairs = _pairs(run, picture == PAIRS)
        look = _options(run, picture)
        lines = st.toggle("Lines to true nearest", key="map_lines", persist_state="session", width="content")
    return Choice(picture=picture, vectors=vectors, pairs=pairs, lines=lines, **look)


def _vectors(run: Moments) -> str:
    if not OBJECTIVES[run.config.objective].words_in_U:
        return "v"
    chosen = st.radio(
        "Vectors",
        VECTORS,
        format_func=VECTORS.__getitem__,
        horizontal=True,
        key="map_vectors",
        label_visibility="collapsed",
        persist_state="session",
        width="content",
    )
    return chosen or "v"


def _pairs(run: Moments, in_use: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words that the axes run along: from and to, for x and for y."""
    words = run.corpus.vocabulary.words[:SHOWN_WORDS]
    ids = list(_first_pairs(run))
    if in_use:
        with st.popover("Word pairs", width="content"):
            places = ("x axis, from", "to the right end", "y axis, from", "to the upper end")
            left, right = st.columns(2)
            for i, place in enumerate(places):
                key = f"map_pair_{i}"
                if memory.value(key) not in words:
                    memory.hold(key, words[ids[i]])
                with (left, right)[i % 2]:
                    chosen = st.selectbox(place, words, format_func=shown, key=key, persist_state="session")
                ids[i] = run.corpus.vocabulary.ids[chosen]
            if ids[0] == ids[1] or ids[2] == ids[3]:
                st.text("An axis needs two different words.")
    return (ids[0], ids[1]), (ids[2], ids[3])


def _first_pairs(run: Moments) -> tuple[int, int, int, int]:
    """The axes to begin with: within a pair of partners of the preset and between two pairs; else frequent words."""
    ids = run.corpus.vocabulary.ids
    partners = PRESETS[run.config.preset].partners if run.config.preset else ()
    if len(partners) > 2:
        (a, b), c = partners[0], partners[2][0]
        if {a, b, c} <= set(ids) and max(ids[w] for w in (a, b, c)) < SHOWN_WORDS:
            return ids[b], ids[a], ids[c], ids[a]
    longer = sorted(
        range(min(len(run.corpus.vocabulary), SHOWN_WORDS)), key=lambda i: len(run.corpus.vocabulary.words[i]) < 4
    )
    first = (longer * 4)[:4]
    return first[1], first[0], first[3], first[2]


def _options(run: Moments, picture: str) -> dict[str, Any]:
    """How the map looks; few change it, so it is folded away."""
    with st.popover("Options", icon=":material/tune:", width="content"):
        perplexity = memory.value("map_perplexity") or PERPLEXITY
        if picture == TSNE:
            most = max(2.0, min(50.0, usable_perplexity(min(len(run.corpus.vocabulary), SHOWN_WORDS), 50.0)))
            if perplexity > most:
                memory.hold("map_perplexity", most)
            perplexity = st.slider(
                "Perplexity of t-SNE",
                1.0,
                most,
                min(PERPLEXITY, most),
                0.5,
                key="map_perplexity",
                persist_state="session",
                help="About how many neighbors t-SNE tries to keep together for each word.",
            )
        color = st.selectbox(
            "Color by", COLORS, format_func=COLORS.__getitem__, key="map_color", persist_state="session"
        )
        groups = 5
        if color == "group":
            groups = st.slider("Groups", 2, 8, groups, key="map_groups", persist_state="session")
        tails = st.selectbox("Tail of the selected word", TAILS, index=3, key="map_tails", persist_state="session")
        names = st.radio(
            "Names", NAMES, index=list(NAMES).index("normal"), horizontal=True, key="map_names", persist_state="session"
        )
        arrows = st.toggle("Arrows: what the next update changes", True, key="map_arrows", persist_state="session")
        isolate = st.toggle(
            f"Only the selected word and its {KEPT_NEAR} true nearest", key="map_isolate", persist_state="session"
        )
    return {
        "perplexity": perplexity,
        "color": color,
        "groups": groups,
        "tails": TAILS[tails],
        "names": names,
        "arrows": arrows,
        "isolate": isolate,
    }


# --- pictures -------------------------------------------------------------------------------------------------


def _drawn(run: Moments) -> tuple[int, ...]:
    """The words on the map: the most frequent, and the selected one if it is not among them."""
    first = range(min(len(run.corpus.vocabulary), SHOWN_WORDS))
    selected = now.word_id(run)
    return (*first, *([] if selected in first else [selected]))


def _rows(run: Moments, t: int, vectors: str, ids: Sequence[int] | slice) -> Floats:
    parameters = run.parameters(t)
    chosen = list(ids) if not isinstance(ids, slice) else ids
    parts = [matrix[chosen] for kind, matrix in (("v", parameters.V), ("u", parameters.U)) if vectors in (kind, "both")]
    return np.concatenate(parts)


def _straight(run: Moments, choice: Choice, t: int) -> Picture:
    """The picture of moment t on a plane."""
    name, ids = run.name, _drawn(run)
    rows = _rows(run, t, choice.vectors, ids)
    if choice.picture == PAIRS:
        basis = word_axes(_pair_rows(run, t, choice.vectors), choice.pairs)
    elif choice.picture == MOMENT:
        key = (name, t, choice.vectors)
        basis = memory.keep("map_moment", 8, key, lambda _: _of_moment(run, t, choice.vectors))
    else:
        basis = _of_run(run, choice.vectors)
    points = basis(rows)
    return Picture(t, ids, choice.vectors, rows, points, basis, honesty(rows, points))


def _of_run(run: Moments, vectors: str) -> Basis:
    def make(_: Any) -> Basis:
        return run_basis([_rows(run, t, vectors, slice(None)) for t in run.keyframes(BASIS_MOMENTS)])

    return memory.keep("map_run", 3, (run.name, vectors), make)


def _of_moment(run: Moments, t: int, vectors: str) -> Basis:
    """The principal axes of moment t, turned towards the picture before it, so that nothing flips."""
    rows = _rows(run, t, vectors, slice(min(len(run.corpus.vocabulary), SHOWN_WORDS)))
    key, before = memory.latest("map_moment")
    same = key is not None and (key[0], key[2]) == (run.name, vectors)
    reference = before if same else _of_run(run, vectors)
    return turned(pca_basis(rows), rows, reference(rows))


def _pair_rows(run: Moments, t: int, vectors: str) -> Floats:
    """The vectors whose differences are the axes: those of u when only u is shown."""
    return _rows(run, t, "u" if vectors == "u" else "v", slice(None))


def _still(run: Moments, choice: Choice) -> Picture:
    """The t-SNE picture that was asked for, of v, or of u when only u is shown."""
    t = watch.asked_for("map_tsne", run)
    if t is None:
        watch.ask_for("map_tsne")
        t = now.moment(run)
    vectors = "u" if choice.vectors == "u" else "v"
    ids = tuple(range(min(len(run.corpus.vocabulary), SHOWN_WORDS)))
    rows = _rows(run, t, vectors, ids)
    name = run.name

    def make(_: Any) -> Floats:
        key, before = memory.latest("map_tsne")
        warm = before if key is not None and key[:2] == (name, vectors) else None
        return tsne(rows, perplexity=choice.perplexity, seed=run.config.seed, init=warm)

    points = memory.keep("map_tsne", 6, (name, vectors, t, choice.perplexity), make)
    return Picture(t, ids, vectors, rows, points, None, honesty(rows, points))


# --- what is sent to the player -------------------------------------------------------------------------------


def _letter(run: Moments, choice: Choice, picture: Picture) -> dict[str, Any]:
    """Everything the map needs besides the run; see setLayout in player/map.js."""
    seen, keys = picture.honesty, picture.keys
    look: dict[str, Any] = {
        "color": choice.color,
        "tails": choice.tails,
        "names": choice.names,
        "arrows": choice.arrows,
        "isolate": None,
    }
    letter: dict[str, Any] = {
        "address": ADDRESS,
        "t": picture.t,
        "kind": picture.vectors,
        "rows": keys,
        "look": look,
        "label": _caption(run, choice, picture),
    }
    if picture.basis is None:
        letter |= {"words": list(picture.ids), "points": picture.points.tolist()}
    else:
        letter["basis"] = {"mean": picture.basis.mean.tolist(), "components": picture.basis.components.tolist()}
        if choice.picture == PAIRS:
            letter["axes"] = [list(pair) for pair in choice.pairs]
    if choice.lines:
        letter["lines"] = [
            [i, int(j), bool(agrees)] for i, (j, agrees) in enumerate(zip(seen.true_nearest, seen.agrees)) if j >= 0
        ]
    if choice.color == "group":
        letter["groups"] = clusters(picture.rows, choice.groups).tolist()
    if choice.isolate and (subject := _subject(run, picture)) is not None:
        look["isolate"] = [keys[i] for i in (subject, *(i for i, _ in nearest(picture.rows, subject, KEPT_NEAR)))]
    return letter


def _caption(run: Moments, choice: Choice, picture: Picture) -> str:
    """What the picture is, for its lower edge. Our own words only."""
    dim, t = run.config.dim, moment_name(run, picture.t)
    if picture.basis is None:
        used = usable_perplexity(len(picture.rows), choice.perplexity)
        what = f"t-SNE of {t}, perplexity {used:g}: a still picture, its distances are not to scale"
    elif choice.picture == PAIRS:
        what = f"Axes through pairs of words, at {t}"
    elif dim <= 2:
        what = f"Exact: the vectors have {'two dimensions' if dim == 2 else 'one dimension'}"
    elif choice.picture == MOMENT:
        what = f"The two widest directions (PCA) at {t}"
    else:
        what = "Two axes, the same for the whole run (PCA)"
    some = len(run.corpus.vocabulary) > SHOWN_WORDS
    return f"{what}. The {SHOWN_WORDS} most frequent of {len(run.corpus.vocabulary):,} words." if some else f"{what}."


# --- what is said in words ------------------------------------------------------------------------------------


def moment_name(run: Moments, t: int) -> str:
    """Return what moment t is called: of passes, the pass it shows."""
    return f"pass {run.at[t]:,}" if isinstance(run, Passes) else f"moment {t:,}"


def _trust(run: Moments, picture: Picture) -> str:
    """How far the picture can be trusted, in one sentence."""
    seen, what = picture.honesty, "vector" if picture.vectors == "both" else "word"
    if len(picture.rows) < 2:
        return "One word alone makes no map."
    all_of_them = f"{what}s" if len(run.corpus.vocabulary) <= SHOWN_WORDS else f"{len(picture.rows)} {what}s drawn"
    near = f"the closest dot is the true nearest {what} for {percent(seen.nearest_agree)} of the {all_of_them}."
    if run.config.dim <= 2 and picture.basis is not None and seen.variance_kept > 1 - 1e-9:
        dimensions = "two dimensions" if run.config.dim == 2 else "one dimension"
        return f"The map is exact ({dimensions}). By angle, {near}"
    return f"This picture keeps {percent(seen.variance_kept)} of the variance; {near}"


def _subject(run: Moments, picture: Picture) -> int | None:
    """The row of the selected word in the picture, the one of v if both are there; None if it is not drawn."""
    selected = now.word_id(run)
    return picture.ids.index(selected) if selected in picture.ids else None


def _said(run: Moments, picture: Picture, on_the_map: bool = True) -> str:
    """One sentence about the selected word: who is near it in truth, and who on the picture."""
    subject = _subject(run, picture)
    words = run.corpus.vocabulary.words
    if subject is None:
        return f"{shown(words[now.word_id(run)])} is not on this picture: draw it again."
    if len(picture.rows) < 2:
        return f"{shown(words[picture.ids[subject]])} is the only word."

    def name(row: int) -> str:
        word = shown(words[picture.ids[row % len(picture.ids)]])
        return f"{word} ({'v' if row < len(picture.ids) else 'u'})" if picture.vectors == "both" else word

    (first, cosine), *others = nearest(picture.rows, subject, 2)
    said = f"{name(subject)} is nearest to {name(first)} (cosine {number(cosine)})"
    if others:
        said += f", then {name(others[0][0])} ({number(others[0][1])})"
    if not on_the_map:
        return f"{said}."
    closest = int(picture.honesty.picture_nearest[subject])
    if picture.honesty.agrees[subject]:
        return f"{said}; on this picture its closest dot is {name(closest)}, too."
    return f"{said}; on this picture its closest dot is {name(closest)}."


# --- pictures that stand still, when asked for ----------------------------------------------------------------


def _stills(run: Moments, choice: Choice) -> None:
    """t-SNE from six seeds, and the first three axes in 3-D."""
    asked = {what: watch.asked_for(what, run) for what in ("map_six", "map_3d")}
    with st.container(horizontal=True, vertical_alignment="center"):
        _still_buttons(run, "map_six", f"t-SNE from {SEEDS} seeds, side by side", asked["map_six"])
        _still_buttons(run, "map_3d", "Three axes in 3-D", asked["map_3d"])
        opened.open_button()
    if asked["map_3d"] is not None:
        _three_axes(run, choice, asked["map_3d"])
    if asked["map_six"] is not None:
        _six_seeds(run, choice, asked["map_six"])


def _still_buttons(run: Moments, what: str, label: str, asked: int | None) -> None:
    if asked is None:
        st.button(label, key=f"{what}_open", on_click=watch.ask_for, args=(what,))
        return
    st.button(f"Close: {label}", key=f"{what}_close", on_click=watch.take_away, args=(what,))
    if asked != now.moment(run):
        st.button(
            f"Draw it for this {run.unit}",
            key=f"{what}_again",
            on_click=watch.ask_for,
            args=(what,),
        )


def _three_axes(run: Moments, choice: Choice, t: int) -> None:
    ids = tuple(range(min(len(run.corpus.vocabulary), SHOWN_WORDS)))
    vectors = "u" if choice.vectors == "u" else "v"
    rows = _rows(run, t, vectors, ids)
    basis = pca_basis(rows, 3)
    points = basis(rows)
    seen = honesty(rows, points)
    kept = f"three axes keep {percent(seen.variance_kept)} of the variance"
    near = f"the closest dot is the true nearest word for {percent(seen.nearest_agree)} of the words"
    st.text(f"At {moment_name(run, t)} {kept}; {near}. Drag to turn it.")
    words = run.corpus.vocabulary.words
    marked = _marked(run, rows)
    figure = figures.three_axes(points, [words[i] for i in ids], basis.explained, marked, _dark())
    alt = f"The words in three dimensions at {moment_name(run, t)}: {kept}."
    st.plotly_chart(figure, key="map_three_axes", config={"displaylogo": False, "scrollZoom": False}, alt=alt)


def _six_seeds(run: Moments, choice: Choice, t: int) -> None:
    ids = tuple(range(min(len(run.corpus.vocabulary), SHOWN_WORDS)))
    vectors = "u" if choice.vectors == "u" else "v"
    rows = _rows(run, t, vectors, ids)
    name = run.name
    st.text(
        f"The same vectors ({moment_name(run, t)}) drawn by t-SNE from {SEEDS} seeds, turned to lie alike: "
        "what differs between them is not in the vectors."
    )
    slot = st.empty()
    pictures: list[Floats] = []
    try:
        for seed in range(1, SEEDS + 1):
            key = (name, vectors, t, choice.perplexity, seed)
            if not memory.is_kept("map_seeds", key):
                slot.progress((seed - 1) / SEEDS, f"t-SNE: picture {seed} of {SEEDS}")

            def make(_: Any, seed: int = seed) -> Floats:
                return tsne(rows, perplexity=choice.perplexity, seed=seed)

            pictures.append(memory.keep("map_seeds", 2 * SEEDS, key, make))
    except ProjectionError as error:
        slot.text(str(error))
        return
    pictures = [pictures[0], *(align(points, pictures[0]) for points in pictures[1:])]
    right = [honesty(rows, points).nearest_agree for points in pictures]
    titles = [f"seed {seed}: {percent(share)} of closest dots are right" for seed, share in enumerate(right, 1)]
    words = run.corpus.vocabulary.words
    figure = figures.side_by_side(pictures, titles, [words[i] for i in ids], _marked(run, rows), _dark())
    alt = f"{SEEDS} t-SNE pictures of the same vectors. Closest dots that are right: {', '.join(map(percent, right))}."
    slot.plotly_chart(figure, key="map_six_seeds", config={"displayModeBar": False}, alt=alt)


def _marked(run: Moments, rows: Floats) -> list[int]:
    """The selected word, if drawn, and its true nearest words."""
    selected = now.word_id(run)
    if selected >= len(rows):
        return []
    return [selected, *(i for i, _ in nearest(rows, selected, MARKED_NEAR))]


def _dark() -> bool:
    return st.context.theme.type == "dark"
>>>>>>> js
