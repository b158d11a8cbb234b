"""Simod with Prosimos, the rival of calibration: told the same cases, and how far its simulated logs are off.

It knows a log with begins only: where a log has ends alone, they are begins, too. Java is needed for its miner.
"""

import csv
import json
import subprocess
import sys
from collections import defaultdict
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

HEADERS = ("case_id", "activity", "start_time", "end_time", "resource")
SETTINGS: dict[str, Any] = {
    "version": 5,
    "preprocessing": {"multitasking": False},
    "control_flow": {
        "optimization_metric": "n_gram_distance",
        "num_iterations": 5,
        "num_evaluations_per_iteration": 2,
        "mining_algorithm": "sm1",
        "epsilon": [0.05, 0.4],
        "eta": [0.2, 0.7],
        "gateway_probabilities": "discovery",
        "replace_or_joins": [True, False],
        "prioritize_parallelism": [True, False],
    },
    "resource_model": {
        "optimization_metric": "circadian_emd",
        "num_iterations": 4,
        "num_evaluations_per_iteration": 2,
        "discovery_type": "differentiated",
        "granularity": 60,
        "confidence": [0.5, 0.85],
        "support": [0.05, 0.5],
        "participation": 0.4,
    },
    "extraneous_activity_delays": {
        "optimization_metric": "relative_emd",
        "discovery_method": "eclipse-aware",
        "num_iterations": 4,
    },
}


def simod_off(
    command: str, work: Work, parts: Parts, real: NDArray[np.float64], seconds: int
) -> float | None:
    """The distance of its cycle times from the later ones, the mean of its plays; None where it ends with nothing."""
    with TemporaryDirectory(prefix="kinflow-simod-") as scratch:
        folder = Path(scratch)
        begins, ends = begins_and_ends(work)
        came = np.diff(work.columns.offsets) > 0
        write(folder / "train.csv", work, came & (begins < parts.split) & (ends < parts.split))
        write(folder / "test.csv", work, came & (begins >= parts.split) & (begins < parts.arrivals_end))
        common = {
            "train_log_path": "train.csv",
            "test_log_path": "test.csv",
            "log_ids": dict(
                zip(("case", "activity", "start_time", "end_time", "resource"), HEADERS, strict=True)
            ),
            "num_final_evaluations": 5,
            "evaluation_metrics": ["cycle_time_distribution"],
            "clean_intermediate_files": False,
        }
        # YAML is a superset of JSON.
        (folder / "settings.yml").write_text(json.dumps({**SETTINGS, "common": common}))
        arguments = [str(Path(command).resolve()), "-c", "settings.yml", "-o", "out"]
        try:
            subprocess.run(arguments, cwd=folder, timeout=seconds, check=True, stdout=subprocess.DEVNULL)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
            print(f"Simod: {fault}", file=sys.stderr)
        plays = sorted((folder / "out" / "best_result" / "evaluation").glob("simulated_log_*.csv"))
        return float(np.mean([moved(real, cycles(each)) for each in plays])) if plays else None


def write(path: Path, work: Work, cases: NDArray[np.bool_]) -> None:
    """The events of some cases as Simod reads them, in local time."""
    columns = work.columns
    begun = work.done if work.is_single else work.begun
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADERS)
        for event in np.flatnonzero(cases[columns.case]).tolist():
            who = int(columns.resource[event])
            moments = (
                datetime.fromtimestamp(each[event] / 1e6, UTC).isoformat(timespec="microseconds")
                for each in (begun, work.done)
            )
            name = columns.resources[who] if who >= 0 else "somebody"
            rows.writerow(
                (int(columns.case[event]), columns.activities[columns.activity[event]], *moments, name)
            )


def cycles(path: Path) -> NDArray[np.float64]:
    """How long the cases of a simulated log took, in hours."""
    moments: dict[str, list[float]] = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            moments[row["case_id"]] += [
                datetime.fromisoformat(row[name]).timestamp() * 1e6 for name in ("start_time", "end_time")
            ]
    return np.array([(max(each) - min(each)) / HOUR for each in moments.values()])
