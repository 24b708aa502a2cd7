"""What is wrong with a file or a setting, in a sentence that names the option which mends it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from w2v.way_out import Setting, WayOut

_IN_FULL: Mapping[Setting, str] = {("trainer", "passes"): "--whole", ("trainer", "steps"): "--steps"}


def in_options(problem: ValueError, options: Mapping[str, str] | None = None) -> str:
    """Return the sentence with its way out as options.

    options : names of those that are not called as the setting is, as {"encoding": "--vectors-encoding"}
    """
    if not isinstance(problem, WayOut) or not problem.settings:
        return str(problem)
    values: dict[str, list[str]] = {}
    for setting in problem.settings:
        values.setdefault(_option(setting, options or {}), []).extend([] if setting in _IN_FULL else [str(setting[1])])
    ways = [" ".join([option, _listed(given)]).rstrip() for option, given in values.items()]
    return f"{problem.problem}: try {_listed(ways, ', or ')}."


@contextmanager
def about(name: str, **options: str) -> Iterator[None]:
    """Let what is wrong with a file begin with its name, and name the options; those are as in `in_options`."""
    try:
        yield
    except ValueError as problem:
        raise ValueError(f"{name}: {in_options(problem, options)}") from None


def _option(setting: Setting, options: Mapping[str, str]) -> str:
    name = setting[0]
    return _IN_FULL.get(setting) or options.get(name) or f"--{name.replace('_', '-')}"


def _listed(parts: list[str], last: str = " or ") -> str:
    return f"{', '.join(parts[:-1])}{last}{parts[-1]}" if len(parts) > 1 else "".join(parts)
