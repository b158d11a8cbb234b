"""The people of a log: which roles they fill, when they work, how much at once, when they were away."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...diagnosis.calendar import DAY
from ..scenario import ALWAYS, Calendar, Staff
from .holidays import Days, Opened, Planned, closed_days, kept_by
from .weeks import calendar_from, hours_of, own_hours
from .working import Work

ALIKE = 0.9
"""Steps done by people in so similar shares (cosine) are one role's."""
INVOLVED = 0.01
"""Who did less than this share of a step, and less often than `TWICE`, helped out and is not counted as able."""
TWICE = 3
OWN = 60
"""From so many pieces of work on somebody has a calendar of their own."""
SPEED = 30
"""Pieces of work by which somebody's own speed counts half; fewer draw it to the usual one."""
AWAY = 5 * DAY
CHANCE = 1e-4
"""A pause is an absence when it is so improbable for how often somebody works otherwise."""
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class People:
    """Staff, their calendars by name, and each activity's role ("" where nobody known does it)."""

    staff: tuple[Staff, ...]
    calendars: dict[str, Calendar]
    roles: tuple[str, ...]
    pieces: tuple[int, ...]
    """How much of the log each did."""


def people_of(
    work: Work, monday: int, until: int, counted: NDArray[np.bool_], planned: Planned = Planned()
) -> People:
    """The people who did the counted events, and the calendar "usual" of all work whoever did it.

    `planned` is what the company's calendar plans beside its week.
    """
    columns = work.columns
    moments = work.begun[counted] if counted.any() else work.begun
    closed = closed_days(moments, monday, until, planned.off) if len(moments) else frozenset()
    usual, opened = planned.usual(moments), planned.opened(moments, monday, until)
    calendars = {"usual": calendar_from(hours_of(usual), closed, opened)}
    known = counted & (columns.resource >= 0)
    times = np.zeros((len(columns.activities), max(1, len(columns.resources))), np.int64)
    np.add.at(times, (columns.activity[known], columns.resource[known]), 1)
    roles = _roles(times, columns.activities)
    factors = _speeds(work, known)
    staff, pieces = [], []
    for code in np.flatnonzero(times.sum(axis=0)).tolist():
        skills = _skills(times, roles, code, factors)
        if not skills:
            continue
        own = np.flatnonzero(known & (columns.resource == code))
        name = columns.resources[code]
        off = kept_by(work.begun[own], closed, monday)
        beside = off, opened if off == closed else frozenset()
        calendar = _calendar(f"person {code}", planned.usual(work.begun[own]), usual, beside, calendars)
        away = _absences(work, own, monday, until)
        staff.append(Staff(name, skills, calendar, _at_once(work, own), absences=away))
        pieces.append(len(own))
    return People(tuple(staff), calendars, roles, tuple(pieces))


def _roles(times: NDArray[np.int64], activities: object) -> tuple[str, ...]:
    """The role of each activity, called after its most frequent activity."""
    names = list(activities)  # type: ignore[call-overload]
    roles = [""] * len(names)
    heads: list[int] = []
    norms = np.sqrt((times.astype(np.float64) ** 2).sum(axis=1))
    for code in np.argsort(-times.sum(axis=1), kind="stable").tolist():
        if not norms[code]:
            continue
        near = [
            head for head in heads if float(times[code] @ times[head]) / (norms[code] * norms[head]) >= ALIKE
        ]
        if not near:
            heads.append(code)
        roles[code] = str(names[near[0] if near else code])
    return tuple(roles)


def _skills(
    times: NDArray[np.int64], roles: tuple[str, ...], person: int, factors: NDArray[np.float64]
) -> dict[str, float]:
    """The roles that somebody fills, with their speed."""
    found = {}
    for role in dict.fromkeys(each for each in roles if each):
        steps = [code for code, each in enumerate(roles) if each == role]
        own, whole = int(times[steps, person].sum()), int(times[steps].sum())
        is_main = own == int(times[steps].sum(axis=0).max())
        if own and (own >= INVOLVED * whole or own >= TWICE or is_main):
            found[role] = float(factors[person])
    return found


def _speeds(work: Work, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The factor on work times of each person: their geometric mean against that of the steps they did."""
    columns = work.columns
    factors = np.ones(max(1, len(columns.resources)))
    some = known & work.sample & (work.done > work.begun)
    if work.is_single or not some.any():
        return factors
    logs = np.log((work.done - work.begun)[some].astype(np.float64))
    steps, people = columns.activity[some], columns.resource[some]
    counts = np.bincount(steps, minlength=len(columns.activities))
    means = np.bincount(steps, weights=logs, minlength=len(columns.activities)) / np.maximum(counts, 1)
    pieces = np.bincount(people, minlength=len(factors))
    off = np.bincount(people, weights=logs - means[steps], minlength=len(factors)) / (pieces + SPEED)
    found: NDArray[np.float64] = np.exp(np.clip(off, -1.5, 1.5))
    return found


def _calendar(
    name: str,
    moments: NDArray[np.int64],
    of_all: NDArray[np.int64],
    beside: tuple[Days, Opened],
    calendars: dict[str, Calendar],
) -> str:
    """The name of somebody's calendar: their own hours where enough is known, the usual ones else."""
    if len(moments) < OWN:
        return ALWAYS if hours_of(of_all).all() else "usual"
    own = calendar_from(own_hours(moments, of_all), *beside)
    same = next((key for key, each in calendars.items() if each == own), None)
    if same is None:
        calendars[name] = own
    return same or name


def _at_once(work: Work, own: NDArray[np.int64]) -> int:
    """How many things somebody does at a time: as many as in nine tenths of their busy time; 1 where it is estimated."""
    if work.is_single:
        return 1
    moments = np.concatenate((work.begun[own], work.done[own]))
    change = np.repeat(np.array([1, -1]), len(own))
    order = np.lexsort((change, moments))
    held = np.cumsum(change[order])[:-1]
    lasts = np.diff(moments[order])
    busy = np.bincount(np.maximum(held, 0), weights=lasts)
    busy[0] = 0
    if not busy.sum():
        return 1
    return int(min(MOST_AT_ONCE, max(1, np.searchsorted(np.cumsum(busy), 0.9 * busy.sum()))))


def _absences(work: Work, own: NDArray[np.int64], monday: int, until: int) -> tuple[tuple[int, int], ...]:
    """Pauses too long to be chance, also before somebody came and after they left; since the Monday.

    How often somebody gets something to do is told by the cases that come to them, not by the pieces of work: those of
    one case lie close together, so that between cases that come seldom every pause would seem too long. It is reckoned
    over all the time in which they are not known to have been away, until no further absence shows.
    """
    order = own[np.argsort(work.begun[own], kind="stable")]
    starts = np.append(work.begun[order], until)
    ends = np.concatenate(([monday], np.maximum.accumulate(work.done[order])))
    pauses = np.maximum(starts - ends, 0)
    cases = len(np.unique(work.columns.case[own]))
    is_away = np.zeros(len(pauses), bool)
    while True:
        present = max(1, until - monday - int(pauses[is_away].sum()))
        found = (pauses > AWAY) & (pauses * (cases / present) > -np.log(CHANCE))
        if (found == is_away).all():
            break
        is_away = found
    return tuple(
        (int(a - monday), int(b - monday)) for a, b in zip(ends[is_away], starts[is_away], strict=True)
    )
