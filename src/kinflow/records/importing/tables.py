"""What a table is, whatever file it came from: headers, and rows in chunks with those that cannot be
taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Protocol, TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""A cell: text in CSV; in a workbook also numbers, dates, yes or no. An empty cell is an empty text."""

CHUNK = 5_000  # rows


@dataclass(frozen=True)
class Rejected:
    """A row that is not taken: its number as a spreadsheet shows it, its cells as they are, and why."""

    number: int
    cells: Sequence[Cell]
    reason: str


@dataclass(frozen=True)
class Chunk:
    """Some rows: `rows[i]` has number `numbers[i]`; `done` is the share of the file read so far, 0 to 1."""

    numbers: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    rejected: Sequence[Rejected] = ()
    done: float = 1.0


@dataclass(frozen=True)
class Origin:
    """How the file was understood: "csv" or "xlsx", and what was found out or chosen."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    header_row: int = 1
    skipped: int = 0  # rows above the headers
    notes: Sequence[str] = field(default=())


class Reader(Protocol):
    """Reads the rows below the headers of one kind of file."""

    def chunks(self, size: int) -> Iterator[Chunk]:
        """All rows in order, in chunks of about `size`."""

    def close(self) -> None:
        """Let go of files."""


class Table:
    """A table that is read as often as wanted, in bounded memory; to be used with `with`."""

    def __init__(self, name: str, headers: Sequence[str], origin: Origin, reader: Reader) -> None:
        self.name = name
        self.headers = tuple(headers)
        self.origin = origin
        self._reader = reader
        self._count: int | None = None

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows in chunks. Raises FileTooLarge where there are more than the limit."""
        return self._reader.chunks(size)

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The rows that can be taken, one by one."""
        for chunk in self.chunks():
            yield from chunk.rows

    def sample(self, size: int = 200) -> list[Sequence[Cell]]:
        """The first rows that can be taken."""
        return list(islice(self.rows(), size))

    def columns(self, size: int = 200) -> list[list[Cell]]:
        """The first values of each column."""
        rows = self.sample(size)
        return [[row[position] for row in rows] for position in range(len(self.headers))]

    def count(self) -> int:
        """How many rows there are below the headers, rejected ones too; reads the file once."""
        if self._count is None:
            self._count = sum(len(chunk.rows) + len(chunk.rejected) for chunk in self.chunks())
        return self._count

    def close(self) -> None:
        """Let go of the file."""
        self._reader.close()

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
