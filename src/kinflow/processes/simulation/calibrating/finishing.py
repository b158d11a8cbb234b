"""Whether people finish after hours what they have begun, or stop and go on the next morning: as the log has it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...diagnosis.calendar import DAY
from ..scenario import ALWAYS
from .staffing import People
from .weeks import Open, open_over
from .working import Work

FEWEST = 5
"""So many pieces of work must have gone on after hours, more than stopped that had no longer to go."""
Moments = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Crossing:
    """Of each piece of work: whether hours ended during it, whether it was done before they began again, and how much of
    it lay after their end, in time that passed or, where it stopped, in hours of work."""

    crosses: Flags
    is_through: Flags
    beyond: Moments


def crossing(hours: Open, begun: Moments, done: Moments) -> Crossing:
    """How work lay at the ends of hours in which it was begun."""
    begins, ends = hours.hours.begins, hours.hours.ends
    place = np.searchsorted(begins, begun, side="right") - 1
    closing = np.where(place >= 0, ends[np.maximum(place, 0)], begun)
    opening = np.append(begins, np.iinfo(np.int64).max)[place + 1]
    crosses = (place >= 0) & (begun < closing) & (done > closing)
    is_through = crosses & (done <= opening)
    beyond = np.where(is_through, done - closing, hours.between(closing, done))
    return Crossing(crosses, is_through, np.asarray(np.where(crosses, beyond, 0), np.int64))


def overtime_of(is_through: Flags, beyond: Moments) -> int:
    """How much may lie beyond the end of hours to be finished at once: what tells best apart which work was.

    None is where hardly any was, or no limit tells it better than that all stops.
    """
    order = np.argsort(beyond, kind="stable")
    gain = np.cumsum(np.where(is_through[order], 1, -1))
    most = int(np.argmax(gain)) if len(gain) else 0
    return int(min(beyond[order[most]], DAY)) if len(gain) and gain[most] >= FEWEST else 0


def finishing(work: Work, people: People, monday: int, until: int) -> People:
    """The people with the overtime that all of them work, each by their own hours; none where begins are not known."""
    if work.is_single:
        return people
    opened = _opened(people, monday, until)
    codes = {name: code for code, name in enumerate(work.columns.resources)}
    measured = np.array([each == "measured" for each in work.how])[work.columns.activity]
    found = []
    for staff in people.staff:
        if staff.calendar != ALWAYS:
            own = measured & (work.columns.resource == codes[staff.name])
            here = crossing(opened(staff.calendar), work.begun[own], work.done[own])
            found.append((here.is_through[here.crosses], here.beyond[here.crosses]))
    if not found:
        return people
    overtime = overtime_of(*(np.concatenate(each) for each in zip(*found, strict=True)))
    return replace(people, staff=tuple(replace(each, overtime=overtime) for each in people.staff))


def _opened(people: People, monday: int, until: int) -> Callable[[str], Open]:
    """The open hours by the name of a calendar, each made once."""
    known: dict[str, Open] = {}

    def opened(name: str) -> Open:
        if name not in known:
            known[name] = open_over(people.calendars[name], monday, until)
        return known[name]

    return opened
