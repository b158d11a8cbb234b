"""Working time between moments, and what clocks show."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kinflow.processes.diagnosis.calendar import DAY, HOUR, OpenHours, hours_between, local, weekday

NINE_TO_FIVE = OpenHours(
    np.arange(0, 10 * DAY, DAY) + 9 * HOUR,
    np.arange(0, 10 * DAY, DAY) + 17 * HOUR,
)


def _hours(start: float, end: float) -> float:
    moments = np.array([round(start * HOUR), round(end * HOUR)], np.int64)
    return float(hours_between(moments[:1], moments[1:], NINE_TO_FIVE)[0])


def test_only_open_hours_count() -> None:
    assert _hours(10, 12) == 2
    assert _hours(16, 24 + 10) == 2
    assert _hours(18, 20) == 0
    assert _hours(0, 48) == 16


def test_without_a_calendar_all_hours_count() -> None:
    assert hours_between(np.array([0]), np.array([5 * HOUR]), None).tolist() == [5.0]


@given(st.lists(st.integers(0, 9 * 24), min_size=3, max_size=3))
def test_a_time_is_as_long_as_its_parts(hours: list[int]) -> None:
    a, b, c = sorted(hours)
    assert abs(_hours(a, b) + _hours(b, c) - _hours(a, c)) < 1e-9


def test_days_are_those_of_local_clocks() -> None:
    sunday_night = np.array([3 * DAY + 20 * HOUR], np.int64)
    assert weekday(sunday_night).tolist() == [6]
    assert weekday(local(sunday_night, "Asia/Shanghai")).tolist() == [0]
