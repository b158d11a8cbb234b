"""The yardsticks: round robin, least busy, and how even a load is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kinflow.organisation.matching import optimum
from kinflow.organisation.matching.baselines import gini, least_busy, loads, round_robin, total_points

from .given import capacities, scored

ALL = np.ones((5, 3), bool)


def test_round_robin_goes_around() -> None:
    assert round_robin(ALL, np.array([5, 5, 5])).tolist() == [0, 1, 2, 0, 1]


def test_round_robin_starts_where_it_stopped() -> None:
    assert round_robin(ALL, np.array([5, 5, 5]), first=2).tolist() == [2, 0, 1, 2, 0]


def test_round_robin_passes_over_who_is_full_or_may_not() -> None:
    eligible = ALL.copy()
    eligible[1, 1] = False
    assert round_robin(eligible, np.array([1, 5, 5])).tolist() == [0, 2, 1, 2, 1]


def test_least_busy_evens_out_what_was_there_before() -> None:
    assert least_busy(ALL, np.array([5, 5, 5]), load=np.array([2, 0, 1])).tolist() == [1, 1, 2, 0, 1]


@pytest.mark.parametrize("rule", [round_robin, least_busy])
def test_without_room_items_are_left_over(rule) -> None:
    assert rule(ALL, np.array([1, 0, 1])).tolist()[2:] == [-1, -1, -1]


@pytest.mark.parametrize("rule", [round_robin, least_busy])
def test_no_rule_beats_the_optimum(rule) -> None:
    points, capacity = scored(300, 15, 3), capacities(300, 15, 1.0, 3)
    eligible = np.random.default_rng(4).random(points.shape) < 0.6
    holder = rule(eligible, capacity)
    assert (loads(holder, 15) <= capacity).all()
    assert total_points(points, holder) < optimum(points, capacity, eligible=eligible)[1]


def test_gini_of_even_shares_is_zero_and_of_one_taking_all_nearly_one() -> None:
    assert gini(np.array([3, 3, 3, 3])) == 0.0
    assert gini(np.array([0, 0, 0, 8])) == 0.75
    assert gini(np.array([1, 3])) == 0.25
    assert gini(np.array([])) == gini(np.zeros(4)) == 0.0


def test_gini_refuses_debts() -> None:
    with pytest.raises(ValueError, match="negative"):
        gini(np.array([-1, 2]))


@given(arrays.arrays(np.int64, st.integers(1, 12), elements=st.integers(0, 100)), st.integers(1, 9))
def test_gini_knows_neither_order_nor_unit(amounts, times: int) -> None:
    value = gini(amounts)
    assert 0.0 <= value < 1.0
    assert gini(amounts[::-1] * times) == pytest.approx(value)
