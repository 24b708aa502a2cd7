"""The settings of a run as widgets. Each is tied to one field of Config and takes effect at once.

Which of them there are follows from the Config that is handed in; what they hold is the session's, see `bound_to`.
"""

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from pages.drawing.objective_words import words_of
from pages.session import allowed, choosing, defaults, own_text
from w2v.config import LIMITS, Config
from w2v.moments import Unit
from w2v.objectives import OBJECTIVES
from w2v.whole.trainers import trainer_of

ARCHITECTURES = {
    "skip-gram": "center \u2192 context (skip-gram)",
    "cbow": "context \u2192 center (CBOW)",
}
BATCHINGS = {
    "pair": "one example",
    "window": "one window",
    "minibatch": "a minibatch of examples",
    "full": "the whole text",
}
MENU = "settings_menu"
REDUCTIONS = {"mean": "averaged", "sum": "added"}


def _objective(names: Collection[str]) -> None:
    st.selectbox(
        "What it asks about (objective)",
        names,
        format_func=lambda name: words_of(OBJECTIVES[name]).to_choose(OBJECTIVES[name]),
        help=" ".join([f"{OBJECTIVES[name].title.capitalize()}: {OBJECTIVES[name].idea}." for name in names]),
        **choosing.bound_to("objective"),
    )


def _integer(name: str, label: str, help_text: str) -> None:
    low, high = LIMITS[name]
    st.number_input(label, int(low), int(high), step=1, help=help_text, **choosing.bound_to(name))


def _case_settings() -> None:
    """Which letters are one."""
    st.toggle("Fold upper and lower case", **choosing.bound_to("lowercase"))
    st.toggle(
        "Fold case as Turkish does",
        help="I is the capital of \u0131, and \u0130 that of i.",
        **choosing.bound_to("turkish"),
    )


def _reading_settings() -> None:
    """How the text is read."""
    _case_settings()
    st.toggle(
        "Emoji and #tags are words",
        help="Else emoji are left out, and #tags and @names are read without their first mark.",
        **choosing.bound_to("emoji"),
    )
    st.toggle("Already cut into words: blanks part words, lines part sentences", **choosing.bound_to("pretokenized"))
    st.toggle("The text is training pairs, in|out", **choosing.bound_to("pairs"))


