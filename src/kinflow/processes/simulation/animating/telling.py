"""A play for the eye: the graph of steps and ways, the moves along it, and tables of its numbers at equal times."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..scenario import SECOND, Scenario
from .counting import Numbers, numbers_at
from .walking import Shown, Walks

MOMENTS = 8
DRAWN = 0.97
"""Of ways so many are drawn, the most walked first, that this share of all moves goes along them."""
Named = Callable[[str], str]


@dataclass(frozen=True)
class Side:
    """What one of the plays is called, and how its steps are."""

    name: str
    named: Named


def graph_of(shown: Shown) -> tuple[list[str], dict[tuple[str, str], int]]:
    """The ids of all steps that some case came to, in the order in which they are usual, and how often each way is
    walked; "" for the border.
    """
    ways: Counter[tuple[str, str]] = Counter()
    for side in shown.sides:
        ids = [*(each.id for each in side.scenario.steps), ""]
        pairs, counts = np.unique(np.stack([side.source, side.target]), axis=1, return_counts=True)
        for source, target, count in zip(*pairs.tolist(), counts.tolist(), strict=True):
            ways[ids[source], ids[target]] += count  # BORDER, -1, is the last
    often = dict(ways.most_common())
    return _in_order(often), often


def _in_order(ways: dict[tuple[str, str], int]) -> list[str]:
    """The steps as the most walked ways reach them, one after the other."""
    found, left = {"": None}, {target for _source, target in ways if target}
    while left:
        known = next((target for source, target in ways if source in found and target in left), min(left))
        found[known] = None
        left.discard(known)
    return list(found)[1:]


def drawn_ways(ways: dict[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The ways that are drawn: the most walked, and of each step the most walked to it and from it."""
    drawn, left = set(), DRAWN * sum(ways.values())
    into: set[str] = set()
    out: set[str] = set()
    for way, count in ways.items():
        if left > 0 or way[0] not in out or way[1] not in into:
            drawn.add(way)
        left -= count
        out.add(way[0])
        into.add(way[1])
    return drawn


def animation_told(shown: Shown, sides: Sequence[Side]) -> dict[str, Any]:
    """The graph and the moves, in whole seconds since the beginning, as the API gives them."""
    steps, ways = graph_of(shown)
    names, tasks = _names(shown, sides), _tasks(shown)
    drawn, places = drawn_ways(ways), {way: place for place, way in enumerate(ways)}
    return {
        "begins": datetime.fromtimestamp(shown.begins // SECOND, UTC).replace(tzinfo=None).isoformat(),
        "lasts": shown.lasts // SECOND,
        "steps": [{"key": each, "label": names[each], "has_people": each in tasks} for each in steps],
        "ways": [
            {"source": source, "target": target, "count": count, "is_drawn": (source, target) in drawn}
            for (source, target), count in ways.items()
        ],
        "sides": [
            {"name": side.name, "cases": len(walks.arrival), "moves": _moves(walks, places)}
            for walks, side in zip(shown.sides, sides, strict=True)
        ],
    }


def _moves(walks: Walks, places: dict[tuple[str, str], int]) -> list[list[int]]:
    ids = [*(each.id for each in walks.scenario.steps), ""]
    way = [places[ids[a], ids[b]] for a, b in zip(walks.source.tolist(), walks.target.tolist(), strict=True)]
    times = [getattr(walks, name) // SECOND for name in ("left", "wanted", "begun", "counted", "done")]
    found: list[list[int]] = np.column_stack([np.array(way, np.int64), *times]).tolist()
    return found


def _names(shown: Shown, sides: Sequence[Side]) -> dict[str, str]:
    return {
        each.id: side.named(each.id)
        for walks, side in reversed(list(zip(shown.sides, sides, strict=True)))
        for each in walks.scenario.steps
    }


def _tasks(shown: Shown) -> set[str]:
    return {each.id for side in shown.sides for each in side.scenario.steps if each.kind == "task"}


def tables_of(shown: Shown, sides: Sequence[Side]) -> list[dict[str, Any]]:
    """Of each side and number a table: steps by equal times, each in the middle of an eighth of what is shown."""
    moments = [(2 * place + 1) * shown.lasts // (2 * MOMENTS) for place in range(MOMENTS)]
    heads = [_moment(shown.begins + each) for each in moments]
    steps, _ways = graph_of(shown)
    names, tables = _names(shown, sides), []
    for walks, side in zip(shown.sides, sides, strict=True):
        found = [numbers_at(walks, each) for each in moments]
        for title, rows in _numbers(walks.scenario, steps, names, found):
            full = f"{side.name}: {title}" if len(sides) > 1 else title
            tables.append({"title": full, "heads": heads, "rows": rows})
    return tables


def _numbers(
    scenario: Scenario, steps: Iterable[str], names: dict[str, str], found: Sequence[Numbers]
) -> Iterable[tuple[str, list[tuple[str, list[int]]]]]:
    places = {each.id: place for place, each in enumerate(scenario.steps)}
    kinds = [("waiting", _("Cases that wait")), ("in_work", _("Work begun and not done"))]
    if scenario.staff:
        kinds.append(("people", _("People at work")))
    for kind, title in kinds:
        rows = [
            (names[each], [getattr(numbers, kind).get(places[each], 0) for numbers in found])
            for each in steps
            if each in places
        ]
        if kind == "waiting":
            rows.append((_("Open cases in all"), [numbers.open for numbers in found]))
        yield title, rows


def _moment(at: int) -> str:
    return date_format(datetime.fromtimestamp(at // SECOND, UTC), "SHORT_DATETIME_FORMAT")


def words_told() -> dict[str, str]:
    """What the picture says; in braces what it fills in."""
    return {
        "people": pgettext("at a step of a simulated process", "{waiting} waiting · {people} at work"),
        "alone": pgettext("at a step of a simulated process", "{waiting} waiting · {in_work} in work"),
        "start": _("Cases come here"),
        "end": _("Cases end here"),
        "play": _("Play"),
        "pause": _("Pause"),
    }


def picture_told(shown: Shown, sides: Sequence[Side]) -> dict[str, Any]:
    """The graph without its moves, which the page asks the API for."""
    told = animation_told(shown, sides)
    return {
        **{name: told[name] for name in ("begins", "lasts", "steps", "ways")},
        "names": [side.name for side in sides],
        "words": words_told(),
    }
