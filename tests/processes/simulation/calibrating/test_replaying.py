"""The log's own cases played: they come when they came, and what was to be expected of them is told beside it."""

from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.columns import EventColumns
from kinflow.processes.simulation.calibrating.checking import checked
from kinflow.processes.simulation.calibrating.periods import foretold, parts_of, real_part
from kinflow.processes.simulation.calibrating.playing import player
from kinflow.processes.simulation.calibrating.redrawing import open_apart
from kinflow.processes.simulation.calibrating.replaying import as_they_came, demand_of, fit_of
from kinflow.processes.simulation.calibrating.scenarios import calibrated
from kinflow.processes.simulation.calibrating.working import work_of
from kinflow.processes.simulation.scenario import DAY, WEEK

from .logs import MONDAY, office_log
from .test_checking import side


def crowded_log(weeks: int = 24) -> EventColumns:
    """The office's requests, of which in the last quarter of the time only every third comes."""
    log = office_log(weeks)
    begins = log.at[log.offsets[:-1]]
    gone = (begins > MONDAY + 0.75 * weeks * WEEK) & (np.arange(log.cases) % 3 > 0)
    kept = ~gone[log.case]
    counts = np.bincount(log.case[kept], minlength=log.cases)
    columns = ("case", "activity", "at", "begun_at", "resource", "unit")
    return replace(
        log,
        offsets=np.concatenate(([0], np.cumsum(counts))).astype(log.offsets.dtype),
        **{name: getattr(log, name)[kept] for name in columns},
    )


def test_cases_come_when_they_came() -> None:
    work = work_of(office_log(6), "UTC")
    known = calibrated(office_log(6), "UTC")
    moments = as_they_came(known.scenario, work).arrivals.moments
    begins = np.sort(work.begun[work.columns.offsets[:-1]])
    assert np.array_equal(np.array(moments) + known.scenario.begins, begins)


def test_a_turn_in_demand_does_not_speak_against_a_model() -> None:
    log = crowded_log()
    work = work_of(log, "UTC")
    parts = parts_of(work, 0.7)
    known = calibrated(log, "UTC", until=parts.split)
    sides = real_part(work, 0, parts.split), real_part(work, parts.split, parts.followed)
    later, play = foretold(known, parts), player(known, parts)
    found = [
        checked(*sides, scenario, play, lambda _done: True) for scenario in (later, as_they_came(later, work))
    ]
    expecting, as_came = (each for each in found if each is not None)
    assert (expecting.verdict, "throughput" in expecting.reasons) == ("bad", True)
    assert (as_came.verdict != "bad", "throughput" in as_came.reasons) == (True, False)
    came, expected = demand_of(later, work, parts)
    assert expected > 1.5 * came
    assert came == pytest.approx(as_came.figures["throughput"][0], rel=0.1)


def test_a_model_tells_the_part_that_it_was_made_of() -> None:
    log = office_log(12)
    parts = parts_of(work_of(log, "UTC"), 0.7)
    known = calibrated(log, "UTC", until=parts.split)
    hours, share = fit_of(known, None)
    assert 0 < share < 0.15
    staff = tuple(replace(each, skills=dict.fromkeys(each.skills, 4.0)) for each in known.scenario.staff)
    slow = replace(known, scenario=replace(known.scenario, staff=staff))
    assert fit_of(slow, None)[0] > 3 * hours


def test_open_cases_of_two_samples_lie_apart_by_chance_alone() -> None:
    real = side(np.random.default_rng(3).exponential(48, 400).tolist())
    slower = replace(real, ends=real.begins + 5 * DAY)
    (median, most), apart = open_apart(real, real, between=True), open_apart(real, slower)[0]
    assert 0 < median < most < apart
