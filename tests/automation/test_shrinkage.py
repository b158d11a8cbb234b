"""Shares from few observations, drawn towards what is usual."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.automation.criteria.shrinkage import STRONGEST, WEAKEST, shrunk, strength_of

counts = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=30
)


@given(counts, st.floats(0, 1), st.floats(WEAKEST, STRONGEST))
def test_a_shrunk_share_lies_between_ones_own_and_the_usual(pairs, usual, strength):
    won, n = np.array(pairs, float).T
    share = shrunk(won, n, usual=usual, strength=strength)
    own = np.divide(won, n, out=np.full_like(won, usual), where=n > 0)
    assert np.all(share >= np.minimum(own, usual) - 1e-12)
    assert np.all(share <= np.maximum(own, usual) + 1e-12)


@given(counts)
def test_the_strength_is_within_its_bounds(pairs):
    won, n = np.array(pairs, float).T
    assert WEAKEST <= strength_of(won, n) <= STRONGEST


def test_without_trials_the_share_is_the_usual_one():
    assert shrunk([0], [0], usual=0.3, strength=10)[0] == pytest.approx(0.3)


def test_nine_of_fourteen_are_drawn_towards_the_usual():
    assert shrunk([9], [14], usual=0.5, strength=10)[0] == pytest.approx(14 / 24)


def test_the_strength_of_a_known_spread_is_found_again():
    rng = np.random.default_rng(7)
    shares = rng.beta(6, 14, 4000)
    won = rng.binomial(40, shares)
    assert strength_of(won, np.full(4000, 40)) == pytest.approx(20, rel=0.15)


def test_people_who_differ_by_chance_only_count_as_equal():
    rng = np.random.default_rng(7)
    assert strength_of(rng.binomial(50, 0.4, 400), np.full(400, 50)) > 100
