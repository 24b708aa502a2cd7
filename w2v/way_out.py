"""What will not do, and what would: pages say it in words of their controls, the command line by its options."""

Setting = tuple[str, str | int | float]
"""A name and a value, as ("min_count", 2)."""


class WayOut(ValueError):
    """A ValueError with a way out.

    problem  : what is wrong, a sentence without its full stop
    way      : what to do about it, in words
    settings : the same as settings, each of which would do
    """

    def __init__(self, problem: str, way: str, *settings: Setting) -> None:
        super().__init__(f"{problem}: {way}.")
        self.problem, self.way, self.settings = problem, way, settings

    def __reduce__(self) -> tuple[type["WayOut"], tuple[str | Setting, ...]]:
        return type(self), (self.problem, self.way, *self.settings)  # so that it comes over from other processes


def no_pairs(min_count: int, subsample: float, are_pairs: bool) -> WayOut:
    """Return what to say of a text from which no update can be made, cut with this minimum count and subsampling.

    are_pairs : whether it is training pairs, of which none are left when the minimum count has taken a side of each
    """
    if are_pairs:
        problem = f"With a minimum count of {min_count} no pair has a word left on both of its sides"
        return WayOut(problem, "lower it", ("min_count", 1))
    ways: dict[Setting, str] = {}
    if min_count > 1:
        ways["min_count", 1] = "lower the minimum count"
    if subsample > 0:
        ways["subsample", 0] = "lower the subsampling"
    way = ", or ".join(["put some words on one line", *ways.values()])
    return WayOut("No two words of this text stand in one sentence", way, *ways)
