"""Paper against log: hand-overs between the people of the chart, against its units and lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns
from ...columns.events import NOBODY
from ...diagnosis.chances import discoveries
from ..hierarchy import has_line, meeting_unit
from ..paper import Paper
from .chance import RATE, Handed, chance_of, remarkable, tested
from .comparing import Communities, compared
from .handing import Passing, passing_of

Whole = NDArray[np.int64]
MOST_TIES = 2_000
"""Of ties between single people only so many, the strongest, are told."""
FEWEST = 3
"""Units with fewer people in the log are not asked whether these work together."""
WAYS = ("inside", "line", "division", "across")


@dataclass(frozen=True)
class Way:
    """A kind of hand-over: its share of all, its share by chance, and whether the difference is more than chance."""

    key: str
    share: float
    expected: float
    is_real: bool


@dataclass(frozen=True)
class Tie:
    """Hand-overs from one group to another: how often, how often by chance, and the unit in which both first meet."""

    giver: int
    taker: int
    times: int
    cases: int
    expected: float
    has_line: bool
    is_remarkable: bool
    meets: int | None


@dataclass(frozen=True)
class Inside:
    """A unit's people among each other: hand-overs inside, by chance, and all that touch the unit."""

    unit: int
    people: int
    inside: int
    expected: float
    touching: int
    is_little: bool


@dataclass(frozen=True)
class Network:
    """The analysis: `people` and `units` (ids) that take part in hand-overs."""

    people: Sequence[int]
    units: Sequence[int]
    total: int
    ways: Sequence[Way]
    reporting: Way
    ties: Sequence[Tie]
    insides: Sequence[Inside]
    communities: Communities


def network_of(logs: Sequence[EventColumns], paper: Paper) -> Network:
    """The analysis of logs of ours, people by their ids. O(events) and for u units and p people O(u² + p²) room."""
    known = sorted({int(each) for log in logs for each in log.resources} & set(paper.people))
    people, by_person = _taking_part(logs, known)
    units, unit_of = _units_of(people, paper)
    of_unit = dict(zip(people, unit_of.tolist(), strict=True))
    by_unit = [passing_of(log, _groups(log, of_unit), len(units)) for log in logs]
    staff = np.bincount(unit_of, minlength=len(units))
    found = tested(by_unit, len(units), staff == 1)
    return Network(
        people,
        units,
        int(found.total),
        _ways(found, units, paper),
        _reporting(by_person, people, paper),
        ties_of(found, units, units, paper),
        _insides(found, units, staff),
        compared(by_person, people, unit_of, units, paper),
    )


def people_ties(logs: Sequence[EventColumns], network: Network, paper: Paper, most: int) -> list[Tie]:
    """Hand-overs between single people, of the `most` who hand over most; only for who may see them."""
    place = {pk: at for at, pk in enumerate(network.people)}
    passing = [passing_of(log, _groups(log, place), len(place)) for log in logs]
    often = sum(
        (
            np.bincount(np.concatenate([each.giver, each.taker]), np.tile(each.times, 2), len(place))
            for each in passing
        ),
        np.zeros(len(place)),
    )
    chosen = [network.people[at] for at in np.argsort(-often, kind="stable")[:most].tolist()]
    place = {pk: at for at, pk in enumerate(chosen)}
    passing = [passing_of(log, _groups(log, place), len(place)) for log in logs]
    found = tested(passing, len(chosen), np.ones(len(chosen), np.bool_))
    return ties_of(found, chosen, [paper.people[pk].unit for pk in chosen], paper, MOST_TIES)


def _groups(log: EventColumns, place: dict[int, int]) -> NDArray[np.int32]:
    """The group of each resource of a log, and of nobody behind them."""
    return np.array([*(place.get(int(each), NOBODY) for each in log.resources), NOBODY], np.int32)


def _taking_part(logs: Sequence[EventColumns], known: Sequence[int]) -> tuple[list[int], list[Passing]]:
    """Those of the known people who hand over or take over, and the hand-overs between them."""
    place = {pk: at for at, pk in enumerate(known)}
    passing = [passing_of(log, _groups(log, place), len(known)) for log in logs]
    seen = np.zeros(len(known), np.bool_)
    for each in passing:
        seen[each.giver] = seen[each.taker] = True
    new = np.cumsum(seen) - 1
    people = [pk for pk, is_seen in zip(known, seen.tolist(), strict=True) if is_seen]
    renumbered = [
        Passing(new[each.giver].astype(np.int32), new[each.taker].astype(np.int32), each.times, each.cases)
        for each in passing
    ]
    return people, renumbered


