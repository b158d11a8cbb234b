"""A kept log part by part, each with whole cases: for machines that share the work on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .events import NOBODY, EventColumns
from .keeping import index_of, proven, stamp_of


@dataclass(frozen=True)
class Part:
    """Cases from `first_case` on with so many events each, and the file with these; none (empty) without events."""

    folder: Path
    first_case: int
    lengths: NDArray[np.int64]
    file: Mapping[str, Any] = field(default_factory=dict)


def parts_kept(folder: Path) -> tuple[list[Part], str]:
    """The parts of the log in a folder, together all of its cases, in order; and the log's stamp.

    Raises NothingKept, OutdatedColumns, DamagedColumns, FileNotFoundError.
    """
    told = index_of(folder)
    lengths = pl.read_parquet(proven(folder, told["case_file"]), columns=["length"])["length"].to_numpy()
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    files = told["parts"] or [{}]
    ends = np.cumsum([_events_in(folder, file) for file in told["parts"]])
    bounds = [0, *np.searchsorted(offsets, ends[:-1]).tolist(), len(lengths)]
    parts = [
        Part(folder, first, lengths[first:last].copy(), file)
        for (first, last), file in zip(pairwise(bounds), files, strict=True)
    ]
    return parts, stamp_of(told)


def _events_in(folder: Path, file: Mapping[str, Any]) -> int:
    """How many events are in a file, without reading them."""
    return int(pl.scan_parquet(folder / file["file"]).select(pl.len()).collect().item())


def read_part(part: Part, sizes: tuple[int, int, int]) -> EventColumns:
    """The events of a part, without names; `sizes` is how many activities, resources and units the log has.

    Raises DamagedColumns, FileNotFoundError.
    """
    offsets = np.zeros(len(part.lengths) + 1, np.int64)
    np.cumsum(part.lengths, out=offsets[1:])
    count = int(offsets[-1])
    table = pl.read_parquet(proven(part.folder, part.file)) if part.file else pl.DataFrame()
    found = {name: table[name].to_numpy().copy() for name in table.columns}
    at = found.get("at", np.empty(0, np.int64))
    nobody = np.full(count, NOBODY, np.int32)
    nameless = [[""] * size for size in sizes]
    return EventColumns(
        case=np.repeat(np.arange(len(part.lengths), dtype=np.int32), part.lengths),
        activity=found.get("activity", np.empty(0, np.int32)),
        at=at,
        begun_at=found.get("begun_at", at),
        resource=found.get("resource", nobody),
        unit=found.get("unit", nobody),
        offsets=offsets,
        case_ids=[""] * len(part.lengths),
        activities=nameless[0],
        resources=nameless[1],
        units=nameless[2],
    )
