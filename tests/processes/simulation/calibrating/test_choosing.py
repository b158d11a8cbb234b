"""What is known at a moment, and the structure that is chosen by it."""

from dataclasses import replace

import numpy as np
import pytest
from django.utils.translation import override
from numpy.typing import NDArray

from kinflow.processes.simulation.calibrating.choosing import TRIALS, Choice, chosen, nearest
from kinflow.processes.simulation.calibrating.facts import facts_of
from kinflow.processes.simulation.calibrating.knowing import known_by, telling
from kinflow.processes.simulation.calibrating.scenarios import calibrated
from kinflow.processes.simulation.calibrating.structure import Structure
from kinflow.processes.simulation.calibrating.tables import about_of
from kinflow.processes.simulation.calibrating.working import without_people, work_of
from kinflow.processes.simulation.scenario import DAY, WEEK
from tests.processes.given import log_of

from .logs import MONDAY, changing_log, closing_log, office_log

RICH, LATE, PLAIN = Structure(), Structure(fading=0.5), Structure(people=False)


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
    cases = telling(work, np.ones(100, bool), int(work.done.max()), 0.0)
    assert np.flatnonzero(cases).tolist() == list(range(99))


@pytest.mark.parametrize("fading", [0.5, 0.25])
def test_of_cases_half_as_many_count_for_each_such_share_that_came_later(fading: float) -> None:
    log = log_of(
        [(f"{k:03}", step, k + hour, None) for k in range(400) for step, hour in (("a", 0), ("b", 1))]
    )
    work = work_of(log, "UTC")
    everybody = np.ones(400, bool)
    alike, faded = (telling(work, everybody, int(work.done.max()), each) for each in (0.0, fading))
    assert not (faded & ~alike).any()
    last, before = (
        faded[since:until].sum()
        for since, until in (
            (round(400 * (1 - fading)), 400),
            (round(400 * (1 - 2 * fading)), round(400 * (1 - fading))),
        )
    )
    assert last == pytest.approx(2 * before, rel=0.05)


def test_without_people_times_add_up_to_how_long_each_case_took_though_steps_overlap() -> None:
    log = log_of(
        [("one", "long", 10.0, "Ann"), ("one", "short", 4.0, "Bo"), ("one", "last", 12.0, "Ann")],
        begun=[0.0, 3.0, 11.0],
    )
    work = without_people(work_of(log, "UTC"))
    spent = (work.done - work.begun).sum() + (work.begun - work.ready).sum()
    assert spent == work.done.max() - work.begun.min()


def off(least: float, *samples: float) -> NDArray[np.float64]:
    """How far something is from what happened, and from samples of it."""
    return np.array([least, *samples])


def test_a_structure_that_tells_less_is_taken_only_where_it_is_clearly_nearer() -> None:
    late, plain = off(30, 30, 30), off(10, 9, 11)
    assert nearest({RICH: off(10.5, 9.5, 11.5), LATE: late, PLAIN: plain}) == RICH
    assert nearest({RICH: off(20, 19, 21), LATE: late, PLAIN: plain}) == PLAIN
    assert nearest({RICH: off(20, 30, 10), LATE: late, PLAIN: plain}) == RICH
    assert nearest({RICH: off(20, 30, 10), LATE: late, PLAIN: plain}, errors=0.0) == PLAIN
    assert nearest({RICH: off(np.inf, np.inf), LATE: off(5, 5), PLAIN: off(np.inf, np.inf)}) == LATE
    assert nearest({}) is None


def test_where_cases_go_otherwise_than_long_before_older_ones_count_less() -> None:
    choice = chosen(changing_log(), "UTC", until=MONDAY + 30 * WEEK, ended=None, told=lambda tried: True)
    assert choice is not None
    assert choice.structure.fading
    tried = dict(choice.tried)
    assert tried[choice.structure] < tried[replace(choice.structure, fading=0.0)]
    facts = facts_of(calibrated(changing_log(), "UTC", structure=choice.structure), choice)
    with override("en"):
        assert any("Older cases count less" in sentence for sentence in about_of(facts))
    with override("zh-hans"):
        assert any("权重减半" in sentence for sentence in about_of(facts))


@pytest.mark.parametrize("stop", [0, 5])
def test_a_choice_stops_where_it_is_told_to(stop: int) -> None:
    told = (number != stop for number in range(TRIALS))
    assert (
        chosen(closing_log(), "UTC", until=MONDAY + 30 * WEEK, ended=None, told=lambda _done: next(told))
        is None
    )


def test_nothing_is_tried_where_nothing_is_known() -> None:
    assert chosen(closing_log(), "UTC", until=MONDAY, ended=None, told=lambda _done: True) == Choice(RICH)


def test_where_cases_are_closed_at_a_fixed_time_after_they_came_whole_cases_are_played() -> None:
    choice = chosen(closing_log(), "UTC", until=MONDAY + 30 * WEEK, ended=None, told=lambda tried: True)
    assert choice is not None
    assert choice.structure.whole
