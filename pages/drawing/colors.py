"""Every color of the pictures that Python draws, in one place; the player's are in components/kit/theme.js."""

Rgb = tuple[int, int, int]

DOT, DARK_DOT = "#0072B2", "#56B4E9"  # the color of V, in light and dark
INK, DARK_INK = "#0E1720", "#EEF2F6"  # names and titles
CONTEXT, DARK_CONTEXT = "#D55E00", "#E69F00"  # the color of U
PUSHED, DARK_PUSHED = "#5F6B78", "#9AA6B4"  # words of which a model says too much
DRAWN, DARK_DRAWN = "#A24A7E", "#CC79A7"  # what was drawn to be wrong
ON_COLOR, ON_DARK_COLOR = "#FFFFFF", "#0B1118"  # marks on squares of these colors
AXIS = "#8A949E"
SHADE = "rgba(128,144,160,0.12)"  # behind a map, in light and dark
WHITE, MUTED, GRID, BORDER = "#FFFFFF", "#54606C", "#E8EBEF", "#C3CBD4"
GROUPS = ("#0072B2", "#D55E00", "#009E73", "#A8447F", "#8A6D00", "#5A6470", "#3E9BD0", "#7A3B00")  # on white
QUIET, DARK_QUIET = "#D9DEE4", "#39424E"  # a square in which nothing happens
LATER = "#BEC5CD"  # of a curve what is still to come


def rgb(color: str) -> Rgb:
    """Return red, green and blue of "#RRGGBB", each from 0 to 255."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue


def clear(color: str) -> str:
    """Return the same color as one can see nothing of it, for the end of a color scale."""
    return f"rgba{(*rgb(color), 0)}".replace(" ", "")