def _units_of(people: Sequence[int], paper: Paper) -> tuple[list[int], Whole]:
    """The units of people in the order of the chart, and the place among them of each person's."""
    own = [paper.people[pk].unit for pk in people]
    order = {pk: at for at, pk in enumerate(paper.order)}
    units = sorted(set(own), key=lambda pk: (order.get(pk, len(order)), pk))
    place = {pk: at for at, pk in enumerate(units)}
    return units, np.array([place[unit] for unit in own], np.int64)


def way_between(paper: Paper, one: int, other: int) -> str:
    """How far apart two units are on paper: one of `WAYS`."""
    if one == other:
        return "inside"
    if has_line(paper, one, other):
        return "line"
    meets = meeting_unit(paper, one, other)
    return "division" if meets is not None and len(paper.units[meets].way) > 1 else "across"


def _ways(found: Handed, units: Sequence[int], paper: Paper) -> list[Way]:
    """The hand-overs by how far apart units are."""
    way = np.array(
        [[WAYS.index(way_between(paper, one, other)) for other in units] for one in units], np.int64
    )
    return [_way(key, found, way == at) for at, key in enumerate(WAYS)] if len(units) else []


def _way(key: str, found: Handed, mask: NDArray[np.bool_]) -> Way:
    times, cases, expected = (float(each[mask].sum()) for each in (found.times, found.cases, found.expected))
    return _judged(key, times, cases, expected, found.total)


def _judged(key: str, times: float, cases: float, expected: float, total: float) -> Way:
    p = min(chance_of(times, cases, expected, total, less=less) for less in (False, True))
    return Way(key, times / total if total else 0, expected / total if total else 0, p < RATE / 2)


def _reporting(logs: Sequence[Passing], people: Sequence[int], paper: Paper) -> Way:
    """Hand-overs between somebody and whom they report to, either way."""
    place = {pk: at for at, pk in enumerate(people)}
    boss = np.array([place.get(paper.boss.get(pk, NOBODY), NOBODY) for pk in people], np.int64)
    led = np.flatnonzero(boss >= 0)
    times = cases = expected = total = 0.0
    for log in logs:
        is_line = (boss[log.giver] == log.taker) | (boss[log.taker] == log.giver)
        times += float(log.times[is_line].sum())
        cases += float(log.cases[is_line].sum())
        own = float(log.times.sum())
        out, into = (np.bincount(ends, log.times, len(people)) for ends in (log.giver, log.taker))
        expected += (
            float((out[led] * into[boss[led]] + into[led] * out[boss[led]]).sum()) / own if own else 0.0
        )
        total += own
    return _judged("reporting", times, cases, expected, total)


def ties_of(
    found: Handed, ends: Sequence[int], units: Sequence[int], paper: Paper, most: int | None = None
) -> list[Tie]:
    """The hand-overs between different groups, at most so many, the most frequent first; `units` (g,) says where on paper
    each group is.
    """
    marked = remarkable(found)
    givers, takers = np.nonzero(found.times)
    order = np.argsort(-found.times[givers, takers], kind="stable")
    order = order[givers[order] != takers[order]][:most]
    pairs = list(zip(givers[order].tolist(), takers[order].tolist(), strict=True))
    return [
        Tie(
            ends[one],
            ends[other],
            int(found.times[one, other]),
            int(found.cases[one, other]),
            float(found.expected[one, other]),
            has_line(paper, units[one], units[other]),
            bool(marked[one, other]),
            meeting_unit(paper, units[one], units[other]),
        )
        for one, other in pairs
    ]


def _insides(found: Handed, units: Sequence[int], staff: Whole) -> list[Inside]:
    """The units of several people, those with the most hand-overs first."""
    inside, expected = np.diag(found.times), np.diag(found.expected)
    touching = found.times.sum(axis=0) + found.times.sum(axis=1) - inside
    asked = [at for at in np.argsort(-touching, kind="stable").tolist() if staff[at] >= FEWEST]
    p = [found.chance(at, at, less=True) for at in asked]
    little = discoveries(p, RATE)
    return [
        Inside(
            units[at],
            int(staff[at]),
            int(inside[at]),
            float(expected[at]),
            int(touching[at]),
            bool(is_little and inside[at] <= expected[at] / 2),
        )
        for at, is_little in zip(asked, little.tolist(), strict=True)
    ]
