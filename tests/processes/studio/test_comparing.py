"""Two groups of cases held against each other."""

from zoneinfo import ZoneInfo

import numpy as np

from kinflow.processes.studio.comparing import compare
from kinflow.processes.studio.groups import mask_of_group, splits_of
from tests.processes.given import labels, log_of, traces

ZONE = ZoneInfo("UTC")


def halves(count: int) -> tuple[np.ndarray, np.ndarray]:
    first = np.arange(count) < count // 2
    return first, ~first


def test_a_step_that_only_one_group_takes_is_marked() -> None:
    log = traces(*["abc"] * 20, *["ac"] * 20)
    found = compare(log, *halves(40))
    assert (found.one, found.other) == (20, 20)
    row = next(each for each in found.rows if (each.step, each.to) == ("b", ""))
    assert (row.share.one, row.share.other, row.share.is_real) == (1.0, 0.0, True)
    same = next(each for each in found.rows if (each.step, each.to) == ("a", ""))
    assert (same.share.one, same.share.other, same.share.is_real) == (1.0, 1.0, False)
    assert found.rows[0].share.is_real
    assert not found.rows[-1].share.is_real


def test_a_slower_arrow_is_marked_and_the_whole_with_it() -> None:
    rows = [
        (f"{n}", step, hour, None)
        for n in range(40)
        for step, hour in (("a", 0), ("b", 5 + n % 7 + 9 * (n >= 20)))
    ]
    found = compare(log_of(rows), *halves(40))
    arrow = next(each for each in found.rows if each.to)
    assert arrow.time.is_real
    assert arrow.time.other - arrow.time.one == 9 * 3_600  # type: ignore[operator]
    assert found.duration.is_real


def test_noise_is_not_marked() -> None:
    chance = np.random.default_rng(7)
    rows = [
        (f"{n}", step, 3 * at + chance.exponential(3), None)
        for n in range(200)
        for at, step in enumerate(chance.choice(["abcd", "acbd", "abd"]))
    ]
    found = compare(log_of(rows), *halves(200))
    assert not any(each.share.is_real or each.time.is_real for each in found.rows)


def test_few_values_are_shown_but_not_tested() -> None:
    found = compare(traces("ab", "ab", "b"), np.array([True, False, False]), np.array([False, True, True]))
    assert found.duration.p is None
    assert not any(each.time.is_real for each in found.rows)


def test_an_empty_group_is_no_fault() -> None:
    found = compare(traces("ab", "ab"), np.array([True, True]), np.array([False, False]))
    assert (found.one, found.other) == (2, 0)
    assert found.rows[0].share.other is None


def test_groups_are_quarters_values_and_units() -> None:
    hours = 24 * 365.25 * 50
    log = log_of(
        [
            ("one", "a", hours, "Li"),
            ("two", "a", hours + 24 * 100, "Wu"),
            ("two", "b", hours + 24 * 101, "Li"),
        ],
        units={"Li": "Sales", "Wu": "Store"},
        attributes={"region": labels("North", "South"), "grade": labels("A", "A")},
    )
    splits = splits_of(log, "", ZONE)
    assert [each.key for each in splits] == ["quarter", "is:region", "unit"]
    assert splits[0].groups[-1] == ("2020-1", "Q1 2020")
    chosen = {
        ("quarter", "2020-1"): [True, False],
        ("quarter", "2020-2"): [False, True],
        ("is:region", "South"): [False, True],
        ("unit", "Sales"): [True, True],
    }
    for (split, value), mask in chosen.items():
        assert mask_of_group(log, split, value, ZONE).tolist() == mask
