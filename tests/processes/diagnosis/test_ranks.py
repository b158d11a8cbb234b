"""Tests by ranks over several groups and kinds, and tests of sameness."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kinflow.processes.diagnosis.chances import larger
from kinflow.processes.diagnosis.equivalence import alike, not_more
from kinflow.processes.diagnosis.ranks import differ, larger_alike


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=6, max_size=40))
@settings(max_examples=60, deadline=None)
def test_kruskal_and_wallis_test_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    values, groups = np.array([float(v) for v, _g in pairs]), np.array([g for _v, g in pairs])
    parts = [values[groups == group] for group in np.unique(groups)]
    found = differ(values, groups)
    if len(parts) > 1 and len(set(values)) > 1:
        assert found.p == pytest.approx(stats.kruskal(*parts).pvalue)
    else:
        assert found.p == 1.0


def test_of_one_kind_it_is_mann_and_whitneys_test() -> None:
    rng = np.random.default_rng(1)
    values, ours = rng.exponential(1, 80), rng.random(80) < 0.4
    found = larger_alike(values, ours, np.zeros(80, np.int64))
    plain = larger(values[ours], values[~ours])
    assert found.effect == pytest.approx(plain.effect)
    assert found.p == pytest.approx(plain.p, rel=0.05)


def test_what_is_larger_only_because_of_its_kind_is_not_larger_among_its_kind() -> None:
    rng = np.random.default_rng(2)
    kinds = np.repeat([0, 1], 200)
    ours = rng.random(400) < np.where(kinds == 1, 0.8, 0.2)
    values = rng.normal(0, 1, 400) + 5 * kinds
    assert larger(values[ours], values[~ours]).p < 1e-6
    assert larger_alike(values, ours, kinds).p > 0.05


def test_shares_are_the_same_only_if_there_is_enough_to_say_so() -> None:
    assert alike(200, 400, 202, 400) < 0.01
    assert alike(5, 10, 5, 10) > 0.05
    assert alike(200, 400, 280, 400) > 0.99
    assert not_more(100, 400, 200, 400) < 1e-6
