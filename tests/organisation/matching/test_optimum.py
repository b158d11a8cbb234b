"""What the optimum is: small cases that anybody can check, and the rules of the question."""

import subprocess
import sys
from typing import Literal

import numpy as np
import pytest

from kinflow.organisation.matching import MinimumOutOfReach, compile_ahead, optimum
from kinflow.organisation.matching.optimum_survey import survey

from .given import capacities, scored


def best(points, capacity, **rules):
    person, total = optimum(np.array(points, dtype=float), np.array(capacity), **rules)
    return person.tolist(), total


def test_the_total_counts_not_the_first_come() -> None:
    assert best([[10, 9], [9, 1]], [1, 1]) == ([1, 0], 18.0)


def test_a_person_takes_no_more_than_the_capacity() -> None:
    assert best([[5], [7], [6]], [2]) == ([-1, 0, 0], 13.0)


def test_an_ineligible_pair_is_never_chosen_however_many_points_it_has() -> None:
    assert best([[1e9, 1]], [1, 1], eligible=[[False, True]]) == ([1], 1.0)


def test_huge_points_of_ineligible_pairs_do_not_blur_the_others() -> None:
    assert best([[1e300, 0.1, 0.2]], [1, 1, 1], eligible=[[False, True, True]]) == ([2], 0.2)


def test_nobody_is_better_than_negative_points() -> None:
    assert best([[-1, -2]], [1, 1]) == ([-1], 0.0)


def test_an_item_nobody_is_eligible_for_is_left_over() -> None:
    assert best([[3, 4], [3, 4]], [2, 2], eligible=[[False, False], [True, True]]) == ([-1, 1], 4.0)


@pytest.mark.parametrize(
    ("shape", "capacity"), [((0, 3), [1, 1, 1]), ((3, 0), []), ((0, 0), [])], ids=["items", "people", "both"]
)
def test_without_items_or_people_nothing_is_assigned(shape: tuple[int, int], capacity: list[int]) -> None:
    person, total = optimum(np.zeros(shape), capacity)
    assert person.tolist() == [-1] * shape[0]
    assert person.dtype == np.int64
    assert total == 0.0


def test_without_capacity_nothing_is_assigned() -> None:
    assert best([[3, 4], [5, 6]], [0, 0]) == ([-1, -1], 0.0)


def test_somebody_without_capacity_leaves_the_work_to_the_others() -> None:
    assert best([[3, 4], [5, 6]], [1, 0]) == ([-1, 0], 5.0)


def test_equal_points_fill_all_places_evenly_to_the_capacity() -> None:
    person, total = optimum(np.full((100, 10), 7.0), np.full(10, 10))
    assert np.bincount(person).tolist() == [10] * 10
    assert total == 700.0


@pytest.mark.parametrize("unit", [5e-324, 1e-310, 1e-200, 1.0, 1e200, 1e306])
def test_points_of_any_size_are_compared_alike(unit: float) -> None:
    person, _ = optimum(np.array([[10.0, 9.0], [9.0, 1.0]]) * unit, [1, 1])
    assert person.tolist() == [1, 0]


def test_capacity_far_beyond_the_items_is_no_trouble() -> None:
    assert best([[1, 2], [2, 1]], np.array([2**64 - 1, 5], np.uint64)) == ([1, 0], 4.0)


@pytest.mark.parametrize("kind", ["i1", "u1", "i4", ">i4", "u4", "i8", "u8"])
def test_capacities_may_be_whole_numbers_of_any_kind(kind: str) -> None:
    assert best([[1, 2], [2, 1]], np.array([1, 1], kind)) == ([1, 0], 4.0)


