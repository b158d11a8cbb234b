"""Expected satisfaction: a stated model of cycle time, hand-offs and repeated steps."""

import math
from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.simulation.satisfaction.reckoning import (
    Satisfaction,
    content_of,
    counted,
    model_from,
    usual_of,
)
from kinflow.processes.simulation.simulating import simulate
from tests.processes.simulation.whatif.given import office

USUAL = [[40, 0, 0, 3]]
SLOW = [[44, 0, 0, 1]]


def chance(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_time_hand_offs_and_repeated_steps_take_satisfaction_away():
    model = Satisfaction(base=1, doubling=0.5, handover=0.25, again=2)
    assert usual_of([USUAL, SLOW]) == 10
    assert content_of(model, USUAL, 10) == pytest.approx(chance(1))
    assert content_of(model, SLOW, 10) == pytest.approx(chance(0.5))
    assert content_of(model, [[40, 2, 1, 1]], 10) == pytest.approx(chance(1 - 0.5 - 2))
    mixed = content_of(model, USUAL + SLOW, 10)
    assert mixed == pytest.approx((3 * chance(1) + chance(0.5)) / 4)
    assert math.isnan(content_of(model, [], 10))


def test_what_customers_expect_can_be_said():
    model = Satisfaction(base=0, doubling=1, expected=2**10 / 3600)
    assert content_of(model, USUAL, 5) == pytest.approx(0.5)


def test_only_cases_that_ended_after_the_warm_up_are_counted():
    scenario = office(weeks=1)
    played = simulate(scenario, 1, 0)
    assert sum(row[3] for row in counted(scenario, played)) == int((played.finish >= 0).sum())
    assert counted(replace(scenario, warm_up=scenario.lasts), played) == []
    for row in counted(scenario, played):
        assert row[3] > 0
        assert row[1] >= 0


def test_waiting_again_is_no_step_done_again():
    scenario = office(weeks=1)
    played = simulate(scenario, 1, 0)
    ended = played.finish[played.case] >= 0
    done = [step.kind == "task" for step in scenario.steps]
    again = int((ended & (played.visit > 0) & np.array(done)[played.step]).sum())
    assert sum(row[2] * row[3] for row in counted(scenario, played)) == again > 0


def test_coefficients_outside_their_limits_are_as_usual_and_named():
    model, wrong = model_from({"base": "2", "doubling": "-1", "again": "x", "handover": "nan"})
    assert model == Satisfaction(base=2)
    assert wrong == ["doubling", "handover", "again"]
