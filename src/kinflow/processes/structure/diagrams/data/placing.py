"""Where entities stand and how lines run between them: a column for each area, lines through the gaps of columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .entities import Entity, Relation, Structure

WIDE, HEAD, LINE, FOOT = 236.0, 30.0, 17.0, 8.0
BETWEEN, CHANNEL, AREA_HEAD, EDGE = 30.0, 84.0, 30.0, 14.0
HIGHEST = 1_250.0
"""An area that would be higher stands in several columns."""
SWEEPS = 6
LANE = 4.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where an entity stands: its column and its box."""

    column: int
    x: float
    y: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class AreaBox:
    """Where an area stands."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Way:
    """A line: the points at which it runs level, and on which side it leaves its source and reaches its target."""

    relation: Relation
    points: tuple[Point, ...]
    leaves: int
    reaches: int


@dataclass
class Placed:
    """The whole drawing without looks."""

    width: float
    height: float
    places: dict[str, Place] = field(default_factory=dict)
    areas: list[AreaBox] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


def height_of(lines: int) -> float:
    """How high the box of an entity with so many lines is."""
    return HEAD + (lines * LINE + FOOT if lines else 0)


def placed(structure: Structure, lines: Mapping[str, Sequence[str]]) -> Placed:
    """The structure laid out; `lines` are the names of the fields that are drawn, line by line, of each entity."""
    heights = {each.key: height_of(len(lines[each.key])) for each in structure.entities}
    columns = _columns(structure, heights)
    places, areas, width = _boxes(structure, columns, heights)
    height = max((area.y + area.height for area in areas), default=0) + EDGE
    found = Placed(width, height, places, areas)
    taken: dict[tuple[int, int], int] = {}
    for relation in structure.relations:
        found.ways.append(_way(relation, found, lines[relation.source], columns, taken))
    return found


def _columns(structure: Structure, heights: Mapping[str, float]) -> list[tuple[str, list[str]]]:
    """The keys of entities column by column, each with its area."""
    outside = _called_from_outside(structure)
    columns: list[tuple[str, list[str]]] = []
    for area, _label in structure.areas:
        own = [each for each in structure.entities if each.area == area]
        own.sort(key=lambda each: (-outside.get(each.key, 0), each.is_part))
        whole = sum(heights[each.key] + BETWEEN for each in own)
        limit = whole / max(1, round(whole / HIGHEST + 0.35))
        columns += [(area, keys) for keys in _split(own, heights, limit)]
    near = _near(structure.relations)
    for sweep in range(SWEEPS):
        at = _middles(columns, heights)
        for _area, keys in columns if sweep % 2 == 0 else columns[::-1]:
            keys.sort(
                key=lambda key: _mean(
                    [at[other] for other in near.get(key, ()) if other not in keys], at[key]
                )
            )
            at |= _middles([("", keys)], heights)
    return columns


def _called_from_outside(structure: Structure) -> dict[str, int]:
    area = {each.key: each.area for each in structure.entities}
    found: dict[str, int] = {}
    for each in structure.relations:
        if area[each.source] != area[each.target]:
            found[each.target] = found.get(each.target, 0) + 1
    return found


def _split(own: Sequence[Entity], heights: Mapping[str, float], limit: float) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    high = 0.0
    for each in own:
        if parts[-1] and high + heights[each.key] / 2 > limit:
            parts.append([])
            high = 0.0
        parts[-1].append(each.key)
        high += heights[each.key] + BETWEEN
    return parts


def _near(relations: Iterable[Relation]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in relations:
        if each.source != each.target:
            found.setdefault(each.source, []).append(each.target)
            found.setdefault(each.target, []).append(each.source)
    return found


def _middles(columns: Iterable[tuple[str, Sequence[str]]], heights: Mapping[str, float]) -> dict[str, float]:
    found = {}
    for _area, keys in columns:
        y = 0.0
        for key in keys:
            found[key] = y + heights[key] / 2
            y += heights[key] + BETWEEN
    return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _boxes(
    structure: Structure, columns: Sequence[tuple[str, Sequence[str]]], heights: Mapping[str, float]
) -> tuple[dict[str, Place], list[AreaBox], float]:
    """Boxes of entities and of areas, and the width of all."""
    labels = dict(structure.areas)
    places: dict[str, Place] = {}
    spans: dict[str, tuple[float, float, float]] = {}
    x = EDGE
    for column, (area, keys) in enumerate(columns):
        is_new = area not in spans
        x += EDGE if is_new else 0
        left = x if is_new else spans[area][0]
        y = EDGE + AREA_HEAD + BETWEEN / 2
        for key in keys:
            places[key] = Place(column, x, y, heights[key])
            y += heights[key] + BETWEEN
        bottom = max(y, spans[area][2] if not is_new else 0)
        spans[area] = (left, x + WIDE, bottom)
        x += WIDE + CHANNEL + (EDGE if column + 1 < len(columns) and columns[column + 1][0] != area else 0)
    areas = [
        AreaBox(labels[area], left - EDGE, EDGE, right - left + 2 * EDGE, bottom - EDGE)
        for area, (left, right, bottom) in spans.items()
    ]
    return places, areas, x - CHANNEL + 2 * EDGE


def _way(
    relation: Relation,
    found: Placed,
    lines: Sequence[str],
    columns: Sequence[tuple[str, Sequence[str]]],
    taken: dict[tuple[int, int], int],
) -> Way:
    source, target = found.places[relation.source], found.places[relation.target]
    start = source.y + HEAD / 2
    if relation.name in lines:
        start = source.y + HEAD + LINE * lines.index(relation.name) + LINE / 2
    end = target.y + HEAD / 2
    if source.column == target.column:
        return Way(relation, ((source.x + WIDE, start), (target.x + WIDE, end)), 1, 1)
    ahead = 1 if target.column > source.column else -1
    first = (source.x + WIDE if ahead > 0 else source.x, start)
    last = (target.x if ahead > 0 else target.x + WIDE, end)
    points = [first]
    for column in range(source.column + ahead, target.column, ahead):
        part = (column - source.column) / (target.column - source.column)
        y, x = _gap(column, start + (end - start) * part, found, columns, taken)
        points += [(x, y), (x + WIDE, y)] if ahead > 0 else [(x + WIDE, y), (x, y)]
    return Way(relation, (*points, last), ahead, -ahead)


def _gap(
    column: int,
    wish: float,
    found: Placed,
    columns: Sequence[tuple[str, Sequence[str]]],
    taken: dict[tuple[int, int], int],
) -> Point:
    """The height of the gap of a column nearest to the wish, each line a little beside the one before; and its left."""
    own = [found.places[key] for key in columns[column][1]]
    gaps = [own[0].y - BETWEEN / 2, *(place.bottom + BETWEEN / 2 for place in own)]
    at = min(range(len(gaps)), key=lambda each: abs(gaps[each] - wish))
    number = taken.get((column, at), 0)
    taken[column, at] = number + 1
    aside = LANE * ((number + 1) // 2) * (-1 if number % 2 else 1)
    return gaps[at] + max(-BETWEEN / 2 + 3, min(BETWEEN / 2 - 3, aside)), own[0].x
