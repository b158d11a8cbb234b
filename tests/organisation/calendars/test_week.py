"""A weekly pattern is read, or every fault in it is told."""

import pytest

from kinflow.organisation.calendars.week import BadWeek, week_of

HOUR = 3600


def test_spans_are_seconds_after_midnight_in_order():
    week = week_of({"1": [["13:00", "17:30"], ["08:30", "12:00"]]})
    assert week.of(1) == ((8.5 * HOUR, 12 * HOUR), (13 * HOUR, 17.5 * HOUR))
    assert week.of(2) == ()


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        (["22:00", "06:00"], (22 * HOUR, 30 * HOUR)),
        (["00:00", "00:00"], (0, 24 * HOUR)),
        (["08:00", "24:00"], (8 * HOUR, 24 * HOUR)),
        (["08:00:30", "09:00"], (8 * HOUR + 30, 9 * HOUR)),
    ],
)
def test_a_span_may_end_on_the_next_day(span, wanted):
    assert week_of({"5": [span]}).of(5) == (wanted,)


def test_a_week_without_hours_is_empty():
    assert week_of({}).is_empty
    assert week_of({"3": []}).is_empty
    assert not week_of({"3": [["08:00", "09:00"]]}).is_empty


@pytest.mark.parametrize(
    ("pattern", "pointers"),
    [
        ({"0": []}, ["/0"]),
        ({"Monday": [["08:00", "09:00"]]}, ["/Monday"]),
        ({"1": [["8", "9"]], "2": "08:00-09:00"}, ["/1/0", "/2"]),
        ({"1": [["08:00", "25:00"]]}, ["/1/0"]),
        ({"1": [["24:00", "08:00"]]}, ["/1/0"]),
        ({"1": [["08:00", None]]}, ["/1/0"]),
        ({"1": [["08:00"]]}, ["/1/0"]),
        ({"1": [["08:00", "12:00"], ["11:00", "13:00"]]}, ["/1"]),
        ([["08:00", "12:00"]], [""]),
        (None, [""]),
    ],
)
def test_every_fault_is_told_where_it_is(pattern, pointers):
    with pytest.raises(BadWeek) as caught:
        week_of(pattern)
    assert [error.pointer for error in caught.value.errors] == pointers