def _window_and_count() -> None:
    """How wide the window is, and which words take part."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _integer("window", "Window (words to each side)", "How far from the center a word still counts as context.")
    with right:
        _integer("min_count", "Minimum count", "Words that occur less often are left out; windows reach across them.")


def _pair_settings() -> None:
    """What there is to choose of training pairs."""
    st.text("The text is training pairs: they have no windows, and say by themselves what predicts what.")
    _integer("min_count", "Minimum count", "Words that occur less often are left out of their pairs.")
    _case_settings()
    st.toggle("The text is training pairs, in|out", **choosing.bound_to("pairs"))


def window_settings(config: Config) -> None:
    """Window, architecture, and which words take part: all that decides the examples."""
    if config.pairs:
        _pair_settings()
        return
    st.selectbox(
        "What predicts what (model)",
        ARCHITECTURES,
        format_func=ARCHITECTURES.__getitem__,
        **choosing.bound_to("architecture"),
    )
    _window_and_count()
    with st.expander("More about words and windows"):
        _reading_settings()
        st.toggle(
            "Dynamic windows",
            help="Draw the size of each window from 1 up to the window above, so that near words count more often.",
            **choosing.bound_to("dynamic_window"),
        )
        st.number_input(
            "Subsampling threshold (0: off)",
            0.0,
            1.0,
            step=0.001,
            format="%.4f",
            help="Drop occurrences of words that are more frequent than this share of the text, at random.",
            **choosing.bound_to("subsample"),
        )
        st.selectbox(
            "Subsampling formula",
            ("word2vec.c", "paper"),
            help="As the program word2vec.c drops frequent words, or as its paper says, which drops more of them: "
            "a word of frequency f is kept with probability sqrt(t/f).",
            **choosing.bound_to("subsample_formula"),
        )


def training_settings(config: Config) -> None:
    """Everything that decides how the examples are learned."""
    _objective(OBJECTIVES)
    left, right = st.columns(2)
    with left:
        _integer(
            "dim",
            "Vector size (dimensions)",
            "How many numbers one vector has. With 2, the map shows the vectors exactly.",
        )
        _integer("epochs", "Readings (epochs)", "How many times training goes through the text.")
    with right:
        st.number_input(
            "Step size (learning rate)",
            *LIMITS["learning_rate"],
            step=0.05,
            format="%.4g",
            help="How far each update moves against its gradient, downhill.",
            **choosing.bound_to("learning_rate"),
        )
        _integer("seed", "Chance (seed)", "Everything random is drawn from it: the same seed gives the same run.")
    st.toggle("Let the rate fall to 0 over the run", **choosing.bound_to("decay"))
    st.selectbox(
        "One update learns from", BATCHINGS, format_func=BATCHINGS.__getitem__, **choosing.bound_to("batching")
    )
    if config.batching != "pair":
        _grouped_settings(config)
    _settings_of_objective(config)
    st.toggle(
        "One vector per word",
        help="Without it a word has two, one to guess with and one to be guessed by. With one for both it fits itself "
        "best, though words rarely stand beside themselves.",
        **choosing.bound_to("one_vector"),
    )
    st.number_input(
        "Size of the first vectors",
        *LIMITS["init_scale"],
        step=0.1,
        format="%.3g",
        help="Their entries are drawn evenly between minus and plus this number.",
        **choosing.bound_to("init_scale"),
    )


def _settings_of_objective(config: Config) -> None:
    """What only the present objective takes."""
    if "negatives" not in OBJECTIVES[config.objective].settings:
        return
    _integer("negatives", "Negative words per example (k)", "How many words are drawn from the noise each time.")
    st.number_input(
        "Noise: counts to the power of",
        *LIMITS["noise_power"],
        step=0.25,
        help="Negative words are drawn in proportion to count to this power; the paper found 0.75.",
        **choosing.bound_to("noise_power"),
    )


def _grouped_settings(config: Config) -> None:
    left, right = st.columns(2)
    with left:
        st.selectbox(
            "Gradients of a group are",
            REDUCTIONS,
            format_func=REDUCTIONS.__getitem__,
            help="Added up over a large group, the usual rate is far too large.",
            **choosing.bound_to("reduction"),
        )
    with right:
        if config.batching == "minibatch":
            _integer("batch_size", "Examples in a minibatch", "How many examples one update learns from.")


def whole_settings(config: Config) -> None:
    """What decides how a whole text is trained."""
    _objective([name for name, objective in OBJECTIVES.items() if objective.has_passes])
    left, right = st.columns(2)
    with left:
        _integer("dim", "Vector size (dimensions)", "How many numbers one vector has.")
    with right:
        _integer("seed", "Chance (seed)", "Everything random is drawn from it: the same seed gives the same run.")
    if config.pairs:
        _pair_settings()
    else:
        _window_and_count()
        _reading_settings()
    _settings_of_objective(config)
    if not OBJECTIVES[config.objective].on_schedule:
        st.toggle(
            "Hold the vectors back",
            help="Keeps them near the guess by word frequency unless the text insists; off, the text is learned by "
            "heart.",
            **choosing.bound_to("hold_back"),
        )
    st.button("Back to a short text, one update at a time", on_click=choosing.back_to_steps)


def own_text_button(place: str) -> None:
    """The way back from a preset to the visitor's own text, where there is one."""
    if own_text.has_own_text_aside():
        back = own_text.back_to_own_text
        st.button("Back to your own text", key=f"own_text_{place}", icon=":material/undo:", on_click=back)


def _settings_by_updates(config: Config) -> None:
    window_settings(config)
    training_settings(config)


SETTINGS: Mapping[Unit, Callable[[Config], None]] = {"update": _settings_by_updates, "pass": whole_settings}


def settings_button(config: Config) -> None:
    """All settings of this Config behind one button, unless the visitor's link hides them; made when it is opened."""
    if allowed.hides("settings"):
        return
    menu = st.popover("Settings", icon=":material/tune:", on_change="rerun", key=MENU)
    with menu, st.container(key="settings"):
        if menu.open:
            _all_settings(config)
        else:
            st.caption("They are on their way.")  # is seen for a moment, and the page makes room at once


def _all_settings(config: Config) -> None:
    own_text_button("settings")
    SETTINGS[trainer_of(config).unit](config)
    back = defaults.go_back
    st.button("Back to the defaults", icon=":material/restart_alt:", on_click=back, disabled=defaults.are_there())
