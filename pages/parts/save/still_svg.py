"""A still picture as SVG: sharp at every size, its words can be selected and searched for."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pages.drawing import colors
from pages.drawing.marks import outline
from pages.parts.save.still import SIZE, Mark, Still, Writing

_FONT = "Helvetica, Arial, 'Noto Sans', sans-serif"
_BASELINE = 0.35  # of the size of letters: how far below their middle they stand
_LIGHT = "3"  # px around a name


def still_svg(picture: Still) -> bytes:
    """Return the picture as SVG in UTF-8. It names nothing outside itself, and words stand in it as text alone."""
    width, height = map(str, SIZE)
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", width=width, height=height)
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "role": "img", "font-family": _FONT}
    SubElement(root, "title").text = picture.title
    SubElement(root, "rect", width=width, height=height, fill=colors.WHITE)
    left, top, right, bottom = picture.map
    frame = SubElement(root, "rect", x=str(left), y=str(top), width=str(right - left), height=str(bottom - top))
    frame.attrib |= {"fill": "none", "stroke": colors.BORDER}
    for mark in picture.marks:
        _draw(root, mark)
    for name in picture.names:
        light = {"stroke": colors.WHITE, "stroke-width": _LIGHT, "stroke-linejoin": "round", "paint-order": "stroke"}
        _write(root, name).attrib |= light
    for writing in picture.writings:
        _write(root, writing)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _write(root: Element, writing: Writing) -> Element:
    """A text as wide as it was measured, so that other fonts do not let it run over what stands beside it."""
    y = writing.y + _BASELINE * writing.size
    text = SubElement(root, "text", x=_number(writing.x), y=_number(y), fill=writing.color)
    text.attrib["font-size"] = str(writing.size)
    text.attrib |= {"textLength": _number(writing.width), "lengthAdjust": "spacingAndGlyphs"}
    text.text = writing.text
    return text


def _draw(root: Element, mark: Mark) -> None:
    corners = outline(mark.shape, mark.x, mark.y, mark.radius)
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    SubElement(root, "polygon", points=points, fill=mark.color, stroke=colors.WHITE)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
