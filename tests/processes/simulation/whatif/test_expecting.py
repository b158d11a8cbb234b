"""How a simulation counts what live operation will count: for some days, until a step and until the end."""

import pytest

from kinflow.processes.simulation.scenario import HOUR
from kinflow.processes.simulation.whatif.expecting import step_behind
from kinflow.processes.simulation.whatif.moves import applied
from kinflow.processes.simulation.whatif.order_moves import Merge
from kinflow.processes.simulation.whatif.people_moves import AddPeople
from kinflow.processes.simulation.whatif.way_moves import Eliminate, Empower

from .given import compared, office


def test_the_step_behind_a_change_is_what_usually_follows_it_on_both_sides():
    def behind(*moves):
        return step_behind(office(), applied(office(), moves), moves)

    assert behind(Eliminate("step 1")) == "step 2"
    assert behind(Empower("step 0", 50)) == "step 1"
    assert behind(Empower("step 0", 50), Eliminate("step 1")) == "step 2"
    assert behind(Merge("step 1", "step 2", "look")) == "step 0"
    assert behind(AddPeople("look")) == ""


def test_the_difference_is_that_of_cases_followed_equally_long():
    moves = [Eliminate("step 1")]
    before = office(weeks=16)
    found = compared(before, applied(before, moves), 4, moves=moves)
    live = found["live"]
    assert (live["days"], live["step"]) == (14, "answer")
    mean, low, high = live["step_hours"]
    assert low < mean < high < -3 * HOUR
    assert live["record_hours"][0] == pytest.approx(found["rows"]["cycle_mean"]["difference"][0], rel=0.1)


def test_without_enough_time_or_a_step_behind_less_is_told():
    moves = [AddPeople("look")]
    before = office(weeks=1)
    live = compared(before, applied(before, moves), 2, moves=moves)["live"]
    assert live == {"days": 14, "step": "", "record_hours": [None, None, None]}
