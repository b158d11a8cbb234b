"""How fast a log is mined, against PM4Py, DuckDB and merely reading it, on the same made-up log; memory, filters,
a model from the map; and how fast XES is read.

Each miner runs in two processes of its own: a *fresh* one, whose time counts from its start to its end with everything
loaded, read and found once; and a *warm* one, in which the log is in memory (for DuckDB over the file: the file is in
the system's cache) and everything was found once before: the median of the next runs. `ratio` is the other's time by
ours, fresh against fresh, warm against warm; `cpu` the same in seconds of the processor, which other work on the machine
disturbs less. Memory is the most that the fresh process had resident.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from math import isclose
from pathlib import Path
from typing import Any

from bench._made_log import write_log
from bench._measuring import most_resident, timed
from bench._miners import MINERS
from bench._xes import read_xes_by_pm4py, read_xes_by_us, write_xes

GOALS = {
    "fresh": 40,
    "warm": 100,
    "peak_megabytes": 600,
    "filter_seconds": 1.0,
    "model_seconds": 0.1,
    "xes": 10,
}
GOALS_HOLD_FROM = 10_000_000
XES_EVENTS = 250_000
SLOW, VERY_SLOW = 5.0, 30.0
"""Seconds from which a warm process runs once more only, and from which the run of the fresh one counts as warm, too."""


def main() -> None:
    """Measure all sizes, and print the figures as JSON in the last line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", default="1000000,10000000", help="sizes of the log")
    parser.add_argument("--miners", default=",".join(MINERS))
    parser.add_argument("--repeat", type=int, default=5, help="runs of a warm process")
    parser.add_argument("--xes", type=int, default=XES_EVENTS, help="events of a log as XES; 0: not read")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(run(**json.loads(options.child))))
        return
    names = options.miners.split(",")
    sizes = [measure(int(size), names, options.repeat) for size in options.events.split(",") if size]
    told = {"bench": "mine", "goals": GOALS, "goals_hold_from": GOALS_HOLD_FROM, "sizes": sizes}
    if options.xes:
        told["xes"] = reading_of_xes(options.xes, "pm4py" in names)
    print(json.dumps(told))


def measure(events: int, names: list[str], repeat: int) -> dict[str, Any]:
    """All miners on a log of one size."""
    with tempfile.TemporaryDirectory(prefix="kinflow-bench-mine-") as scratch:
        folder = Path(scratch)
        in_child("write", folder, events=events)
        in_child("ours", folder)  # has the machine code made, which is there from then on
        print(
            f"{events:,} events\n{'':14}{'fresh':>9}{'warm':>9}{'MB':>8}{'× fresh':>9}{'× warm':>9}"
            f"{'× cpu':>9}{'× cpu':>9}  equal"
        )
        found: dict[str, dict[str, Any]] = {}
        for name in sorted(names, key=lambda name: name != "ours"):
            found[name] = one(name, folder, repeat)
            compare(found[name], found.get("ours"))
            show(name, found[name])
        told: dict[str, Any] = {"events": events, "miners": found}
        for row in found.values():
            row.pop("figures")
        if "ours" in names:
            told["filters"] = in_child("filters", folder)
            print(
                *(f"{name} {seconds:.3f}" for name, seconds in told["filters"].items()), sep="\n", flush=True
            )
            told["model"] = in_child("model", folder)
            print(f"model from the map {told['model']['seconds']:.3f}", flush=True)
            told["broken"] = broken(told)
    return told


def reading_of_xes(events: int, with_pm4py: bool) -> dict[str, Any]:
    """The made-up log as XES: read into columns, and by PM4Py into its frame."""
    found: dict[str, Any] = {"events": events}
    with tempfile.TemporaryDirectory(prefix="kinflow-bench-mine-") as scratch:
        folder = Path(scratch)
        in_child("write xes", folder, events=events)
        in_child("read xes", folder)  # has the machine code made
        found["ours"] = in_child("read xes", folder)
        if with_pm4py:
            theirs = found["pm4py"] = in_child("read xes pm4py", folder)
            for kind in ("seconds", "cpu"):
                found[f"ratio_{kind}"] = round(theirs[kind] / found["ours"][kind], 1)
    print(f"XES of {events:,} events", json.dumps(found), flush=True)
    return found


def show(name: str, row: dict[str, Any]) -> None:
    """Print the figures of a miner."""
    ratios = [row.get(f"ratio_{kind}", 1.0) for kind in ("fresh", "warm", "fresh_cpu", "warm_cpu")]
    print(
        f"{name:14}{row['fresh_seconds']:9.2f}{row['warm_seconds']:9.3f}{row['peak_megabytes']:8}",
        *(f"{ratio:8.1f}" for ratio in ratios),
        f" {row.get('equal', '')}",
        flush=True,
    )


def one(name: str, folder: Path, repeat: int) -> dict[str, Any]:
    """One miner, fresh and warm."""
    begun = time.perf_counter()
    fresh = in_child(name, folder)
    seconds = time.perf_counter() - begun - fresh["telling"]
    warm = fresh if fresh["times"][0] > VERY_SLOW else in_child(name, folder, repeat=repeat)
    cpu = warm["cpu"][1:] or warm["cpu"]
    return {
        "fresh_seconds": round(seconds, 3),
        "read_seconds": round(fresh["read"], 3),
        "warm_seconds": round(statistics.median(warm["times"][1:] or warm["times"]), 4),
        "fresh_cpu": round(fresh["cpu_in_all"], 3),
        "warm_cpu": round(statistics.median(cpu), 4),
        "peak_megabytes": fresh["peak"],
        "figures": fresh["figures"],
    }


