"""Tables as frames of texts, some rows at a time: CSV fast where it is plain, all else by the readers of imports."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from kinflow.records.importing.limits import Limits
from kinflow.records.importing.reading import open_table
from kinflow.records.importing.tables import Cell, Table

from .limits import DEFAULT, LogLimits, broken, too_many_events

PARQUET = b"PAR1"
ROWS = 200_000  # of a frame
FAST_FROM = 8 * 1024**2  # bytes; smaller files are read with all care
SAMPLE = 500


def table_limits(limits: LogLimits = DEFAULT) -> Limits:
    """The bounds of tables that are logs: more rows than of other imports."""
    return Limits(size=limits.size, rows=limits.events, unpacked=limits.unpacked)


def opened(path: Path, name: str, limits: LogLimits = DEFAULT) -> Table:
    """The table in a CSV or XLSX file. Raises UnreadableFile, FileTooLarge."""
    return open_table(path, name, limits=table_limits(limits))


def is_parquet(path: Path) -> bool:
    """Whether the file is a Parquet file."""
    with path.open("rb") as file:
        return file.read(4) == PARQUET


def headers_of(path: Path, name: str) -> list[str]:
    """The names of the table's columns."""
    if is_parquet(path):
        return _schema(path)
    with opened(path, name) as table:
        return list(table.headers)


def sample_of(path: Path, name: str, size: int = SAMPLE) -> list[list[str]]:
    """The first values of each column."""
    if is_parquet(path):
        frame = _texts(_parquet(path).head(size).collect())
        return [[value or "" for value in frame[column]] for column in frame.columns]
    with opened(path, name) as table:
        return [[text_of(cell) for cell in column] for column in table.columns(size)]


def frames_of(
    path: Path,
    name: str,
    columns: Sequence[str],
    counts: Counter[str],
    limits: LogLimits = DEFAULT,
    *,
    with_care: bool = False,
) -> Iterator[pl.DataFrame]:
    """The rows of these columns as frames of texts (null where a cell is empty), in the order of the file.

    Raises PolarsError where a large CSV file is not as plain as it seemed: then read it again `with_care`. Rows that
    cannot be read are counted as "rejected".
    """
    rows = 0
    for frame in _frames(path, name, list(columns), counts, limits, with_care):
        rows += len(frame)
        if rows > limits.events:
            raise too_many_events(limits)
        yield frame


def _frames(
    path: Path, name: str, columns: list[str], counts: Counter[str], limits: LogLimits, with_care: bool
) -> Iterator[pl.DataFrame]:
    if is_parquet(path):
        yield from _parquet_frames(path, columns)
        return
    with opened(path, name, limits) as table:
        if not with_care and path.stat().st_size >= FAST_FROM and _is_plain(table):
            yield from _fast(path, table, columns)
            return
        places = [table.headers.index(column) for column in columns]
        for chunk in table.chunks(ROWS):
            counts["rejected"] += len(chunk.rejected)
            yield pl.DataFrame(
                {
                    column: [text_of(row[place]) or None for row in chunk.rows]
                    for column, place in zip(columns, places, strict=True)
                },
                schema=dict.fromkeys(columns, pl.String),
            )


def _is_plain(table: Table) -> bool:
    origin = table.origin
    return origin.kind == "csv" and origin.encoding in ("utf-8", "utf-8-sig") and len(origin.delimiter) == 1


def _fast(path: Path, table: Table, columns: list[str]) -> Iterator[pl.DataFrame]:
    lazy = pl.scan_csv(
        path,
        separator=table.origin.delimiter,
        has_header=False,
        skip_rows=table.origin.header_row,
        schema=dict.fromkeys(table.headers, pl.String),
        raise_if_empty=False,
    ).select(columns)
    for frame in lazy.collect_batches(chunk_size=ROWS, maintain_order=True):
        yield _bare(frame)


def _bare(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.all().str.strip_chars()).with_columns(
        pl.when(pl.all() == "").then(None).otherwise(pl.all()).name.keep()
    )


def _schema(path: Path) -> list[str]:
    try:
        return list(_parquet(path).collect_schema())
    except pl.exceptions.PolarsError:
        raise _damaged() from None


def _parquet(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path)


def _parquet_frames(path: Path, columns: list[str]) -> Iterator[pl.DataFrame]:
    try:
        length = int(_parquet(path).select(pl.len()).collect().item())
        for start in range(0, length, ROWS):
            yield _texts(_parquet(path).select(columns).slice(start, ROWS).collect())
    except pl.exceptions.PolarsError:
        raise _damaged() from None


def _damaged() -> Exception:
    return broken(_("This Parquet file is damaged."))


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """All columns as texts: moments in ISO 8601 with their offset, other kinds as they are written."""
    shown = []
    for column, kind in frame.schema.items():
        one = pl.col(column)
        if isinstance(kind, pl.Datetime):
            one = one.dt.cast_time_unit("us")
            one = one.dt.convert_time_zone("UTC") if kind.time_zone else one
            one = one.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f" + ("+00:00" if kind.time_zone else ""))
        elif kind.is_nested() or kind == pl.Binary:
            one = pl.lit(None, pl.String).alias(column)
        shown.append(one.cast(pl.String))
    return frame.with_columns(shown)


def text_of(cell: Cell) -> str:
    """A cell as text; moments in ISO 8601, whole numbers without a point."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()
