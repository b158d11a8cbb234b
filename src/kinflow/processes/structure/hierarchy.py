"""Lines of the organisation on paper: layers, spans of control, how far two people or units are from each other."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from .paper import Paper

NARROW, WIDE = 2, 12
"""Managers with at most and with at least so many direct reports are told."""


@dataclass(frozen=True)
class Branch:
    """A part of the chart: its people, those who lead somebody, its layers, and direct reports per manager.

    `layers` counts from the highest person of the branch down to the lowest, both included.
    """

    unit: int
    people: int
    managers: int
    layers: int
    mean_span: float | None
    most_span: int


def layers_of(boss: Mapping[int, int], people: Mapping[int, object]) -> dict[int, int]:
    """The layer of each person: 1 for who reports to nobody."""
    found: dict[int, int] = {}
    for pk in people:
        way = [pk]
        while way[-1] not in found and way[-1] in boss:
            way.append(boss[way[-1]])
        depth = found.get(way[-1], 1)
        for at, each in enumerate(reversed(way)):
            found[each] = depth + at
    return found


def people_here(paper: Paper) -> dict[int, int]:
    """Everybody who is here, with their unit."""
    return {person.pk: person.unit for person in paper.people.values() if person.is_here}


def spans_of(paper: Paper) -> dict[int, int]:
    """How many report directly to each manager."""
    here = people_here(paper)
    return dict(Counter(above for pk, above in paper.boss.items() if pk in here))


def branches_of(paper: Paper) -> list[Branch]:
    """The whole, and each unit below the root, or below the roots where there are several, in the chart's order."""
    roots = [pk for pk in paper.order if len(paper.units[pk].way) == 1]
    below = [pk for pk in paper.order if len(paper.units[pk].way) == 2]
    return [found for pk in [*roots, *below] if (found := branch_of(paper, pk)).people]


def branch_of(paper: Paper, unit: int) -> Branch:
    """A unit with all below it."""
    within = {pk for pk, each in paper.units.items() if unit in each.way}
    people = {pk: at for pk, at in people_here(paper).items() if at in within}
    boss = {pk: above for pk, above in paper.boss.items() if pk in people and above in people}
    spans = [span for pk, span in spans_of(paper).items() if pk in people]
    layers = layers_of(boss, people)
    return Branch(
        unit,
        len(people),
        len(spans),
        max(layers.values(), default=0),
        sum(spans) / len(spans) if spans else None,
        max(spans, default=0),
    )


def lines_between(boss: Mapping[int, int], one: int, other: int) -> int | None:
    """How many lines lie between two people on the way through the nearest boss of both; None where there is none."""
    up: dict[int, int] = {}
    at: int | None = one
    while at is not None:
        up[at] = len(up)
        at = boss.get(at)
    at, steps = other, 0
    while at is not None:
        if at in up:
            return up[at] + steps
        at, steps = boss.get(at), steps + 1
    return None


def meeting_unit(paper: Paper, one: int, other: int) -> int | None:
    """The lowest unit that two units both belong to; None where there is none."""
    if one not in paper.units or other not in paper.units:
        return None
    common = [a for a, b in zip(paper.units[one].way, paper.units[other].way, strict=False) if a == b]
    return common[-1] if common else None


def has_line(paper: Paper, one: int, other: int) -> bool:
    """Whether two units are the same, one is right above the other, or both have the same unit right above them."""
    a, b = paper.units.get(one), paper.units.get(other)
    if a is None or b is None:
        return False
    return (
        one == other
        or a.parent == other
        or b.parent == one
        or (a.parent is not None and a.parent == b.parent)
    )
