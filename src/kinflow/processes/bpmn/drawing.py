"""A laid out model as SVG: readable without scripts, coloured by the page's tokens, its elements named for
screen readers.
"""

import math
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from .ink import inked
from .model import ACTIVITIES, EVENTS, GATEWAYS, SUBPROCESSES, Box, Element, Flow, Model, Point
from .symbols import EVENT_SIGNS, TASK_SIGNS, gateway_sign
from .wrapping import wrapped

MARGIN = 16.0
TIP = 8.0
HANDOVER = "bpmn-handover"
_BOXES = re.compile(r'(<\w+ class="bpmn-box)')


def drawn(
    model: Model,
    *,
    label: str,
    marks: Mapping[str, str] | None = None,
    figures: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
) -> str:
    """The picture. `marks` gives elements and flows a further class, `figures` a small number under their name or
    beside them, `links` an address.
    """
    left, top, width, height = _extent(model)
    pen = _Pen(model, marks or {}, figures or {}, links or {})
    body = "".join(pen.everything())
    return (
        f'<svg class="bpmn" role="group" aria-label={quoteattr(label)} viewBox="{left:g} {top:g} {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">'
        f"{inked(body)}</svg>"
    )


def _extent(model: Model) -> tuple[float, float, float, float]:
    below = {
        e.id for e in model.elements if e.name and e.kind in EVENTS | GATEWAYS
    }  # their names stand below
    xs = [x for box in model.boxes.values() for x in (box.x, box.right)]
    xs += [box.centre[0] + aside for key, box in model.boxes.items() if key in below for aside in (-42, 42)]
    ys = [y for box in model.boxes.values() for y in (box.y, box.bottom)]
    xs += [x for route in model.routes.values() for x, _ in route]
    ys += [y for route in model.routes.values() for _, y in route]
    if not xs:
        return 0, 0, 10, 10
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    return left, top, max(xs) + MARGIN - left, max(ys) + MARGIN + 14 - top


