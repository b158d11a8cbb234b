"""Batch assignment against SciPy and OR-tools: the same arrays in, the same total out, how long it takes.

    python bench/assign.py [--sizes 3000x80,10000x1000] [--limit SECONDS] [--repeat N]

Prints a table and, as the last line, one JSON object. Every solver runs in a process of its own, with
the batch already in memory; its time counts from the arrays to the assignment. A solver that does not
fit the memory or exceeds the limit is said to, and has no time. Times are medians of `--repeat` calls
(one call where it takes more than two seconds). `cold` is the first call of a fresh process, loading
the compiled code from disk included. SciPy gets a column for each place, OR-tools whole numbers (points
have at most four decimals, so these are exact). `ratio` is the faster rival's time from arrays to
assignment by ours, `ratio_solver` its time without building the model.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parents[1])]

from bench._scoring import demo_section, records_section  # noqa: E402

SIZES = "3000x80,10000x1000,50000x500"
EQUAL = {True: "yes", False: "NO", None: "–"}
CENTS = 10_000
"""Whole numbers in one point for OR-tools."""


@dataclass(frozen=True)
class Batch:
    """What is to be assigned, and what kind of batch it is."""

    size: str
    scores: str
    capacity_is: str
    eligible_is: str
    points: NDArray[np.float64]
    capacity: NDArray[np.int64]
    eligible: NDArray[np.bool_] | None


@dataclass(frozen=True)
class Run:
    """What came of one solver on one batch: seconds in all and in the solver itself, total, or why none."""

    seconds: float | None = None
    solver: float | None = None
    total: float | None = None
    why_not: str = ""


def uniform(items: int, people: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return points spread evenly from 0 to 100."""
    return np.round(100.0 * rng.random((items, people)), 4)


