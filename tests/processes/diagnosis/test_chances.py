"""Tests and intervals, held against SciPy's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kinflow.processes.diagnosis.chances import (
    at_least,
    at_most,
    discoveries,
    larger,
    more_often,
    more_often_alike,
    otherwise_spread,
    share_between,
)

VALUES = st.lists(st.integers(0, 20), min_size=2, max_size=40)


@given(VALUES, VALUES)
@settings(max_examples=60, deadline=None)
def test_mann_whitney_is_that_of_scipy(ours: list[int], others: list[int]) -> None:
    found = larger(ours, others)
    if len(set(ours + others)) > 1:
        known = stats.mannwhitneyu(ours, others, alternative="greater", method="asymptotic")
        assert found.p == pytest.approx(known.pvalue, rel=1e-6, abs=1e-12)
        assert found.effect == pytest.approx(known.statistic / (len(ours) * len(others)))
    else:
        assert found == (type(found))(1.0, 0.5)


def test_groups_that_are_empty_do_not_differ() -> None:
    assert larger([], [1.0]).p == 1.0


@given(st.integers(0, 60), st.integers(1, 60), st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_binomial_tests_are_those_of_scipy(hits: int, tries: int, share: float) -> None:
    hits = min(hits, tries)
    assert at_least(hits, tries, share) == pytest.approx(stats.binom.sf(hits - 1, tries, share), rel=1e-6)
    assert at_most(hits, tries, share) == pytest.approx(stats.binom.cdf(hits, tries, share), rel=1e-6)


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_fishers_test_is_that_of_scipy(hits: int, tries: int, other: int, others: int) -> None:
    hits, other = min(hits, tries), min(other, others)
    table = [[hits, tries - hits], [other, others - other]]
    assert more_often(hits, tries, other, others) == pytest.approx(
        stats.fisher_exact(table, alternative="greater").pvalue, rel=1e-5
    )


def test_the_interval_of_a_share_is_clopper_and_pearsons() -> None:
    known = stats.binomtest(3, 775).proportion_ci(method="exact")
    assert share_between(3, 775) == pytest.approx((known.low, known.high))
    assert share_between(0, 10)[0] == 0.0
    assert share_between(10, 10)[1] == 1.0


def test_counts_over_the_same_places_are_compared_by_chi_square() -> None:
    ours, others = np.array([50.0, 20.0, 30.0]), np.array([300.0, 310.0, 290.0])
    known = stats.chi2_contingency(np.vstack((ours, others)), correction=False)
    assert otherwise_spread(ours, others) == pytest.approx(known.pvalue)


def test_more_hits_among_cases_of_the_same_kind_count_and_among_other_kinds_do_not() -> None:
    kinds = np.repeat([0, 1], 200)
    ours = np.tile([True, False], 200)
    by_kind = kinds == 1
    assert more_often_alike(by_kind, ours, kinds).p == 1.0
    by_ours = ours & (np.arange(400) % 3 == 0)
    found = more_often_alike(by_ours, ours, kinds)
    assert found.p < 1e-6
    assert found.effect == pytest.approx(1 / 3, abs=0.02)


def test_benjamini_and_hochberg_take_the_largest_step_that_holds() -> None:
    assert discoveries([0.001, 0.2, 0.024, 0.9, 0.03], 0.05).tolist() == [True, False, True, False, True]
    assert discoveries([0.3, 0.2], 0.05).tolist() == [False, False]
    assert discoveries([], 0.05).tolist() == []
