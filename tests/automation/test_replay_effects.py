"""What a replay may say of outcomes: planted effects are inside the interval, none is found where there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.automation.replay.effects import FEW_ALIKE, FEW_MOVED, NO_OVERLAP, effect_of
from kinflow.automation.replay.learning import learn

PEOPLE = 6


def world(seed, *, better=0.0, n=2000):
    """Items of four families in two grades, given out by chance within a family; half of all would go to person 0."""
    chance = np.random.default_rng(seed)
    family, grade = chance.integers(0, 4, n), chance.integers(0, 2, n)
    likes = np.array([[1 + (p + f) % 3 for p in range(PEOPLE)] for f in range(4)], float)
    upto = np.cumsum(likes / likes.sum(axis=1, keepdims=True), axis=1)[family]
    had = (chance.random(n)[:, None] > upto[:, :-1]).sum(axis=1)
    well = chance.random(n) < 0.25 + 0.08 * family + 0.1 * grade + better * (had == 0)
    gets = np.where(chance.random(n) < 0.5, 0, had)
    return well.astype(float), had, gets, [family, grade]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 999), st.sampled_from([0.0, 0.15, 0.3]))
def test_a_planted_effect_is_found_where_it_was_planted(seed, better):
    told = effect_of(*world(seed, better=better))
    assert not told.refused
    half = (told.high - told.low) / 2
    assert abs(told.change - better) < 2 * half  # twice the interval: one in ten thousand lies beyond
    assert half < 0.15


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    for better in (0.0, 0.2):
        told = [effect_of(*world(seed, better=better, n=900)) for seed in range(40)]
        assert sum(one.low <= better <= one.high for one in told) >= 34


def test_easier_items_do_not_pass_for_a_better_person():
    chance = np.random.default_rng(5)
    family = chance.integers(0, 2, 4000)
    had = np.where(chance.random(4000) < np.where(family == 1, 0.8, 0.2), 0, 1)
    well = (chance.random(4000) < 0.2 + 0.6 * family).astype(float)
    naive = well[had == 0].mean() - well[had == 1].mean()
    told = effect_of(well, had, np.zeros(4000, int), [family])
    assert naive > 0.3
    assert told.low < 0 < told.high


def test_what_cannot_be_compared_is_refused():
    well, had, gets, facts = world(1)
    assert effect_of(well, had, had.copy(), facts).refused == FEW_MOVED
    assert effect_of(well, had, np.full(len(had), PEOPLE), facts).refused == NO_OVERLAP
    few = (had != 0) | (np.cumsum(had == 0) <= 12)
    told = effect_of(well[few], had[few], np.zeros(few.sum(), int), [np.zeros(few.sum(), int)])
    assert (told.refused, told.change) == (FEW_ALIKE, None)
    assert effect_of(np.full(50, np.nan), np.zeros(50, int), np.ones(50, int), [np.zeros(50, int)]).known == 0


def endings(seed, truth, n=4000):
    chance = np.random.default_rng(seed)
    values = chance.random((n, len(truth)))
    odds = -0.5 + (values - 0.5) @ np.array(truth)
    return values, chance.random(n) < 1 / (1 + np.exp(-odds))


def test_weights_that_outcomes_bear_out_stay_and_others_move_towards_them():
    present = np.array([20.0, 20.0, 10.0])
    kept = learn(*endings(2, (2.0, 2.0, 1.0)), present)
    assert all(low <= w <= high for low, w, high in zip(kept.low, present, kept.high, strict=True))
    told = learn(*endings(3, (2.0, 0.0, 1.0)), present)
    assert told.low[0] > present[0]
    assert told.high[1] < present[1]
    assert told.low[1] <= 0 <= told.high[1]


def test_what_never_differs_is_not_learnt_and_too_little_is_said():
    values, well = endings(4, (2.0, 1.0))
    values[:, 1] = 0.5
    told = learn(values, well, np.array([10.0, 5.0]))
    assert told.learnable == (True, False)
    assert (told.weights[1], told.low[1]) == (5.0, None)
    few = learn(values[:16], well[:16], np.array([10.0, 5.0]))
    assert not few.is_enough
    assert few.weights == (10.0, 5.0)
    assert learn(values[:0], well[:0], np.array([10.0, 5.0])).rarer == 0
    assert learn(values, well, np.array([10.0, 5.0])).weights == pytest.approx(told.weights)
