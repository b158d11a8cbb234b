"""Tables as frames of texts, some rows at a time: CSV fast where it is plain, all else by the readers of imports."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
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
    path: Path, name: str, columns: Sequence[str], limits: LogLimits = DEFAULT
) -> Iterator[pl.DataFrame]:
    """The rows of these columns as frames of texts (null where a cell is empty), in the order of the file."""
    rows = 0
    for frame in _frames(path, name, list(columns), limits):
        rows += len(frame)
        if rows > limits.events:
            raise too_many_events(limits)
        yield frame


def _frames(path: Path, name: str, columns: list[str], limits: LogLimits) -> Iterator[pl.DataFrame]:
    if is_parquet(path):
        for start in range(0, _length(path), ROWS):
            yield _texts(_parquet(path).select(columns).slice(start, ROWS).collect())
        return
    with opened(path, name, limits) as table:
        if path.stat().st_size >= FAST_FROM and (read := _fast(path, table, columns)) is not None:
            yield from read
            return
        places = [table.headers.index(column) for column in columns]
        for chunk in table.chunks(ROWS):
            yield pl.DataFrame(
                {
                    column: [text_of(row[place]) or None for row in chunk.rows]
                    for column, place in zip(columns, places, strict=True)
                },
                schema=dict.fromkeys(columns, pl.String),
            )


def _fast(path: Path, table: Table, columns: list[str]) -> Iterator[pl.DataFrame] | None:
    """The rows of a large plain CSV file; None where a row does not fit, so that it must be read with more care."""
    origin = table.origin
    if origin.kind != "csv" or origin.encoding not in ("utf-8", "utf-8-sig") or len(origin.delimiter) != 1:
        return None
    lazy = pl.scan_csv(
        path,
        separator=origin.delimiter,
        has_header=False,
        skip_rows=origin.header_row,
        schema=dict.fromkeys(table.headers, pl.String),
        raise_if_empty=False,
    ).select(columns)
    with suppress(pl.exceptions.PolarsError):
        if lazy.select(pl.len()).collect(engine="streaming").item() >= 0:
            return (_bare(frame) for frame in lazy.collect_batches(chunk_size=ROWS, maintain_order=True))
    return None


def _bare(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.all().str.strip_chars()).with_columns(
        pl.when(pl.all() == "").then(None).otherwise(pl.all()).name.keep()
    )


def _schema(path: Path) -> list[str]:
    try:
        return list(_parquet(path).collect_schema())
    except pl.exceptions.PolarsError:
        raise broken(_("This Parquet file is damaged.")) from None


def _parquet(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path)


def _length(path: Path) -> int:
    return int(_parquet(path).select(pl.len()).collect().item())


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
