"""A drawing made to stand alone: only shapes and words are left, their colours written out.

What comes from a browser is not to be trusted: elements and attributes that are not named here are left out, and
with them scripts, styles, links, and everything that would be fetched from somewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from kinflow.kit.problem import Invalid

from .paper import PAPER

SVG = "http://www.w3.org/2000/svg"
MOST_BYTES = 8_000_000
MOST_NODES = 80_000
LONGEST_SIDE = 40_000.0
TITLE = 40.0
EDGE = 16.0
FONT = "Inter, system-ui, 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif"

_SHAPES = frozenset(
    {"svg", "g", "a", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
)
_PLACES = frozenset(
    {
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "dx",
        "dy",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "d",
        "points",
    }
)
_LOOKS = frozenset(
    {
        "fill",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linejoin",
        "stroke-linecap",
        "stroke-dasharray",
        "opacity",
        "paint-order",
        "font-size",
        "font-weight",
        "text-anchor",
        "dominant-baseline",
    }
)
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_VARIABLE = re.compile(r"var\(\s*--([\w-]+)[^)]*\)")


@dataclass(frozen=True)
class Standing:
    """A drawing that stands alone, and its size in pixels."""

    root: etree._Element
    width: float
    height: float

    def text(self) -> str:
        """The drawing as an SVG file."""
        return etree.tostring(self.root, encoding="unicode")


def standing(svg: str, title: str = "", note: str = "") -> Standing:
    """The drawing by itself on white, below its title and a small note. Raises Invalid for what is no drawing."""
    given = _parsed(svg)
    left, top, width, height = _extent(given)
    head = TITLE if title else 0.0
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})  # type: ignore[dict-item]  # the stubs do not know None
    wide = max(width, 320.0 if title else 1.0)
    box = (left, top - head, wide, height + head)
    root.set("viewBox", " ".join(f"{each:g}" for each in box))
    root.set("width", f"{wide:g}")
    root.set("height", f"{height + head:g}")
    root.set("font-family", FONT)
    paper = {"x": f"{box[0]:g}", "y": f"{box[1]:g}", "width": f"{wide:g}", "height": f"{box[3]:g}"}
    etree.SubElement(root, f"{{{SVG}}}rect", {**paper, "fill": PAPER["surface"]})
    if title:
        _say(root, title, left + EDGE, top - 16, size="15", weight="600", fill=PAPER["ink"])
    if note:
        _say(root, note, left + EDGE, top - 1, size="11", weight="400", fill=PAPER["ink-3"])
    _copy(given, root)
    return Standing(root, wide, height + head)


def _say(
    parent: etree._Element, words: str, x: float, y: float, *, size: str, weight: str, fill: str
) -> None:
    looks = {"x": f"{x:g}", "y": f"{y:g}", "font-size": size, "font-weight": weight, "fill": fill}
    node = etree.SubElement(parent, f"{{{SVG}}}text", looks)
    node.text = _clean(words)


def _clean(words: str) -> str:
    """Words without what XML cannot hold."""
    return "".join(char for char in words if char.isprintable())


def _parsed(svg: str) -> etree._Element:
    content = _NO_XML.sub("", svg).encode(errors="replace")
    if len(content) > MOST_BYTES:
        raise Invalid(_("The picture is too large for a file."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Invalid(_("This is no picture.")) from error
    if root is None or root.tag != f"{{{SVG}}}svg" or root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Invalid(_("This is no picture."))
    if sum(1 for _node in root.iter()) > MOST_NODES:
        raise Invalid(_("The picture is too large for a file."))
    return root


def _extent(root: etree._Element) -> tuple[float, float, float, float]:
    """Left, top, width and height."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    numbers = box if len(box) == 4 else ["0", "0", root.get("width", ""), root.get("height", "")]
    try:
        left, top, width, height = (float(each.removesuffix("px")) for each in numbers)
    except ValueError as error:
        raise Invalid(_("This is no picture.")) from error
    if not (
        0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and abs(left) + abs(top) < 2 * LONGEST_SIDE
    ):
        raise Invalid(_("The picture is too large for a file."))
    return left, top, width, height


def _copy(given: etree._Element, into: etree._Element) -> None:
    """The shapes within, one after another; depth does not matter."""
    waiting = [(given, into)]
    while waiting:
        source, target = waiting.pop()
        for node in source:
            kind = etree.QName(node).localname if isinstance(node.tag, str) else ""
            if kind not in _SHAPES or not str(node.tag).startswith(f"{{{SVG}}}"):
                continue
            copy = etree.SubElement(
                target, f"{{{SVG}}}{'g' if kind in ('a', 'svg') else kind}", _attributes(node)
            )
            if kind in ("text", "tspan"):
                copy.text, copy.tail = node.text, node.tail if kind == "tspan" else None
            waiting.append((node, copy))


def _attributes(node: etree._Element) -> dict[str, str]:
    found = {name: value for name, value in _own(node).items() if "url(" not in value}
    return {name: _colour(value) if name in ("fill", "stroke") else value for name, value in found.items()}


def _own(node: etree._Element) -> Mapping[str, str]:
    """What the node says of its place and looks; its style before its attributes."""
    kept = {
        str(name): str(value)
        for name, value in node.attrib.items()
        if name in _PLACES or name in _LOOKS or name == "transform"
    }
    for declaration in node.get("style", "").split(";"):
        name, _colon, value = declaration.partition(":")
        if name.strip() in _LOOKS and value.strip() and "url(" not in value:
            kept[name.strip()] = value.strip()
    return kept


def _colour(value: str) -> str:
    told = _VARIABLE.sub(lambda found: PAPER.get(found[1], PAPER["ink"]), value)
    return PAPER["ink"] if told == "currentColor" else told
