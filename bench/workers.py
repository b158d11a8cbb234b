"""A search, a what-if and a sensitivity by more and more workers: what each takes, and that all find the same.

    ./kinflow bench workers [--plays N] [--times N] [--cases N] [--workers 1,2] [--kinds what_if,…] [--log FILE]

The same search, with the same seed, is played by a single thread in this process (`alone`), then by so many
`./kinflow work` processes on the same database; then a what-if of `--times` plays of each side, a small one of two,
that must not take longer for being shared, and what moves the figures most. A worker does two things at once, so one
alone uses two cores; `ratio` is what the single thread took by what they took, and can be no more than the cores that
are free. `processor` are the seconds of it that all of them, this process and the database's spent. The model is made
up, of ten steps, or with `--log` what a real log is calibrated to, whole cases with people, which takes longer to be set
up. `equal`: all plays and figures are the same to the last digit. Last line: one JSON object.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench._company import prepare
from bench._processor import Spent
from bench._workers import start_worker, until_listening
from bench.simulate import model

PATIENCE = 600.0
"""Seconds after which work counts as stuck."""
Begin = Callable[[Any], Any]
Took = dict[str, tuple[float, float]]
"""Seconds by the clock and of the processor, by who played."""


def main() -> None:
    """Measure one thread and the workers, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plays", type=int, default=60, help="of the search")
    parser.add_argument("--times", type=int, default=60, help="of each side of the what-if")
    parser.add_argument("--cases", type=int, default=1_500, help="of each play, ten steps each")
    parser.add_argument("--workers", default="1,2", help="so many processes, one number after the other")
    parser.add_argument("--kinds", default="search,what_if,small_what_if,sensitivity", help="what is played")
    parser.add_argument("--log", type=Path, help="a log whose model is played instead")
    parser.add_argument("--zone", default="Europe/Amsterdam", help="whose clocks that log shows")
    options = parser.parse_args()
    prepare()
    process = calibrated(options)
    kinds, first = kinds_of(process, options), partial(a_search, plays=20, moves=moves_of(process))
    here(first, process)  # has the machine code made
    alone = {name: here(begin, process) for name, begin in kinds.items()}
    took: dict[str, Took] = {name: {"alone": each[0]} for name, each in alone.items()}
    broken, workers = set[str](), list[Any]()
    for count in map(int, options.workers.split(",")):
        workers += [start_worker() for _each in range(count - len(workers))]
        until_listening(workers)
        there(first, process, workers)
        for name, begin in kinds.items():
            took[name][str(count)], theirs = there(begin, process, workers)
            broken |= set() if theirs == alone[name][1] else {name}
    told = {"bench": "workers", "cores": os.cpu_count()} | {name: told_of(took[name]) for name in kinds}
    print(json.dumps(told | {"equal": not broken, "broken": sorted(broken)}))


def told_of(took: Took) -> dict[str, Any]:
    """Seconds, those of the processor, and how many times as fast as the single thread."""
    alone = took["alone"][0]
    return {
        "seconds": {count: round(each[0], 2) for count, each in took.items()},
        "processor": {count: round(each[1], 2) for count, each in took.items()},
        "ratio": {count: round(alone / each[0], 2) for count, each in took.items() if count != "alone"},
    }


def calibrated(options: Any) -> Any:
    """A process whose scenario is known, or that of a log."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.definitions.actions import add_process
    from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
    from kinflow.processes.simulation.calibrating.written import told_scenario

    scenario = of_log(options.log, options.zone) if options.log else model(options.cases, 0.2)
    process = add_process(key="searched", name="Searched", by=SYSTEM)
    finish_calibration(
        calibration=start_calibration(process=process, by=SYSTEM),
        scenario=told_scenario(scenario),
        facts={"cases": options.cases, "people": []},
        holdout={"verdict": "good", "reasons": []},
        by=SYSTEM,
    )
    return process


def of_log(path: Path, zone: str) -> Any:
    """What a log is calibrated to where whole cases are played."""
    from bench.calibrate import log_in
    from kinflow.processes.simulation.calibrating.scenarios import calibrated as made_of
    from kinflow.processes.simulation.calibrating.structure import Structure

    return made_of(log_in(path), zone, structure=Structure(whole=True)).scenario


def moves_of(process: Any) -> dict[str, Any]:
    """What is changed: a step is automated, another left out, and one more in two roles."""
    steps = [each for each in process.calibrations.get().scenario["steps"] if each["kind"] == "task"]
    moves = [{"move": "automate", "step": steps[0]["id"]}, {"move": "eliminate", "step": steps[2]["id"]}]
    return {"moves": moves, "more": dict.fromkeys(sorted({each["role"] for each in steps})[:2], 1)}


def kinds_of(process: Any, options: Any) -> dict[str, Begin]:
    """What is played, by name."""
    given = moves_of(process)
    kinds = {
        "search": partial(a_search, plays=options.plays, moves=given),
        "what_if": partial(a_what_if, times=options.times, moves=given["moves"]),
        "small_what_if": partial(a_what_if, times=2, moves=given["moves"]),
        "sensitivity": a_sensitivity,
    }
    return {name: kinds[name] for name in options.kinds.split(",")}


def a_search(process: Any, plays: int, moves: dict[str, Any]) -> Any:
    """A search that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.search.actions import start_move_search

    return start_move_search(process=process, **moves, plays=plays, by=SYSTEM)


def a_what_if(process: Any, times: int, moves: list[Any]) -> Any:
    """A what-if that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.whatif.actions import start_what_if

    return start_what_if(process=process, moves=moves, times=times, by=SYSTEM)


def a_sensitivity(process: Any) -> Any:
    """A sensitivity that is to be played."""
    from kinflow.eventlog import SYSTEM
    from kinflow.processes.simulation.sensitivity.actions import start_sensitivity

    return start_sensitivity(process=process, by=SYSTEM)


def here(begin: Begin, process: Any) -> tuple[tuple[float, float], Any]:
    """What a single thread takes, and finds."""
    from kinflow.records.long_work.works import works

    row, began, spent = begin(process), time.perf_counter(), Spent([])
    row = works[type(row)].run(row, stop=lambda: False)
    return (time.perf_counter() - began, spent.seconds()), found_in(row)


def there(begin: Begin, process: Any, workers: list[Any]) -> tuple[tuple[float, float], Any]:
    """What the workers that run take, and find."""
    row, began, spent = begin(process), time.perf_counter(), Spent(workers)
    while row.state == "waiting":
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError("The work does not end.")
        time.sleep(0.02)
        row.refresh_from_db()
    return (time.perf_counter() - began, spent.seconds()), found_in(row)


def found_in(row: Any) -> str:
    """All that was found, to the last digit."""
    from kinflow.processes.simulation.search.models import MoveSearch
    from kinflow.processes.simulation.search.rounds import points_of

    return repr(points_of(row) if isinstance(row, MoveSearch) else row.figures)


if __name__ == "__main__":
    main()
