"""The data flows as SVG, in the symbols of Gane and Sarson: what goes in on the left, functions, what comes out.

Data stores that are used stand on the left, those that are written on the right; one that is both stands twice, which
its double bar says.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ....bpmn.wrapping import wrapped
from ...pictures import linked
from .functions import Function
from .using import Matrix

WIDE, STORE, CHANNEL, EDGE = 216.0, 188.0, 230.0, 16.0
FUNCTION, ITEM, BETWEEN, HEAD = 62.0, 34.0, 16.0, 30.0
COLOURS = {"C": "accent", "U": "ink-2", "D": "bad", "R": "ink-3"}


@dataclass(frozen=True)
class Arrow:
    """A flow of data: from an item on the left to a function (0), or from a function to one on the right (1)."""

    side: int
    item: str
    function: str
    times: int
    colour: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Shown:
    """What is drawn besides the flows: functions with the unit that does them, names of records, and of sources."""

    functions: Sequence[Function]
    units: Mapping[str, str]
    kinds: Mapping[str, str]
    urls: Mapping[str, str]
    sources: Mapping[str, str]


def arrows_of(
    matrix: Matrix,
    sources: Mapping[tuple[str, str], int],
    says: Callable[[str, str, str, int], str],
    url: Callable[[str, str], str],
) -> list[Arrow]:
    """The flows of a matrix; `says` gives the words of one from its way, function, record and number."""
    found = []
    for (function, kind), use in matrix.items():
        if used := use.ways["R"]:
            words = says("R", function, kind, used)
            found.append(Arrow(0, kind, function, used, COLOURS["R"], words, url(function, kind)))
        if use.written:
            letters = [way for way in ("C", "U", "D") if use.ways[way]]
            most = max(letters, key=lambda way: use.ways[way])  # type: ignore[index]
            words = says("".join(letters), function, kind, use.written)
            found.append(Arrow(1, kind, function, use.written, COLOURS[most], words, url(function, kind)))
    for (source, function), times in sources.items():
        found.append(Arrow(0, f"/{source}", function, times, "good", says("", function, source, times)))
    return found


def drawn(shown: Shown, arrows: Sequence[Arrow], *, label: str, heads: Sequence[str]) -> str:
    """The picture; `heads` stand above the three columns."""
    columns = _ordered([each.key for each in shown.functions], arrows)
    x = (EDGE, EDGE + STORE + CHANNEL, EDGE + STORE + CHANNEL + WIDE + CHANNEL)
    tall = [sum(_high(at) + BETWEEN for _key in column) for at, column in enumerate(columns)]
    height = max(tall, default=0) + HEAD + 2 * EDGE
    place = _places(columns, tall, height)
    most = max((each.times for each in arrows), default=1)
    ends = _ends(arrows, place)
    bold = 'font-weight="600" fill="var(--ink-2)"'
    body = [_text(x[at], EDGE + 12, head, bold, 12) for at, head in enumerate(heads)]
    order = sorted(range(len(arrows)), key=lambda at: arrows[at].times)
    body += [_arrow(arrows[at], ends[at], x, most) for at in order]
    body += _beside(shown, columns, place, x)
    for number, each in enumerate(shown.functions, start=1):
        top = place[1, each.key] - FUNCTION / 2
        body.append(_function(x[1], top, number, each, shown.units.get(each.key, "")))
    width = x[2] + STORE + EDGE
    return (
        f'<svg class="drawn data-flow" role="group" aria-label={quoteattr(label)} viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )


def _beside(
    shown: Shown,
    columns: Sequence[Sequence[str]],
    place: Mapping[tuple[int, str], float],
    x: Sequence[float],
) -> list[str]:
    """The stores and sources on both sides."""
    both = set(columns[0]) & set(columns[2])
    numbers = {key: f"D{at}" for at, key in enumerate(shown.kinds, start=1)}
    found = []
    for at in (0, 2):
        for key in columns[at]:
            top = place[at, key] - ITEM / 2
            if key.startswith("/"):
                found.append(_source(x[at], top, shown.sources.get(key[1:], key[1:])))
            else:
                url = shown.urls.get(key, "")
                found.append(_store(x[at], top, numbers[key], shown.kinds[key], url, key in both))
    return found


def _high(column: int) -> float:
    return FUNCTION if column == 1 else ITEM


def _ordered(functions: list[str], arrows: Sequence[Arrow]) -> list[list[str]]:
    """The three columns: functions in their order, what is beside them near to those that they flow to or from."""
    row = {key: at for at, key in enumerate(functions)}
    columns: list[list[str]] = [[], list(functions), []]
    for side, column in ((0, 0), (1, 2)):
        weight: dict[str, list[float]] = {}
        for each in arrows:
            if each.side == side:
                pair = weight.setdefault(each.item, [0.0, 0.0])
                strength = math.sqrt(each.times)
                pair[0] += row[each.function] * strength
                pair[1] += strength
        columns[column] = sorted(weight, key=lambda key: (weight[key][0] / weight[key][1], key))
    return columns


def _places(
    columns: Sequence[Sequence[str]], tall: Sequence[float], height: float
) -> dict[tuple[int, str], float]:
    """The middle of each item; columns are spread over the height of the highest."""
    found = {}
    for at, column in enumerate(columns):
        room = (height - HEAD - 2 * EDGE - tall[at]) / max(len(column), 1)
        y = EDGE + HEAD + room / 2
        for key in column:
            found[at, key] = y + _high(at) / 2
            y += _high(at) + BETWEEN + room
    return found


def _ends(arrows: Sequence[Arrow], place: Mapping[tuple[int, str], float]) -> list[tuple[float, float]]:
    """The heights at which each flow sets out and arrives: spread over the sides of what it connects."""
    at_items, at_functions = [0.0] * len(arrows), [0.0] * len(arrows)
    for side, column in ((0, 0), (1, 2)):
        own = [number for number, each in enumerate(arrows) if each.side == side]
        items = {number: place[column, arrows[number].item] for number in own}
        functions = {number: place[1, arrows[number].function] for number in own}
        _spread(own, items, functions, ITEM - 10, at_items)
        _spread(own, functions, items, FUNCTION - 10, at_functions)
    return [
        (at_items[at], at_functions[at]) if each.side == 0 else (at_functions[at], at_items[at])
        for at, each in enumerate(arrows)
    ]


def _spread(
    numbers: Sequence[int],
    here: Mapping[int, float],
    there: Mapping[int, float],
    room: float,
    into: list[float],
) -> None:
    """Gives flows that end at the same place ends of their own, in the order of their other ends."""
    groups: dict[float, list[int]] = {}
    for number in numbers:
        groups.setdefault(here[number], []).append(number)
    for middle, group in groups.items():
        for rank, number in enumerate(sorted(group, key=lambda each: there[each])):
            into[number] = middle + room * ((rank + 0.5) / len(group) - 0.5)


def _arrow(arrow: Arrow, ends: tuple[float, float], x: Sequence[float], most: int) -> str:
    left, right = (x[0] + STORE, x[1]) if arrow.side == 0 else (x[1] + WIDE, x[2])
    (start, goal), middle = ends, (left + right) / 2
    wide = 1 + 4 * math.sqrt(arrow.times / most)
    tip = 4 + wide
    line = (
        f'<path class="way" d="M{left:g} {start:g}C{middle:g} {start:g} {middle:g} {goal:g} {right - tip:g} {goal:g}"'
        f' fill="none" stroke="var(--{arrow.colour})" stroke-width="{wide:.1f}" stroke-opacity="0.5"/>'
        f'<path d="M{right:g} {goal:g}l{-tip:.1f} {tip / 2:.1f}v{-tip:.1f}z" fill="var(--{arrow.colour})"/>'
    )
    return linked(line, arrow.url, arrow.words)


def _text(x: float, y: float, words: str, looks: str, size: float) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" {looks}>{escape(words)}</text>'


def _store(x: float, y: float, number: str, label: str, url: str, twice: bool) -> str:
    """A data store: open on the right, its number in a box; a double bar where it stands twice."""
    right, bottom = x + STORE, y + ITEM
    words = wrapped(label, STORE - 52, 1)
    inner = (
        f'<path class="box" d="M{right:g} {y:g}H{x:g}V{bottom:g}H{right:g}" fill="var(--surface)" stroke="var(--ink-3)"/>'
        f'<path d="M{x + 34:g} {y:g}V{bottom:g}" fill="none" stroke="var(--ink-3)"/>'
        + (f'<path d="M{x + 4:g} {y:g}V{bottom:g}" fill="none" stroke="var(--ink-3)"/>' if twice else "")
        + _text(x + 19 + twice, y + 21, number, 'text-anchor="middle" fill="var(--ink-3)"', 11)
        + _text(x + 42, y + 21, words[0] if words else "", 'class="word" fill="var(--ink)"', 12)
    )
    return linked(inner, url, label)


def _source(x: float, y: float, label: str) -> str:
    """Somebody outside: a square with a shadow."""
    words = wrapped(label, STORE - 20, 1)
    return (
        f'<rect x="{x + 3:g}" y="{y + 3:g}" width="{STORE - 3:g}" height="{ITEM:g}" fill="var(--edge-strong)"/>'
        f'<rect class="box" x="{x:g}" y="{y:g}" width="{STORE - 3:g}" height="{ITEM:g}" fill="var(--surface)"'
        ' stroke="var(--ink-3)"/>'
        + _text(x + 10, y + 21, words[0] if words else "", 'font-weight="560" fill="var(--ink)"', 12)
    )


def _function(x: float, y: float, number: int, function: Function, unit: str) -> str:
    """A function: a rounded box with its number and what it belongs to on top, who does it at the foot."""
    group, label, foot = (wrapped(words, WIDE - 40, 1) for words in (function.group, function.label, unit))
    return (
        f"<g><title>{escape(' · '.join(each for each in (function.group, function.label, unit) if each))}</title>"
        f'<rect class="box" x="{x:g}" y="{y:g}" width="{WIDE:g}" height="{FUNCTION:g}" rx="9" fill="var(--surface)"'
        ' stroke="var(--ink-2)" stroke-width="1.3"/>'
        f'<path d="M{x:g} {y + 19:g}H{x + WIDE:g}M{x + 30:g} {y:g}v19" fill="none" stroke="var(--edge-strong)"/>'
        + _text(
            x + 15, y + 13.5, str(number), 'text-anchor="middle" font-weight="600" fill="var(--ink-2)"', 11
        )
        + _text(x + 38, y + 13.5, group[0] if group else "", 'fill="var(--ink-3)"', 10.5)
        + _text(x + 12, y + 36, label[0] if label else "", 'font-weight="600" fill="var(--ink)"', 12.5)
        + _text(x + 12, y + 53, foot[0] if foot else "", 'fill="var(--ink-3)"', 10.5)
        + "</g>"
    )
