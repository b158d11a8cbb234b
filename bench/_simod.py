"""Simod with Prosimos, the rival of calibration: told the same cases, and how far its simulated logs are off.

Where a log has ends alone it estimates begins itself, and its cases are measured from end to end as the real ones are.
It plays as many cases as came, each to its end, however late. Of them those count that begin in the same time as the
real ones, and what is not done by the end of the real log is not seen of them either. Java is needed for its miner.
"""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.simulation.calibrating.distances import moved
from kinflow.processes.simulation.calibrating.knowing import begins_and_ends
from kinflow.processes.simulation.calibrating.periods import Parts
from kinflow.processes.simulation.calibrating.working import Work
from kinflow.processes.simulation.scenario import HOUR

MOMENTS = ("start_time", "end_time")
HEADERS = ("case_id", "activity", "start_time", "end_time", "resource")
COMMON: dict[str, Any] = {
    "train_log_path": "train.csv",
    "test_log_path": "test.csv",
    "log_ids": dict(zip(("case", "activity", "start_time", "end_time", "resource"), HEADERS, strict=True)),
    "num_final_evaluations": 5,
    "evaluation_metrics": ["cycle_time_distribution"],
    "clean_intermediate_files": True,
}
ONCE: dict[str, Any] = {
    "control_flow": {"mining_algorithm": "sm1", "epsilon": 0.3, "eta": 0.5}
    | {"replace_or_joins": False, "prioritize_parallelism": False},
    "resource_model": {"discovery_type": "differentiated", "granularity": 30}
    | {"confidence": 0.6, "support": 0.2, "participation": 0.4},
    "case_arrival": {},
    "extraneous_activity_delays": {"discovery_method": "eclipse-aware"},
}
"""Its own choice of values where nothing is tuned."""
SPACE: dict[str, Any] = {
    "control_flow": {"epsilon": [0.05, 0.4], "eta": [0.2, 0.7]}
    | {"replace_or_joins": [True, False], "prioritize_parallelism": [True, False]},
    "resource_model": {"granularity": 60, "confidence": [0.5, 0.85], "support": [0.05, 0.5]},
}
"""What its tuning may choose from."""


def simod_off(
    command: str,
    work: Work,
    parts: Parts,
    real: NDArray[np.float64],
    kept: Path | None,
    *,
    rounds: int,
    seconds: int,
) -> float | None:
    """The distance of its cycle times from the later ones, the mean of its plays; None where it ends with nothing.

    With more than one round each part of its model is tuned so often. It may take so many seconds. Its simulated logs
    are copied to the folder where they are `kept`.
    """
    with TemporaryDirectory(prefix="kinflow-simod-") as scratch:
        folder = Path(scratch)
        begins, ends = begins_and_ends(work)
        came = np.diff(work.columns.offsets) > 0
        write(
            folder / "train.csv", work, came & (begins < parts.split) & (ends < parts.split), estimates=True
        )
        later = came & (begins >= parts.split) & (begins < parts.arrivals_end)
        write(folder / "test.csv", work, later, estimates=False)
        # YAML is a superset of JSON.
        (folder / "settings.yml").write_text(json.dumps(settings(rounds)))
        run([str(Path(command).absolute()), "-c", "settings.yml", "-o", "out"], folder, seconds)
        plays = sorted((folder / "out" / "best_result" / "evaluation").glob("simulated_log_*.csv"))
        if kept:
            kept.mkdir(parents=True, exist_ok=True)
            for each in plays:
                shutil.copy(each, kept)
        return off_by(plays, work, parts, real)


def off_by(plays: Sequence[Path], work: Work, parts: Parts, real: NDArray[np.float64]) -> float | None:
    """The mean distance of simulated logs from the later cases; None where there are none, or no case comes in one."""
    found = [moved(real, cycles(each, MOMENTS[work.is_single :], parts)) for each in plays]
    return float(np.mean(found)) if found and not np.isnan(found).any() else None


def settings(rounds: int) -> dict[str, Any]:
    """Its settings: the same measures in all parts, tuned in so many rounds."""
    told: dict[str, Any] = {"version": 5, "common": COMMON, "preprocessing": {"multitasking": False}}
    for part, plain in ONCE.items():
        tuned = SPACE.get(part, {}) if rounds > 1 else {}
        told[part] = plain | tuned | {"num_iterations": rounds, "num_evaluations_per_iteration": 1}
    return told


def run(arguments: list[str], folder: Path, seconds: int) -> None:
    """Run it within a time; what it began is ended with it, and the end of what it said is told where it fails."""
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(
            arguments, cwd=folder, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            code: int | None = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if code != 0:
        fault = f"ended by {code}" if code else f"took more than {seconds} seconds"
        print(f"Simod {fault}: {(folder / 'said.txt').read_text()[-400:]}", file=sys.stderr)


def write(path: Path, work: Work, cases: NDArray[np.bool_], *, estimates: bool) -> None:
    """The events of some cases as Simod reads them, in local time; unknown begins are left to it, or are ends."""
    columns = work.columns
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADERS)
        for event in np.flatnonzero(cases[columns.case]).tolist():
            who = int(columns.resource[event])
            since, until = (
                datetime.fromtimestamp(each[event] / 1e6, UTC).isoformat(timespec="microseconds")
                for each in (work.done if work.is_single else work.begun, work.done)
            )
            name = columns.resources[who] if who >= 0 else "somebody"
            rows.writerow(
                (
                    int(columns.case[event]),
                    columns.activities[columns.activity[event]],
                    "" if work.is_single and estimates else since,
                    until,
                    name,
                )
            )


def cycles(path: Path, moments: Sequence[str], parts: Parts) -> NDArray[np.float64]:
    """How long cases of a simulated log took between the first and last of some moments, in hours.

    They are cut as all sides are: by when they begin, and by what is done before the real log ends.
    """
    found: dict[str, list[float]] = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            seen = {name: datetime.fromisoformat(row[name]).timestamp() * 1e6 for name in MOMENTS}
            if seen["end_time"] < parts.log_end:
                found[row["case_id"]] += [seen[name] for name in moments]
    spans = [(min(each), max(each)) for each in found.values()]
    return np.array([(end - begin) / HOUR for begin, end in spans if parts.split <= begin < parts.followed])
