"""The compiled passes where they are tried hardest: many kinds, hash tables that grow, spans in any order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.columns import columns_of
from kinflow.processes.measuring import follows, spreads, steps_of, variants
from kinflow.processes.measuring.pairs import find_pairs

from ..given import traces


def many_kinds(kinds: int):
    """A log in which each kind of step follows the one before it, twice."""
    code = np.tile(np.arange(kinds, dtype=np.int32), 2)
    return columns_of(
        case=np.repeat(np.arange(2, dtype=np.int32), kinds),
        activity=code,
        at=np.arange(2 * kinds, dtype=np.int64),
        case_ids=["one", "other"],
        activities=[str(k) for k in range(kinds)],
    )


@pytest.mark.parametrize("kinds", [1, 2, 2048, 2049, 30_000])
def test_any_number_of_kinds_of_steps_is_told_apart(kinds: int) -> None:
    found = follows(many_kinds(kinds))
    assert found.first.tolist() == list(range(kinds - 1))
    assert found.second.tolist() == list(range(1, kinds))
    assert set(found.count.tolist()) <= {2}
    assert (found.times.mean == 1e-6).all()


def test_pairs_are_found_again_in_a_table_that_has_grown() -> None:
    columns = many_kinds(10_000)
    pairs = find_pairs(columns.offsets, columns.activity, 10_000)
    assert len(pairs.pair) == 9_999
    assert len(pairs.keys) >= 2 * len(pairs.pair)


def test_variants_that_differ_in_the_last_step_only_are_told_apart() -> None:
    columns = traces("abc", "abd", "ab", "abc", "abca")
    found = variants(columns)
    assert found.count.tolist() == [2, 1, 1, 1]
    assert found.of_case.tolist() == [0, 1, 2, 0, 3]
    assert [steps_of(columns, case) for case in found.example] == [
        list("abc"),
        list("abd"),
        list("ab"),
        list("abca"),
    ]


def test_thousands_of_variants_are_told_apart() -> None:
    words = [format(k, "013b") for k in range(2_000)]
    found = variants(traces(*words, *words))
    assert found.count.tolist() == [2] * 2_000
    assert found.of_case.tolist() == [*range(2_000), *range(2_000)]


def test_cases_without_events_are_a_variant_without_steps() -> None:
    columns = columns_of(
        case=np.array([1], np.int32),
        activity=np.array([0], np.int32),
        at=np.array([5], np.int64),
        case_ids=["empty", "filled", "empty too"],
        activities=["a"],
    )
    found = variants(columns)
    assert found.count.tolist() == [2, 1]
    assert steps_of(columns, int(found.example[0])) == []


@given(st.lists(st.lists(st.integers(0, 2**62) | st.integers(0, 3), max_size=40), max_size=5))
@settings(deadline=None)
def test_times_spread_as_numpy_says(groups: list[list[int]]) -> None:
    spans = np.array([span for group in groups for span in group], np.int64)
    found = spreads.spread_of(spans, np.cumsum([0, *map(len, groups)]).astype(np.int64))
    for k, group in enumerate(groups):
        assert found.count[k] == len(group)
        assert found.total[k] == pytest.approx(sum(group) / 1e6)
        if group:
            exact = [x / 1e6 for x in group]
            assert found.mean[k] == pytest.approx(sum(group) / len(group) / 1e6)
            assert found.median[k] == pytest.approx(np.median(exact))
            assert found.p90[k] == pytest.approx(np.percentile(exact, 90))
            assert (found.least[k], found.most[k]) == (min(exact), max(exact))
        else:
            assert np.isnan(
                [found.mean[k], found.median[k], found.p90[k], found.least[k], found.most[k]]
            ).all()


@pytest.mark.parametrize("order", ["ascending", "descending", "equal", "pipes"])
def test_orders_of_spans_that_make_naive_selection_slow_give_the_right_ranks(order: str) -> None:
    size = 100_001
    spans = {
        "ascending": np.arange(size),
        "descending": np.arange(size)[::-1].copy(),
        "equal": np.full(size, 7),
        "pipes": np.abs(np.arange(size) - size // 2),
    }[order]
    found = spreads.spread_of_all(spans)
    assert found.median[0] == np.median(spans) / 1e6
    assert found.p90[0] == pytest.approx(np.percentile(spans, 90) / 1e6)
