"""Days off: which the log shows, which the calendar plans, who keeps them, and that a model knows those to come."""

import json
from datetime import date, timedelta

import numpy as np

from kinflow.organisation.calendars.rules import calendar_from
from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.calibrating.delaying import _deal_better
from kinflow.processes.simulation.calibrating.holidays import (
    Planned,
    closed_days,
    kept_by,
    planned_days,
)
from kinflow.processes.simulation.calibrating.periods import Parts, foretold
from kinflow.processes.simulation.calibrating.scenarios import Calibrated, calibrated
from kinflow.processes.simulation.calibrating.weeks import open_over
from kinflow.processes.simulation.calibrating.written import scenario_of, told_scenario
from kinflow.processes.simulation.hours import spans_of
from kinflow.processes.simulation.scenario import DAY, HOUR, WEEK, Calendar
from tests.processes.given import log_of

from .logs import MONDAY

WEEKS, FIRST = 20, MONDAY // DAY
OFF = frozenset({30, 31, 32, 65, 107, 108})
"""Working days, counted from the Monday, on which the office is closed; the last two come after the 15th week."""
WORKED = frozenset({26, 110})
"""Saturdays that are worked as Mondays."""
SPLIT = MONDAY + 15 * 7 * DAY


def office(a_day: int = 12, *, duty: str = "") -> EventColumns:
    """Letters come on working days from nine to four and are answered by Ann, Bo or Cid about an hour later.

    Nothing is done on days off, but that `duty` answers a letter or as many as ever.
    """
    draw = np.random.default_rng(4)
    rows, begun = [], []
    for day in range(7 * WEEKS):
        is_open = (day % 7 < 5 and day not in OFF) or day in WORKED
        count = a_day if is_open else {"": 0, "Cid": 1, "Dee": a_day // 3}[duty] if day in OFF else 0
        for come in draw.uniform(9, 16, count):
            who = str(draw.choice(["Ann", "Bo", "Cid"])) if is_open else duty
            at = MONDAY / HOUR + 24 * day + come
            case = f"case {len(begun):05}"
            rows += [(case, "Come", at, None), (case, "Answer", at + draw.uniform(0.5, 1.5), who)]
            begun += [at, rows[-1][2] - 0.2]
    return log_of(rows, begun=begun)


def days_of(log: EventColumns, planned: frozenset[int] = frozenset()) -> frozenset[int]:
    return closed_days(log.begun_at, MONDAY, MONDAY + 7 * WEEKS * DAY, planned)


def since_1970(days: frozenset[int]) -> frozenset[int]:
    return frozenset(FIRST + day for day in days)


def as_mondays(days: frozenset[int]) -> frozenset[tuple[int, int]]:
    return frozenset((FIRST + day, 0) for day in days)


def ahead(found: Calibrated) -> tuple[set[int], set[int]]:
    """The closed and the opened days of the period that is foretold, counted from the Monday of the log."""
    later = foretold(found, Parts(SPLIT, SPLIT + 34 * DAY, SPLIT + 34 * DAY, SPLIT + 34 * DAY, True))
    moved, usual = (later.begins - MONDAY) // DAY, later.calendars["usual"]
    return {day + moved for day in usual.closed}, {day + moved for day, _as_day in usual.opened}


def test_a_working_day_on_which_nothing_was_done_is_a_holiday_and_one_that_was_planned_if_next_to_nothing_was():
    assert days_of(office(30)) == OFF
    assert days_of(office(30, duty="Cid")) == frozenset()
    assert days_of(office(30, duty="Cid"), since_1970(OFF)) == OFF


def test_where_little_is_done_a_quiet_day_is_no_holiday_unless_it_was_planned():
    log = office(2)
    assert days_of(log) == frozenset()
    assert days_of(log, since_1970(OFF)) == OFF


def test_what_was_planned_but_worked_is_no_holiday():
    assert days_of(office(), since_1970(frozenset({9, 10, 11}))) == days_of(office())


def test_who_works_on_days_off_as_on_others_does_not_keep_them():
    open_days = np.array([day for day in range(60) if day % 7 < 5])
    moments = MONDAY + np.repeat(open_days, 3) * DAY + 10 * HOUR
    assert kept_by(moments, OFF, MONDAY) == frozenset()
    assert kept_by(moments[~np.isin(moments // DAY - FIRST, list(OFF))], OFF, MONDAY) == OFF
    assert kept_by(moments[:0], OFF, MONDAY) == OFF


def test_a_calendar_says_which_days_it_has_off_and_which_it_has_beside_its_week():
    def day(number: int) -> date:
        return date(1970, 1, 1) + timedelta(days=FIRST + number)

    week = {str(number): [["09:00", "17:00"]] for number in range(1, 6)}
    odd = {day(30): None, day(26): 1, day(27): None, day(400): None}
    found = planned_days(calendar_from(week, "UTC", odd), office(), "UTC")
    assert found == Planned(since_1970(frozenset({30, 400})), as_mondays(frozenset({26})))
    assert planned_days(None, office(), "UTC") == Planned()


def test_a_model_knows_the_days_to_come_of_those_who_kept_them_before():
    planned = Planned(since_1970(OFF), as_mondays(WORKED))
    log = office(30)
    assert ahead(calibrated(log, "UTC", until=SPLIT)) == (set(), set())
    closed, opened = ahead(calibrated(log, "UTC", until=SPLIT, planned=planned))
    assert closed >= {107, 108}
    assert not closed & {9, 110}
    assert opened == {110}
    worked = Planned(since_1970(frozenset({9, 10, 107})), as_mondays(WORKED))
    assert ahead(calibrated(log, "UTC", until=SPLIT, planned=worked)) == (set(), set())
    fresh = Planned(since_1970(frozenset({107})))
    assert ahead(calibrated(log, "UTC", until=SPLIT, planned=fresh)) == ({107}, set())


def test_a_saturday_that_is_worked_once_opens_no_other():
    log, planned = office(30), Planned(since_1970(OFF), as_mondays(WORKED))
    saturday = 5 * DAY + 12 * HOUR

    def is_open(found: Calibrated) -> bool:
        return any(a <= saturday < b for a, b in found.scenario.calendars["usual"].spans)

    assert is_open(calibrated(log, "UTC"))
    assert not is_open(calibrated(log, "UTC", planned=planned))
    found = calibrated(log, "UTC", planned=planned).scenario
    assert found.calendars["usual"].opened == {(day, 0) for day in WORKED}
    assert scenario_of(json.loads(json.dumps(told_scenario(found)))) == found


def test_an_opened_day_is_worked_as_the_day_that_it_stands_for_in_the_model_and_over_the_log():
    spans = ((9 * HOUR, 17 * HOUR), (DAY + 10 * HOUR, DAY + 12 * HOUR))
    calendar = Calendar(spans, frozenset({8, 13}), frozenset({(5, 0), (6, 1), (13, 0)}))
    wanted = [
        (9, 17),
        (34, 36),
        (5 * 24 + 9, 5 * 24 + 17),
        (6 * 24 + 10, 6 * 24 + 12),
        (7 * 24 + 9, 7 * 24 + 17),
    ]
    begins, ends = spans_of(calendar, (), 2 * WEEK - DAY)
    assert [(a // HOUR, b // HOUR) for a, b in zip(begins, ends, strict=True) if a < 13 * DAY] == wanted
    over = open_over(calendar, 0, WEEK)
    of_week = over.between(np.array([0]), np.array([WEEK]))
    assert of_week.tolist() == [20 * HOUR]
    away = ((5 * DAY, 6 * DAY),)
    assert len(spans_of(calendar, away, WEEK)[0]) == len(spans_of(calendar, (), WEEK)[0]) - 1


def test_a_delay_passes_in_that_way_in_which_dealt_out_anew_it_comes_to_what_it_was():
    """Answers after three working hours, or three days after whatever the day, begun in office hours alone."""
    draw = np.random.default_rng(3)
    week = tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(5))
    hours = open_over(Calendar(week), 0, 20 * WEEK)
    ready = draw.integers(0, 18, 400) * WEEK + draw.integers(0, 5, 400) * DAY + 9 * HOUR
    ready += draw.integers(0, 8 * HOUR, 400)
    takes = draw.uniform(2, 4, 400) * HOUR
    worked = hours.after(ready, takes)
    assert np.abs(hours.between(ready, worked) - takes).max() < HOUR / 1000
    passed = hours.opening(ready + 3 * DAY + draw.integers(-HOUR, HOUR, 400))
    for begun, always in ((worked, False), (passed, True)):
        spans, inside = (begun - ready).astype(float), hours.between(ready, begun).astype(float)
        assert _deal_better(ready, spans, inside, hours) == always
    late = np.array([30 * WEEK])
    assert hours.opening(late).tolist() == late.tolist()
