"""How a simulation counts what live operation will count: for some days, until a step and until the end."""

from dataclasses import replace

import numpy as np
import pytest

from kinflow.processes.simulation.scenario import DAY, HOUR, WEEK, Times
from kinflow.processes.simulation.whatif.comparing import Pair
from kinflow.processes.simulation.whatif.expecting import step_behind
from kinflow.processes.simulation.whatif.graphs import changed
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


def test_what_is_expected_is_told_no_narrower_than_so_short_a_log_allows():
    """Of a log half as long nobody knows it better because it is played more often: plays of other halves differ."""
    moves = [Eliminate("step 1")]
    before = office(weeks=16)
    pair = Pair(before, applied(before, moves), moves)
    plays = [pair.play(number) for number in range(80)]
    each = [
        after["live"]["step_hours"] - one["live"]["step_hours"]
        for one, after in zip(plays[::2], plays[1::2], strict=True)
    ]

    def reach(times, known):
        pair.known = known
        mean, low, high = pair.figures(plays[: 2 * times])["live"]["step_hours"]
        assert mean - low == pytest.approx(high - mean)
        return high - mean

    assert reach(40, 0) < 0.8 * reach(10, 0)
    followed = plays[0]["followed"]
    assert reach(40, followed) == pytest.approx(2 * np.std(each, ddof=1), rel=0.05)
    assert reach(40, 2 * followed) < 0.8 * reach(40, followed)
    assert reach(10, followed) > 0.7 * reach(40, followed)


def test_without_enough_time_or_a_step_behind_less_is_told():
    moves = [AddPeople("look")]
    before = office(weeks=1)
    live = compared(before, applied(before, moves), 2, moves=moves)["live"]
    assert live == {"days": 14, "step": "", "record_hours": [None, None, None]}


def test_cases_are_followed_for_a_quarter_of_the_time_at_most():
    """However late the step behind the change comes: of a log of so many weeks, few cases show what comes later."""
    late = changed(office(weeks=16), "wait 0 1", times=Times("fixed", 70 * DAY))
    assert compared(late, applied(late, [Eliminate("step 1")]), 2)["live"]["days"] == 28
    short = replace(late, lasts=4 * WEEK)
    assert compared(short, applied(short, [Eliminate("step 1")]), 2)["live"]["days"] == 14
