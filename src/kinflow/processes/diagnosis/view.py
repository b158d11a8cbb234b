"""A log as detectors look at it: waits before events in working hours, work in them, people, units' turns, local time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..columns.events import NOBODY, Codes, EventColumns, Labels, Moments
from .calendar import DAY, HOUR, OpenHours, hours_between, local
from .context import Context
from .intervals import NEVER, joined, where, without

Hours = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True)
class Turns:
    """Stretches of a case in the same hands: whose (`code`), of which case, and the first and last event of each."""

    case: Codes
    code: Codes
    first: Places
    last: Places

    def __len__(self) -> int:
        return len(self.case)

    def follows(self, steps: int = 1) -> Mask:
        """For each turn but the last `steps`: whether the turn so many later is of the same case."""
        return self.case[:-steps] == self.case[steps:] if len(self) > steps else np.zeros(0, bool)


@dataclass(frozen=True)
class View:
    """A log with what is known beside it; what several detectors need is worked out once."""

    columns: EventColumns
    context: Context

    @cached_property
    def ready_at(self) -> Moments:
        """When each event could have begun: when the one before it in its case ended; its own begin if it is the
        first."""
        ready = self.columns.begun_at.copy()
        if len(ready) > 1:
            inner = ~self.is_first[1:]
            ready[1:][inner] = self.columns.at[:-1][inner]
        return np.minimum(ready, self.columns.begun_at)

    @cached_property
    def is_first(self) -> Mask:
        """Which events are the first of their case."""
        first = np.ones(self.columns.events, bool)
        first[1:] = self.columns.case[1:] != self.columns.case[:-1]
        return first

    @cached_property
    def wait(self) -> Hours:
        """Hours each event waited for its begin, in working time of who did it if that is known."""
        return self.worked(self.ready_at, self.columns.begun_at, self.columns.resource)

    @cached_property
    def work(self) -> Hours:
        """Hours from begin to end of each event, in working time of who did it if that is known."""
        return self.worked(self.columns.begun_at, self.columns.at, self.columns.resource)

    def worked(self, starts: Moments, ends: Moments, resource: Codes) -> Hours:
        """Working hours between moments by the calendar of each resource, the usual one where theirs is unknown."""
        hours = hours_between(starts, ends, self.context.open_hours)
        people = self.context.people
        if people.calendar is not None and len(people.calendar):
            own = np.where(resource >= 0, people.calendar[resource], -1)
            for code, calendar in enumerate(people.calendars):
                theirs = own == code
                hours[theirs] = hours_between(starts[theirs], ends[theirs], calendar)
        return hours

    def calendar_of(self, resource: int) -> OpenHours | None:
        """When this resource works; None where nothing is known."""
        people = self.context.people
        code = -1 if people.calendar is None or resource < 0 else int(people.calendar[resource])
        return people.calendars[code] if code >= 0 else self.context.open_hours

    def absent(self, starts: Moments, ends: Moments, resource: Codes) -> Hours:
        """Hours between moments in which the resource would have worked, and was away."""
        hours = np.zeros(len(starts))
        for person, away in self.context.people.away.items():
            theirs = np.flatnonzero(resource == person)
            if len(theirs):
                calendar = self.calendar_of(person)
                closed = away if calendar is None else where([away, calendar], 2)
                hours[theirs] = (
                    hours_between(starts[theirs], ends[theirs], closed) if len(closed.begins) else 0
                )
        return hours

    @cached_property
    def by_resource(self) -> list[Places]:
        """The events of each resource."""
        order = np.argsort(self.columns.resource, kind="stable")
        ends = np.searchsorted(self.columns.resource[order], np.arange(len(self.columns.resources) + 1))
        return [order[ends[k] : ends[k + 1]] for k in range(len(self.columns.resources))]

    def works(self, resource: int) -> OpenHours:
        """When the resource works on something, in its working time; of other logs, too, where that is known."""
        work = self._from_to(resource, self.columns.begun_at)
        calendar = self.calendar_of(resource)
        return work if calendar is None else where([work, calendar], 2)

    def has_work(self, resource: int) -> OpenHours:
        """When the resource works on something, of other logs, too, where known, or something lies ready for it."""
        return self._from_to(resource, self.ready_at)

    def _from_to(self, resource: int, begins: Moments) -> OpenHours:
        places, elsewhere = self.by_resource[resource], self.context.people.busy.get(resource, NEVER)
        return joined(
            np.concatenate((begins[places], elsewhere.begins)),
            np.concatenate((self.columns.at[places], elsewhere.ends)),
        )

    def free(self, resource: int) -> OpenHours:
        """When the resource is at work and has nothing to do that the log knows of."""
        calendar = self.calendar_of(resource)
        if calendar is None:
            span = np.array([self.columns.begun_at.min()]), np.array([self.columns.at.max()])
            calendar = OpenHours(*span)
        away = self.context.people.away.get(resource, NEVER)
        return without(without(calendar, away), self.has_work(resource))

    @cached_property
    def lines_from_work(self) -> tuple[Places, Places]:
        """For each event of who takes a case over: lines of the chart up and down from who had it before; else -1."""
        up = np.full(self.columns.events, -1, np.int64)
        down, chart, turns = up.copy(), self.context.chart, self.person_turns
        if chart is not None:
            follows = np.flatnonzero(turns.follows())
            before, after = chart.place[turns.code[follows]], chart.place[turns.code[follows + 1]]
            first = turns.first[follows + 1]
            up[first], down[first] = chart.lines.between(before, after)
        return up, down

    @cached_property
    def values(self) -> Hours | None:
        """What each case brings if it ends well, in money; None where nobody said."""
        values, usual = self.context.values, self.context.value_of_success
        if values is None:
            return None if usual is None else np.full(self.columns.cases, usual)
        known = values[np.isfinite(values)]
        middle = usual if usual is not None else float(np.median(known)) if len(known) else 0.0
        return np.where(np.isfinite(values), values, middle)

    @cached_property
    def by_person(self) -> Mask:
        """Which events a person did."""
        machines = np.asarray([name in self.context.machines for name in self.columns.resources] + [True])
        return ~machines[self.columns.resource]

    @cached_property
    def months(self) -> float:
        """How many months the log covers, a day at least."""
        if not self.columns.events:
            return 1.0
        span = int(self.columns.at.max()) - int(self.columns.at.min())
        return max(span / DAY, 1.0) / DAYS_PER_MONTH

    @cached_property
    def local_begun(self) -> Moments:
        """When events were begun, as the clocks of the company show it."""
        return local(self.columns.begun_at, self.context.zone)

    @cached_property
    def attributes(self) -> dict[str, Labels]:
        """Attributes of cases, those of the log and those known beside it."""
        return {**self.columns.attributes, **self.context.more}

    @cached_property
    def unit_turns(self) -> Turns:
        """Units' turns: events by people whose unit is known."""
        return self._turns(self.columns.unit)

    @cached_property
    def person_turns(self) -> Turns:
        """People's turns."""
        return self._turns(self.columns.resource)

    def _turns(self, codes: Codes) -> Turns:
        places = np.flatnonzero(self.by_person & (codes != NOBODY))
        if not len(places):
            none = np.zeros(0, np.int64)
            return Turns(none.astype(np.int32), none.astype(np.int32), none, none)
        case, code = self.columns.case[places], codes[places]
        starts = np.ones(len(places), bool)
        starts[1:] = (case[1:] != case[:-1]) | (code[1:] != code[:-1])
        begin = np.flatnonzero(starts)
        end = np.concatenate((begin[1:], [len(places)])) - 1
        return Turns(case[begin], code[begin], places[begin], places[end])

    @cached_property
    def is_handed_over(self) -> Mask:
        """Which events are the first of a person who did not do the one before in the case."""
        handed = np.zeros(self.columns.events, bool)
        turns = self.person_turns
        handed[turns.first[1:][turns.follows()]] = True
        return handed

    @cached_property
    def inside_waits(self) -> Hours:
        """Waits of events whose person did the one before, too: one for each case, by which others are measured."""
        places = np.flatnonzero(self.by_person & ~self.is_first & ~self.is_handed_over)
        return self.wait[self.once_a_case(places)]

    def once_a_case(self, places: Places) -> Places:
        """The first of these events of each case, so that no case counts twice in a test."""
        if not len(places):
            return places
        case = self.columns.case[places]
        keep = np.ones(len(places), bool)
        keep[1:] = case[1:] != case[:-1]
        return places[keep]

    @cached_property
    def by_step(self) -> list[Places]:
        """The events of each step."""
        order = np.argsort(self.columns.activity, kind="stable")
        ends = np.searchsorted(self.columns.activity[order], np.arange(len(self.columns.activities) + 1))
        return [order[ends[k] : ends[k + 1]] for k in range(len(self.columns.activities))]

    @cached_property
    def starts_at(self) -> Moments:
        """When each case begins; 0 where it has no events."""
        return self._of_cases(self.columns.begun_at, self.columns.offsets[:-1])

    @cached_property
    def ends_at(self) -> Moments:
        """When the last event of each case ended."""
        return self._of_cases(self.columns.at, self.columns.offsets[1:] - 1)

    def _of_cases(self, values: Moments, places: Places) -> Moments:
        filled = np.diff(self.columns.offsets) > 0
        out = np.zeros(self.columns.cases, np.int64)
        out[filled] = values[places[filled]]
        return out

    @cached_property
    def lasts(self) -> Hours:
        """How long each case lasted, in elapsed hours."""
        return (self.ends_at - self.starts_at) / HOUR

    def reaches(self, names: frozenset[str]) -> Mask:
        """Which cases have one of these steps."""
        codes = [k for k, name in enumerate(self.columns.activities) if name in names]
        out = np.zeros(self.columns.cases, bool)
        out[self.columns.case[np.isin(self.columns.activity, codes)]] = True
        return out

    def case_sums(self, places: Places, values: Hours) -> tuple[NDArray[np.int32], Hours]:
        """Sums of values at these events by case: the cases, and the sum of each."""
        cases, place = np.unique(self.columns.case[places], return_inverse=True)
        sums = np.bincount(place.ravel(), weights=values, minlength=len(cases))
        return cases.astype(np.int32), sums.astype(np.float64)


def name_of(values: Sequence[str], code: int) -> str:
    """The value of a code, nothing for none."""
    return values[code] if code >= 0 else ""
