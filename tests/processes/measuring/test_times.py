"""Times between steps, of work and of cases, by the wall clock and by the hours in which units work; flow over time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.measuring import clock_of, durations, flow, follows, handovers, work_times
from kinflow.processes.measuring.clock import worked

from ..given import HOUR, Row, log_of

WORK: list[Row] = [("c", "a", 2, "Ann"), ("c", "b", 9, "Bo")]


def test_waiting_ends_when_the_next_step_is_begun() -> None:
    assert follows(log_of(WORK, begun=[1, 6])).times.mean.tolist() == [4 * 3600]


def test_the_way_to_the_end_of_the_next_step_is_waiting_and_work() -> None:
    assert follows(log_of(WORK, begun=[1, 6]), until="end").times.mean.tolist() == [7 * 3600]


def test_a_step_begun_before_the_one_before_was_done_did_not_wait() -> None:
    assert follows(log_of(WORK, begun=[0, 1])).times.mean.tolist() == [0]


def test_work_takes_from_begin_to_end() -> None:
    found = work_times(log_of([*WORK, ("d", "a", 5, "Ann")], begun=[1, 6, 2]))
    assert found.count.tolist() == [2, 1]
    assert found.mean.tolist() == [2 * 3600, 3 * 3600]
    assert found.most.tolist() == [3 * 3600, 3 * 3600]


def opening(*spans: tuple[float, float]) -> np.ndarray:
    return np.array([(begin * HOUR, end * HOUR) for begin, end in spans], np.int64)


def test_waiting_is_counted_in_the_hours_in_which_the_next_unit_works() -> None:
    columns = log_of(WORK, units={"Ann": "Day", "Bo": "Late"})
    clock = clock_of(columns.units, {"Day": opening((0, 24)), "Late": opening((1, 3), (5, 6), (8, 12))})
    assert follows(columns, clock=clock).times.mean.tolist() == [3 * 3600]
    assert handovers(columns, clock=clock).times.mean.tolist() == [3 * 3600]
    assert durations(columns, clock=clock).tolist() == [3 * HOUR]


def test_units_without_opening_hours_are_always_open() -> None:
    columns = log_of(WORK, units={"Ann": "Day", "Bo": "Late"})
    assert follows(columns, clock=clock_of(columns.units, {})).times.mean.tolist() == [7 * 3600]


def test_opening_hours_must_be_ascending_and_apart() -> None:
    with pytest.raises(ValueError, match="ascending"):
        clock_of(["Day"], {"Day": opening((5, 7), (6, 8))})


@given(
    st.lists(st.booleans(), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=20),
)
@settings(deadline=None)
def test_working_time_is_what_counting_open_hours_gives(
    open_hours: list[bool], spans: list[tuple[int, int]]
) -> None:
    hours = [k for k, is_open in enumerate(open_hours) if is_open]
    clock = clock_of(
        ["Day"], {"Day": np.array([(h * HOUR, (h + 1) * HOUR) for h in hours], np.int64).reshape(-1, 2)}
    )
    since, until = (np.array([span[k] * HOUR for span in spans], np.int64) for k in (0, 1))
    expected = [
        max(0, end - begin) * HOUR if not hours else sum(begin <= h < end for h in hours) * HOUR
        for begin, end in spans
    ]
    assert worked(clock, np.zeros(len(spans), np.int32), since, until).tolist() == expected


def test_work_comes_in_goes_on_and_goes_out() -> None:
    rows: list[Row] = [("c", "a", 1, None), ("c", "b", 5, None), ("d", "a", 2, None), ("d", "b", 3, None)]
    found = flow(log_of(rows), np.array([0, 2 * HOUR, 4 * HOUR, 6 * HOUR]))
    assert found.arrived.tolist() == [1, 1, 0]
    assert found.finished.tolist() == [0, 1, 1]
    assert found.in_progress.tolist() == [0.5, 1.5, 0.5]
    assert found.events.tolist() == [1, 2, 1]


def test_what_began_before_the_first_edge_is_in_progress_there() -> None:
    rows: list[Row] = [("c", "a", 1, None), ("c", "b", 50, None)]
    found = flow(log_of(rows), np.array([10 * HOUR, 20 * HOUR]))
    assert (found.arrived.tolist(), found.in_progress.tolist(), found.events.tolist()) == ([0], [1.0], [0])
