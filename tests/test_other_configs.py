"""Another Config in an address: read back as it was, with its text or by the mark of a text that is known."""

from dataclasses import replace

import pytest

from pages.session.other_configs import UnknownText, address_of, config_of, is_followed_elsewhere, said_of
from w2v import PRESETS, Config

ROYAL = Config(PRESETS["royal"].text)
OWN = Config("tea ~ and milk. \N{SNOWMAN} tea&milk?", dim=3, decay=False, learning_rate=1e-5, trainer="passes")
PAIRS = Config("tea^milk|cup,cup|tea", pairs=True, epochs=2)
ROOM = 2_000


@pytest.mark.parametrize("config", [ROYAL, replace(ROYAL, seed=9), OWN, PAIRS], ids=["royal", "seed", "own", "pairs"])
def test_what_an_address_says_is_read_back(config: Config) -> None:
    assert config_of(said_of(config), [config.text]) == config
    assert config_of(address_of(config, ROYAL, ROOM), []) == config, "whoever gets the link has no text but the present"
    assert is_followed_elsewhere(address_of(config, ROYAL, ROOM), ROYAL)
    of_present = address_of(replace(config, dim=5), config, ROOM)
    assert config_of(of_present, [config.text]) == replace(config, dim=5)
    assert len(of_present) < 120, "the present text is in the address already"


def test_a_text_that_does_not_fit_is_known_by_its_mark_only() -> None:
    for text in ("tea and milk", "x" * 100_000):
        said = address_of(replace(OWN, text=text), ROYAL, room=10)
        assert not is_followed_elsewhere(said, ROYAL)
        assert config_of(said, [ROYAL.text, text]).text == text
        with pytest.raises(UnknownText, match="Its text is not in this link"):
            config_of(said, [ROYAL.text])


@pytest.mark.parametrize(
    "said", ["", "run", "dim~2", "run~dim", "run~preset~x", "run~text~%%%", "run~preset~royal~dim~0"]
)
def test_what_is_no_config_is_said_in_one_sentence(said: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$|^dim must be .*\.$"):
        config_of(said, [])