def criteria(items: int, people: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return sums of weighted criteria as a scoring gives them, with many ties and near-ties."""
    skill, level = rng.integers(0, 6, items), rng.integers(1, 6, items)
    points = 25.0 * np.minimum(1.0, rng.integers(0, 6, (people, 6))[:, skill].T / level[:, None])
    points += 20.0 * (rng.integers(0, 8, items)[:, None] == rng.integers(0, 8, people))
    points += 10.0 * (rng.random((people, 3)) < 0.5)[:, rng.integers(0, 3, items)].T
    points += 15.0 * np.round(rng.beta(4, 6, people), 2)
    points += 8.0 * (1 - np.abs(rng.integers(1, 5, items)[:, None] - rng.integers(1, 5, people)) / 3)
    points += 12.0 * (rng.random((items, people)) < 0.01) + 10.0 * np.round(rng.random(people), 1)
    return np.round(points, 2)


def batches(size: str) -> Iterator[Batch]:
    """Yield all kinds of batches of one size, such as 3000x80."""
    items, people = map(int, size.split("x"))
    for scores in (uniform, criteria):
        for capacity_is, part in (("scarce", 0.8), ("tight", 1.0), ("slack", 1.3)):
            rng = np.random.default_rng(2024)
            points = scores(items, people, rng)
            share = rng.uniform(0.5, 1.5, people).cumsum()
            capacity = np.diff(np.floor(share / share[-1] * items * part + 0.5).astype(np.int64), prepend=0)
            for eligible_is, eligible in (("all", None), ("30 %", rng.random(points.shape) < 0.3)):
                yield Batch(size, scores.__name__, capacity_is, eligible_is, points, capacity, eligible)


def ours(batch: Batch) -> Run:
    """Assign with Kinflow."""
    from kinflow.organisation.matching import optimum

    start = time.perf_counter()
    _, total = optimum(batch.points, batch.capacity, eligible=batch.eligible)
    seconds = time.perf_counter() - start
    return Run(seconds, seconds, total)


def ours_cold(batch: Batch) -> Run:
    """Assign with Kinflow, imports included."""
    start = time.perf_counter()
    run = ours(batch)
    return Run(time.perf_counter() - start, run.solver, run.total)


def scipy(batch: Batch) -> Run:
    """Assign with `linear_sum_assignment`, each person's column repeated by the capacity."""
    from scipy.optimize import linear_sum_assignment

    if (why_not := too_big(batch)) is not None:
        return Run(why_not=why_not)
    start = time.perf_counter()
    worth = batch.points if batch.eligible is None else np.where(batch.eligible, batch.points, 0.0)
    columns = np.repeat(np.arange(worth.shape[1]), batch.capacity)
    table = worth[:, columns]
    built = time.perf_counter()
    rows, chosen = linear_sum_assignment(table, maximize=True)
    end = time.perf_counter()
    return Run(end - start, end - built, float(worth[rows, columns[chosen]].sum()))


def too_big(batch: Batch) -> str | None:
    """Say so when SciPy's table and the copy it works on do not fit the free memory."""
    need = 2 * 8 * batch.points.shape[0] * int(batch.capacity.sum())
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"needs {need / 1e9:.0f} GB of memory, {free / 1e9:.0f} are free" if need > free else None


def ortools(batch: Batch) -> Run:
    """Assign with OR-tools' `SimpleMinCostFlow`: an arc for each pair that may be chosen."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    start = time.perf_counter()
    items, people = batch.points.shape
    allowed = batch.points > 0 if batch.eligible is None else (batch.points > 0) & batch.eligible
    item, person = (side.astype(np.int32) for side in np.nonzero(allowed))
    sink = items + people
    flow = SimpleMinCostFlow()
    cost = -np.rint(batch.points[allowed] * CENTS).astype(np.int64)
    pairs = flow.add_arcs_with_capacity_and_unit_cost(item, person + items, np.ones_like(cost), cost)
    nodes = np.arange(sink, dtype=np.int32)
    most = np.concatenate([np.ones(items, np.int64), batch.capacity])
    flow.add_arcs_with_capacity_and_unit_cost(nodes, np.full_like(nodes, sink), most, np.zeros_like(most))
    supply = np.concatenate([np.ones(items, np.int64), np.zeros(people, np.int64), [-items]])
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    built = time.perf_counter()
    if flow.solve() != flow.OPTIMAL:
        return Run(why_not="found no optimum")
    end = time.perf_counter()
    chosen = flow.flows(pairs) > 0
    total = float(batch.points[item[chosen], person[chosen]].sum())
    return Run(time.perf_counter() - start, end - built, total)


def apart(solver: Callable[[Batch], Run], batch: Batch, repeat: int, limit: float | None) -> Run:
    """Run a solver `repeat` times in a process of its own; stop it when a call takes `limit` seconds."""
    receive, send = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=report, args=(solver, batch, repeat, send))
    child.start()
    send.close()
    runs: list[Run] = []
    while len(runs) < repeat:
        try:
            if not receive.poll(limit):
                child.kill()
                break
            runs.append(receive.recv())
        except EOFError:
            break
    child.join()
    known = [run for run in runs if run.seconds is not None]
    if not known:
        return runs[0] if runs else Run(why_not=f"stopped after {limit:.0f} s" if child.exitcode else "ended")
    middle = (statistics.median(times) for times in zip(*((r.seconds, r.solver) for r in known), strict=True))
    return Run(*middle, known[0].total)


def report(solver: Callable[[Batch], Run], batch: Batch, repeat: int, send: Any) -> None:
    """In the child: run and tell; a slow solver runs once, a quick one once more to warm up."""
    if solver is ours:
        solver(batch)  # loads the compiled code, which is what `cold` measures
    run = solver(batch)
    slow = run.seconds is None or run.seconds > 2 or solver is ours_cold
    for _ in range(repeat):
        send.send(run if slow else solver(batch))


def compare(batch: Batch, repeat: int, limit: float) -> dict[str, Any]:
    """Run all solvers on one batch and say how they compare."""
    cold = apart(ours_cold, batch, 1, None)
    warm = apart(ours, batch, repeat, None)
    rivals = {solver.__name__: apart(solver, batch, repeat, limit) for solver in (scipy, ortools)}
    done = [run for run in rivals.values() if run.seconds is not None]
    row: dict[str, Any] = {
        "size": batch.size,
        "scores": batch.scores,
        "capacity": batch.capacity_is,
        "eligible": batch.eligible_is,
        "cold": cold.seconds,
        "warm": warm.seconds,
    }
    for name, run in rivals.items():
        row[name] = run.seconds if run.seconds is not None else run.why_not
        row[f"{name}_solver"] = run.solver
    equal = all(abs(run.total - warm.total) <= 1e-9 * abs(run.total) for run in done)
    row["equal"] = equal if done else None
    row["ratio"] = min(run.seconds for run in done) / warm.seconds if done else None
    row["ratio_solver"] = min(run.solver for run in done) / warm.seconds if done else None
    return {key: round(value, 5) if isinstance(value, float) else value for key, value in row.items()}


def quality_of(
    points: NDArray[np.float64], capacity: NDArray[np.int64], eligible: NDArray[np.bool_]
) -> dict[str, dict[str, float]]:
    """Return total points, items left over and the Gini of the loads: the optimum and the usual rules."""
    from kinflow.organisation.matching import optimum
    from kinflow.organisation.matching.baselines import gini, least_busy, loads, round_robin, total_points

    holders = {
        "optimum": optimum(points, capacity, eligible=eligible)[0],
        "round_robin": round_robin(eligible, capacity),
        "least_busy": least_busy(eligible, capacity),
    }
    return {
        rule: {
            "points": round(total_points(points, holder), 2),
            "left_over": int((holder < 0).sum()),
            "gini": round(gini(loads(holder, len(capacity)) / np.maximum(capacity, 1)), 3),
        }
        for rule, holder in holders.items()
    }


def arrays_section(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Compare on points that are there already: scoring from records excluded."""
    print(f"{'size':>11} {'scores':9}{'capacity':9}{'eligible':9}{'cold':>8}{'warm':>9}", end="")
    print(f"{'scipy':>9}{'ortools':>9}{'equal':>7}{'ratio':>7}{'solver':>7}")
    rows = []
    for size in options.sizes.split(","):
        for batch in batches(size):
            row = compare(batch, options.repeat, options.limit)
            rows.append(row)
            rival = [
                f"{row[r]:9.3f}" if isinstance(row[r], float) else f"{'–':>9}" for r in ("scipy", "ortools")
            ]
            ratios = "".join(f"{row[r]:7.1f}" if row[r] else f"{'–':>7}" for r in ("ratio", "ratio_solver"))
            print(
                f"{row['size']:>11} {row['scores']:9}{row['capacity']:9}{row['eligible']:9}{row['cold']:8.3f}"
                f"{row['warm']:9.4f}{''.join(rival)}{EQUAL[row['equal']]:>7}{ratios}",
                *(f"{r}: {row[r]}" for r in ("scipy", "ortools") if isinstance(row[r], str)),
                flush=True,
            )
    return rows


def quality_section(_: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Compare the optimum with the usual rules on made-up scores."""
    rng = np.random.default_rng(2024)
    points, eligible = criteria(3000, 80, rng), rng.random((3000, 80)) < 0.3
    quality = quality_of(points, np.full(80, 40), eligible)
    for rule, values in quality.items():
        print(f"{rule:12}", *(f"{name} {value:>10}" for name, value in values.items()))
    return quality


SECTIONS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "arrays": arrays_section,
    "quality": quality_section,
    "demo": demo_section,
    "records": records_section,
}
"""What is measured."""


def main() -> None:
    """Run all sections and print the answer as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for one call of a rival")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--demo-days", type=int, default=730, help="of the demo company's history")
    parser.add_argument("--sections", default=",".join(SECTIONS), help="which to measure")
    options = parser.parse_args()
    print(json.dumps({name: SECTIONS[name](options) for name in options.sections.split(",")}))


if __name__ == "__main__":
    main()
