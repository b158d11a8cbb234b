"""Cases over time, and lists of them."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from kinflow.processes.studio.case_list import case_order, case_page
from kinflow.processes.studio.series import begins_and_ends, by_weekday, dots, flow, histogram
from kinflow.processes.studio.sparkline import points
from kinflow.processes.studio.walks import walks_of
from tests.processes.given import log_of, traces

ZONE = ZoneInfo("UTC")
DAY = 24.0
LOG = log_of(
    [
        ("one", "a", 1, None),
        ("one", "b", 3 * DAY, None),
        ("two", "a", DAY, None),
        ("two", "b", DAY + 1, None),
        ("three", "a", 2 * DAY, None),
    ]
)


def test_cases_are_counted_when_they_begin_and_end_and_are_open_between() -> None:
    found = flow(*begins_and_ends(LOG), ZONE)
    assert (found.step, found.starts[0]) == ("day", date(1970, 1, 1))
    assert (found.arrived, found.finished, found.open) == ([1, 1, 1, 0], [0, 1, 1, 1], [1, 1, 1, 0])


def test_cases_that_have_not_ended_stay_open() -> None:
    begins, ends = begins_and_ends(LOG)
    assert flow(begins, ends[1:2], ZONE).open == [1, 1, 2]


def test_cases_begin_on_days_of_the_week() -> None:
    assert by_weekday(begins_and_ends(LOG)[0], ZONE) == [0, 0, 0, 1, 1, 1, 0]
    assert by_weekday(np.array([23 * 3_600_000_000]), ZoneInfo("Asia/Shanghai")) == [0, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize(("days", "step"), [(30, "day"), (300, "week"), (3_000, "month")])
def test_periods_are_as_fine_as_can_be_read(days: int, step: str) -> None:
    log = log_of([("one", "a", 0, None), ("one", "b", days * DAY, None)])
    found = flow(*begins_and_ends(log), ZONE)
    assert found.step == step
    assert sum(found.arrived) == sum(found.finished) == 1
    assert found.open[-1] == 0


def test_no_cases_no_periods() -> None:
    assert flow(*begins_and_ends(traces()), ZONE).starts == []
    assert histogram(np.array([])).counts == []
    assert dots(traces()).rows == []


def test_every_case_has_its_place_among_the_durations() -> None:
    seconds = np.concatenate((np.full(97, 3_600.0), np.full(3, 9e6)))
    found = histogram(seconds)
    assert sum(found.counts) == 100
    assert found.counts[-1] == 3
    assert len(found.edges) == len(found.counts) + 1


def test_cases_are_rows_of_dots_from_the_earliest() -> None:
    found = dots(LOG)
    assert list(found.rows) == [0, 0, 1, 1, 2]
    assert (found.cases, found.of_cases) == (3, 3)
    assert list(found.at)[:2] == [3_600_000, 3 * 86_400_000]


def test_a_line_needs_two_numbers() -> None:
    assert points([3]) == ""
    assert points([0, 2]) == "2.0,22.0 94.0,2.0"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("begun", ["one", "two", "three"]),
        ("-begun", ["three", "two", "one"]),
        ("-duration", ["one", "two", "three"]),
        ("steps", ["three", "one", "two"]),
        ("ended", ["two", "three", "one"]),
    ],
)
def test_cases_are_sorted_as_asked(sort: str, order: list[str]) -> None:
    assert [LOG.case_ids[case] for case in case_order(LOG, sort)] == order


def test_a_list_reads_on_from_the_last_case_shown() -> None:
    first = case_page(LOG, "begun", size=2)
    assert ([row.case_id for row in first.rows], first.next_after) == (["one", "two"], "two")
    rest = case_page(LOG, "begun", after="two", size=2)
    assert ([row.case_id for row in rest.rows], rest.next_after) == (["three"], "")


def test_cases_walk_from_the_first_event_to_the_last() -> None:
    walks = walks_of(LOG)
    assert walks["cases"] == [[0, 0, 1, 1], [0.32394, 0, 0.33803, 1], [0.66197, 0]]
    assert (walks["from"], walks["to"]) == (3_600_000, 3 * 86_400_000)
    assert walks_of(traces())["cases"] == []
