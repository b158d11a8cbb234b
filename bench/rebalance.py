"""Rebalancing of many open items: the least disruptive moves found, proposed from records, made and taken back.

    ./kinflow bench rebalance [--items N] [--people N] [--limit SECONDS] [--sections moves,records]

`moves`: from points in memory to who should have what, by Kinflow and by OR-tools' minimum cost flow over the same
question; `equal` says whether both find places for as many and reach the same points less the price of the moves,
`ratio` is the rival's time by ours. `records`: a company in the database; seconds for a proposal by each cause, and for
making and taking back all moves of the last. `limit_seconds` is what each may take; `broken` names what takes longer.
The last line is one JSON object.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).resolve().parents[1])]

from bench._measuring import most_resident, timed  # noqa: E402
from bench._scoring import found_company, prepare, unlogged  # noqa: E402
from bench.assign import CENTS, criteria  # noqa: E402

LIMIT_SECONDS = 10.0
PRICE = 5.0
NOBODY = -1
Question = tuple[
    NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]
]


def main() -> None:
    """Measure, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--limit", type=float, default=LIMIT_SECONDS, help="seconds each may take")
    parser.add_argument("--sections", default="moves,records", help="which to measure")
    options = parser.parse_args()
    told: dict[str, Any] = {"bench": "rebalance", "items": options.items, "people": options.people}
    for name in options.sections.split(","):
        told[name] = SECTIONS[name](options)
        print(name, json.dumps(told[name]), flush=True)
    slow = [cause for cause, row in told.get("records", {}).items() if row["seconds"] > options.limit]
    told |= {"memory_mb": most_resident(), "limit_seconds": options.limit, "broken": slow}
    print(json.dumps(told))


