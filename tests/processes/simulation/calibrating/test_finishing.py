"""Whether people go on after hours is found as the log has it, and played so."""

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.calibrating.distances import moved
from kinflow.processes.simulation.calibrating.finishing import overtime_of
from kinflow.processes.simulation.calibrating.periods import foretold, parts_of, real_part
from kinflow.processes.simulation.calibrating.playing import player
from kinflow.processes.simulation.calibrating.scenarios import Calibrated, calibrated
from kinflow.processes.simulation.calibrating.working import work_of
from kinflow.processes.simulation.calibrating.written import scenario_of, told_scenario
from kinflow.processes.simulation.scenario import HOUR, MINUTE

from .logs import evening_log, office_log


def off_by(log: EventColumns) -> tuple[Calibrated, float, float]:
    """The model of the earlier part, how far it is off in hours, and how long cases take."""
    work = work_of(log, "UTC")
    parts = parts_of(work, 0.7)
    found = calibrated(log, "UTC", until=parts.split)
    real = real_part(work, parts.split, parts.arrivals_end).cycle
    scenario, play = foretold(found, parts), player(found, parts)
    return found, float(np.mean([moved(real, play(scenario, k).cycle) for k in range(3)])), float(real.mean())


def test_who_finishes_what_was_begun_does_so_in_the_model() -> None:
    found, off, takes = off_by(evening_log(stops=False))
    (ann,) = found.scenario.staff
    assert 30 * MINUTE < ann.overtime < 46 * MINUTE
    step = next(each for each in found.scenario.steps if each.kind == "task")
    assert step.times.mean == pytest.approx(40 * MINUTE, rel=0.02)
    assert scenario_of(told_scenario(found.scenario)).staff == found.scenario.staff
    assert off < 0.25 * takes


def test_who_stops_at_the_end_of_hours_does_so_in_the_model() -> None:
    found, _off, _takes = off_by(evening_log(stops=True))
    (ann,) = found.scenario.staff
    assert ann.overtime == 0
    step = next(each for each in found.scenario.steps if each.kind == "task")
    assert step.times.mean == pytest.approx(40 * MINUTE, rel=0.02)


def test_a_model_with_people_is_near_where_work_goes_on_in_the_evening() -> None:
    # It was off by 2.4 of 2.8 hours while all work stopped, and the last hours of the day counted as closed.
    _found, off, takes = off_by(office_log(20))
    assert takes == pytest.approx(2.8, abs=0.1)
    assert off < 0.7


def test_overtime_is_what_tells_best_apart_what_went_on_from_what_stopped() -> None:
    beyond = np.arange(1, 21) * HOUR // 10
    assert overtime_of(beyond <= HOUR, beyond) == HOUR
    assert overtime_of(beyond <= HOUR / 2, beyond) == HOUR / 2
    assert overtime_of(beyond > HOUR, beyond) == 0
    assert overtime_of(beyond[:4] > 0, beyond[:4]) == 0
    assert overtime_of(np.empty(0, bool), np.empty(0, np.int64)) == 0
