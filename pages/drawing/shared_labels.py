"""Points on one spot share one name: "man \N{MIDDLE DOT} woman". The rule of components/kit/shared_labels.js."""

from collections.abc import Sequence

from w2v.arrays import Floats

JOIN, PART = 9.0, 14.0  # px between points that come to share a name, and at which they no longer do
MOST = 3  # words in one name
MARGIN = 16.0  # px between two of them, for the dot there


def share_names(points: Floats, widths: Sequence[float], widest: float, before: Sequence[int] = ()) -> list[int]:
    """Return for each point the number of the one in whose name its word stands: its own for most.

    points : (n, 2) in px, the most important first;  widths : of the n words;  widest : of a name with several
    before : what was returned for the picture before, so that no name comes and goes with every pixel
    """
    hosts: list[int] = []
    host_of, wide, several = list(range(len(widths))), list(widths), [1] * len(widths)
    places = points.tolist()
    for i, (x, y) in enumerate(places[: len(widths)]):
        for host in hosts:
            if several[host] >= MOST or wide[host] + MARGIN + widths[i] > widest:
                continue
            far = PART if before and before[i] == host else JOIN
            if (places[host][0] - x) ** 2 + (places[host][1] - y) ** 2 < far * far:
                host_of[i] = host
                wide[host] += MARGIN + widths[i]
                several[host] += 1
                break
        else:
            hosts.append(i)
    return host_of


def members(host_of: Sequence[int]) -> dict[int, list[int]]:
    """Return for each point with a name of its own the numbers of the words in it, from left to right."""
    found: dict[int, list[int]] = {}
    for i, host in enumerate(host_of):
        found.setdefault(host, []).append(i)
    return found


def starts(widths: Sequence[float]) -> list[float]:
    """Return where each word of a name begins, from its left end; and last, where the name ends."""
    found = [0.0]
    for width in widths:
        found.append(found[-1] + width + MARGIN)
    found[-1] -= MARGIN
    return found
