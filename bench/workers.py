"""A search, a what-if and a sensitivity by more and more workers: what each takes, and that all find the same.

    ./kinflow bench workers [--plays N] [--times N] [--cases N] [--workers 1,2]

The same search, with the same seed, is played by a single thread in this process (`alone`), then by so many
`./kinflow work` processes on the same database; then a what-if of `--times` plays of each side, a small one of two,
that must not take longer for being shared, and what moves the figures most. A worker does two things at once, so one
alone uses two cores; `ratio` is what the single thread took by what they took, and can be no more than the cores that
are free. `equal`: all plays and figures are the same to the last digit. Last line: one JSON object.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench._company import prepare
from bench._workers import start_worker, until_listening
from bench.simulate import model

MOVES = [{"move": "automate", "step": "s1"}, {"move": "eliminate", "step": "s3"}]
MORE = {"r0": 1, "r2": 1}
PATIENCE = 600.0
"""Seconds after which work counts as stuck."""
Begin = Callable[[Any], Any]


def main() -> None:
    """Measure one thread and the workers, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plays", type=int, default=60, help="of the search")
    parser.add_argument("--times", type=int, default=60, help="of each side of the what-if")
    parser.add_argument("--cases", type=int, default=1_500, help="of each play, ten steps each")
    parser.add_argument("--workers", default="1,2", help="so many processes, one number after the other")
    options = parser.parse_args()
    prepare()
    process, kinds = calibrated(options.cases), kinds_of(options)
    here(partial(a_search, plays=20), process)  # has the machine code made
    alone = {name: here(begin, process) for name, begin in kinds.items()}
    took: dict[str, dict[str, float]] = {name: {"alone": each[0]} for name, each in alone.items()}
    broken, workers = set[str](), list[Any]()
    for count in map(int, options.workers.split(",")):
        workers += [start_worker() for _each in range(count - len(workers))]
        until_listening(workers)
        there(partial(a_search, plays=20), process)
        for name, begin in kinds.items():
            took[name][str(count)], theirs = there(begin, process)
            broken |= set() if theirs == alone[name][1] else {name}
    told = {"bench": "workers", "cores": os.cpu_count()} | {name: told_of(took[name]) for name in kinds}
    print(json.dumps(told | {"equal": not broken, "broken": sorted(broken)}))


def told_of(took: dict[str, float]) -> dict[str, Any]:
    """Seconds, and how many times as fast as the single thread."""
    others = {count: each for count, each in took.items() if count != "alone"}
    return {
        "seconds": {count: round(each, 2) for count, each in took.items()},
        "ratio": {count: round(took["alone"] / each, 2) for count, each in others.items()},
    }


def calibrated(cases: int) -> Any:
    """A process whose scenario is known."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.definitions.actions import add_process
    from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
    from kinflow.processes.simulation.calibrating.written import told_scenario

    process = add_process(key="searched", name="Searched", by=SYSTEM)
    finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=told_scenario(model(cases, 0.2)),
        facts={"cases": cases, "people": []},
        holdout={"verdict": "good", "reasons": []},
        by=SYSTEM,
    )
    return process


def kinds_of(options: Any) -> dict[str, Begin]:
    """What is played, by name."""
    return {
        "search": partial(a_search, plays=options.plays),
        "what_if": partial(a_what_if, times=options.times),
        "small_what_if": partial(a_what_if, times=2),
        "sensitivity": a_sensitivity,
    }


def a_search(process: Any, plays: int) -> Any:
    """A search that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.search.actions import start_move_search

    return start_move_search(process=process, moves=MOVES, more=MORE, plays=plays, by=SYSTEM)


def a_what_if(process: Any, times: int) -> Any:
    """A what-if that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.whatif.actions import start_what_if

    return start_what_if(process=process, moves=MOVES, times=times, by=SYSTEM)


def a_sensitivity(process: Any) -> Any:
    """A sensitivity that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.sensitivity.actions import start_sensitivity

    return start_sensitivity(process=process, by=SYSTEM)


def here(begin: Begin, process: Any) -> tuple[float, Any]:
    """What a single thread takes, and finds."""
    from kinflow.records.long_work.works import works

    row, began = begin(process), time.perf_counter()
    row = works[type(row)].run(row, stop=lambda: False)
    return time.perf_counter() - began, found_in(row)


def there(begin: Begin, process: Any) -> tuple[float, Any]:
    """What the workers that run take, and find."""
    row, began = begin(process), time.perf_counter()
    while row.state == "waiting":
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError("The work does not end.")
        time.sleep(0.02)
        row.refresh_from_db()
    return time.perf_counter() - began, found_in(row)


def found_in(row: Any) -> str:
    """All that was found, to the last digit."""
    from kinflow.processes.simulation.search.models import MoveSearch
    from kinflow.processes.simulation.search.rounds import points_of

    return repr(points_of(row) if isinstance(row, MoveSearch) else row.figures)


if __name__ == "__main__":
    main()