def question_of(items: int, people: int, rng: np.random.Generator) -> Question:
    """Points, who is eligible, room, who has what now, and what must go (a tenth): as a scoring gives them."""
    points, eligible = criteria(items, people, rng), rng.random((items, people)) < 0.6
    room = np.full(people, max(1, round(1.2 * items / people)), np.int64)
    holder = np.repeat(np.arange(people), -(-items // people))[:items].astype(np.int64)
    return points, eligible, room, rng.permutation(holder), rng.random(items) < 0.1


def moves_section(options: argparse.Namespace) -> dict[str, Any]:
    """Ours against OR-tools, in the same process, on the same arrays."""
    from kinflow.automation.rebalancing.least import least_disruptive
    from kinflow.organisation.matching import compile_ahead

    compile_ahead()
    question = question_of(options.items, options.people, np.random.default_rng(2024))
    points, eligible, room, holder, must_go = question
    best, ours = timed(lambda: least_disruptive(points, eligible, room, holder, PRICE, must_go))
    rival, theirs = timed(lambda: by_flow(question))
    found, other = worth_of(question, best), worth_of(question, rival)
    return {
        "seconds": round(ours, 3),
        "ortools_seconds": round(theirs, 3),
        "ratio": round(theirs / ours, 1),
        "moves": found[2],
        "equal": found[0] == other[0] and abs(found[1] - other[1]) <= 1e-6 * abs(found[1]),
    }


def worth_of(question: Question, way: NDArray[np.int64]) -> tuple[int, float, int]:
    """Places found (what must go counts double), points less the price of the moves, and the moves."""
    points, _eligible, _room, holder, must_go = question
    placed = np.flatnonzero(way != NOBODY)
    moves = int((way[placed] != holder[placed]).sum())
    places = int(np.where(must_go[placed], 2, 1).sum())
    return places, float(points[placed, way[placed]].sum()) - PRICE * moves, moves


def by_flow(question: Question) -> NDArray[np.int64]:
    """The same question as a minimum cost flow: an arc for each pair, a dear one for no place."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    points, eligible, room, holder, must_go = question
    items, people = points.shape
    rows = np.arange(items)
    may = eligible.copy()
    may[rows, holder] = ~must_go
    worth = points.copy()
    worth[rows, holder] += PRICE
    lift = (worth.max() - worth.min() + 1.0) * (people + 1)
    item, person = (side.astype(np.int32) for side in np.nonzero(may))
    flow, sink = SimpleMinCostFlow(), items + people
    cost = -np.rint(worth[may] * CENTS).astype(np.int64)
    pairs = flow.add_arcs_with_capacity_and_unit_cost(item, person + items, np.ones_like(cost), cost)
    nodes = np.arange(sink, dtype=np.int32)
    most = np.concatenate([np.ones(items, np.int64), room])
    none = np.rint(np.where(must_go, 2.0, 1.0) * lift * CENTS).astype(np.int64)
    dear = np.concatenate([none, np.zeros(people, np.int64)])
    flow.add_arcs_with_capacity_and_unit_cost(nodes, np.full_like(nodes, sink), most, dear)
    supply = np.concatenate([np.ones(items, np.int64), np.zeros(people, np.int64), [-items]])
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("OR-tools found no optimum")
    way = np.full(items, NOBODY, np.int64)
    chosen = flow.flows(pairs) > 0
    way[item[chosen]] = person[chosen]
    return way


def records_section(options: argparse.Namespace) -> dict[str, Any]:
    """From records to proposals, and all moves of one of them made and taken back."""
    prepare()
    from kinflow.automation.rebalancing.applying import apply_rebalancing, undo_rebalancing
    from kinflow.automation.rebalancing.proposing import propose_rebalancing
    from kinflow.organisation.matching import compile_ahead
    from kinflow.organisation.models import Person

    compile_ahead()
    found_work(options.items, options.people)
    everybody = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    whose = {
        "by_hand": everybody,
        "overload": everybody,
        "reorganisation": everybody,
        "leaving": everybody[: max(1, len(everybody) // 10)],
    }
    told: dict[str, Any] = {}
    for cause, people in whose.items():
        row, told[cause] = spent(lambda c=cause, p=people: propose(propose_rebalancing, c, p))  # type: ignore[misc]
        told[cause] |= figures_of(row)
        print(cause, told[cause], flush=True)
    by = actor()
    row, told["apply"] = spent(lambda: apply_rebalancing(rebalancing=row, by=by))
    row, told["undo"] = spent(lambda: undo_rebalancing(rebalancing=row, by=by))
    return told


def spent(work: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What came of it, the seconds it took, and those of this process's processor in them."""
    begun = time.process_time()
    found, seconds = timed(work)
    return found, {"seconds": round(seconds, 2), "cpu": round(time.process_time() - begun, 2)}


def actor() -> Any:
    """Who may move everything."""
    from kinflow.eventlog import Actor

    return Actor("person", "owner", "Process owner", roles=frozenset({"process_owner"}))


def propose(action: Callable[..., Any], cause: str, people: list[int]) -> Any:
    """A proposal at the usual price."""
    return action(cause=cause, kinds=["lead"], people=people, price=PRICE, by=actor())


def figures_of(row: Any) -> dict[str, Any]:
    """What a proposal found."""
    names = ("moves", "gained", "looked_at")
    return {
        **{name: row.figures[name] for name in names},
        "no_place": len(row.figures["no_place"].get("lead", ())),
    }


def found_work(items: int, people: int) -> None:
    """A company, a scoring for its leads, and somebody who has each lead: some have far more than others."""
    from django.db import connection

    from kinflow.automation.scorings.shipped import add_shipped_scorings
    from kinflow.eventlog import SYSTEM, action
    from kinflow.eventlog.bulk import update
    from kinflow.organisation.models import Person
    from kinflow.sales.leads.models import Lead

    rng = np.random.default_rng(2024)
    found_company(people, items, rng)
    unlogged(add_shipped_scorings)(by=SYSTEM)
    staff = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    weight = rng.gamma(8.0, 1.0, people)
    ids = np.array(Lead.objects.order_by("pk").values_list("pk", flat=True))
    holder = rng.choice(people, len(ids), p=weight / weight.sum())

    def own(*, by: Any) -> None:
        for at, person in enumerate(staff):
            update(Lead.objects.filter(pk__in=ids[holder == at].tolist()), owner_id=person)

    own.__module__ = "kinflow.sales.bench"
    unlogged(action(own))(by=SYSTEM)
    with connection.cursor() as sql:
        sql.execute("ANALYZE")


SECTIONS: dict[str, Callable[[argparse.Namespace], Any]] = {
    "moves": moves_section,
    "records": records_section,
}
"""What is measured."""


if __name__ == "__main__":
    main()
