"""A drawing for a model that has none: swim lanes from top to bottom, the flow from left to right."""

from dataclasses import dataclass, replace

from .columns import Edge
from .model import BESIDE, EVENTS, GATEWAYS, SUBPROCESSES, Box, Element, Lane, Model, Point
from .sheets import DROP, Out, Sheet, arranged
from .wrapping import width_of

HEADER = 30.0
MARGIN = 20.0
PADDING = 16.0
BETWEEN_POOLS = 40.0
MOST_NAME = 90.0
_SIZES = {"textAnnotation": (130.0, 50.0), "dataStoreReference": (50.0, 46.0), "group": (0.0, 0.0)}


def laid_out(model: Model) -> Model:
    """The same model with a drawing of our own: no element covers another, flows run at right angles."""
    drawing = _Drawing(model)
    boxes, routes = drawing.whole()
    return replace(model, boxes=boxes, routes=routes)


@dataclass(frozen=True)
class _Band:
    process: str
    lane: str = ""
    participant: str = ""


class _Drawing:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.inside: dict[str, list[Element]] = {}
        for element in model.elements:
            self.inside.setdefault(element.within, []).append(element)
        self.borders: dict[str, list[Element]] = {}
        for element in model.elements:
            if element.attached_to:
                self.borders.setdefault(element.attached_to, []).append(element)
        self.hosts = {e.id: e.attached_to for group in self.borders.values() for e in group}
        self.inner: dict[str, Sheet] = {}

    def whole(self) -> tuple[dict[str, Box], dict[str, tuple[Point, ...]]]:
        for element in self._innermost_first():
            self.inner[element.id] = self._sheet(self.inside.get(element.id, []), {}, 1, ())
        bands = self._bands()
        place = self._band_of_elements(bands)
        top = [e for key in ["", *(p.id for p in self.model.processes)] for e in self.inside.get(key, [])]
        gaps = [
            BETWEEN_POOLS if index and band.process != bands[index - 1].process else 0.0
            for index, band in enumerate(bands)
        ]
        sheet = self._sheet(top, place, len(bands), gaps)
        boxes: dict[str, Box] = {}
        routes: dict[str, tuple[Point, ...]] = {}
        depth = self._lane_depth()
        pooled = HEADER if self.model.participants else 0.0
        x0 = MARGIN + pooled + depth * HEADER
        self._place(sheet, x0, MARGIN, boxes, routes)
        self._frame(bands, sheet, x0, depth, boxes)
        self._messages_of_pools(boxes, routes)
        return boxes, routes

    def _innermost_first(self) -> list[Element]:
        """Sub-processes with content, those within others before them."""
        order: list[Element] = []
        waiting = [e for p in ["", *(p.id for p in self.model.processes)] for e in self.inside.get(p, [])]
        while waiting:
            element = waiting.pop()
            if element.kind in SUBPROCESSES and self.inside.get(element.id):
                order.append(element)
                waiting.extend(self.inside[element.id])
        return order[::-1]

    def _size(self, element: Element) -> tuple[float, float]:
        if sheet := self.inner.get(element.id):
            return sheet.width + 2 * PADDING, sheet.height + 2 * PADDING + 16
        if element.kind in EVENTS:
            return 34.0, 34.0
        if element.kind in GATEWAYS:
            return 42.0, 42.0
        if element.kind in BESIDE:
            return _SIZES.get(element.kind, (36.0, 48.0))
        return 124.0, 66.0

    def _sheet(self, elements: list[Element], place: dict[str, int], bands: int, gaps: object) -> Sheet:
        """One level: elements on borders belong to their hosts, and their flows leave below."""
        nodes = [e for e in elements if e.id not in self.hosts and e.kind != "group"]
        known = {node.id for node in nodes}
        sizes = {node.id: self._size(node) for node in nodes}
        edges, lower = [], {}
        for flow in self.model.flows:
            source = self.hosts.get(flow.source, flow.source)
            target = self.hosts.get(flow.target, flow.target)
            if source in known and target in known:
                edges.append(Edge(flow.id, source, target, width_of(flow.name) if flow.name else 0.0))
                if flow.source in self.hosts:
                    lower[flow.id] = self._out(source, flow.source, sizes[source][0])
        gap_list = list(gaps) if isinstance(gaps, list | tuple) else []
        names = {n.id: min(width_of(n.name), MOST_NAME) for n in nodes if n.kind in EVENTS | GATEWAYS}
        inside = {n.id: place.get(n.id, 0) for n in nodes}
        sheet = arranged(sizes, edges, inside, bands, lower, gap_list, names)
        for host in known & self.borders.keys():
            for element in self.borders[host]:
                box = sheet.boxes[host]
                out = self._out(host, element.id, box.width)
                sheet.boxes[element.id] = Box(box.x + out.from_left - 15, box.bottom - 15, 30, 30)
        for flow_id in lower:
            first, *rest = sheet.routes[flow_id]
            sheet.routes[flow_id] = ((first[0], first[1] + 15), *rest)
        return sheet

    def _out(self, host: str, event: str, width: float) -> Out:
        names = [element.id for element in self.borders[host]]
        index = names.index(event)
        step = width / (len(names) + 1)
        return Out(width - step * (index + 1), DROP + 4 + 3.0 * index / max(len(names), 1))

    def _place(
        self,
        sheet: Sheet,
        x: float,
        y: float,
        boxes: dict[str, Box],
        routes: dict[str, tuple[Point, ...]],
    ) -> None:
        """Moves a sheet, and the sheets within its sub-processes, to where they belong."""
        waiting = [(sheet, x, y)]
        while waiting:
            current, dx, dy = waiting.pop()
            for key, box in current.boxes.items():
                boxes[key] = replace(box, x=box.x + dx, y=box.y + dy)
                if inner := self.inner.get(key):
                    waiting.append((inner, box.x + dx + PADDING, box.y + dy + PADDING + 16))
                elif (element := self.model.element(key)) and element.kind in SUBPROCESSES:
                    boxes[key] = replace(boxes[key], expanded=False)
            for key, route in current.routes.items():
                routes[key] = tuple((px + dx, py + dy) for px, py in route)

    def _leaf_lanes(self, process: str) -> list[Lane]:
        lanes = [lane for lane in self.model.lanes if lane.process == process]
        parents = {lane.parent for lane in lanes}
        order: list[Lane] = []
        waiting = [lane for lane in lanes if not lane.parent][::-1]
        while waiting:
            lane = waiting.pop()
            if lane.id in parents:
                waiting.extend([inner for inner in lanes if inner.parent == lane.id][::-1])
            else:
                order.append(lane)
        return order

    def _bands(self) -> list[_Band]:
        """From top to bottom: each lane of each process, each process without lanes, each pool without a process."""
        pools = {participant.process: participant.id for participant in self.model.participants}
        bands = []
        for process in self.model.processes:
            lanes = self._leaf_lanes(process.id)
            members = {member for lane in lanes for member in lane.members}
            loose = [
                e for e in self.inside.get(process.id, []) if e.id not in members and e.id not in self.hosts
            ]
            if not lanes or any(e.kind not in BESIDE for e in loose):
                bands.append(_Band(process.id, "", pools.get(process.id, "")))
            bands += [_Band(process.id, lane.id, pools.get(process.id, "")) for lane in lanes]
        known = {process.id for process in self.model.processes}
        bands += [_Band(f"pool {p.id}", "", p.id) for p in self.model.participants if p.process not in known]
        return bands or [_Band("")]

    def _band_of_elements(self, bands: list[_Band]) -> dict[str, int]:
        of_lane = {band.lane: index for index, band in enumerate(bands) if band.lane}
        of_process: dict[str, int] = {}
        for index, band in enumerate(bands):
            of_process.setdefault(band.process, index)
        place = {
            member: of_lane[lane.id]
            for lane in self.model.lanes
            if lane.id in of_lane
            for member in lane.members
        }
        for element in self.model.elements:
            if element.id not in place:
                place[element.id] = of_process.get(element.within, 0)
        return place

    def _lane_depth(self) -> int:
        parent = {lane.id: lane.parent for lane in self.model.lanes}
        deepest = 0
        for lane in parent:
            depth, here, seen = 0, lane, set()
            while here and here not in seen:
                seen.add(here)
                depth, here = depth + 1, parent.get(here, "")
            deepest = max(deepest, depth)
        return deepest

    def _frame(self, bands: list[_Band], sheet: Sheet, x0: float, depth: int, boxes: dict[str, Box]) -> None:
        """Boxes of lanes and pools around the bands."""
        right = x0 + sheet.width
        parent = {lane.id: lane.parent for lane in self.model.lanes}
        spans: dict[str, tuple[float, float]] = {}
        level: dict[str, int] = {}
        for band, (top, bottom) in zip(bands, sheet.bands, strict=True):
            lineage: list[str] = []
            here = band.lane
            while here and here not in lineage:
                lineage.append(here)
                here = parent.get(here, "")
            level.update((lane, height) for height, lane in enumerate(lineage[::-1]))
            for name in [*lineage, band.participant]:
                if name:
                    old = spans.get(name, (top, bottom))
                    spans[name] = (min(old[0], top), max(old[1], bottom))
        pools = {participant.id for participant in self.model.participants}
        framed: dict[str, Box] = {}
        for name, (top, bottom) in spans.items():
            x = MARGIN if name in pools else x0 - (depth - level[name]) * HEADER
            framed[name] = Box(x, MARGIN + top, right - x, bottom - top)
        drawn = dict(boxes)
        boxes.clear()
        boxes.update({name: box for name, box in framed.items() if name in pools})
        boxes.update({name: box for name, box in framed.items() if name not in pools})
        boxes.update(drawn)

    def _messages_of_pools(self, boxes: dict[str, Box], routes: dict[str, tuple[Point, ...]]) -> None:
        """Flows to or from the border of a pool: straight up or down from the other end."""
        pools = {participant.id for participant in self.model.participants}
        for flow in self.model.flows:
            if flow.id in routes or flow.source not in boxes or flow.target not in boxes:
                continue
            if not pools & {flow.source, flow.target}:
                continue
            source, target = boxes[flow.source], boxes[flow.target]
            x = (target if flow.source in pools and flow.target not in pools else source).centre[0]
            down = target.y >= source.y
            routes[flow.id] = (
                (x, source.bottom if down else source.y),
                (x, target.y if down else target.bottom),
            )
