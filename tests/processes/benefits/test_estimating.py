"""The statistics of benefits: coverage, known effects, shifted mixes, unfinished records, and nothing at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.benefits.estimating import (
    always_reach,
    difference_of,
    difference_of_differences,
    needed_for,
)
from kinflow.processes.benefits.lasting import curve_of


def drawn(rng, n, effect=0.0, share=0.5):
    """Skewed hours of two groups by chance, and a kind that matters."""
    is_new = rng.random(n) < share
    kind = rng.integers(0, 3, n)
    hours = rng.exponential(20, n) + 10.0 * kind + effect * is_new
    return hours, is_new, kind


def test_without_an_effect_the_interval_of_one_look_misses_about_one_time_in_twenty():
    rng, missed = np.random.default_rng(3), 0
    for _ in range(250):
        hours, is_new, kind = drawn(rng, 160, share=0.3)
        found = difference_of(hours, is_new, [kind])
        missed += not found.low <= 0 <= found.high
    assert 3 <= missed <= 23


def test_who_looks_again_and_again_is_hardly_ever_misled():
    rng, misled, misled_by_one_look = np.random.default_rng(5), 0, 0
    for _ in range(80):
        hours, is_new, kind = drawn(rng, 600)
        looks = [difference_of(hours[:n], is_new[:n], [kind[:n]]) for n in range(100, 601, 50)]
        misled += any(not d.always_low <= 0 <= d.always_high for d in looks)
        misled_by_one_look += any(not d.low <= 0 <= d.high for d in looks)
    assert misled <= 6
    assert misled_by_one_look > 2 * misled


def test_a_real_effect_is_found_and_its_size_lies_in_the_interval():
    found = difference_of(*drawn(np.random.default_rng(1), 1_500, effect=-8.0)[:2])
    assert found.always_low <= -8 <= found.always_high < 0


def test_a_mix_that_turns_the_plain_difference_round_is_taken_out():
    rng = np.random.default_rng(2)
    hard = np.concatenate((rng.random(600) < 0.8, rng.random(600) < 0.2))
    is_new = np.arange(1_200) < 600
    hours = np.where(hard, 50.0, 10.0) - 5.0 * is_new + rng.normal(0, 4, 1_200)
    found = difference_of(hours, is_new, [hard.astype(np.int64)])
    assert found.plain > 15
    assert found.always_low <= -5 <= found.always_high < 0


@pytest.mark.parametrize(("n", "said"), [(60, True), (1_200, False)])
def test_where_groups_are_too_small_to_take_the_mix_out_that_is_said(n, said):
    rng = np.random.default_rng(7)
    is_new = np.arange(n) < n // 2
    hard = rng.random(n) < np.where(is_new, 0.85, 0.15)
    found = difference_of(np.where(hard, 50.0, 10.0) + rng.normal(0, 4, n), is_new, [hard.astype(np.int64)])
    assert found.is_mixed is said
    assert not difference_of(rng.normal(0, 4, n), is_new, [np.zeros(n, np.int64)]).is_mixed
    assert difference_of_differences(found, found).is_mixed is said


def test_what_is_known_before_makes_the_interval_narrower():
    hours, is_new, kind = drawn(np.random.default_rng(4), 400)
    without, with_kind = difference_of(hours + 60.0 * kind, is_new), difference_of(hours, is_new, [kind])
    assert with_kind.spread < without.spread / 2


@pytest.mark.parametrize("n", [0, 1, 30])
def test_too_few_records_say_so(n):
    found = difference_of(np.ones(n), np.arange(n) % 2 == 0)
    assert (found.refused, found.value, found.new + found.compared) == ("few", None, n)


def test_a_share_that_nearly_never_happens_is_not_told_as_certain():
    outcome = np.zeros(200)
    outcome[:3] = 1
    assert difference_of(outcome, np.arange(200) % 2 == 0).refused == "same"


def test_so_many_records_as_are_said_to_be_needed_suffice():
    needed = needed_for(30.0, 4.0)
    assert always_reach(30.0, needed) <= 4.0 < always_reach(30.0, int(needed * 0.95))
    assert needed_for(30.0, 0.0) is None
    assert needed_for(1e9, 1.0) is None


def test_a_trend_that_other_units_have_too_is_no_benefit():
    rng, after = np.random.default_rng(6), np.arange(400) % 2 == 0
    ours = difference_of(rng.normal(40, 5, 400) - 6.0 * after, after)
    others = difference_of(rng.normal(30, 5, 400) - 6.0 * after, after)
    both = difference_of_differences(ours, others)
    assert ours.always_high < 0
    assert both.always_low < 0 < both.always_high
    few = difference_of(np.ones(4), np.arange(4) % 2 == 0)
    assert difference_of_differences(ours, few).refused == "few"


def test_the_curve_counts_unfinished_records_for_as_long_as_they_were_followed():
    curve = curve_of(np.array([1.0, 2.0, 2.0, 3.0, 4.0]), np.array([True, True, False, True, False]))
    assert curve.hours.tolist() == [0, 1, 2, 3]
    assert curve.share == pytest.approx([0, 0.2, 0.4, 0.7])
    assert curve.median == 3
    assert curve_of(np.zeros(0), np.zeros(0, bool)).median is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1e4), st.booleans()), max_size=40))
def test_a_curve_only_rises_and_lies_in_its_interval(rows):
    curve = curve_of(np.array([h for h, _ in rows], float), np.array([e for _, e in rows], bool))
    assert (np.diff(curve.share) >= 0).all()
    assert (curve.low <= curve.share + 1e-12).all()
    assert (curve.share <= curve.high + 1e-12).all()
    assert 0 <= curve.share[-1] <= 1
