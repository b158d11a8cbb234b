"""A log as tables, and tables as a log: how columns lie in files."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .events import NOBODY, EventColumns, Labels
from .texts import Texts

PART = 1 << 20
"""Events in a file, more only where one case has more; so many are packed and unpacked at a time."""
COLUMNS: Mapping[str, type[np.int32 | np.int64]] = {
    "activity": np.int32,
    "at": np.int64,
    "begun_at": np.int64,
    "resource": np.int32,
    "unit": np.int32,
}
ATTRIBUTE, AMOUNT = "attribute ", "amount "


def event_columns(columns: EventColumns) -> dict[str, NDArray]:
    """The columns of events that say something: not nobody's codes, nor moments that are all the same as others."""
    found: dict[str, NDArray] = {"activity": columns.activity, "at": columns.at}
    if columns.begun_at is not columns.at and not np.array_equal(columns.begun_at, columns.at):
        found["begun_at"] = columns.begun_at
    if len(columns.resources):
        found["resource"] = columns.resource
    if len(columns.units):
        found["unit"] = columns.unit
    return found


def parts_of(offsets: NDArray[np.int64]) -> Iterator[slice]:
    """Spans of events, each of PART at most or of one case, together all."""
    begin = 0
    while begin < offsets[-1]:
        last = int(np.searchsorted(offsets, begin + PART, side="right")) - 1
        end = int(offsets[last]) if offsets[last] > begin else int(offsets[last + 1])
        yield slice(begin, end)
        begin = end


def case_table(columns: EventColumns) -> pl.DataFrame:
    """How long each case is, what it is called and what is known of it."""
    ids = columns.case_ids
    table: dict[str, Any] = {
        "length": np.diff(columns.offsets),
        "case_id": ids.column if isinstance(ids, Texts) else pl.Series(list(ids), dtype=pl.String),
    }
    table |= {f"{ATTRIBUTE}{name}": labels.codes for name, labels in columns.attributes.items()}
    table |= {f"{AMOUNT}{name}": numbers for name, numbers in columns.amounts.items()}
    return pl.DataFrame(table)


def value_table(columns: EventColumns) -> pl.DataFrame:
    """The values behind all codes, in the order of the codes."""
    lists: dict[str, Sequence[str]] = {
        "activity": columns.activities,
        "resource": columns.resources,
        "unit": columns.units,
    } | {f"{ATTRIBUTE}{name}": labels.values for name, labels in columns.attributes.items()}
    names = [name for name, values in lists.items() for _ in range(len(values))]
    texts = [value for values in lists.values() for value in values]
    return pl.DataFrame({"column": names, "value": texts}, schema={"column": pl.String, "value": pl.String})


def unpacked(parts: Sequence[Path], case_file: Path, value_file: Path) -> EventColumns:
    """The log that lies in these files. Raises ValueError, KeyError or an error of Polars where they do not fit."""
    cases, values = pl.read_parquet(case_file), pl.read_parquet(value_file)
    offsets = np.zeros(len(cases) + 1, np.int64)
    np.cumsum(cases["length"].to_numpy(), out=offsets[1:])
    count = int(offsets[-1])
    events = _events(parts, count)
    at = events.get("at", np.empty(0, np.int64))
    return EventColumns(
        case=np.repeat(np.arange(len(cases), dtype=np.int32), np.diff(offsets)),
        activity=events.get("activity", np.empty(0, np.int32)),
        at=at,
        begun_at=events.get("begun_at", at),
        resource=events["resource"] if "resource" in events else np.full(count, NOBODY, np.int32),
        unit=events["unit"] if "unit" in events else np.full(count, NOBODY, np.int32),
        offsets=offsets,
        case_ids=Texts(cases["case_id"]),
        activities=_list(values, "activity"),
        resources=_list(values, "resource"),
        units=_list(values, "unit"),
        attributes={
            name.removeprefix(ATTRIBUTE): Labels(_list(values, name), cases[name].to_numpy().copy())
            for name in cases.columns
            if name.startswith(ATTRIBUTE)
        },
        amounts={
            name.removeprefix(AMOUNT): cases[name].to_numpy().copy()
            for name in cases.columns
            if name.startswith(AMOUNT)
        },
    )


def _events(parts: Sequence[Path], count: int) -> dict[str, NDArray]:
    """The columns of all parts one after the other, each unpacked once the one before is done with."""
    found: dict[str, NDArray] = {}
    begin = 0
    for file in parts:
        part = pl.read_parquet(file)
        if begin + len(part) > count:
            raise ValueError("more events than the cases have")
        for name in part.columns:
            column = found.setdefault(name, np.empty(count, COLUMNS[name]))
            column[begin : begin + len(part)] = part[name].to_numpy()
        begin += len(part)
    if begin != count:
        raise ValueError("fewer events than the cases have")
    return found


def _list(values: pl.DataFrame, name: str) -> list[str]:
    """The values behind the codes of a column."""
    found: list[str] = values.filter(pl.col("column") == name)["value"].to_list()
    return found
