"""A made-up log as XES: written, read into columns, and read by PM4Py into its frame."""

import time
from pathlib import Path
from typing import Any

from bench._made_log import made_log
from bench._measuring import most_resident, timed


def write_xes(folder: Path, events: int) -> None:
    """Write a made-up log as XES."""
    from kinflow.processes.logs.xes_writing import xes_of

    with (folder / "log.xes").open("w", encoding="utf-8") as file:
        file.writelines(xes_of(made_log(events)))


def read_xes_by_us(folder: Path) -> dict[str, Any]:
    """Read it into columns, in seconds of the clock and the processor; without loading the program."""
    from kinflow.processes.logs.unpacking import blocks_of
    from kinflow.processes.logs.xes import compile_ahead, read_xes

    compile_ahead()
    begun = time.process_time()
    read, seconds = timed(lambda: read_xes(blocks_of(folder / "log.xes")))
    return {
        "seconds": round(seconds, 3),
        "cpu": round(time.process_time() - begun, 3),
        "events": read.columns.events,
        "peak_megabytes": most_resident(),
    }


def read_xes_by_pm4py(folder: Path) -> dict[str, Any]:
    """Read it into PM4Py's frame."""
    import pm4py

    begun = time.process_time()
    frame, seconds = timed(lambda: pm4py.read_xes(str(folder / "log.xes"), show_progress_bar=False))
    return {
        "seconds": round(seconds, 3),
        "cpu": round(time.process_time() - begun, 3),
        "events": len(frame),
        "peak_megabytes": most_resident(),
    }