class _Pen:
    def __init__(
        self, model: Model, marks: Mapping[str, str], figures: Mapping[str, str], links: Mapping[str, str]
    ) -> None:
        self.model, self.marks, self.figures, self.links = model, marks, figures, links
        self.deepest_first = sorted(
            model.elements, key=lambda e: (e.kind not in SUBPROCESSES, e.kind == "boundaryEvent")
        )

    def everything(self) -> list[str]:
        boxes = self.model.boxes
        names = {pool.id: pool.name for pool in self.model.participants}
        names |= {lane.id: lane.name for lane in self.model.lanes}
        parts = [self._pool(boxes[key], name) for key, name in names.items() if key in boxes]
        larger = [e for e in self.deepest_first if e.kind in SUBPROCESSES and e.id in boxes]
        larger.sort(key=lambda e: -boxes[e.id].width * boxes[e.id].height)
        parts += [self._element(element, boxes[element.id]) for element in larger]
        parts += [
            self._flow(flow, self.model.routes[flow.id])
            for flow in self.model.flows
            if flow.id in self.model.routes
        ]
        parts += [
            self._element(element, boxes[element.id])
            for element in self.deepest_first
            if element.kind not in SUBPROCESSES and element.id in boxes
        ]
        return parts

    def _pool(self, box: Box, name: str) -> str:
        frame = f'<rect class="bpmn-pool" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"/>'
        room = box.width if box.upright else box.height
        lines = wrapped(name, room - 12, 1)
        title = escape(lines[0]) if lines else ""
        if box.upright:
            return f'<g>{frame}<text class="bpmn-band" x="{box.centre[0]:g}" y="{box.y + 19:g}">{title}</text></g>'
        x, y = box.x + 19, box.centre[1]
        band = f'<path class="bpmn-border" d="M{box.x + 30:g} {box.y:g}V{box.bottom:g}"/>'
        turn = f'transform="rotate(-90 {x:g} {y:g})"'
        return f'<g>{frame}{band}<text class="bpmn-band" x="{x:g}" y="{y:g}" {turn}>{title}</text></g>'

    def _element(self, element: Element, box: Box) -> str:
        inner = f"<title>{escape(element.name or element.kind)}</title>"
        if element.kind in ACTIVITIES:
            inner += self._activity(element, box)
        elif element.kind in EVENTS:
            inner += _event(element, box) + _below(element.name, box)
        elif element.kind in GATEWAYS:
            inner += _gateway(element, box) + _below(element.name, box)
        else:
            inner += _beside(element, box)
        if mark := self.marks.get(element.id):
            inner = _BOXES.sub(rf"\1 {mark}", inner)
        shape = f'<g class="bpmn-{element.kind}" data-element={quoteattr(element.id)}>{inner}</g>'
        link = self.links.get(element.id)
        return f"<a href={quoteattr(link)}>{shape}</a>" if link else shape

    def _activity(self, element: Element, box: Box) -> str:
        heavy = " bpmn-call" if element.kind == "callActivity" else " bpmn-begun" if element.by_event else ""
        parts = [
            f'<rect class="bpmn-box{heavy}" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}"'
            f' height="{box.height:g}" rx="8"/>'
        ]
        has_content = element.kind in SUBPROCESSES and box.expanded and box.height > 90
        figure = self.figures.get(element.id, "")
        lines = wrapped(element.name, box.width - 14, 1 if has_content else 3 - bool(figure))
        middle = box.y + 18 if has_content else box.centre[1] + 4
        middle -= 0 if has_content else 7 * (len(lines) - 1 + bool(figure))
        for index, line in enumerate(lines):
            parts.append(
                f'<text class="bpmn-text" x="{box.centre[0]:g}" y="{middle + 14 * index:g}">{escape(line)}</text>'
            )
        if figure:
            y = middle + 14 * len(lines) + 1
            parts.append(f'<text class="bpmn-figure" x="{box.centre[0]:g}" y="{y:g}">{escape(figure)}</text>')
        if sign := TASK_SIGNS.get(element.kind):
            parts.append(
                f'<path class="bpmn-sign" transform="translate({box.x + 5:g} {box.y + 5:g})" d="{sign}"/>'
            )
        if element.kind in SUBPROCESSES and not box.expanded:
            x, y = box.centre[0], box.bottom - 13
            parts.append(
                f'<path class="bpmn-sign" d="M{x - 6:g} {y - 6:g}h12v12h-12z'
                f'M{x:g} {y - 4:g}v8M{x - 4:g} {y:g}h8"/>'
            )
        if element.for_compensation:
            x, y = box.centre[0] - 16, box.bottom - 8
            parts.append(
                f'<path class="bpmn-sign" transform="translate({x:g} {y:g})" d="M0 -4v8l-5 -4zM5 -4v8l-5 -4z"/>'
            )
        if element.repeats:
            x, y = box.centre[0] + (16 if element.kind in SUBPROCESSES else 0), box.bottom - 8
            sign = {"parallel": "M-3 -4v8M0 -4v8M3 -4v8", "sequential": "M-4 -3h8M-4 0h8M-4 3h8"}.get(
                element.repeats, "M3 3A4 4 0 1 0 -1 4M-1 4l-2 -1M-1 4l-1 -3"
            )
            parts.append(f'<path class="bpmn-sign" transform="translate({x:g} {y:g})" d="{sign}"/>')
        return "".join(parts)

    def _flow(self, flow: Flow, route: tuple[Point, ...]) -> str:
        path = "M" + "L".join(f"{x:g} {y:g}" for x, y in route)
        mark = self.marks.get(flow.id, "")
        line = "bpmn-flow" if flow.kind == "sequenceFlow" else "bpmn-flow bpmn-dashed"
        tip = {"sequenceFlow": "bpmn-tip", "messageFlow": "bpmn-open-tip"}.get(flow.kind, "")
        end = _tip(route, f"{mark}-tip" if tip and mark else tip) if tip else ""
        text = self._named(flow, route) + _counted(self.figures.get(flow.id, ""), route)
        condition = f"<title>{escape(flow.condition)}</title>" if flow.condition else ""
        return (
            f'<g class="bpmn-{flow.kind}">{condition}<path class="{line} {mark}" d="{path}"/>{end}{text}</g>'
        )

    def _named(self, flow: Flow, route: tuple[Point, ...]) -> str:
        return _said(flow.name, self._parted(flow, route)) if flow.name else ""

    def _parted(self, flow: Flow, route: tuple[Point, ...]) -> tuple[Point, ...]:
        """A route from where it has left those that begin at the same place, so that names are told apart."""
        others = [
            self.model.routes.get(f.id, ()) for f in self.model.flows if f.source == flow.source and f != flow
        ]
        corners = [other[1][0] for other in others if len(other) > 2 and other[0] == route[0]]
        if not corners or len(route) == 1:
            return route
        if len(route) > 2:
            return route[1:]
        (_, y), (end, _) = route
        return (min(max(corners), end), y), route[1]


def _tip(route: tuple[Point, ...], look: str) -> str:
    """The head of an arrow where the route ends."""
    x, y = route[-1]
    from_x, from_y = next(((a, b) for a, b in route[-2::-1] if (a, b) != (x, y)), (x - 1, y))
    far = math.hypot(x - from_x, y - from_y)
    along, aside = (x - from_x) / far * TIP, (y - from_y) / far * TIP
    back_x, back_y = x - along, y - aside
    left, right = (back_x - aside / 2, back_y + along / 2), (back_x + aside / 2, back_y - along / 2)
    return f'<path class="{look}" d="M{x:g} {y:g}L{left[0]:g} {left[1]:g}L{right[0]:g} {right[1]:g}z"/>'


