"""The two sides of a hold-out check: the later cases as they were, and the same period foretold."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ..scenario import DAY, WEEK, Calendar, Scenario, Staff
from .arriving import next_arrivals
from .checking import FEWEST
from .distances import Played
from .scenarios import Calibrated
from .weeks import monday_before
from .working import Work

LONGEST = 0.98
"""The share of cases that are over within the time that is played before the period, so that it begins with open ones,
and within that for which the cases that are compared are followed at least."""
LEAST = 0.5
"""Of the later cases so large a share is compared even where they are followed for less."""


@dataclass(frozen=True)
class Parts:
    """The split of a log: the moment (local) between the parts, and the end of arrivals and of the log.

    Both sides of a check are seen alike. Compared are the cases that begin between the split and `followed`, early
    enough to be seen to their end as a rule. Of what comes at the end of the log or later nothing is seen: cases that
    are not over by then are left out where ends are known, and otherwise counted as far as they came.
    """

    split: int
    arrivals_end: int
    log_end: int
    followed: int
    ends_known: bool


def parts_of(work: Work, share: float, ended: NDArray[np.bool_] | None = None) -> Parts:
    """The parts of a log, so large a share of whose cases begins before the split; `ended` is None where nobody knows."""
    filled = np.diff(work.columns.offsets) > 0
    begins, ends = begins_of(work), np.maximum.reduceat(work.done, work.columns.offsets[:-1][filled])
    split = int(np.sort(begins)[min(len(begins) - 1, int(share * len(begins)))])
    log_end, arrivals_end = int(work.done.max()) + 1, int(begins.max()) + 1
    over = (begins < split) & (ends < split) & (True if ended is None else ended[filled])
    longest = int(np.quantile((ends - begins)[over], LONGEST)) if over.any() else 0
    later = np.sort(begins[begins >= split])
    least = min(len(later), max(FEWEST, ceil(LEAST * len(later))))
    followed = min(arrivals_end, max(log_end - longest, int(later[least - 1]) + 1))
    return Parts(split, arrivals_end, log_end, followed, ended is not None)


def begins_of(work: Work) -> NDArray[np.int64]:
    """When each case with an event began, as both sides are measured: by the end of its first event where ends alone
    are known."""
    first = work.columns.offsets[:-1][np.diff(work.columns.offsets) > 0]
    found: NDArray[np.int64] = (work.done if work.is_single else work.begun)[first]
    return found


def real_part(work: Work, since: int, until: int, ended: NDArray[np.bool_] | None = None) -> Played:
    """The cases that began in a period, those alone that have ended."""
    columns = work.columns
    filled = np.diff(columns.offsets) > 0
    begins = np.zeros(columns.cases, np.int64)
    begins[filled] = begins_of(work)
    kept = filled & (begins >= since) & (begins < until)
    kept &= np.ones(columns.cases, bool) if ended is None else ended
    return side_of(
        columns.case,
        columns.activity,
        work.ready,
        work.begun,
        work.done,
        kept,
        (since, until),
        is_single=work.is_single,
    )


def side_of(
    case: NDArray[np.int32] | NDArray[np.int64],
    step: NDArray[np.int32] | NDArray[np.int64],
    ready: NDArray[np.int64],
    begun: NDArray[np.int64],
    done: NDArray[np.int64],
    kept: NDArray[np.bool_],
    period: tuple[int, int],
    *,
    is_single: bool,
) -> Played:
    """The kept cases of a log sorted by case and begin, numbered anew."""
    events = np.flatnonzero(kept[case])
    _cases, numbers = np.unique(case[events], return_inverse=True)
    numbers = numbers.ravel().astype(np.int64)
    starts = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])) if len(events) else np.empty(0, int)
    ends = np.maximum.reduceat(done[events], starts) if len(starts) else np.empty(0, np.int64)
    begins = (done if is_single else begun)[events][starts]
    return Played(
        numbers,
        step[events].astype(np.int64),
        ready[events],
        begun[events],
        done[events],
        begins.astype(np.int64),
        ends.astype(np.int64),
        *period,
    )


def foretold(known: Calibrated, parts: Parts) -> Scenario:
    """The scenario of the later period from what the earlier one shows.

    It is played from some time before the split on, with the cases that came then, so that it begins with work in
    hand; later on cases come as usual at the level of the last weeks. Holidays are those that were planned, for whoever
    kept them before; absences to come are not known, and who had left at the split is not there any more.
    """
    scenario = known.scenario
    earlier = real_part(known.work, scenario.begins, parts.split)
    longest = float(np.quantile(earlier.cycle, LONGEST)) * 3.6e9 if len(earlier.begins) else 0.0
    begins = max(scenario.begins, monday_before(int(parts.split - max(longest, WEEK))))
    before = scenario.arrivals.seasonal[
        (begins - scenario.begins) // WEEK : (parts.split - scenario.begins) // WEEK
    ]
    weeks = -(-(parts.arrivals_end - begins) // WEEK)
    later = next_arrivals(scenario.arrivals, weeks=weeks)
    seasonal = (*before, *later.seasonal)[:weeks]
    return replace(
        scenario,
        arrivals=replace(later, seasonal=seasonal),
        begins=begins,
        lasts=parts.arrivals_end - begins,
        warm_up=max(0, parts.split - begins),
        staff=staff_at(scenario.staff, scenario.lasts),
        calendars=_off_as_planned(known, begins, parts.split),
    )


def _off_as_planned(known: Calibrated, begins: int, split: int) -> dict[str, Calendar]:
    """The calendars of a scenario that begins at a Monday: their own closed days up to the split, then the planned ones
    of those that kept them, as far as any could be kept before."""
    scenario, monday = known.scenario, begins // DAY
    moved = monday - scenario.begins // DAY
    past = {day - scenario.begins // DAY for day in known.planned.off if scenario.begins <= day * DAY < split}
    ahead = {day - monday for day in known.planned.off if day * DAY >= split}
    worked = {(day - monday, as_day) for day, as_day in known.planned.worked if day * DAY >= split}
    return {
        name: Calendar(
            each.spans,
            frozenset({day - moved for day in each.closed if day >= moved})
            | (ahead if not past or each.closed & past else frozenset()),
            frozenset({(day - moved, as_day) for day, as_day in each.opened if day >= moved})
            | (worked if not past or each.closed & past else frozenset()),
        )
        for name, each in scenario.calendars.items()
    }


def staff_at(staff: tuple[Staff, ...], moment: int) -> tuple[Staff, ...]:
    """Who is still there at a moment since the begin, without their absences; whoever alone fills a role stays."""
    gone = {each.name for each in staff if any(end >= moment for _since, end in each.absences)}
    there = [each for each in staff if each.name not in gone]
    able = {role for each in there for role in each.skills}
    kept = [each for each in staff if each.name not in gone or not set(each.skills) <= able]
    return tuple(replace(each, absences=()) for each in kept)