def compare(row: dict[str, Any], ours: dict[str, Any] | None) -> None:
    """Add how a miner compares with ours, and whether it found the same."""
    if ours is None:
        return
    for kind in ("fresh", "warm"):
        row[f"ratio_{kind}"] = round(row[f"{kind}_seconds"] / ours[f"{kind}_seconds"], 2)
        row[f"ratio_{kind}_cpu"] = round(row[f"{kind}_cpu"] / ours[f"{kind}_cpu"], 2)
    if row["figures"]:
        row["equal"] = same(row["figures"], ours["figures"])


def same(one: Any, other: Any) -> bool:
    """Whether two answers are equal, numbers with a fraction within rounding."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return all(same(one[key], other[key]) for key in one if one[key] is not None)
    return bool(one == other)


def broken(told: dict[str, Any]) -> list[str]:
    """Which goals a size misses."""
    ours, rival = told["miners"]["ours"], told["miners"].get("pm4py")
    wrong = [f"{name} differs" for name, row in told["miners"].items() if row.get("equal") is False]
    if told["events"] < GOALS_HOLD_FROM:
        return wrong
    if rival is not None:
        wrong += [kind for kind in ("fresh", "warm") if rival[f"ratio_{kind}"] < GOALS[kind]]
    if ours["peak_megabytes"] > GOALS["peak_megabytes"]:
        wrong.append("peak_megabytes")
    if max(told["filters"].values()) > GOALS["filter_seconds"]:
        wrong.append("filter_seconds")
    if told["model"]["seconds"] > GOALS["model_seconds"]:
        wrong.append("model_seconds")
    return wrong


def in_child(name: str, folder: Path, **more: int) -> dict[str, Any]:
    """Do something in a process of its own; what it says."""
    asked = json.dumps({"name": name, "folder": str(folder), **more})
    answer = subprocess.run(
        [sys.executable, "-m", "bench.mine", "--child", asked], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def run(name: str, folder: str, events: int = 0, repeat: int = 0) -> dict[str, Any]:
    """In the child: do it."""
    if name == "write":
        write_log(Path(folder), events)
        return {}
    if name in OTHERS:
        return OTHERS[name](Path(folder))
    if name == "write xes":
        write_xes(Path(folder), events)
        return {}
    miner = MINERS[name]
    log, reading = timed(lambda: miner.read(Path(folder)))
    found: Any = None
    times: list[float] = []
    cpu: list[float] = []
    while len(times) <= repeat and not (len(times) > 1 and times[-1] > SLOW):
        found = None
        begun = time.process_time()
        found, seconds = timed(lambda: miner.mine(log))
        times.append(seconds)
        cpu.append(time.process_time() - begun)
    peak, in_all = most_resident(), time.process_time()
    figures, telling = timed(lambda: miner.figures(found))
    return {
        "read": reading,
        "times": times,
        "cpu": cpu,
        "cpu_in_all": in_all,
        "peak": peak,
        "figures": figures,
        "telling": telling,
    }


def model(folder: Path) -> dict[str, float]:
    """Seconds from the map, which is there, to the tree and its BPMN; the median of some runs."""
    from kinflow.processes.columns.keeping import kept
    from kinflow.processes.discovery.follows import directly_follows
    from kinflow.processes.discovery.inductive import discover_tree
    from kinflow.processes.discovery.modelling import model_of_tree

    found, counting = timed(lambda: directly_follows(kept(folder / "kept")))
    times = [timed(lambda: model_of_tree(discover_tree(found, 0.2)))[1] for _ in range(5)]
    return {"seconds": round(statistics.median(times), 4), "read_and_counted": round(counting, 3)}


def filters(folder: Path) -> dict[str, float]:
    """Seconds from the condition to the log of its cases, the log in memory; the second run of each."""
    from kinflow.processes.columns import filtering
    from kinflow.processes.columns.keeping import kept

    columns = kept(folder / "kept")
    middle = int(columns.at[len(columns.at) // 2])
    month = 30 * 86_400_000_000
    conditions: dict[str, Callable[[], Any]] = {
        "period": lambda: filtering.in_period(columns, middle, middle + 6 * month),
        "region": lambda: filtering.with_value(columns, "region", ["North", "East"]),
        "value": lambda: filtering.with_amount(columns, "value", 1000),
        "through": lambda: filtering.through(columns, ["approve by lead"]),
        "not through": lambda: ~filtering.through(columns, ["write off"]),
        "more than once": lambda: filtering.through(columns, ["check completeness"], times=2),
        "directly": lambda: filtering.directly(columns, "test", "produce"),
        "eventually": lambda: filtering.eventually(columns, "ask customer", "refuse order"),
        "variant": lambda: filtering.of_variants(
            columns, [["receive order", "check completeness", "refuse order"]]
        ),
        "lasting": lambda: filtering.lasting(columns, month),
    }
    found = {}
    for name, condition in conditions.items():
        for _ in range(2):
            part, found[name] = timed(lambda mask=condition: filtering.sub_log(columns, mask()))
        del part
    return {name: round(seconds, 4) for name, seconds in found.items()}


OTHERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "filters": filters,
    "model": model,
    "read xes": read_xes_by_us,
    "read xes pm4py": read_xes_by_pm4py,
}


if __name__ == "__main__":
    main()
