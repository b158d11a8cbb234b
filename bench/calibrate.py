"""How near calibrated models come to what happened later, on the real logs: hours of cycle time, earth mover's distance.

Each log is split where 70 % of its cases have begun. The model's structure is chosen within the earlier part, the model
is made of what was known at the split and played over the later part; it foretells how many cases come, too. All sides
are cut alike (`Parts`): cases count that begin early enough to be followed as long as 98 % of the earlier ones took, and
as far as they were seen; what is done after the log ends is seen of none. Beside it: the earlier cases taken for the
later ones (`past`, with all that became of them after the split, which no model knew), two samples of the later cases
(`noise`, median and 95 % quantile), and, where `--simod` names its command in an environment of its own, Simod with
Prosimos on the same cases. `ratio` is ours by the other's: below 1, ours is nearer. `--reads` measures each log as if
it had been read earlier, too, when so large a share of its cases had begun: one split says little where cases change.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray

from bench._simod import simod_off
from kinflow.processes.columns import EventColumns
from kinflow.processes.logs.reading import How, look_at, read
from kinflow.processes.simulation.calibrating.checking import SHARE, checked
from kinflow.processes.simulation.calibrating.choosing import chosen
from kinflow.processes.simulation.calibrating.knowing import known_by
from kinflow.processes.simulation.calibrating.periods import Parts, foretold, parts_of, real_part
from kinflow.processes.simulation.calibrating.playing import player
from kinflow.processes.simulation.calibrating.scenarios import calibrated
from kinflow.processes.simulation.calibrating.working import Work, without_people, work_of
from kinflow.processes.simulation.scenario import HOUR

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "eventlogs"
LOGS = {
    "03_repairExample.xes.gz": "UTC",
    "interval_event_log.csv": "UTC",
    "08_receipt.xes.gz": "Europe/Amsterdam",
    "helpdesk.xes.gz": "Europe/Rome",
}
Rival = Callable[[Work, Parts, NDArray[np.float64], Path | None], float | None]


def main() -> None:
    """Measure all logs, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the logs")
    parser.add_argument("--logs", default=",".join(LOGS))
    parser.add_argument(
        "--reads", default="1", help="when the log is read: shares of its cases that have begun"
    )
    parser.add_argument("--simod", help="the command of Simod; without it Simod is not run")
    parser.add_argument("--rounds", default="1,3", help="how often Simod tunes each part; the nearest counts")
    parser.add_argument("--seconds", type=int, default=900, help="that Simod may take for a log and a tuning")
    parser.add_argument("--kept", type=Path, help="folder that Simod's simulated logs are copied to")
    options = parser.parse_args()
    django.setup()
    rivals = {
        int(each): partial(simod_off, options.simod, rounds=int(each), seconds=options.seconds)
        for each in (options.rounds.split(",") if options.simod else ())
    }
    rows = [
        measure(options.data / name, float(read_at), rivals, options.kept)
        for name in options.logs.split(",")
        for read_at in options.reads.split(",")
    ]
    farther = [row["log"] for row in rows if row["ratio"]["past"] > 1 and row["ours"] > row["noise"][1]]
    print(json.dumps({"bench": "calibrate", "logs": rows, "farther_than_past": farther}))


def measure(
    path: Path, read_at: float, rivals: Mapping[int, Rival], kept: Path | None = None
) -> dict[str, Any]:
    """One log; beside it Simod by how often it tunes, its simulated logs `kept` in a folder of that name."""
    zone = LOGS[path.name]
    log = read_when(log_in(path), zone, read_at)
    begun_at = time.monotonic()
    work = work_of(log, zone)
    parts = parts_of(work, SHARE)
    choice = chosen(log, zone, until=parts.split, ended=None, told=lambda _tried: True)
    if choice is None:
        raise RuntimeError("Nothing stops the choice.")
    found = calibrated(log, zone, until=parts.split, structure=choice.structure)
    shown = work if choice.structure.people or not work.is_single else without_people(work)
    real = real_part(shown, parts.split, parts.followed)
    earlier = real_part(shown, found.scenario.begins, parts.split)
    check = checked(earlier, real, foretold(found, parts), player(found, parts), lambda _played: True)
    if check is None:
        raise RuntimeError("Nothing stops the check.")
    ours = check.distances["cycle_time"]
    row = {
        "log": path.name,
        "read": read_at,
        "cases": [len(earlier.begins), len(real.begins)],
        "followed_hours": (parts.log_end - parts.followed) / HOUR,
        "structure": {name: getattr(choice.structure, name) for name in ("people", "whole", "fading")},
        "ours": ours,
        "past": check.past,
        "noise": check.noise,
        "mean": float(np.mean(real.cycle)),
        "distances": check.distances,
        "seconds": round(time.monotonic() - begun_at, 1),
        "ratio": {"past": ours / check.past, "noise": ours / check.noise[0]},
    }
    row["simod"] = {
        rounds: rival(work, parts, real.cycle, kept / f"{path.name}-{read_at:g}-{rounds}" if kept else None)
        for rounds, rival in rivals.items()
    }
    if found := [off for off in row["simod"].values() if off]:
        row["ratio"]["simod"] = ours / min(found)
    print(json.dumps({name: each for name, each in row.items() if name != "distances"}), flush=True)
    return row


def log_in(path: Path) -> EventColumns:
    """The log in a file, its columns taken as they are guessed."""
    looked = look_at(path, path.name)
    return read(path, path.name, How(roles={one.header: one.role for one in looked.columns})).columns


def read_when(log: EventColumns, zone: str, share: float) -> EventColumns:
    """The log as it was when so large a share of its cases had begun; 1: whole."""
    if share >= 1:
        return log
    return known_by(log, zone, parts_of(work_of(log, zone), share).split, None)[0]


if __name__ == "__main__":
    main()
