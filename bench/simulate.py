"""How fast scenarios are played, against SimPy and Prosimos, on the same models: instances in a second of the processor.

All play each model some times, one after the other in each round, with random numbers of their own; rates and ratios are
the medians of the rounds. `equal` says that the mean times of cases agree with ours within their intervals (99 %). Ours
is the whole call: the scenario checked, played by single people, with a full log. SimPy plays resources with as many
places, and only counts. Prosimos plays single people, and writes no log; it is installed into an environment of its own.
Then ours alone plays many cases, also of people with office hours.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.special import stdtrit

from bench._prosimos import prosimos
from kinflow.processes.simulation.scenario import (
    DAY,
    HOUR,
    MINUTE,
    Arrivals,
    Calendar,
    Flow,
    Scenario,
    Staff,
    Step,
    Times,
)
from kinflow.processes.simulation.simulating import simulate

GOALS = {"simpy": 50, "prosimos": 100}
STEPS, ROLES, PEOPLE, LOAD, AGAIN = 10, 5, 5, 0.8, 0.2
IN_A_ROW = 20
OFFICE = Calendar(tuple((day * DAY + 9 * HOUR, day * DAY + 17 * HOUR) for day in range(5)))
Play = Callable[[int, int], tuple[float, int, float]]
"""Plays so many cases by a seed; gives their mean time in minutes, how many activity instances there were, and what it
took in seconds of the processor."""


def main() -> None:
    """Measure all models, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000, help="cases of the large play")
    parser.add_argument("--small", type=int, default=500, help="cases of each play beside the others")
    parser.add_argument("--plays", type=int, default=8)
    options = parser.parse_args()
    models = [measure(again, options.small, options.plays) for again in (0.0, AGAIN)]
    large = {name: alone(options.cases, name) for name in ("", "office")}
    missed = [
        f"{row['model']}: {name}"
        for row in models
        for name, goal in GOALS.items()
        if row["ratio"][name] < goal or not row["equal"][name]
    ]
    print(
        json.dumps({"bench": "simulate", "goals": GOALS, "models": models, "large": large, "missed": missed})
    )


def measure(again: float, cases: int, plays: int) -> dict[str, Any]:
    """A model, played by all in turns."""
    # A what-if plays one scenario many times in a row; the first of its plays makes the arrays for all.
    small = model(cases, again)
    with prosimos(small, PEOPLE) as by_prosimos:
        # Prosimos plays in a process of its own; a virtual machine may take memory and frequency away from one that waits
        # meanwhile, and a large play after a pause of two seconds took four times as long. So the other comes between.
        players: dict[str, Play] = {
            "simpy": timed(lambda cases, seed: by_simpy(cases, again, seed)),
            "ours": timed(lambda _cases, seed: in_a_row(small, seed)),
            # The price of a call counts with few cases, so ours plays many, too.
            "large": timed(lambda _cases, seed: by_us(model(cases * plays * 5, again), seed)),
            "prosimos": by_prosimos,
        }
        by_us(model(10, again), 0)  # has the machine code made
        played: dict[str, list[tuple[float, int, float]]] = {name: [] for name in players}
        for seed in range(plays):
            for name, play in players.items():
                played[name].append(play(cases, seed))
    means = {name: [mean for mean, _count, _seconds in rows] for name, rows in played.items()}
    rates = {name: np.array([row[1] / row[2] for row in rows]) for name, rows in played.items()}
    found = {
        "model": "with rework" if again else "chain",
        "instances_per_second": {name: round(float(np.median(rate))) for name, rate in rates.items()},
        "ratio": {name: round(float(np.median(rates["large"] / rates[name])), 1) for name in GOALS},
        "ratio_small": {name: round(float(np.median(rates["ours"] / rates[name])), 1) for name in GOALS},
        "minutes": {name: [round(figure, 2) for figure in interval(row)] for name, row in means.items()},
        "equal": {name: is_equal(means["ours"], means[name]) for name in GOALS},
    }
    print(json.dumps(found), flush=True)
    return found


