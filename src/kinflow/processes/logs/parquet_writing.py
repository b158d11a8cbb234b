"""Columns as Parquet: the same table as in CSV, with kinds."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..columns import EventColumns
from .events_told import lasts

_MOMENT = pl.Datetime("us", "UTC")


def write_parquet(columns: EventColumns, path: Path) -> None:
    """Write the log into a file."""
    case = columns.case
    made = {
        "case:concept:name": _coded(columns.case_ids, case),
        "concept:name": _coded(columns.activities, columns.activity),
    }
    if lasts(columns):
        made["start_timestamp"] = pl.Series(columns.begun_at, dtype=pl.Int64).cast(_MOMENT)
    made["time:timestamp"] = pl.Series(columns.at, dtype=pl.Int64).cast(_MOMENT)
    made["org:resource"] = _coded(columns.resources, columns.resource)
    made["org:group"] = _coded(columns.units, columns.unit)
    for name, labels in columns.attributes.items():
        made[f"case:{name}"] = _coded(labels.values, labels.codes[case])
    for name, numbers in columns.amounts.items():
        made[f"amount:{name}"] = pl.Series(numbers[case]).fill_nan(None)
    pl.DataFrame(made).write_parquet(path, compression="zstd")


def _coded(values: Sequence[str], codes: NDArray[np.int32]) -> pl.Series:
    """The values behind codes; nothing where a code is -1."""
    texts = pl.Series([*values, None], dtype=pl.String)
    return texts.gather(np.where(codes < 0, len(values), codes).astype(np.uint32))
