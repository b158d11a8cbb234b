"""Distances of logs, their noise, and the verdict."""

import numpy as np
import pytest

from kinflow.processes.simulation.calibrating.checking import checked, noise_of
from kinflow.processes.simulation.calibrating.distances import Played, distances
from kinflow.processes.simulation.calibrating.periods import parts_of, real_part, staff_at
from kinflow.processes.simulation.calibrating.scenarios import calibrated
from kinflow.processes.simulation.scenario import DAY, HOUR, Staff

from .logs import office_log


def side(hours: list[float], *, apart: float = 1.0) -> Played:
    """Cases of one step, so many hours long, that begin so many hours apart."""
    begins = (np.arange(len(hours)) * apart * HOUR).astype(np.int64)
    ends = begins + (np.array(hours) * HOUR).astype(np.int64)
    case, step = np.arange(len(hours)), np.zeros(len(hours), np.int64)
    return Played(case, step, begins, begins, ends, begins, ends, 0, int(begins.max()) + 1)


def test_a_log_lies_at_no_distance_from_itself() -> None:
    same = side([1.0, 2.0, 5.0])
    assert set(distances(same, same).values()) == {0.0}


def test_cases_that_all_take_an_hour_longer_are_an_hour_away() -> None:
    found = distances(side([1.0, 2.0, 5.0]), side([2.0, 3.0, 6.0]))
    assert found["cycle_time"] == pytest.approx(1.0)
    assert found["relative_events"] == pytest.approx(1.0)
    assert found["arrivals"] == found["ngrams"] == 0


def test_the_noise_of_many_cases_is_less_than_that_of_few() -> None:
    draw = np.random.default_rng(3)
    few, many = (noise_of(draw.exponential(10, size)) for size in (40, 4_000))
    assert many[1] < few[0] < few[1]
    assert noise_of(np.full(50, 7.0)) == (0.0, 0.0)


def test_too_few_cases_cannot_be_checked() -> None:
    scenario = calibrated(office_log(2), "UTC").scenario
    few = side([1.0] * 5)
    found = checked(few, few, scenario, lambda _scenario, _number: few, lambda _done: True)
    assert found is not None
    assert (found.verdict, found.reasons) == ("bad", ("few_cases",))


def test_a_check_that_is_told_to_stop_gives_nothing() -> None:
    scenario, many = calibrated(office_log(2), "UTC").scenario, side([1.0] * 40)
    assert checked(many, many, scenario, lambda _scenario, _number: many, lambda _done: False) is None


def test_the_parts_of_a_log_share_no_case() -> None:
    work = calibrated(office_log(4), "UTC").work
    parts = parts_of(work, 0.7)
    earlier = real_part(work, 0, parts.split)
    later = real_part(work, parts.split, parts.arrivals_end)
    assert len(earlier.begins) + len(later.begins) == work.columns.cases
    assert len(earlier.begins) == pytest.approx(0.7 * work.columns.cases, abs=1)


def test_who_had_left_is_not_there_later_unless_nobody_else_can_do_it() -> None:
    left = ((2 * DAY, 10 * DAY),)
    staff = (
        Staff("Ann", {"a": 1.0}),
        Staff("Bo", {"a": 1.0}, absences=left),
        Staff("Cid", {"b": 1.0}, absences=left),
    )
    assert [each.name for each in staff_at(staff, 10 * DAY)] == ["Ann", "Cid"]
