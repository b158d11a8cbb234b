"""A made-up log of any size: orders that are checked, sent back, approved, packed, shipped, complained about.

Seeded, so that it is the same everywhere. About a third of the cases take one of a few main paths; loops and rare steps
make thousands of variants. Steps take skewed times; people keep to units, units to steps.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kinflow.processes.columns import EventColumns, Labels
from kinflow.processes.columns.keeping import keep

SEED = 20260103
PEOPLE = 240
AT_A_TIME = 100_000
MONTH = 30 * 86_400 * 1_000_000
END = "end"
STEPS: dict[str, dict[str, float]] = {
    "receive order": {"check completeness": 0.93, "check credit": 0.07},
    "check completeness": {"check credit": 0.86, "ask customer": 0.12, "refuse order": 0.02},
    "ask customer": {"receive answer": 0.95, "refuse order": 0.05},
    "receive answer": {"check completeness": 1.0},
    "check credit": {"confirm order": 0.8, "ask for security": 0.06, "approve by lead": 0.14},
    "ask for security": {"receive security": 0.7, "refuse order": 0.3},
    "receive security": {"check credit": 1.0},
    "approve by lead": {"confirm order": 0.78, "approve by director": 0.2, "refuse order": 0.02},
    "approve by director": {"confirm order": 0.97, "refuse order": 0.03},
    "confirm order": {"plan production": 0.35, "reserve stock": 0.65},
    "plan production": {"produce": 1.0},
    "produce": {"test": 1.0},
    "test": {"pack": 0.94, "produce": 0.06},
    "reserve stock": {"pack": 0.92, "order supplies": 0.08},
    "order supplies": {"receive supplies": 1.0},
    "receive supplies": {"reserve stock": 0.3, "pack": 0.7},
    "pack": {"ship": 0.9, "check parcel": 0.1},
    "check parcel": {"ship": 0.95, "pack": 0.05},
    "ship": {"invoice": 1.0},
    "invoice": {"receive payment": 0.85, "remind": 0.13, "receive complaint": 0.02},
    "remind": {"receive payment": 0.75, "remind": 0.2, "write off": 0.05},
    "receive complaint": {"credit note": 0.5, "repair": 0.3, "refuse complaint": 0.2},
    "repair": {"ship": 1.0},
    "credit note": {END: 1.0},
    "refuse complaint": {"receive payment": 0.6, END: 0.4},
    "receive payment": {END: 0.98, "receive complaint": 0.02},
    "write off": {END: 1.0},
    "refuse order": {END: 1.0},
}
UNITS = ("Sales", "Credit", "Management", "Planning", "Works", "Stores", "Accounts", "Service")
REGIONS = ("North", "East", "South", "West")


def made_log(events: int) -> EventColumns:
    """A log of exactly so many events."""
    rng = np.random.default_rng(SEED)
    parts = list(_up_to(events, rng))
    lengths = np.concatenate([part[0] for part in parts])
    activity, at, resource = (np.concatenate([part[k] for part in parts])[:events] for k in (1, 2, 3))
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    offsets = np.minimum(offsets[: int(np.searchsorted(offsets, events)) + 1], events)
    cases = len(offsets) - 1
    return EventColumns(
        case=np.repeat(np.arange(cases, dtype=np.int32), np.diff(offsets)),
        activity=activity,
        at=at,
        begun_at=at,
        resource=resource,
        unit=(resource % len(UNITS)).astype(np.int32),
        offsets=offsets,
        case_ids=[f"O{1_000_000 + k}" for k in range(cases)],
        activities=list(STEPS),
        resources=[f"employee {k:03}" for k in range(PEOPLE)],
        units=list(UNITS),
        attributes={"region": Labels(REGIONS, rng.integers(0, len(REGIONS), cases).astype(np.int32))},
        amounts={"value": np.round(rng.lognormal(7, 1, cases), 2)},
    )


def _up_to(events: int, rng: np.random.Generator) -> Iterator[tuple[NDArray, ...]]:
    """Cases, some at a time, until there are enough events."""
    while events > 0:
        part = _cases(min(AT_A_TIME, events // 4 + 10), rng)
        yield part
        events -= len(part[1])


def _cases(count: int, rng: np.random.Generator) -> tuple[NDArray, ...]:
    """So many cases step by step: lengths, and activities, moments and people case by case."""
    names = list(STEPS)
    chances = np.array([[STEPS[one].get(other, 0.0) for other in [*names, END]] for one in names]).cumsum(
        axis=1
    )
    hours = rng.permutation(np.geomspace(0.05, 120, len(names)))
    alive = np.arange(count)
    step = np.zeros(count, np.int32)
    moment = rng.integers(0, 36 * MONTH, count) + 1_640_995_200_000_000
    taken = []
    while len(alive):
        person = (
            step[alive] % len(UNITS) + len(UNITS) * rng.integers(0, PEOPLE // len(UNITS), len(alive))
        ) % PEOPLE
        taken.append((alive, step[alive].copy(), moment[alive].copy(), person.astype(np.int32)))
        following = (rng.random(len(alive))[:, None] >= chances[step[alive]]).sum(axis=1)
        goes_on = following < len(names)
        alive = alive[goes_on]
        step[alive] = following[goes_on]
        wait = rng.lognormal(0, 1.2, len(alive)) * hours[step[alive]] * 3_600_000_000
        moment[alive] += wait.astype(np.int64) // 1_000_000 * 1_000_000  # whole seconds: ties occur
    case, activity, at, resource = (np.concatenate([part[k] for part in taken]) for k in range(4))
    order = np.argsort(case, kind="stable")
    return np.bincount(case, minlength=count), activity[order], at[order], resource[order]


def write_log(folder: Path, events: int) -> None:
    """Write the log once as we keep it, and once as one Parquet file with texts for the others."""
    columns = made_log(events)
    keep(columns, folder / "kept")
    codes = {"activity": columns.activities, "resource": columns.resources}
    texts = {name: pl.Series(values).gather(getattr(columns, name)) for name, values in codes.items()}
    case_id = pl.Series(columns.case_ids).gather(columns.case)
    moment = pl.Series(columns.at).cast(pl.Datetime("us"))
    table = pl.DataFrame(
        {"position": np.arange(columns.events), "case_id": case_id, "moment": moment, **texts}
    )
    table.write_parquet(folder / "log.parquet", compression="lz4")
