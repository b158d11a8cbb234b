"""Playing a scenario once."""

import numpy as np
from numpy.typing import NDArray

from . import drawing
from .lowering import number_of, row_of
from .preparing import prepared
from .refusing import MOST_CASES
from .results import STOPS, Played
from .scenario import HOUR, WEEK, Arrivals, Scenario
from .staging import play

MOST_OPEN, MOST_EVENTS = 200_000, 20_000_000
"""Limits, from which a play is broken off."""
ABOUT = 0.05
"""Of all kinds of cases so large a share comes at about the same time of the week."""


def simulate(
    scenario: Scenario,
    seed: int,
    replication: int = 0,
    *,
    most_open: int = MOST_OPEN,
    most_events: int = MOST_EVENTS,
) -> Played:
    """Play a scenario once.

    The same `seed` and `replication` give the same result, whatever was played before and wherever. Scenarios played with
    the same numbers have them in common: a case draws the same for a step (by its id) however the rest changes, so that a
    difference between two scenarios shows with few replications.

    Raises Invalid, naming what is wrong with the scenario. A play with more than `most_open` cases at once or more than
    `most_events` events is broken off, and says so.
    """
    until = 2 * scenario.lasts
    known = prepared(scenario)
    key = number_of(f"{seed} {replication}")
    arrival = arrivals_of(scenario.arrivals, scenario.lasts, key)
    kind = kinds_of(scenario, key, arrival)
    cases = np.empty((len(arrival), 3), np.int64)
    cases[:, 0], cases[:, 1], cases[:, 2] = arrival, kind, known.urgency[kind]
    log, found, reason, now = play(known.world, known.room, cases, key, until, most_open, most_events)
    finish, defective, handovers = np.ascontiguousarray(found.T)
    case, step, staff, came, ready, start, end, work, visit = log
    came_in = int(np.searchsorted(arrival, now, "right")) if reason else len(arrival)
    return Played(
        case, step, staff, came, ready, start, end, work, visit,
        arrival[:came_in], kind[:came_in], finish[:came_in], defective[:came_in] > 0, handovers[:came_in],
        now if reason else min(now, until), STOPS[reason],
    )  # fmt: skip


def arrivals_of(arrivals: Arrivals, lasts: int, key: int) -> NDArray[np.int64]:
    """When cases come, before `lasts`."""
    if arrivals.moments:
        moments = np.sort(np.array(arrivals.moments, np.int64))
        return moments[(moments >= 0) & (moments < lasts)]
    name = number_of("arrivals")
    table: list[NDArray[np.float64]] = []
    if arrivals.times is not None:
        row = np.array([row_of(arrivals.times, table)], float)
        values = np.concatenate([*table, np.zeros(1)])
        mean = arrivals.times.mean or float(np.mean(arrivals.times.values))
        found = np.empty(min(2 * MOST_CASES, int(2 * lasts / mean) + 100), np.int64)
        return found[: drawing.coming(row, values, key, name, lasts, found)]
    hours = -(-lasts // HOUR)
    rates = np.resize(np.array(arrivals.hourly), hours)
    if arrivals.seasonal:
        weeks = np.arange(hours) // 168
        rates = rates * np.array(arrivals.seasonal)[np.minimum(weeks, len(arrivals.seasonal) - 1)]
    expected = np.append(0.0, np.cumsum(rates))
    count = int(expected[-1] + 12 * expected[-1] ** 0.5 + 100)
    reached = np.cumsum(-np.log(_units(key, name, count)))
    reached = reached[reached < expected[-1]]
    # Cumulative rates that stand still belong to hours in which nobody comes.
    hour = np.searchsorted(expected, reached, "right") - 1
    into = (reached - expected[hour]) / rates[hour]
    moments = ((hour + into) * HOUR).astype(np.int64)
    return np.asarray(moments[moments < lasts])


def kinds_of(scenario: Scenario, key: int, arrival: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which kind each case is of."""
    if len(scenario.kinds) == 1:
        return np.zeros(len(arrival), np.int64)
    shares = np.array([kind.share for kind in scenario.kinds])
    drawn = _units(key, number_of("kinds"), len(arrival))
    hours = np.array([np.nan if kind.hour is None else kind.hour for kind in scenario.kinds])
    if np.isnan(hours).any():
        order = np.arange(len(shares))
    else:
        order = np.argsort(hours, kind="stable")
        drawn = _about_when(arrival % WEEK / HOUR, hours[order], shares[order] / shares.sum(), drawn)
    reached = np.cumsum(shares[order])
    place = np.minimum(np.searchsorted(reached, drawn * reached[-1], "right"), len(shares) - 1)
    return np.asarray(order[place], np.int64)


def _about_when(
    comes: NDArray[np.float64],
    hours: NDArray[np.float64],
    shares: NDArray[np.float64],
    drawn: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Where in the shares of kinds, in the order of their hours, lies what comes at some hours of the week: in a window
    about each, so that in all the kinds come in their shares."""
    before = np.append(0.0, np.cumsum(shares))[np.searchsorted(hours, comes)]
    return np.asarray((before + (drawn - 0.5) * ABOUT) % 1.0)


def _units(key: int, name: int, count: int) -> NDArray[np.float64]:
    found = np.empty(count)
    drawing.units(key, name, found)
    return found
