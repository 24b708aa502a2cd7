"""Map: its numbers are the model's, the player draws what the page asks for, pictures that stand still on request."""

import json
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from pages.parts.map import pictures, stills
from pages.parts.map.choice import Choice
from tests.browser import Server, player, wait_idle
from tests.browsing import SLOW, ask, press, rests_at, visit
from tests.visitor import (
    fine,
    go,
    latest_run,
    report,
    sent_to,
    setting,
    texts,
)
from tests.visitor import visit as open_app
from w2v import PRESETS, Config, Run
from w2v.pictures.clusters import clusters

SMALL = "The king wears a crown. The queen wears a crown. A man, a man and the king eat bread. Queen man queen."
HOSTILE = "<b>bold</b> a&b [link](http://x.test) **star** $x^2$ ![i](http://x.test/i.png) " * 3
RUN, MOMENT, PAIRS, TSNE = "PCA of the whole run", "PCA of this moment", "Axes by word pairs", "t-SNE"
MODELS = {
    "softmax": Config(SMALL, epochs=3),
    "negative, 300 dimensions": Config(SMALL, objective="negative", dim=300, epochs=1),
    "hierarchical CBOW": Config(SMALL, "cbow", "hierarchical", dim=5, epochs=2),
    "two dimensions": Config(SMALL, dim=2, epochs=2),
    "one dimension": Config(SMALL, dim=1, epochs=2),
    "CBOW, windows": Config(SMALL, "cbow", batching="window", epochs=3),
    "all vectors 0": Config(SMALL, init_scale=0.0, epochs=1),
}


# --- an independent account of a picture ----------------------------------------------------------------------


def rows_of(run: Run, t: int, vectors: str) -> np.ndarray:
    p = run.parameters(t)
    return {"v": p.V, "u": p.U, "both": np.concatenate([p.V, p.U])}[vectors]


