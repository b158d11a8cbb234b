"""Whole cases played again: what hangs together in a case stays so, and moves can still be tried."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.simulation.calibrating.kinds import Kinds
from kinflow.processes.simulation.calibrating.scenarios import Calibrated, calibrated
from kinflow.processes.simulation.calibrating.structure import Structure
from kinflow.processes.simulation.calibrating.whole import MODELS, hangs_on_the_week, models_of
from kinflow.processes.simulation.refusing import check_scenario
from kinflow.processes.simulation.results import Played
from kinflow.processes.simulation.scenario import DAY, HOUR, WEEK, Kind
from kinflow.processes.simulation.simulating import simulate
from kinflow.processes.simulation.whatif.graphs import bypassed
from kinflow.processes.simulation.whatif.kinds import KIND, choices_of

from .logs import closing_log, office_log, weekend_log


@pytest.fixture(scope="module")
def office() -> Calibrated:
    return calibrated(office_log(), "UTC", structure=Structure(people=False, whole=True))


def ways(found: Calibrated, played: Played) -> set[tuple[str, ...]]:
    steps = [each.name if each.kind in ("task", "auto") else "" for each in found.scenario.steps]
    order = np.lexsort((played.start, played.case))
    of_case: dict[int, list[str]] = {}
    for case, step in zip(played.case[order].tolist(), played.step[order].tolist(), strict=True):
        of_case.setdefault(case, []).extend([steps[step]] if steps[step] else [])
    return {tuple(each) for each in of_case.values()}


def test_a_case_closed_at_a_fixed_time_takes_that_time_however_late_it_was_answered() -> None:
    log = closing_log()
    whole, drawn = (
        calibrated(log, "UTC", structure=Structure(people=False, whole=whole)) for whole in (True, False)
    )
    cycles = [simulate(replace(each.scenario, lasts=5 * DAY), 1).cycle / HOUR for each in (whole, drawn)]
    assert cycles[0] == pytest.approx(np.full(len(cycles[0]), 240.0), abs=0.01)
    assert cycles[1].std() > 20


def test_cases_of_one_model_all_go_its_way(office: Calibrated) -> None:
    played = simulate(office.scenario, 1)
    assert ways(office, played) == {("Look", "Answer"), ("Look", "Check", "Answer")}
    check = next(place for place, each in enumerate(office.scenario.steps) if each.name == "Check")
    checked = np.isin(np.arange(len(played.kind)), played.case[played.step == check])
    of_model = [set(checked[played.kind == model].tolist()) for model in np.unique(played.kind).tolist()]
    assert {len(each) for each in of_model} == {1}
    assert {True, False} == set.union(*of_model)


def test_models_stand_for_all_cases_by_kind_and_by_how_long_they_took() -> None:
    hours = np.random.default_rng(1).lognormal(1, 1, 3_000)
    kinds = Kinds((Kind("big", 0.2), Kind("small", 0.8)), np.repeat([0, 1], [600, 2_400]))
    found = models_of(np.arange(3_000), kinds, hours)
    shares = np.array([each.share for each in found.kinds])
    assert len(found.cases) == MODELS
    assert shares.sum() == pytest.approx(1)
    assert sum(each.share for each in found.kinds if each.name == "big") == pytest.approx(0.2)
    assert (hours[found.cases] * shares).sum() == pytest.approx(hours.mean(), rel=0.02)


def test_kinds_to_pick_from_are_each_told_once(office: Calibrated) -> None:
    assert Counter(choices_of(office.scenario)[KIND]) == Counter(["big", "small"])


def test_a_step_can_be_taken_out_and_cases_go_on_as_others_did(office: Calibrated) -> None:
    steps = {each.name: each.id for each in office.scenario.steps}
    changed = bypassed(office.scenario, steps["Check"])
    check_scenario(changed)
    played = simulate(changed, 1)
    assert ways(replace(office, scenario=changed), played) == {("Look", "Answer")}
    assert (played.finish >= 0).all()


def test_where_it_hangs_on_the_week_each_case_goes_as_one_that_came_at_about_the_same_time() -> None:
    found = calibrated(weekend_log(), "UTC", structure=Structure(people=False, whole=True))
    played = simulate(found.scenario, 1)
    day = played.arrival % WEEK // DAY
    hours = (played.finish - played.arrival) / HOUR
    assert np.median(hours[day < 4]) == pytest.approx(2, abs=0.1)
    assert np.median(hours[day == 5]) == pytest.approx(44, abs=6)
    assert (hours > 3).mean() == pytest.approx(2 / 7, abs=0.05)


def test_where_it_does_not_no_hour_is_kept() -> None:
    found = calibrated(closing_log(), "UTC", structure=Structure(people=False, whole=True))
    assert {each.hour for each in found.scenario.kinds} == {None}
    assert not hangs_on_the_week(np.ones(100), np.arange(100.0))
