"""The drawing of a BPMN file: boxes of elements, pools and lanes, and the points of flows."""

from lxml import etree

from .model import Box, Point
from .xml import BPMNDI, DC, DI

FARTHEST = 1_000_000.0  # beyond this a coordinate is a mistake or malice


def boxes_and_routes(root: etree._Element) -> tuple[dict[str, Box], dict[str, tuple[Point, ...]]]:
    """Where each id is drawn, and along which points; what has no sensible numbers is left out."""
    boxes: dict[str, Box] = {}
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        box = _box(shape, bounds) if bounds is not None else None
        if box:
            boxes.setdefault(_owner(shape), box)
    routes: dict[str, tuple[Point, ...]] = {}
    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = [_point(node) for node in edge.iterchildren(f"{{{DI}}}waypoint")]
        if len(points) > 1 and None not in points:
            routes.setdefault(_owner(edge), tuple(point for point in points if point))
    return boxes, routes


def _owner(node: etree._Element) -> str:
    return (node.get("bpmnElement") or "").rpartition(":")[2]


def _number(node: etree._Element, name: str) -> float | None:
    try:
        number = float(node.get(name, ""))
    except ValueError:
        return None
    return number if abs(number) < FARTHEST else None


def _point(node: etree._Element) -> Point | None:
    x, y = _number(node, "x"), _number(node, "y")
    return None if x is None or y is None else (x, y)


def _box(shape: etree._Element, bounds: etree._Element) -> Box | None:
    numbers = [_number(bounds, name) for name in ("x", "y", "width", "height")]
    x, y, width, height = (number if number is not None else -1.0 for number in numbers)
    if None in numbers or width < 0 or height < 0:
        return None
    return Box(
        x,
        y,
        width,
        height,
        upright=shape.get("isHorizontal") == "false",
        expanded=shape.get("isExpanded") != "false",
    )
