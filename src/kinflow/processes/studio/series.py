"""Cases over time: how many arrive, are finished and are open, how long they take, when their events happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ..columns.events import EventColumns, Moments
from .moments import day_of, first_of, moment_of

SECOND = 1_000_000
Step = Literal["day", "week", "month"]
MOST_DOTS = 6_000
BARS = 24


@dataclass(frozen=True)
class Flow:
    """Numbers by period: when it begins, cases begun and ended in it, cases open at its end."""

    step: Step
    starts: Sequence[date]
    arrived: Sequence[int]
    finished: Sequence[int]
    open: Sequence[int]


def begins_and_ends(columns: EventColumns) -> tuple[Moments, Moments]:
    """When each case with an event begins and ends, in microseconds."""
    filled = np.diff(columns.offsets) > 0
    first, last = columns.offsets[:-1][filled], columns.offsets[1:][filled] - 1
    return columns.begun_at[first], columns.at[last]


def by_weekday(begins: Moments, zone: ZoneInfo) -> list[int]:
    """How many cases begin on each day of the week, Monday first; by the zone's clock as in the log's middle."""
    if not len(begins):
        return [0] * 7
    middle = moment_of(int(np.median(begins))).astimezone(zone)
    shift = int((middle.utcoffset() or timedelta()).total_seconds()) * SECOND
    days = (begins + shift) // (86_400 * SECOND)
    counts = np.bincount((days + 3) % 7, minlength=7)  # the first of January 1970 was a Thursday
    return [int(each) for each in counts]


def flow(begins: Moments, ends: Moments, zone: ZoneInfo, most: int = 110) -> Flow:
    """Arrivals, ends and open cases by day, week or month: the finest that gives no more than so many periods.

    `begins` are those of all cases, `ends` those of the cases that have ended.
    """
    if not len(begins):
        return Flow("week", [], [], [], [])
    latest = max(int(begins.max()), int(ends.max(initial=0)))
    first, last = day_of(int(begins.min()), zone), day_of(latest, zone)
    step: Step = "day" if (last - first).days < 62 else "week" if (last - first).days < 7 * most else "month"
    starts = _starts(first, last, step)
    edges = np.array([first_of(each, zone) for each in [*starts, _after(starts[-1], step)]], np.int64)
    arrived = np.histogram(begins, edges)[0]
    finished = np.histogram(ends, edges)[0]
    at_work = np.cumsum(arrived) - np.cumsum(finished)
    return Flow(step, starts, arrived.tolist(), finished.tolist(), at_work.tolist())


def _starts(first: date, last: date, step: Step) -> list[date]:
    at = {"day": first, "week": first - timedelta(first.weekday()), "month": first.replace(day=1)}[step]
    starts = []
    while at <= last:
        starts.append(at)
        at = _after(at, step)
    return starts


def _after(day: date, step: Step) -> date:
    if step == "month":
        return (day.replace(day=1) + timedelta(32)).replace(day=1)
    return day + timedelta(7 if step == "week" else 1)


@dataclass(frozen=True)
class Histogram:
    """Cases by how long they last: edges in seconds (one more than counts); the last bar takes all that last longer."""

    edges: Sequence[float]
    counts: Sequence[int]


NICE = (
    60,
    300,
    600,
    1800,
    3600,
    7200,
    14400,
    28800,
    43200,
    86400,
    172800,
    259200,
    432000,
    604800,
    1209600,
    2592000,
)
"""Widths of bars that people can read: a minute to a month."""


def histogram(seconds: NDArray[np.float64]) -> Histogram:
    """How many cases last how long, in bars of a width that can be said; the longest 2 % share the last."""
    if not len(seconds):
        return Histogram([], [])
    high = float(np.quantile(seconds, 0.98))
    width = next((each for each in NICE if each * BARS >= high), NICE[-1] * np.ceil(high / NICE[-1] / BARS))
    bars = max(1, min(BARS, int(np.ceil(high / width)) or 1))
    edges = [float(width) * number for number in range(bars + 1)]
    place = np.minimum(seconds // width, bars - 1).astype(np.int64)
    return Histogram(edges, np.bincount(place, minlength=bars).tolist())


@dataclass(frozen=True)
class Dots:
    """Events of a sample of cases: the row of its case (by begin), its moment in milliseconds, its activity."""

    rows: Sequence[int]
    at: Sequence[int]
    activity: Sequence[int]
    cases: int
    of_cases: int


def dots(columns: EventColumns) -> Dots:
    """The events of so many cases, evenly taken by when they begin, as a picture can bear."""
    lengths = np.diff(columns.offsets)
    filled = np.flatnonzero(lengths > 0)
    if not len(filled):
        return Dots([], [], [], 0, 0)
    order = filled[np.argsort(columns.at[columns.offsets[:-1][filled]], kind="stable")]
    mean = max(1.0, float(lengths[filled].mean()))
    wanted = max(1, min(len(order), int(MOST_DOTS / mean)))
    taken = order[np.linspace(0, len(order) - 1, wanted).astype(np.int64)]
    places = [np.arange(columns.offsets[each], columns.offsets[each + 1])[:200] for each in taken]
    rows = np.repeat(np.arange(len(taken)), [len(each) for each in places])
    at = np.concatenate(places)
    return Dots(
        rows.tolist(),
        (columns.at[at] // 1000).tolist(),
        columns.activity[at].tolist(),
        len(taken),
        len(filled),
    )
