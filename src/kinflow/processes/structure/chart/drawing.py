"""The organisation chart as SVG: the root on the left, each unit a box with its head and how many people it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...bpmn.wrapping import wrapped
from ..paper import Paper
from ..pictures import box, line, linked, name, picture, words

WIDE, HIGH, RIGHT, BETWEEN, MARGIN = 196.0, 48.0, 44.0, 10.0, 12.0
Counted = Callable[[int], str]


@dataclass(frozen=True)
class Place:
    """Where a unit's box stands."""

    x: float
    y: float


def places_of(paper: Paper) -> dict[int, Place]:
    """A place for each open unit: leaves below each other, whatever has units below it beside the first of them."""
    units = [paper.units[pk] for pk in paper.order]
    known = {unit.pk for unit in units}
    below: dict[int | None, list[int]] = {}
    for unit in units:
        below.setdefault(unit.parent if unit.parent in known else None, []).append(unit.pk)
    rows = {pk: row for row, pk in enumerate(pk for pk in paper.order if pk not in below)}
    found: dict[int, Place] = {}
    for pk in reversed(paper.order):
        ys = [found[each].y for each in below.get(pk, ())]
        y = min(ys) if ys else MARGIN + rows[pk] * (HIGH + BETWEEN)
        depth = sum(each in known for each in paper.units[pk].way) - 1
        found[pk] = Place(MARGIN + depth * (WIDE + RIGHT), y)
    return found


def drawn(paper: Paper, totals: Mapping[int, int], *, label: str, counted: Counted) -> str:
    """The picture; `totals` are people by unit with all below it, `counted` says a number of people."""
    places = places_of(paper)
    parents = {pk: paper.units[pk].parent for pk in places}
    lines = [_line(places[above], places[pk]) for pk, above in parents.items() if above in places]
    boxes = [_box(paper, pk, at, totals.get(pk, 0), counted) for pk, at in places.items()]
    width = max((at.x for at in places.values()), default=0) + WIDE + MARGIN
    height = max((at.y for at in places.values()), default=0) + HIGH + MARGIN
    return picture("".join([*lines, *reversed(boxes)]), width=width, height=height, label=label)


def _line(above: Place, below: Place) -> str:
    x, middle = above.x + WIDE, above.x + WIDE + RIGHT / 2
    return line(f"M{x:g} {above.y + HIGH / 2:g}H{middle:g}V{below.y + HIGH / 2:g}H{below.x:g}")


def _box(paper: Paper, pk: int, at: Place, total: int, counted: Counted) -> str:
    unit = paper.units[pk]
    lead = paper.people.get(unit.lead) if unit.lead is not None else None
    called = wrapped(unit.name, WIDE - 20, 1)
    told = counted(total) if lead is None else f"{lead.name} · {counted(total)}"
    second = wrapped(told, WIDE - 14, 1)
    inner = (
        box(at.x, at.y, WIDE, HIGH)
        + name(at.x + 10, at.y + 20, called[0] if called else "")
        + words(at.x + 10, at.y + 37, second[0] if second else "")
    )
    # A unit that a what-if thinks of has no page.
    return linked(inner, f"/units/{pk}/", f"{unit.name} · {told}") if pk > 0 else inner


def totals_of(paper: Paper) -> dict[int, int]:
    """How many people each unit has, with all below it."""
    found: dict[int, int] = {}
    for unit, pks in paper.staff.items():
        for pk in paper.units[unit].way if unit in paper.units else ():
            found[pk] = found.get(pk, 0) + len(pks)
    return found
