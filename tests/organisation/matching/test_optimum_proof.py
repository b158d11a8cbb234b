"""The optimum is the true one: proved by prices, and the same as what an independent solver finds."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from kinflow.organisation.matching import MinimumOutOfReach, optimum

from .given import capacities, scored
from .proof import NotBest, prove_best

SEVERAL = settings(max_examples=500, deadline=None)
NUMBERS = {
    "floats": st.floats(-1e6, 1e6),
    "few values": st.integers(-2, 3).map(float),
    "steps of a tenth": st.integers(-20, 30).map(lambda x: x / 10),
    "of all sizes": st.builds(lambda a, b: a * 10.0**b, st.integers(-9, 9), st.integers(-12, 12)),
}


@st.composite
def batches(draw: st.DrawFn) -> tuple[NDArray, NDArray, NDArray | None]:
    """Small batches of all kinds."""
    shape = draw(st.tuples(st.integers(1, 14), st.integers(1, 7)))
    numbers = NUMBERS[draw(st.sampled_from(sorted(NUMBERS)))]
    points = draw(arrays.arrays(float, shape, elements=numbers))
    capacity = draw(arrays.arrays(np.int64, shape[1], elements=st.integers(0, 5)))
    eligible = draw(st.none() | arrays.arrays(bool, shape))
    return points, capacity, eligible


def by_scipy(points: NDArray, capacity: NDArray, eligible: NDArray | None) -> float:
    """Return the greatest total, found with a column for each place."""
    worth = np.maximum(points, 0.0) * (1.0 if eligible is None else eligible)
    table = worth[:, np.repeat(np.arange(points.shape[1]), capacity)]
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum())


@SEVERAL
@given(batches())
def test_the_total_is_that_of_an_independent_solver(batch) -> None:
    points, capacity, eligible = batch
    _, total = optimum(points, capacity, eligible=eligible)
    assert total == pytest.approx(
        by_scipy(points, capacity, eligible), rel=1e-9, abs=1e-12 * np.abs(points).max()
    )


@SEVERAL
@given(batches())
def test_prices_prove_every_answer_best(batch) -> None:
    points, capacity, eligible = batch
    person, total = optimum(points, capacity, eligible=eligible)
    prove_best(points, capacity, person, eligible)
    chosen = np.flatnonzero(person >= 0)
    assert total == pytest.approx(points[chosen, person[chosen]].sum(), rel=1e-12)


@pytest.mark.parametrize("size", [1e2, 1e12, 1e200])
def test_points_far_below_zero_disturb_nothing(size) -> None:
    person, total = optimum(np.array([[1e-3, -size]]), np.array([1, 1]))
    assert person.tolist() == [0]
    assert total == 1e-3


@settings(max_examples=150, deadline=None)
@given(batches(), st.data())
def test_minimum_shares_are_kept_at_the_best_total(batch, data: st.DataObject) -> None:
    points, capacity, eligible = batch
    points = np.clip(points, -1e3, 1e3)
    minimum = data.draw(arrays.arrays(np.int64, points.shape[1], elements=st.integers(0, 2)))
    reference = by_milp(points, capacity, eligible, minimum)
    if reference is None:
        with pytest.raises(MinimumOutOfReach):
            optimum(points, capacity, eligible=eligible, minimum=minimum)
        return
    person, total = optimum(points, capacity, eligible=eligible, minimum=minimum)
    load = np.bincount(person[person >= 0], minlength=points.shape[1])
    assert (load >= minimum).all()
    assert (load <= capacity).all()
    assert total == pytest.approx(reference, rel=1e-6, abs=1e-4)


def by_milp(points: NDArray, capacity: NDArray, eligible: NDArray | None, minimum: NDArray) -> float | None:
    """Return the greatest total under minimum shares, or None when there is no assignment."""
    items, people = points.shape
    allowed = np.ones(points.shape) if eligible is None else eligible.astype(float)
    per_item = np.kron(np.eye(items), np.ones(people))
    per_person = np.kron(np.ones(items), np.eye(people))
    found = milp(
        -points.ravel(),
        bounds=Bounds(0, allowed.ravel()),
        integrality=np.ones(points.size),
        constraints=[LinearConstraint(per_item, 0, 1), LinearConstraint(per_person, minimum, capacity)],
    )
    return None if found.status == 2 else -float(found.fun)


@pytest.mark.parametrize("part", [0.8, 1.0, 1.3], ids=["scarce", "tight", "slack"])
@pytest.mark.parametrize("few_eligible", [False, True], ids=["all", "some"])
def test_prices_prove_batches_of_real_size_best(part: float, few_eligible: bool) -> None:
    points, capacity = scored(3000, 80, 5), capacities(3000, 80, part, 5)
    eligible = np.random.default_rng(6).random(points.shape) < 0.3 if few_eligible else None
    person, _ = optimum(points, capacity, eligible=eligible)
    prove_best(points, capacity, person, eligible)


@pytest.mark.parametrize(
    ("items", "people", "part"),
    [(300, 300, 1.0), (40, 400, 3.0), (2000, 3, 0.7), (1, 50, 60.0), (700, 150, 0.05)],
)
def test_prices_prove_batches_of_odd_shape_best(items: int, people: int, part: float) -> None:
    points, capacity = (
        np.random.default_rng(7).normal(1, 3, (items, people)),
        capacities(items, people, part, 7),
    )
    person, _ = optimum(points, capacity)
    prove_best(points, capacity, person)


def test_prices_prove_hard_structures_best() -> None:
    """Good work for good people is one long chain; people who are all alike are nothing but ties."""
    rng = np.random.default_rng(9)
    chain = rng.random((1500, 1)) * rng.random((1, 30))
    alike = np.repeat(rng.random((1000, 4)), 10, axis=1)
    steps = rng.integers(0, 4, (1200, 60)).astype(float)
    for points in (chain, alike, steps):
        capacity = np.full(points.shape[1], int(0.9 * points.shape[0] / points.shape[1]))
        person, _ = optimum(points, capacity)
        prove_best(points, capacity, person)


def test_the_proof_refuses_what_is_not_best() -> None:
    points, capacity = scored(200, 12, 8), capacities(200, 12, 0.9, 8)
    person, _ = optimum(points, capacity)
    better = points[np.arange(200), person]
    a = int(np.flatnonzero(person >= 0)[0])
    b = int(
        np.flatnonzero((person >= 0) & (points[a, person] + points[:, person[a]] < better[a] + better))[0]
    )
    person[a], person[b] = person[b], person[a]
    with pytest.raises(NotBest):
        prove_best(points, capacity, person)


@pytest.mark.real_data
def test_the_published_assignment_problem_has_its_published_optimum(real_data: Callable[[str], Path]) -> None:
    numbers = np.array(real_data("assignment/assign100.txt").read_text().split(), dtype=float)
    cost = numbers[1:].reshape(100, 100)
    _, total = optimum(1000.0 - cost, np.ones(100, np.int64))
    published = json.loads(real_data("assignment/optima.json").read_text())["assign100_min"]
    assert 100 * 1000.0 - total == published


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["gap1", "gap2", "gap3"])
def test_counting_jobs_instead_of_weighing_them_bounds_the_published_optimum(
    name: str, real_data: Callable[[str], Path]
) -> None:
    """The published problems weigh each job; as many of the lightest jobs as fit is a looser rule."""
    numbers = iter(real_data(f"assignment/{name}.txt").read_text().split())
    optima = json.loads(real_data("assignment/optima.json").read_text())["gap_max"][name]
    for published in optima[: int(next(numbers))]:
        agents, jobs = int(next(numbers)), int(next(numbers))
        profit, weight = (
            np.array([[float(next(numbers)) for _ in range(jobs)] for _ in range(agents)]) for _ in range(2)
        )
        limit = np.array([float(next(numbers)) for _ in range(agents)])
        fits = (np.sort(weight, axis=1).cumsum(axis=1) <= limit[:, None]).sum(axis=1)
        person, bound = optimum(profit.T, fits)
        prove_best(profit.T, fits, person)
        assert published <= bound <= profit.max(axis=0).sum()
