"""What is known at a moment, and the structure that is chosen by it."""

from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.simulation.calibrating.choosing import chosen, nearest
from kinflow.processes.simulation.calibrating.knowing import known_by, telling
from kinflow.processes.simulation.calibrating.scenarios import calibrated
from kinflow.processes.simulation.calibrating.structure import Structure
from kinflow.processes.simulation.calibrating.working import without_people, work_of
from kinflow.processes.simulation.scenario import DAY, WEEK
from tests.processes.given import log_of

from .logs import MONDAY, closing_log, office_log

RICH, LATE, PLAIN = Structure(), Structure(lately=0.5), Structure(people=False)


def test_what_happens_after_a_moment_changes_nothing_that_was_known_at_it() -> None:
    log, until = office_log(8), MONDAY + 5 * WEEK
    changed = replace(log, activity=np.where(log.at >= until, 0, log.activity).astype(np.int32))
    at = np.where(log.at >= until, log.at + 9 * DAY, log.at)
    later = replace(changed, at=at, begun_at=np.where(log.begun_at >= until, at, log.begun_at))
    assert calibrated(log, "UTC", until=until).scenario == calibrated(later, "UTC", until=until).scenario


def test_a_case_that_goes_on_after_the_moment_is_not_over_at_it() -> None:
    log = log_of([("one", "a", 1.0, None), ("one", "b", 30.0, None), ("two", "a", 2.0, None)])
    known, over = known_by(log, "UTC", int(log.at[1]), None)
    assert known.events == 2
    assert over.tolist() == [False, True]


def test_cases_too_young_to_have_ended_do_not_tell_how_long_cases_take() -> None:
    log = log_of(
        [(f"{k:03}", step, k + hour, None) for k in range(100) for step, hour in (("a", 0), ("b", 20))]
    )
    work = work_of(log, "UTC")
    cases = telling(work, np.ones(100, bool), int(work.done.max()), 1.0)
    assert np.flatnonzero(cases).tolist() == list(range(99))
    half = telling(work, np.ones(100, bool), int(work.done.max()), 0.5)
    assert half.sum() == pytest.approx(50, abs=1)
    assert not half[:49].any()


def test_without_people_times_add_up_to_how_long_each_case_took_though_steps_overlap() -> None:
    log = log_of(
        [("one", "long", 10.0, "Ann"), ("one", "short", 4.0, "Bo"), ("one", "last", 12.0, "Ann")],
        begun=[0.0, 3.0, 11.0],
    )
    work = without_people(work_of(log, "UTC"))
    spent = (work.done - work.begun).sum() + (work.begun - work.ready).sum()
    assert spent == work.done.max() - work.begun.min()


def test_a_structure_that_tells_less_is_taken_only_where_it_is_clearly_nearer() -> None:
    assert nearest(((RICH, 10.5), (LATE, 30.0), (PLAIN, 10.0)), 0.0) == RICH
    assert nearest(((RICH, 20.0), (LATE, 30.0), (PLAIN, 10.0)), 0.0) == PLAIN
    assert nearest(((RICH, 20.0), (LATE, 30.0), (PLAIN, 10.0)), 15.0) == RICH
    assert nearest(((RICH, np.inf), (LATE, 5.0), (PLAIN, np.inf)), 0.0) == LATE
    assert nearest((), 1.0) is None


def test_where_cases_are_closed_at_a_fixed_time_after_they_came_whole_cases_are_played() -> None:
    choice = chosen(closing_log(), "UTC", until=MONDAY + 30 * WEEK, ended=None, told=lambda tried: True)
    assert choice is not None
    assert choice.structure.whole