def _longest(route: tuple[Point, ...]) -> tuple[Point, Point]:
    return max(zip(route, route[1:], strict=False), key=lambda ends: abs(ends[0][0] - ends[1][0]))


def _said(name: str, route: tuple[Point, ...]) -> str:
    """The name of a flow, above its longest level part."""
    (x1, y1), (x2, y2) = _longest(route)
    line = wrapped(name, 150, 1)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2 - 5
    return f'<text class="bpmn-name" x="{x:g}" y="{y:g}">{escape(line[0]) if line else ""}</text>'


def _counted(figure: str, route: tuple[Point, ...]) -> str:
    """How often a flow was taken, beside its longest upright part, or above where it ends."""
    if not figure:
        return ""
    (x1, y1), (x2, y2) = max(
        zip(route, route[1:], strict=False), key=lambda ends: abs(ends[0][1] - ends[1][1])
    )
    x, y = (x1 + 4, (y1 + y2) / 2 + 4) if y1 != y2 else (x2 - 30, y2 - 5)
    return f'<text class="bpmn-count" x="{x:g}" y="{y:g}">{escape(figure)}</text>'


def _below(name: str, box: Box) -> str:
    return "".join(
        f'<text class="bpmn-name" x="{box.centre[0]:g}" y="{box.bottom + 13 + 13 * index:g}">{escape(line)}</text>'
        for index, line in enumerate(wrapped(name, 110, 2))
    )


def _event(element: Element, box: Box) -> str:
    x, y = box.centre
    radius = min(box.width, box.height) / 2
    dashed = "" if element.interrupts else " bpmn-dashed"
    heavy = " bpmn-call" if element.kind == "endEvent" else ""
    ring = f'<circle class="bpmn-box{heavy}{dashed}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'
    if element.kind not in ("startEvent", "endEvent"):
        ring += f'<circle class="bpmn-line{dashed}" cx="{x:g}" cy="{y:g}" r="{max(radius - 3, 1):g}"/>'
    sign = EVENT_SIGNS.get(element.event)
    if not sign:
        return ring
    filled = " bpmn-filled" if element.kind in ("endEvent", "intermediateThrowEvent") else ""
    return ring + f'<path class="bpmn-sign{filled}" transform="translate({x:g} {y:g})" d="{sign}"/>'


def _gateway(element: Element, box: Box) -> str:
    x, y = box.centre
    diamond = f"M{x:g} {box.y:g}L{box.right:g} {y:g}L{x:g} {box.bottom:g}L{box.x:g} {y:g}z"
    sign = gateway_sign(element.kind)
    return (
        f'<path class="bpmn-box" d="{diamond}"/>'
        f'<path class="bpmn-sign bpmn-strong" transform="translate({x:g} {y:g})" d="{sign}"/>'
    )


def _beside(element: Element, box: Box) -> str:
    if element.kind == "group":
        frame = (
            f'<rect class="bpmn-group" x="{box.x:g}" y="{box.y:g}" width="{box.width:g}"'
            f' height="{box.height:g}" rx="8"/>'
        )
        return (
            frame
            + f'<text class="bpmn-name" x="{box.centre[0]:g}" y="{box.y - 4:g}">{escape(element.name)}</text>'
        )
    if element.kind == "textAnnotation":
        bracket = f'<path class="bpmn-line" d="M{box.x + 12:g} {box.y:g}H{box.x:g}V{box.bottom:g}h12"/>'
        lines = wrapped(element.name, box.width - 12, max(int(box.height // 14), 1))
        return bracket + "".join(
            f'<text class="bpmn-left" x="{box.x + 7:g}" y="{box.y + 14 + 14 * index:g}">{escape(line)}</text>'
            for index, line in enumerate(lines)
        )
    if element.kind == "dataStoreReference":
        curve = box.height / 6
        path = (
            f"M{box.x:g} {box.y + curve:g}a{box.width / 2:g} {curve:g} 0 0 1 {box.width:g} 0V{box.bottom - curve:g}"
            f"a{box.width / 2:g} {curve:g} 0 0 1 -{box.width:g} 0z"
            f"m0 0a{box.width / 2:g} {curve:g} 0 0 0 {box.width:g} 0"
        )
    else:
        path = f"M{box.x:g} {box.y:g}H{box.right - 10:g}l10 10V{box.bottom:g}H{box.x:g}z"
    return f'<path class="bpmn-box" d="{path}"/>' + _below(element.name, box)
