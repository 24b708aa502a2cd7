"""Variants: one part at a time, kept in the address, at the present moment."""

from streamlit.testing.v1 import AppTest

from tests.visitor import fine, texts, train_whole, visit
from w2v import PRESETS, Config, Run

ROYAL = Config(PRESETS["royal"].text, epochs=3)


def variants(config: Config = ROYAL, **query: str) -> AppTest:
    return fine(visit(config, "variants", **query))


def test_two_models_show_the_same_pair_and_what_it_moves() -> None:
    at = variants(t="137")
    run = Run(ROYAL)
    words = run.corpus.vocabulary.words
    example = run.step(137).traces[0].example
    said = texts(at)
    assert f"“{words[example.target]}” near “{words[example.inputs[0]]}”" in said
    assert f"{len(words)} of {len(words)} rows of U and 1 of {len(words)} rows of V move" in said
    at.selectbox(key="variants_right").set_value("Hierarchical softmax")
    fine(at.run())
    n = len(Run(Config(ROYAL.text, objective="hierarchical", epochs=1)).plan.objective.paths[example.target][0])
    assert f"{n} of {len(words) - 1} rows of U and 1 of {len(words)} rows of V move" in texts(at)


def test_passes_have_no_single_pair() -> None:
    at = train_whole(variants(Config(ROYAL.text, trainer="passes")))
    assert "no single pair" in texts(at)
