"""The data structure as SVG: boxes of entities in their areas, crow's feet where many may be."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from ....bpmn.wrapping import wrapped
from ...pictures import linked
from .entities import Attribute, Entity, Relation, Structure
from .placing import CHANNEL, HEAD, LINE, WIDE, AreaBox, Place, Placed, Way, placed

Detail = Literal["main", "all", "none"]
Words = Callable[[Relation], str]
MOST_MAIN = 9
_INK = 'fill="none" stroke="var(--ink-3)" stroke-width="1.2"'


def shown_of(entity: Entity, detail: Detail) -> tuple[Attribute, ...]:
    """The fields that are drawn."""
    if detail == "none":
        return ()
    return entity.attributes if detail == "all" else entity.main[:MOST_MAIN]


def drawn(
    structure: Structure,
    detail: Detail,
    *,
    label: str,
    rows: Mapping[str, str],
    more: Callable[[int], str],
    told: Callable[[Attribute], str],
    says: Words,
) -> str:
    """The picture. `rows` says in words how many rows each entity has, `more` how many fields are not drawn, `told`
    what a field holds, `says` what a line means.
    """
    fields = {each.key: shown_of(each, detail) for each in structure.entities}
    lines = {
        each.key: [field.name for field in fields[each.key]]
        + ([""] if _hidden(each, fields[each.key]) else [])
        for each in structure.entities
    }
    if detail == "none":
        lines = {key: [] for key in lines}
    found = placed(structure, lines)
    body = [_area(each) for each in found.areas]
    body += [_way(way, says(way.relation)) for way in found.ways]
    for entity in structure.entities:
        hidden = _hidden(entity, fields[entity.key]) if lines[entity.key] else 0
        body.append(
            _entity(entity, found.places[entity.key], fields[entity.key], rows.get(entity.key, ""), told)
            + (_more(found.places[entity.key], len(fields[entity.key]), more(hidden)) if hidden else "")
        )
    return _whole(found, "".join(body), label)


def _whole(found: Placed, body: str, label: str) -> str:
    width, height = max(found.width, 1), max(found.height, 1)
    return (
        f'<svg class="drawn data-structure" role="group" aria-label={quoteattr(label)} viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def _hidden(entity: Entity, shown: Sequence[Attribute]) -> int:
    return len(entity.attributes) - len(shown)


def _area(area: AreaBox) -> str:
    return (
        f'<rect x="{area.x:g}" y="{area.y:g}" width="{area.width:g}" height="{area.height:g}" rx="10"'
        ' fill="var(--sunk)" stroke="var(--edge)"/>'
        + _text(area.x + 14, area.y + 20, area.label, 'font-weight="600" fill="var(--ink-2)"', 12)
    )


def _text(x: float, y: float, words: str, looks: str, size: float) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" {looks}>{escape(words)}</text>'


def _entity(
    entity: Entity,
    place: Place,
    fields: Sequence[Attribute],
    rows: str,
    told: Callable[[Attribute], str],
) -> str:
    x, y, right = place.x, place.y, place.x + WIDE
    dashes = ' stroke-dasharray="4 3"' if entity.is_part else ""
    name = wrapped(entity.label, WIDE - 30 - 7 * len(rows), 1)
    inner = (
        f'<rect class="box" x="{x:g}" y="{y:g}" width="{WIDE:g}" height="{place.height:g}" rx="6"'
        f' fill="var(--surface)" stroke="var(--edge-strong)"{dashes}/>'
        + _text(
            x + 10, y + 20, name[0] if name else "", 'class="word" font-weight="600" fill="var(--ink)"', 12.5
        )
        + _text(right - 10, y + 20, rows, 'text-anchor="end" fill="var(--ink-3)"', 11)
    )
    if fields:
        inner += f'<path d="M{x:g} {y + HEAD:g}H{right:g}" stroke="var(--edge)" fill="none"/>'
    for at, each in enumerate(fields):
        below = y + HEAD + LINE * at + 12.5
        kind = told(each)
        label = wrapped(each.label, WIDE - 28 - 6.2 * len(kind), 1)
        looks = 'fill="var(--accent)"' if each.target else 'fill="var(--ink-2)"'
        inner += _text(x + 10, below, label[0] if label else "", looks, 11)
        inner += _text(right - 10, below, kind, 'text-anchor="end" fill="var(--ink-3)"', 10.5)
    return linked(inner, entity.url, f"{entity.label} · {rows}" if rows else entity.label)


def _more(place: Place, lines: int, words: str) -> str:
    below = place.y + HEAD + LINE * lines + 12.5
    return _text(place.x + 10, below, words, 'fill="var(--ink-3)" font-style="italic"', 10.5)


def _way(way: Way, says: str) -> str:
    dashes = ' stroke-dasharray="5 3"' if way.relation.is_open else ""
    inner = f'<path class="way" d="{_path(way)}" {_INK}{dashes}/>'
    inner += _end(way.points[0], way.leaves, way.relation.back) + _end(
        way.points[-1], way.reaches, way.relation.to
    )
    return f'<g class="relation"><title>{escape(says)}</title>{inner}</g>'


def _path(way: Way) -> str:
    """Level through the gaps, bent in the channels between columns."""
    (x, y), *rest = way.points
    told = f"M{x:g} {y:g}"
    if way.leaves == way.reaches:  # both ends on the same side: a bow
        (to_x, to_y) = rest[-1]
        bow = max(x, to_x) + min(CHANNEL - 12, 26 + abs(to_y - y) * 0.05)
        return f"{told}C{bow:g} {y:g} {bow:g} {to_y:g} {to_x:g} {to_y:g}"
    for at, (to_x, to_y) in enumerate(rest):
        if at % 2:
            told += f"H{to_x:g}"
        else:
            middle = (x + to_x) / 2
            told += f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"
        x, y = to_x, to_y
    return told


def _end(point: tuple[float, float], side: int, kind: str) -> str:
    """A crow's foot for many; a bar for one; a ring and a bar for none or one."""
    x, y = point
    if kind == "many":
        tip = x + 11 * side
        return f'<path d="M{x:g} {y - 5:g}L{tip:g} {y:g}L{x:g} {y + 5:g}" {_INK}/>'
    bar = f'<path d="M{x + 7 * side:g} {y - 5:g}v10" {_INK}/>'
    if kind == "one":
        return bar
    ring = f'<circle cx="{x + 12 * side:g}" cy="{y:g}" r="3.5" fill="var(--surface)" stroke="var(--ink-3)"/>'
    return bar + ring