@pytest.mark.parametrize("kind", ["?", "i1", "u8", "f2", "f4", ">f8", "g"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_points_may_be_real_numbers_of_any_kind_in_any_order(kind: str, order: Literal["C", "F"]) -> None:
    table = np.array([[1, 0, 1], [0, 1, 1]]).astype(kind, order=order)
    person, total = optimum(table, [1, 1, 0], eligible=np.ones((2, 3), bool, order=order))
    assert (person.tolist(), total) == ([0, 1], 2.0)


def test_whole_numbers_and_slices_of_larger_tables_are_welcome() -> None:
    table = np.arange(24).reshape(4, 6)[::2, ::3]
    assert best(table, [1, 1]) == best(table.astype(float).copy(), [1, 1])


def test_the_callers_arrays_stay_as_they_are() -> None:
    points, capacity = scored(60, 8, 1), capacities(60, 8, 0.8, 1)
    before = points.copy(), capacity.copy()
    optimum(points, capacity)
    assert (points == before[0]).all()
    assert (capacity == before[1]).all()


def test_read_only_arrays_are_welcome() -> None:
    points, eligible = np.array([[1.0, 2.0]]), np.array([[True, False]])
    points.flags.writeable = eligible.flags.writeable = False
    person, total = optimum(points, [1, 1], eligible=eligible)
    assert (person.tolist(), total) == ([0], 1.0)


def test_compiling_ahead_leaves_nothing_for_the_first_batch() -> None:
    compile_ahead()
    known = len(survey.signatures)
    optimum(scored(30, 5, 3)[::2], capacities(15, 5, 1.0, 3), eligible=np.ones((15, 5), bool, order="F"))
    assert len(survey.signatures) == known == 1


def test_the_same_batch_gives_the_same_answer() -> None:
    points, capacity = scored(400, 20, 2), capacities(400, 20, 1.0, 2)
    first, total = optimum(points, capacity)
    again, same = optimum(points.copy(), capacity.copy())
    assert (first == again).all()
    assert total == same


@pytest.mark.parametrize(
    ("points", "capacity", "rules", "reason"),
    [
        ([[np.nan]], [1], {}, "NaN"),
        ([[1.0, np.nan]], [1, 1], {"eligible": [[True, False]]}, "NaN"),
        ([[np.inf]], [1], {}, "finite"),
        ([[-np.inf]], [1], {}, "finite"),
        ([[np.inf, 1.0]], [1, 1], {"eligible": [[False, True]]}, "finite"),
        (np.ma.array([[1.0]], mask=[[True]]), [1], {}, "masked"),
        ([[1e308], [1e308]], [2], {}, "sum"),
        ([1.0, 2.0], [1, 1], {}, "two dimensions"),
        ([["a"]], [1], {}, "real numbers"),
        ([[1j]], [1], {}, "real numbers"),
        ([[1.0]], [1, 1], {}, "capacity must have the shape"),
        ([[1.0]], [-1], {}, "capacity must not be negative"),
        ([[1.0]], [1.5], {}, "capacity must be whole numbers"),
        ([[1.0]], [1], {"eligible": [[True, True]]}, "eligible must have the shape"),
        ([[1.0]], [1], {"eligible": [[1]]}, "eligible must be true or false"),
        ([[1.0]], [1], {"minimum": [-1]}, "minimum must not be negative"),
        ([[1.0]], [1], {"minimum": [1, 1]}, "minimum must have the shape"),
    ],
)
def test_a_broken_question_is_refused_with_the_reason(points, capacity, rules, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        optimum(points, capacity, **rules)


def test_a_minimum_share_is_kept_even_at_a_loss() -> None:
    assert best([[9, 1], [9, 2]], [2, 2], minimum=[0, 1]) == ([0, 1], 11.0)
    assert best([[-5.0, -3.0]], [1, 1], minimum=[1, 0]) == ([0], -5.0)


def test_a_minimum_share_passes_along_a_chain_of_people() -> None:
    eligible = np.array([[True, True, False], [False, True, True], [True, True, False]])
    person, total = optimum(
        np.array([[9.0, 1, 0], [0, 9, 1], [9, 1, 0]]), [2, 1, 1], eligible=eligible, minimum=[0, 1, 1]
    )
    assert person[1] == 2
    assert sorted(person.tolist()) == [0, 1, 2]
    assert total == 11.0


@pytest.mark.parametrize(
    ("capacity", "eligible", "minimum"),
    [
        ([1, 1], None, [2, 0]),
        ([2, 2], None, [2, 1]),
        ([2, 2], [[True, False], [True, False]], [0, 1]),
        ([2, 2], [[True, True], [False, False]], [1, 1]),
    ],
    ids=["above the capacity", "too few items", "nothing eligible", "one item for two"],
)
def test_minimum_shares_out_of_reach_are_refused(capacity, eligible, minimum) -> None:
    with pytest.raises(MinimumOutOfReach):
        optimum(np.ones((2, 2)), capacity, eligible=eligible, minimum=minimum)


def test_importing_the_package_stays_light() -> None:
    program = "import sys, kinflow.organisation.matching; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names = set(ran.stdout.split())
    assert "numpy" in names
    assert not {"numba", "llvmlite", "scipy", "ortools"} & names
