"""One sheet of a drawing: nodes in columns and rows of bands, flows along them at right angles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .columns import Edge, Path, Placed, in_columns
from .model import Box, Point
from .rows import in_rows
from .tracks import Upright, on_tracks

BETWEEN_ROWS = 36.0
BETWEEN_COLUMNS = 26.0
MOST_ROOM = 110.0
TRACK = 10.0
LEAST_ROW = 12.0
DROP = 14.0  # how far below an element a flow from its lower edge turns


@dataclass(frozen=True)
class Out:
    """A flow that leaves by the lower edge of its source, this far from its left."""

    from_left: float
    drop: float


@dataclass(frozen=True)
class Sheet:
    """Boxes, routes, and the upper and lower ends of bands; the top left corner is (0, 0)."""

    width: float
    height: float
    boxes: dict[str, Box] = field(default_factory=dict)
    routes: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    bands: list[tuple[float, float]] = field(default_factory=list)


def arranged(
    sizes: Mapping[str, tuple[float, float]],
    edges: list[Edge],
    band: Mapping[str, int],
    bands: int = 1,
    lower: Mapping[str, Out] | None = None,
    gaps: Sequence[float] = (),
    names: Mapping[str, float] | None = None,
) -> Sheet:
    """The nodes of these sizes, placed; `band` is the lane of each from the top; `lower` the flows by their id
    that leave below.

    `gaps` is room kept free above each band, `names` the width of what is written below a node.
    """
    lower = lower or {}
    placed = in_columns(sizes, edges)
    bands_of = {name: band[placed.stand_ins.get(name, name)] for name in placed.column}
    rows = in_rows(placed, bands_of)
    heights, spans, height = _heights(sizes, placed, rows, bands_of, bands, gaps)
    middle = {name: heights[bands_of[name], rows[name]] for name in placed.column}
    last = max(placed.column.values(), default=0)
    leaving = {path.edge.id: _leaving(path, sizes, middle, lower) for path in placed.paths}
    uprights, turns = _uprights(placed, middle, leaving, last)
    widths = [0.0] * (last + 1)
    for name, (width, _) in sizes.items():
        needed = max(width, (names or {}).get(name, 0.0))
        widths[placed.column[name]] = max(widths[placed.column[name]], needed)
    left, edge_x = _across(widths, uprights, _rooms(placed, last))
    boxes = {}
    for name, (width, tall) in sizes.items():
        column = placed.column[name]
        x = left[column] + (widths[column] - width) / 2
        boxes[name] = Box(x, middle[name] - tall / 2, width, tall)
    routes = {
        path.edge.id: _route(path, boxes, middle, turns, edge_x, lower, leaving) for path in placed.paths
    }
    return Sheet(left[-1], height, boxes, routes, spans)


def _leaving(
    path: Path,
    sizes: Mapping[str, tuple[float, float]],
    middle: Mapping[str, float],
    lower: Mapping[str, Out],
) -> float:
    """The height at which a flow sets out to the right."""
    source = path.edge.source
    out = lower.get(path.edge.id)
    return middle[source] + (sizes[source][1] / 2 + out.drop if out else 0)


def _heights(
    sizes: Mapping[str, tuple[float, float]],
    placed: Placed,
    rows: Mapping[str, int],
    band: Mapping[str, int],
    bands: int,
    gaps: Sequence[float],
) -> tuple[dict[tuple[int, int], float], list[tuple[float, float]], float]:
    """The middle of each row, the span of each band, and the height of all."""
    tall: dict[tuple[int, int], float] = {}
    for name in placed.column:
        key = (band[name], rows[name])
        tall[key] = max(tall.get(key, LEAST_ROW), sizes.get(name, (0, 0))[1])
    heights: dict[tuple[int, int], float] = {}
    spans = []
    y = 0.0
    for index in range(bands):
        y += gaps[index] if index < len(gaps) else 0
        top = y
        y += BETWEEN_ROWS / 2
        for key in sorted(key for key in tall if key[0] == index):
            heights[key] = y + tall[key] / 2
            y += tall[key] + BETWEEN_ROWS
        y = max(y - BETWEEN_ROWS / 2 if y > top + BETWEEN_ROWS / 2 else y, top + 60)
        spans.append((top, y))
    return heights, spans, y


Turns = dict[tuple[str, int], tuple[int, Upright]]


def _uprights(
    placed: Placed, middle: Mapping[str, float], leaving: Mapping[str, float], last: int
) -> tuple[list[list[Upright]], Turns]:
    """The upright parts in each gap (the first is left of all columns), and which of them a flow takes after
    each stop.
    """
    groups: list[dict[tuple[str, float], Upright]] = [{} for _ in range(last + 2)]
    turns: Turns = {}
    for path in placed.paths:
        for index, (one, other) in enumerate(zip(path.stops, path.stops[1:], strict=False)):
            start = leaving[path.edge.id] if index == 0 else middle[one]
            end = middle[other]
            if start == end:
                continue
            leads_left = path.returns and index > 0
            gap = placed.column[one] + (0 if leads_left else 1)
            lefts, rights = ({end}, {start}) if leads_left else ({start}, {end})
            if path.returns and index == 0:
                lefts, rights = {start, end}, set()
            elif path.returns and other == path.edge.target:
                lefts, rights = set(), {start, end}
            key = (one, start) if index == 0 else (other, end)
            upright = groups[gap].setdefault(key, Upright(set(), set()))
            upright.lefts |= lefts
            upright.rights |= rights
            turns[path.edge.id, index] = (gap, upright)
    return [list(group.values()) for group in groups], turns


def _rooms(placed: Placed, last: int) -> list[float]:
    """How much room the names of flows need behind each column, so that they are not written over what stands there."""
    rooms = [0.0] * (last + 2)
    for path in placed.paths:
        if path.edge.room and not path.returns:
            gap = placed.column[path.edge.source] + 1
            rooms[gap] = max(rooms[gap], min(path.edge.room, MOST_ROOM))
    return rooms


def _across(
    widths: list[float], uprights: list[list[Upright]], rooms: list[float]
) -> tuple[list[float], list[float]]:
    """The left edge of each column and, last, of what is right of all; and where the first track of each gap lies."""
    left, first = [], []
    x = 0.0
    for gap, group in enumerate(uprights):
        tracks = on_tracks(group)
        first.append(x + BETWEEN_COLUMNS / 2)
        x += BETWEEN_COLUMNS + max(tracks - 1, 0) * TRACK + rooms[gap]
        left.append(x)
        if gap < len(widths):
            x += widths[gap]
    return left, first


def _route(
    path: Path,
    boxes: Mapping[str, Box],
    middle: Mapping[str, float],
    turns: Turns,
    edge_x: list[float],
    lower: Mapping[str, Out],
    leaving: Mapping[str, float],
) -> tuple[Point, ...]:
    source, target = boxes[path.edge.source], boxes[path.edge.target]
    y = leaving[path.edge.id]
    out = lower.get(path.edge.id)
    if out:
        points = [(source.x + out.from_left, source.bottom), (source.x + out.from_left, y)]
    else:
        points = [(source.right, y)]
    for index, stop in enumerate(path.stops[1:]):
        turn = turns.get((path.edge.id, index))
        if turn:
            gap, upright = turn
            x = edge_x[gap] + upright.track * TRACK
            points += [(x, y), (x, middle[stop])]
            y = middle[stop]
    points.append((target.x, y))
    return _straightened(points)


def _straightened(points: list[Point]) -> tuple[Point, ...]:
    """Without points on a straight line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        while len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)
