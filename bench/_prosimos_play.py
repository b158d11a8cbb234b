"""Plays scenarios with Prosimos, within its environment: for each line `cases seed`, mean time, instances, seconds."""

import json
import random
import sys
import time
from pathlib import Path

import numpy as np
from prosimos.simulation_engine import run_simulation  # type: ignore[import-not-found]

BEGINS = "2026-01-05T00:00:00.000000+00:00"


def main(folder: Path) -> None:
    """Answer each line of the input with a line of JSON."""
    for line in sys.stdin:
        cases, seed = map(int, line.split())
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002 (what Prosimos draws from)
        begun = time.process_time()
        _figures, log = run_simulation(
            str(folder / "model.bpmn"), str(folder / "model.json"), cases, starting_at=BEGINS
        )
        seconds = time.process_time() - begun
        lasted = [(trace.completed_at - trace.started_at).total_seconds() / 60 for trace in log.trace_list]
        count = sum(len(trace.event_list) for trace in log.trace_list)
        print(json.dumps([float(np.mean(lasted)), count, seconds]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
