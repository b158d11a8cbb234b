"""How cases come: a rate for each hour of the week, and how each week differs from the usual one."""

import numpy as np
from numpy.typing import NDArray

from ..scenario import WEEK, Arrivals
from .weeks import HOURS, hour_of_week

Moments = NDArray[np.int64]
DAY_HOURS = 24
LATELY = 8
"""So many last weeks say how many cases are to be expected next."""
SURE = 30
"""Weeks with fewer cases are drawn towards the usual number: their own is mostly chance."""


def arrivals_of(begins: Moments, monday: int, until: int) -> Arrivals:
    """The arrivals of cases that began at local moments between a Monday and a moment; whole weeks' hours are rates.

    Each hour of the week counts as often as it lies in the log; one that does not lie in it is as the same hour of other
    days. The season of a week is its cases by the usual number for as much of it as the log has, drawn towards 1 where
    they are few.
    """
    weeks = max(1, -(-(until - monday) // WEEK))
    first = int(begins.min()) if len(begins) else monday
    lasted = _times_each_hour(first, until)
    counts = np.bincount(hour_of_week(begins), minlength=HOURS)
    rates = _filled(counts / np.maximum(lasted, 1.0), lasted > 0)
    came = np.bincount((begins - monday) // WEEK, minlength=weeks)[:weeks]
    expected = np.array([_expected(rates, monday + k * WEEK, first, until) for k in range(weeks)])
    seasons = (came + SURE) / (expected + SURE)
    return Arrivals(
        hourly=tuple(float(each) for each in rates), seasonal=tuple(float(each) for each in seasons)
    )


def _filled(rates: NDArray[np.float64], seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Rates where hours that nobody has seen are as the same hour of other days is on average, or as all are."""
    days, known = rates.reshape(-1, DAY_HOURS), seen.reshape(-1, DAY_HOURS)
    times = known.sum(0)
    usual = np.where(times > 0, (days * known).sum(0) / np.maximum(times, 1), rates[seen].mean())
    return np.where(known, days, usual).ravel()


def next_arrivals(found: Arrivals, *, weeks: int) -> Arrivals:
    """The arrivals of weeks that nobody has seen: as usual at each hour, at the level of the last weeks."""
    last = found.seasonal[-LATELY - 1 : -1] or found.seasonal
    level = float(np.mean(last)) if last else 1.0
    return Arrivals(hourly=found.hourly, seasonal=(level,) * max(1, weeks))


def expected_cases(found: Arrivals, begins: int, since: int, until: int) -> float:
    """How many cases are to be expected between two local moments by arrivals whose weeks count from `begins`."""
    hour = WEEK // HOURS
    hours = np.arange((since - begins) // hour, -(-(until - begins) // hour))
    seasons = np.asarray(found.seasonal or (1.0,))
    rates = np.asarray(found.hourly)[hours % HOURS] * seasons[np.minimum(hours // HOURS, len(seasons) - 1)]
    return float(rates.sum())


def _times_each_hour(first: int, until: int) -> NDArray[np.float64]:
    """How often each hour of the week lies between two moments."""
    whole, rest = divmod(max(until - first, 1), WEEK)
    hours = np.full(HOURS, float(whole))
    extra = hour_of_week(first + np.arange(0, rest, WEEK // HOURS, dtype=np.int64))
    np.add.at(hours, extra, 1.0)
    return hours


def _expected(rates: NDArray[np.float64], week: int, first: int, until: int) -> float:
    """How many cases a week would have by the rates, as far as it lies between two moments."""
    starts = week + np.arange(HOURS, dtype=np.int64) * (WEEK // HOURS)
    inside = (starts >= first - WEEK // HOURS) & (starts < until)
    return float(rates[inside].sum())
