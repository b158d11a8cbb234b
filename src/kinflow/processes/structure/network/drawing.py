"""Who works with whom as SVG: units in the order of the chart around a circle, hand-overs as arcs through its middle.

The ring outside shows the chart's divisions; a wide arc is many hand-overs; arcs in colour are more than chance and
have no line on paper.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...bpmn.wrapping import width_of, wrapped
from ..paper import Paper
from ..pictures import linked, picture, words
from .analysis import Tie

RADIUS, RING, EDGE = 210.0, 14.0, 190.0
"""`EDGE` is the most room for names outside the circle."""
GAP = 1.2
"""Between divisions, in places of units."""
MOST_TIES = 70
WIDEST = 11.0


@dataclass(frozen=True)
class Pair:
    """What goes between two units, both ways together."""

    one: int
    other: int
    times: int
    has_line: bool
    is_remarkable: bool


def pairs_of(ties: Sequence[Tie]) -> list[Pair]:
    """Ties both ways put together, the most first; one that is remarkable in one way is."""
    found: dict[tuple[int, int], Pair] = {}
    for tie in ties:
        ends = (min(tie.giver, tie.taker), max(tie.giver, tie.taker))
        known = found.get(ends)
        found[ends] = Pair(
            *ends,
            tie.times + (known.times if known else 0),
            tie.has_line,
            tie.is_remarkable or (known is not None and known.is_remarkable),
        )
    return sorted(found.values(), key=lambda pair: (-pair.times, pair.one, pair.other))


def drawn(
    paper: Paper, units: Sequence[int], ties: Sequence[Tie], *, label: str, told: Mapping[int, str]
) -> str:
    """The picture of units (in the order of the chart) and hand-overs between them; `told` says more of a unit."""
    angles = _angles(paper, units)
    longest = max((width_of(paper.units[pk].name) for pk in units), default=0)
    size = 2 * (RADIUS + min(EDGE, RING + longest + 12))
    pairs = [pair for pair in pairs_of(ties) if pair.one in angles and pair.other in angles][:MOST_TIES]
    most = pairs[0].times if pairs else 1
    arcs = [
        _arc(angles, pair, most, paper)
        for pair in sorted(pairs, key=lambda pair: (_is_marked(pair), pair.times))
    ]
    rings = [
        _ring(paper, division, list(group), angles)
        for division, group in groupby(units, key=lambda pk: _top(paper, pk))
    ]
    names = [_name(paper, pk, angles[pk], told.get(pk, "")) for pk in units]
    middle = f'<g transform="translate({size / 2:g} {size / 2:g})">{"".join([*arcs, *rings, *names])}</g>'
    return picture(middle, width=size, height=size, label=label)


def _is_marked(pair: Pair) -> bool:
    return pair.is_remarkable and not pair.has_line


def _top(paper: Paper, unit: int) -> int:
    """The division of a unit."""
    way = paper.units[unit].way
    return way[min(1, len(way) - 1)]


def _angles(paper: Paper, units: Sequence[int]) -> dict[int, float]:
    """Where each unit stands on the circle, clockwise from the top."""
    places: dict[int, float] = {}
    at = 0.0
    for _division, group in groupby(units, key=lambda pk: _top(paper, pk)):
        for pk in group:
            places[pk] = at
            at += 1
        at += GAP
    return {pk: math.tau * place / max(at, 1) for pk, place in places.items()}


def _point(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.sin(angle), -radius * math.cos(angle)


def _arc(angles: Mapping[int, float], pair: Pair, most: int, paper: Paper) -> str:
    (x, y), (u, v) = (_point(angles[pk], RADIUS - 5) for pk in (pair.one, pair.other))
    width = max(0.8, WIDEST * math.sqrt(pair.times / most))
    colour, opacity = ("var(--accent)", 0.8) if _is_marked(pair) else ("var(--ink-3)", 0.3)
    way = f"M{x:.1f} {y:.1f}Q{(x + u) / 6:.1f} {(y + v) / 6:.1f} {u:.1f} {v:.1f}"
    title = f"{paper.units[pair.one].name} – {paper.units[pair.other].name}: {pair.times:,}"  # noqa: RUF001
    look = f'fill="none" stroke="{colour}" stroke-opacity="{opacity}" stroke-width="{width:.1f}"'
    return linked(f'<path d="{way}" {look}/>', "", title)


def _ring(paper: Paper, division: int, units: Sequence[int], angles: Mapping[int, float]) -> str:
    """The part of the ring that is a division's."""
    begin, end = angles[units[0]], angles[units[-1]]
    half = 0.35 * math.tau / max(len(angles), 1)
    (x, y), (u, v) = _point(begin - half, RADIUS + 4), _point(end + half, RADIUS + 4)
    large = int(end - begin + 2 * half > math.pi)
    way = f"M{x:.1f} {y:.1f}A{RADIUS + 4:g} {RADIUS + 4:g} 0 {large} 1 {u:.1f} {v:.1f}"
    title = paper.units[division].name if division in paper.units else ""
    return linked(f'<path d="{way}" fill="none" stroke="var(--edge-strong)" stroke-width="4"/>', "", title)


def _name(paper: Paper, unit: int, angle: float, more: str) -> str:
    """A unit's name, written outwards, and its dot."""
    called = (wrapped(paper.units[unit].name, EDGE - RING - 14, 1) or [""])[0]
    turn = math.degrees(angle) - 90
    is_left = angle > math.pi
    x = RADIUS + RING
    dot = f'<circle cx="{RADIUS - 4:g}" r="3.5" fill="var(--surface)" stroke="var(--ink-2)"/>'
    if is_left:
        said = words(-x, 4, called, ' text-anchor="end" transform="rotate(180)"')
    else:
        said = words(x, 4, called)
    title = f"{paper.units[unit].name}: {more}" if more else paper.units[unit].name
    return f'<g transform="rotate({turn:.2f})">{linked(dot + said, f"/units/{unit}/", title)}</g>'
