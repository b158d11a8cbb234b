"""A search for the best moves by more and more workers: what each takes, and that all find the same.

    ./kinflow bench workers [--plays N] [--cases N] [--workers 1,2]

The same search, with the same seed, is played by a single thread in this process (`alone`), then by so many
`./kinflow work` processes on the same database. A worker does two things at once, so one alone uses two cores;
`ratio` is what the single thread took by what they took, and can be no more than the cores that are free. `equal`: all
points with all plays are the same to the last digit. Last line: one JSON object.
"""

import argparse
import json
import os
import time
from typing import Any

from bench._company import prepare
from bench._workers import start_worker, until_listening
from bench.simulate import model

MOVES = [{"move": "automate", "step": "s1"}, {"move": "eliminate", "step": "s3"}]
MORE = {"r0": 1, "r2": 1}
PATIENCE = 600.0
"""Seconds after which a search counts as stuck."""


def main() -> None:
    """Measure one thread and the workers, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plays", type=int, default=60, help="of the search")
    parser.add_argument("--cases", type=int, default=1_500, help="of each play, ten steps each")
    parser.add_argument("--workers", default="1,2", help="so many processes, one number after the other")
    options = parser.parse_args()
    prepare()
    process = calibrated(options.cases)
    searched_here(process, 20)  # has the machine code made
    took, (seconds, found) = {}, searched_here(process, options.plays)
    equal, workers = True, list[Any]()
    for count in map(int, options.workers.split(",")):
        workers += [start_worker() for _each in range(count - len(workers))]
        until_listening(workers)
        searched_there(process, 20)
        took[count], theirs = searched_there(process, options.plays)
        equal = equal and theirs == found
    told = {
        "bench": "workers",
        "cores": os.cpu_count(),
        "plays": sum(len(each.plays) for each in found),
        "seconds": {"alone": round(seconds, 2)}
        | {str(count): round(each, 2) for count, each in took.items()},
        "ratio": {str(count): round(seconds / each, 2) for count, each in took.items()},
        "equal": equal,
    }
    print(json.dumps(told | {"broken": [] if equal else ["equal"]}))


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


def begun(process: Any, plays: int) -> Any:
    """A search that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.search.actions import start_move_search

    return start_move_search(process=process, moves=MOVES, more=MORE, plays=plays, by=SYSTEM)


def searched_here(process: Any, plays: int) -> tuple[float, Any]:
    """What a single thread takes, and finds."""
    from kinflow.processes.simulation.search.rounds import points_of
    from kinflow.processes.simulation.search.running import WORK

    row, began = begun(process, plays), time.perf_counter()
    row = WORK.run(row, stop=lambda: False)
    return time.perf_counter() - began, points_of(row)


def searched_there(process: Any, plays: int) -> tuple[float, Any]:
    """What the workers that run take, and find."""
    from kinflow.processes.simulation.search.rounds import points_of

    row, began = begun(process, plays), time.perf_counter()
    while row.state == "waiting":
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError("The search does not end.")
        time.sleep(0.02)
        row.refresh_from_db()
    return time.perf_counter() - began, points_of(row)


if __name__ == "__main__":
    main()