def cosines(rows: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(rows, axis=1)
    with np.errstate(invalid="ignore"):
        table = np.nan_to_num(rows @ rows.T / np.outer(length, length))
    np.fill_diagonal(table, -np.inf)
    return table


def closest_dots(points: np.ndarray) -> np.ndarray:
    far = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(far, np.inf)
    return far.argmin(axis=1)


def right(rows: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Where the closest dot is a true nearest word."""
    table = cosines(rows)
    return table[np.arange(len(rows)), closest_dots(points)] >= table.max(axis=1) - 1e-9


def kept(rows: np.ndarray, points: np.ndarray) -> float:
    """R squared of the vectors fitted from the dots."""
    x = np.column_stack([points, np.ones(len(points))])
    fit = x @ np.linalg.lstsq(x, rows, rcond=None)[0]
    total = np.square(rows - rows.mean(axis=0)).sum()
    return float(1 - np.square(rows - fit).sum() / total) if total else 0.0


def letter(at: AppTest) -> dict[str, Any]:
    """What was sent to the map on this page."""
    (sent,) = sent_to(at, "w2v_layout")
    return json.loads(sent.json)["layout"]


def dots(at: AppTest, rows: np.ndarray) -> np.ndarray:
    basis = letter(at)["basis"]
    return (rows - np.array(basis["mean"])) @ np.array(basis["components"]).T


def percentages(sentence: str) -> list[float]:
    return [float(n) for n in re.findall(r"<?([\d.]+) %", sentence)]


def check_strip(at: AppTest, run: Run, rows: np.ndarray, points: np.ndarray) -> None:
    (said,) = [e.value for e in at.text if "the closest dot is the true nearest" in e.value]
    shown = percentages(said)
    wanted = [100 * right(rows, points).mean()]
    share = kept(rows, points)
    if "exact" in said:
        assert run.config.dim <= 2
        assert share == pytest.approx(1)
    else:
        wanted.insert(0, 100 * share)
        assert run.config.dim > 2 or share < 0.999
    assert len(shown) == len(wanted)
    for a, b in zip(shown, wanted):
        assert abs(a - b) <= (0.51 if b >= 9.95 else 0.051), said


def check_readout(at: AppTest, run: Run, rows: np.ndarray, points: np.ndarray, word: int, names: list[str]) -> None:
    (said,) = [e.value for e in at.text if " is nearest to " in e.value]
    pattern = (
        r"(.+) is nearest to (.+) \(cosine (.+?)\), then (.+) \((.+?)\); on this picture its closest dot is (.+)\."
    )
    assert said.startswith(f"“{run.corpus.vocabulary.words[word]}”")
    match = re.fullmatch(pattern, re.sub("[“”]", "", said))
    assert match, said
    row = cosines(rows)[word]
    subject, first, cosine, second, other, closest = match.groups()
    assert subject == names[word]
    for name, shown, place in ((first, cosine, 0), (second, other, 1)):
        value = row[names.index(name)]
        assert value == pytest.approx(np.sort(row)[::-1][place], abs=1e-9)
        assert float(shown.replace("\N{MINUS SIGN}", "-")) == pytest.approx(value, abs=0.00051)
    far = np.linalg.norm(points - points[word], axis=1)
    far[word] = np.inf
    assert far[names.index(closest.removesuffix(", too"))] == pytest.approx(far.min())
    if closest.endswith(", too"):
        assert right(rows, points)[word]


# --- the page without a browser -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_strip_and_sentence_hold_the_numbers_of_the_model(name: str) -> None:
    at = fine(open_app(MODELS[name], "map", level="numbers"))
    run = latest_run(at)
    words = list(run.corpus.vocabulary.words)
    for t in (0, run.n_steps // 2, run.n_steps):
        fine(report(at, "map", t=t, word=1))
        rows = rows_of(run, t, "v")
        check_strip(at, run, rows, dots(at, rows))
        check_readout(at, run, rows, dots(at, rows), 1, words)
        assert letter(at)["t"] == t


def test_in_plain_words_who_is_near_is_said_without_cosines() -> None:
    at = open_app(MODELS["softmax"], "map", t="20", word="queen")
    rows = rows_of(latest_run(at), 20, "v")
    words = latest_run(at).corpus.vocabulary.words
    first, second = (words[i] for i in np.argsort(-cosines(rows)[words.index("queen")])[:2])
    (said,) = [e.value for e in at.text if " is nearest to " in e.value]
    assert said.startswith(f"“queen” is nearest to “{first}”, then “{second}”; on this picture its closest dot is ")
    assert not any(digit.isdigit() for digit in said)


def test_u_and_both_are_measured_as_they_are_drawn() -> None:
    at = open_app(MODELS["softmax"], "map", t="20", word="queen", level="numbers")
    run = latest_run(at)
    words = list(run.corpus.vocabulary.words)
    for vectors, names in (("u", words), ("both", [f"{w} ({k})" for k in "vu" for w in words])):
        fine(at.radio(key="map_vectors").set_value(vectors).run())
        rows = rows_of(run, 20, vectors)
        check_strip(at, run, rows, dots(at, rows))
        check_readout(at, run, rows, dots(at, rows), words.index("queen"), names)
        assert letter(at)["kind"] == vectors
        kinds = ("v", "u") if vectors == "both" else (vectors,)
        assert letter(at)["rows"] == [f"{kind}{i}" for kind in kinds for i in range(len(words))]


def test_the_view_for_the_run_does_not_move_with_the_moment_and_that_of_the_moment_is_its_best() -> None:
    at = open_app(MODELS["softmax"], "map")
    run = latest_run(at)
    first = letter(at)["basis"]
    report(at, "map", t=30, word=0)
    assert letter(at)["basis"] == first
    at.selectbox(key="map_picture").set_value(MOMENT).run()
    before = None
    for t in (30, 31, 32, 33):
        fine(report(at, "map", t=t, word=0))
        V = rows_of(run, t, "v")
        centered = V - V.mean(axis=0)
        s = np.linalg.svd(centered, compute_uv=False)
        points = dots(at, V)
        assert np.square(points).sum() == pytest.approx(np.square(s[:2]).sum())
        check_strip(at, run, V, points)
        if before is not None:  # one update moves little, and nothing is mirrored
            assert np.square(points - before).sum() < 0.1 * np.square(before).sum()
        before = points
    report(at, "map", t=31, word=0)
    again = dots(at, rows_of(run, 31, "v"))
    report(at, "map", t=33, word=0)
    report(at, "map", t=31, word=0)
    assert np.array_equal(dots(at, rows_of(run, 31, "v")), again)


def test_axes_by_word_pairs() -> None:
    at = open_app(Config(PRESETS["royal"].text, epochs=4), "map", t="300")
    run = latest_run(at)
    ids = run.corpus.vocabulary.ids
    V = rows_of(run, 300, "v")
    at.selectbox(key="map_picture").set_value(PAIRS).run()
    assert letter(at)["axes"] == [[ids["queen"], ids["king"]], [ids["man"], ids["king"]]]
    at.selectbox(key="map_pair_0").set_value("girl").run()
    at.selectbox(key="map_pair_1").set_value("boy").run()
    fine(at)
    assert letter(at)["axes"][0] == [ids["girl"], ids["boy"]]
    points = dots(at, V)
    gap = points[ids["boy"]] - points[ids["girl"]]
    assert gap[0] == pytest.approx(np.linalg.norm(V[ids["boy"]] - V[ids["girl"]]))
    assert gap[1] == pytest.approx(0, abs=1e-12)
    assert points[ids["king"]][1] > points[ids["man"]][1]
    check_strip(at, run, V, points)
    at.selectbox(key="map_pair_1").set_value("girl").run()
    assert "two different words" in texts(fine(at))
    go(at, "text").text_area(key="pasted").set_value(SMALL).run()  # a text without these words
    fine(go(at, "map"))
    assert len(letter(at)["axes"]) == 2


def test_lines_lead_to_the_true_nearest_words() -> None:
    at = open_app(MODELS["softmax"], "map", t="25")
    assert "lines" not in letter(at)
    at.toggle(key="map_lines").set_value(True).run()
    run = latest_run(at)
    rows = rows_of(run, 25, "v")
    lines = letter(fine(at))["lines"]
    assert [i for i, _, _ in lines] == list(range(len(rows)))
    table = cosines(rows)
    for i, j, _ in lines:
        assert table[i, j] == pytest.approx(table[i].max(), abs=1e-9)
    assert [agrees for _, _, agrees in lines] == right(rows, dots(at, rows)).tolist()
    (share,) = percentages(re.findall(r"for ([^;]+ %)", texts(at))[0])
    assert share == pytest.approx(100 * np.mean([agrees for _, _, agrees in lines]), abs=0.5)


def test_look_is_handed_to_the_player() -> None:
    at = open_app(MODELS["softmax"], "map", t="25", word="king")
    look = letter(at)["look"]
    assert look == {"color": "none", "tails": "run", "names": "normal", "arrows": True, "near": True, "isolate": None}
    run = latest_run(at)
    rows = rows_of(run, 25, "v")
    at.selectbox(key="map_color").set_value("group").run()
    at.slider(key="map_groups").set_value(3).run()
    at.selectbox(key="map_tails").set_value("last 10 updates").run()
    at.toggle(key="map_isolate").set_value(True).run()
    at.toggle(key="map_arrows").set_value(False).run()
    sent = letter(fine(at))
    assert sent["groups"] == clusters(rows, 3).tolist()
    assert set(sent["groups"]) == {0, 1, 2}
    king = run.corpus.vocabulary.ids["king"]
    near = [int(i) for i in np.argsort(-cosines(rows)[king], kind="stable")[:8]]
    assert (sent["look"]["tails"], sent["look"]["arrows"]) == (10, False)
    assert sent["look"]["isolate"] == [f"v{i}" for i in [king, *near]]


def test_t_sne_stands_still_until_it_is_drawn_anew() -> None:
    at = open_app(MODELS["softmax"], "map", t="25", word="king")
    at.selectbox(key="map_picture").set_value(TSNE).run(timeout=60)
    run = latest_run(at)
    first = letter(fine(at))
    assert "basis" not in first
    assert first["words"] == list(range(run.plan.n_words))
    check_strip(at, run, rows_of(run, 25, "v"), np.array(first["points"]))
    fine(report(at, "map", t=40, word=None))
    assert letter(at)["points"] == first["points"]
    assert letter(at)["t"] == 25
    next(b for b in at.button if b.label == "Draw it now").click().run(timeout=60)
    second = letter(fine(at))
    assert second["t"] == 40
    check_strip(at, run, rows_of(run, 40, "v"), np.array(second["points"]))
    moved = np.linalg.norm(np.array(second["points"]) - first["points"], axis=1)
    assert moved.mean() < np.linalg.norm(first["points"], axis=1).mean(), "a warm start, turned onto the one before"
    at.selectbox(key="map_picture").set_value(RUN).run()
    assert "basis" in letter(fine(at))


def reopened(at: AppTest, page: str) -> AppTest:
    """The same address in another browser."""
    query = {name: value[0] if isinstance(value, list) else value for name, value in at.query_params.items()}
    return fine(open_app(None, page, **query))


def test_a_link_opens_the_picture_that_was_looked_at() -> None:
    at = open_app(MODELS["softmax"], "map", t="25", word="king")
    assert "picture" not in at.query_params, "the one that is there at first"
    at.selectbox(key="map_picture").set_value(MOMENT).run()
    assert reopened(at, "map").selectbox(key="map_picture").value == MOMENT
    at.selectbox(key="map_picture").set_value(PAIRS).run()
    at.selectbox(key="map_pair_0").set_value("bread").run()
    there = reopened(at, "map")
    assert letter(there)["axes"] == letter(fine(at))["axes"]
    assert there.selectbox(key="map_pair_0").value == "bread"
    at.selectbox(key="map_picture").set_value(TSNE).run(timeout=60)
    at.slider(key="map_perplexity").set_value(2.5).run(timeout=60)
    there = reopened(at, "map")
    assert there.slider(key="map_perplexity").value == 2.5
    assert ", perplexity 2.5" in letter(there)["label"]
    at.selectbox(key="map_picture").set_value(RUN).run()
    assert "picture" not in fine(at).query_params
    assert "axes" not in at.query_params


def test_a_link_to_training_opens_t_sne_where_that_was_chosen() -> None:
    at = open_app(MODELS["softmax"], "training", t="25", word="king")
    at.radio(key="map_kind").set_value("A still picture (t-SNE)").run(timeout=60)
    at.slider(key="perplexity").set_value(3.0).run(timeout=60)
    there = reopened(at, "training")
    assert there.radio(key="map_kind").value == "A still picture (t-SNE)"
    assert letter(there)["points"] == letter(fine(at))["points"]
    fine(go(at, "map"))
    assert at.selectbox(key="map_picture").value == RUN, "that page has pictures of its own"


@pytest.mark.parametrize("said", ["tsne-999", "tsne-", "tsne-nan", "x", "axes", "moment"])
def test_a_link_to_a_picture_that_cannot_be_opens_another(said: str) -> None:
    at = fine(open_app(MODELS["softmax"], "map", picture=said, axes="king nobody"))
    fine(at.selectbox(key="map_picture").set_value(RUN).run())
    fine(open_app(MODELS["softmax"], "training", map=said))


@pytest.mark.parametrize("n_words", [5, 12, 60])
def test_map_and_training_offer_the_perplexities_that_t_sne_can_use_and_say_which_it_used(n_words: int) -> None:
    text = " ".join(f"{a}word {a}thing" for a in "abcdefghijklmnopqrstuvwxyzäöüß"[: -(-n_words // 2)])
    at = open_app(Config(" ".join(text.split()[:n_words]), epochs=1, dim=3), "map")
    at.selectbox(key="map_picture").set_value(TSNE).run(timeout=60)
    most = max(2.0, (n_words - 1) / 3)
    assert at.slider(key="map_perplexity").max == pytest.approx(most)
    go(at, "training").radio(key="map_kind").set_value("A still picture (t-SNE)").run(timeout=60)
    fine(at)
    assert at.slider(key="perplexity").max == pytest.approx(most)
    for chosen in (1.0, most):
        at.slider(key="perplexity").set_value(chosen).run(timeout=60)
        used = max(1.0, min(chosen, (n_words - 1) / 3))
        assert f", perplexity {used:g}: a still picture" in letter(fine(at))["label"]


class NothingKept:
    """Makes everything anew."""

    def keep(self, name: str, size: int, key: Any, make: Any) -> Any:
        return make(key)

    def latest(self, name: str) -> tuple[Any, Any]:
        return None, None


def test_a_picture_is_made_of_values_alone() -> None:
    run = Run(MODELS["softmax"])
    look: dict[str, Any] = {"color": "none", "groups": 5, "tails": 0, "names": "all", "arrows": False, "near": False}
    choice = Choice(MOMENT, "both", ((0, 1), (2, 3)), 5.0, True, isolate=True, **look)
    picture = pictures.straight(run, choice, 20, 3, NothingKept())
    rows = rows_of(run, 20, "both")
    assert np.array_equal(picture.rows, rows)
    assert picture.honesty.variance_kept == pytest.approx(kept(rows, picture.points))
    made = pictures.layout(choice, picture, 3, "a label")
    near = np.argsort(-cosines(rows)[3], kind="stable")[:8]
    assert made["look"]["isolate"] == [made["rows"][i] for i in [3, *near]]
    assert (made["t"], made["kind"], made["label"]) == (20, "both", "a label")
    assert made["look"]["near"] is False


def test_too_few_words_for_t_sne_is_said_and_pca_is_drawn() -> None:
    at = open_app(Config("hello world", epochs=2), "map")
    at.selectbox(key="map_picture").set_value(TSNE).run()
    assert "at least 4 words" in texts(fine(at))
    assert "basis" in letter(at)
    assert "“hello” is nearest to “world”; on this picture its closest dot is “world”, too." in texts(at)


def figure(at: AppTest, key: str) -> dict[str, Any]:
    (chart,) = [c.proto for c in at.get("plotly_chart") if key in c.proto.id]
    return json.loads(chart.spec)


def test_some_seeds_and_three_axes_are_drawn_when_asked_for_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert stills.SEEDS == 6
    monkeypatch.setattr(stills, "SEEDS", 3)  # each is a t-SNE in a process of its own
    at = open_app(Config(HOSTILE, dim=4, epochs=2, lowercase=False), "map", t="9")
    run = latest_run(at)
    words = run.corpus.vocabulary.words
    assert len(at.get("plotly_chart")) == 0
    next(b for b in at.button if "3-D" in b.label and "Close" not in b.label).click().run()
    space = figure(fine(at), "map_three_axes")
    V = rows_of(run, 9, "v")
    centered = V - V.mean(axis=0)
    s = np.linalg.svd(centered, compute_uv=False)
    points = np.array([decoded(space["data"][0][axis]) for axis in "xyz"]).T
    assert np.square(points).sum() == pytest.approx(np.square(s[:3]).sum())
    assert f"keep {100 * np.square(s[:3]).sum() / np.square(s).sum():.0f} %" in texts(at)
    assert not re.search(r"<|&(?!lt;|gt;|amp;)", "".join(space["data"][0]["hovertext"]))
    assert len(space["data"][0]["hovertext"]) == len(words)
    next(b for b in at.button if "seeds" in b.label).click().run(timeout=120)
    some = figure(fine(at), "map_six_seeds")
    assert len(some["data"]) == 3
    places = [np.column_stack([decoded(d["x"]), decoded(d["y"])]) for d in some["data"]]
    shares = [percentages(a["text"])[0] for a in some["layout"]["annotations"]]
    assert shares == [pytest.approx(100 * right(V, p).mean(), abs=0.51) for p in places]
    assert not any(np.allclose(places[0], p) for p in places[1:]), "other seeds, other pictures"
    for button in [b for b in at.button if b.label.startswith("Close")]:
        button.click().run()
    assert len(fine(at).get("plotly_chart")) == 0


def decoded(values: Any) -> np.ndarray:
    """Numbers as Plotly sends them: a list, or base64 with a type."""
    if isinstance(values, dict):
        import base64

        return np.frombuffer(base64.b64decode(values["bdata"]), np.dtype(values["dtype"])).astype(float)
    return np.array(values, dtype=float)


def test_the_choices_survive_another_objective() -> None:
    at = open_app(MODELS["softmax"], "map", level="numbers")
    fine(at.radio(key="map_vectors").set_value("both").run())
    assert letter(at)["kind"] == "both"
    setting(at, "objective").set_value("hierarchical").run()  # its rows of U are no words
    assert letter(fine(at))["kind"] == "v"
    setting(at, "objective").set_value("softmax").run()
    assert letter(fine(at))["kind"] == "both"


def test_a_model_too_large_to_animate_and_more_words_than_are_drawn() -> None:
    text = " ".join(f"word{i}" for i in range(900))
    at = fine(open_app(Config(text, dim=300, epochs=1, objective="negative", negatives=2), "map"))
    assert "Of the 300 words drawn, “" in texts(at)  # of all words others are nearer, as the card says
    at = fine(open_app(Config(text, dim=3, epochs=1, objective="negative"), "map", word="word899"))
    run = latest_run(at)
    selected = run.corpus.vocabulary.ids["word899"]
    assert letter(at)["rows"][-1] == f"v{selected}"
    ids = [*range(300), *([selected] if selected >= 300 else [])]
    rows = rows_of(run, run.n_steps, "v")[ids]
    check_strip(at, run, rows, dots(at, rows))
    assert f"of the {len(ids)} words drawn" in texts(at)


# --- in a browser ---------------------------------------------------------------------------------------------


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    wait_idle(page, settle=0.6)


def on_the_map(page: Page) -> dict[str, Any]:
    return {f"{item['kind']} {item['word']}": item for item in ask(page, "p.positions()")}


@pytest.mark.browser
def test_lines_are_drawn_from_every_dot(page: Page, app_server: Server) -> None:
    config = Config(PRESETS["royal"].text, epochs=10)
    run = Run(config)
    visit(page, app_server, "/map", preset="royal", epochs=10, t=900, word="king")
    canvas = page.locator(".w2v-map-canvas")
    expect(canvas).to_have_attribute("data-lines", "0 solid, 0 dashed")
    page.get_by_text("Lines to true nearest").click()
    wait_idle(page)
    V = run.parameters(900).V
    points = np.array([[item["x"], item["y"]] for item in on_the_map(page).values()])
    agree = int(right(V, points).sum())
    assert 0 < agree < len(V)
    expect(canvas).to_have_attribute("data-lines", f"{agree} solid, {len(V) - agree} dashed", timeout=SLOW)
    press(page, "play")
    expect(canvas).to_have_attribute("data-lines", "0 solid, 0 dashed")
    press(page, "play")
    expect(canvas).not_to_have_attribute("data-lines", "0 solid, 0 dashed", timeout=SLOW)


@pytest.mark.browser
def test_pairs_of_words_stand_apart_along_their_axis_and_the_picture_moves_with_the_clock(
    page: Page, app_server: Server
) -> None:
    run = Run(Config(PRESETS["royal"].text, epochs=10))
    ids = run.corpus.vocabulary.ids
    visit(page, app_server, "/map", preset="royal", epochs=10, t=900, word="king")
    choose(page, "Picture", PAIRS)
    expect(page.locator(".w2v-caption")).to_have_text("Axes through pairs of words, at update 900.", timeout=SLOW)
    V = run.parameters(900).V
    there = on_the_map(page)
    king, queen = there["v king"], there["v queen"]
    assert king["x"] - queen["x"] == pytest.approx(np.linalg.norm(V[ids["king"]] - V[ids["queen"]]))
    assert king["y"] - queen["y"] == pytest.approx(0, abs=1e-9)
    assert king["y"] > there["v man"]["y"]
    press(page, "play")
    expect(player(page)).not_to_have_attribute("data-t", re.compile("^9"))
    assert on_the_map(page)["v king"] != king, "it moves while it plays"
    press(page, "play")
    wait_idle(page, settle=0.6)
    t = int(player(page).get_attribute("data-t") or 0)
    expect(page.locator(".w2v-caption")).to_contain_text(f"at update {t:,}.", timeout=SLOW)
    V, there = run.parameters(t).V, on_the_map(page)
    gap = np.linalg.norm(V[ids["king"]] - V[ids["queen"]])
    assert there["v king"]["x"] - there["v queen"]["x"] == pytest.approx(gap), "the axes follow"


@pytest.mark.browser
@pytest.mark.parametrize("objective", ["softmax", "negative", "hierarchical"])
def test_dots_arrows_and_tails_are_those_of_the_model(page: Page, app_server: Server, objective: str) -> None:
    config = Config(PRESETS["royal"].text, objective=objective, epochs=5)  # type: ignore[arg-type]
    run = Run(config)
    visit(page, app_server, "/map", preset="royal", objective=objective, epochs=5, t=400, word="king", level="numbers")
    choose(page, "Picture", MOMENT)
    page.get_by_role("button", name="Options").click()
    choose(page, "Tail of the selected word", "last 10 updates")
    page.keyboard.press("Escape")
    if objective != "hierarchical":
        page.get_by_test_id("stRadio").get_by_text("both", exact=True).click()
    wait_idle(page, settle=0.6)
    for t in (400, 401):
        rests_at(page, t)
        wait_idle(page, settle=0.6)
        expect(page.locator(".w2v-caption")).to_contain_text(f"at update {t}", timeout=SLOW)
        check_map(page, run, t)
        press(page, "forward")


def check_map(page: Page, run: Run, t: int) -> None:
    """Distances are those of the best plane; arrows and tails lie in that plane."""
    items = list(on_the_map(page).values())
    both = any(item["kind"] == "u" for item in items)
    assert both == (run.config.objective != "hierarchical")

    def rows(moment: int) -> np.ndarray:
        p = run.parameters(moment)
        return np.stack([(p.V if item["kind"] == "v" else p.U)[item["id"]] for item in items])

    now = rows(t)
    mean = now.mean(axis=0)
    axes = np.linalg.svd(now - mean, full_matrices=False)[2][:2]
    places = np.array([[item["x"], item["y"]] for item in items])
    np.testing.assert_allclose(places @ places.T, ((now - mean) @ axes.T) @ ((now - mean) @ axes.T).T, atol=1e-8)
    turn = np.linalg.lstsq((now - mean) @ axes.T, places, rcond=None)[0]
    moved = (rows(t + 1) - now) @ axes.T @ turn
    changed = (rows(t + 1) != now).any(axis=1)
    for item, by, did in zip(items, moved, changed):
        assert (item["move"] is not None) == bool(did)
        if did:
            assert item["move"] == pytest.approx(by, abs=1e-9)
    (king, place) = next((item, i) for i, item in enumerate(items) if item["word"] == "king" and item["kind"] == "v")
    assert len(king["tail"]) == 10
    for back, seen in enumerate(king["tail"][::-1], 1):
        assert seen == pytest.approx((rows(t - back)[place] - mean) @ axes.T @ turn, abs=1e-8)


@pytest.mark.browser
def test_everything_is_in_view_without_scrolling(new_page: Any, app_server: Server, subtests: pytest.Subtests) -> None:
    page = new_page(color_scheme="dark")
    visit(page, app_server, "/map", preset="royal", epochs=10, t=900, word="king")
    for width, height in ((1440, 900), (1024, 768)):
        with subtests.test(width=width):
            page.set_viewport_size({"width": width, "height": height})
            wait_idle(page)
            everything_is_in_view(page, height)


def everything_is_in_view(page: Page, height: int) -> None:
    for what in (
        page.get_by_text("Close together here"),
        page.locator(".w2v-map-canvas"),
        page.locator('[data-action="play"]'),
        page.get_by_text("“king” is nearest to"),
    ):
        box = what.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height, what
    canvas, whole = (page.locator(part).bounding_box() for part in (".w2v-map-canvas", ".w2v-player"))
    assert canvas is not None
    assert whole is not None
    assert canvas["width"] > 0.6 * whole["width"], "the main picture, beside the card of the word"


@pytest.mark.browser
def test_a_letter_to_the_map_changes_no_other_page(page: Page, app_server: Server) -> None:
    visit(page, app_server, "/map", preset="royal", epochs=5, t=300, word="king", level="numbers")
    choose(page, "Picture", PAIRS)
    page.get_by_test_id("stTopNavLink").filter(has_text="Start").click()
    wait_idle(page, settle=0.6)
    expect(page.locator(".w2v-caption")).to_contain_text("the same for the whole run (PCA)", timeout=SLOW)
    expect(page.locator('[data-kind="both"]')).to_be_visible()