def timed(play: Callable[[int, int], tuple[float, int]]) -> Play:
    """A player in this process, with what it takes."""

    def run(cases: int, seed: int) -> tuple[float, int, float]:
        begun = time.process_time()
        mean, count = play(cases, seed)
        return mean, count, time.process_time() - begun

    return run


def alone(cases: int, calendar: str) -> dict[str, float]:
    """A large play: cases, activity instances, seconds of the processor."""
    begun = time.process_time()
    _mean, count = by_us(model(cases, 0.0, calendar), 1)
    seconds = time.process_time() - begun
    found = {
        "cases": cases,
        "instances": count,
        "seconds": round(seconds, 3),
        "per_second": round(count / seconds),
    }
    print(calendar or "always", json.dumps(found), flush=True)
    return found


def model(cases: int, again: float, calendar: str = "") -> Scenario:
    """Steps one after the other of some roles, busy for `LOAD` of their time; some cases go back to the first."""
    works = [
        Step(f"s{at}", "", "task", role=f"r{at % ROLES}", times=Times("exponential", 10 * MINUTE))
        for at in range(STEPS)
    ]
    steps = (Step("in", "", "start"), *works, Step("or", "", "choose"), Step("out", "", "end"))
    names = [step.id for step in steps]
    flows = [Flow(source, target) for source, target in zip(names[:-2], names[1:-1], strict=True)]
    flows += [Flow("or", "s0", ((again,),)), Flow("or", "out", ((1 - again,),))]
    staff = tuple(Staff(f"p{at}", {f"r{at % ROLES}": 1.0}, calendar) for at in range(ROLES * PEOPLE))
    between = between_cases(again) * MINUTE * (168 / 40 if calendar else 1)
    arrivals = Arrivals(times=Times("exponential", between))
    lasts = round(cases * between)
    return Scenario(steps, tuple(flows), staff, arrivals, lasts, calendars={"office": OFFICE})


def between_cases(again: float) -> float:
    """Minutes between cases."""
    return 10 * STEPS / (1 - again) / (ROLES * PEOPLE) / LOAD


def by_us(scenario: Scenario, seed: int) -> tuple[float, int]:
    """Ours, each person for themselves."""
    played = simulate(scenario, seed)
    return float(played.cycle.mean()) / MINUTE, len(played.case)


def in_a_row(scenario: Scenario, seed: int) -> tuple[float, int]:
    """Ours, as many plays one after the other as a what-if has."""
    plays = [by_us(scenario, seed * IN_A_ROW + place) for place in range(IN_A_ROW)]
    return float(np.mean([mean for mean, _count in plays])), sum(count for _mean, count in plays)


def by_simpy(cases: int, again: float, seed: int) -> tuple[float, int]:
    """SimPy, the usual way: a process for each case, a resource for each role."""
    import simpy

    numbers = random.Random(seed)  # noqa: S311 (a simulation)
    world = simpy.Environment()
    roles = [simpy.Resource(world, PEOPLE) for _ in range(ROLES)]
    cycles: list[float] = []
    count = 0

    def case() -> Iterator[Any]:
        nonlocal count
        came = world.now
        while True:
            for at in range(STEPS):
                with roles[at % ROLES].request() as asked:
                    yield asked
                    yield world.timeout(numbers.expovariate(0.1))
                count += 1
            if numbers.random() >= again:
                break
        cycles.append(world.now - came)

    def arriving() -> Iterator[Any]:
        between = between_cases(again)
        while (wait := numbers.expovariate(1 / between)) + world.now < cases * between:
            yield world.timeout(wait)
            world.process(case())

    world.process(arriving())
    world.run()
    return float(np.mean(cycles)), count


def interval(values: list[float]) -> tuple[float, float]:
    """Mean, and how far it may be off with a confidence of 99 %."""
    off = float(stdtrit(len(values) - 1, 0.995)) * float(np.std(values, ddof=1)) / len(values) ** 0.5
    return float(np.mean(values)), off


def is_equal(one: list[float], other: list[float]) -> bool:
    """Whether two means differ by no more than chance lets them."""
    (first, off), (second, other_off) = interval(one), interval(other)
    return abs(first - second) <= (off**2 + other_off**2) ** 0.5


if __name__ == "__main__":
    main()
