"""CSV files of any dialect as a table; a row that cannot be trusted is rejected, never shifted."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

from django.utils.translation import gettext as _

from .delimiters import delimiter_of, delimiter_said
from .encodings import Encoding, encoding_of
from .header_rows import LOOKED_AT, header_position, named
from .limits import Limits, too_large, unreadable
from .tables import Chunk, Origin, Rejected, Table

SNIFFED = 200  # lines
_DAMAGE = "surrogateescape"
Row = list[str]


def open_separated(
    path: Path,
    name: str,
    limits: Limits,
    *,
    encoding: str = "",
    delimiter: str = "",
    header_row: int | None = None,
) -> Table:
    """The table in a CSV file; what is not given is found out. `header_row` 0 says that there are no
    headers."""
    found = encoding_of(path, limits, encoding)
    with _opened(path, found) as text:
        lines = list(islice(text, SNIFFED))
    said = delimiter_said(lines[0]) if lines else ""
    delimiter = delimiter or said or delimiter_of(lines[1:] if said else lines)
    first = list(islice(csv.reader(lines, delimiter=delimiter), LOOKED_AT))
    start = 1 if said else 0
    if header_row is None:
        position = header_position(first[start:])
        position = position + start if position >= 0 else start - 1
    else:
        position = header_row - 1
    if not any(cell.strip() for row in first for cell in row):
        raise unreadable(
            _("This file is empty."), _("Choose a file with a row of headers and rows below it.")
        )
    return _table(path, name, limits, found, delimiter, position, first)


def _table(
    path: Path, name: str, limits: Limits, encoding: Encoding, delimiter: str, position: int, first: list[Row]
) -> Table:
    headed = first[position] if 0 <= position < len(first) else []
    width = _width(headed, first[max(position, -1) + 1 :])
    if width > limits.columns:
        raise too_large(
            _("This file has %(width)s columns; at most %(limit)s are read.")
            % {"width": width, "limit": limits.columns},
            _("Remove columns that are not needed, or check that the right delimiter is used."),
        )
    while (
        1 < width <= len(headed)
        and not headed[width - 1].strip()
        and all(_empty_from(row, width - 1) for row in first)
    ):
        width -= 1
    reader = SeparatedReader(path, encoding, delimiter, position + 1, width, limits)
    origin = Origin("csv", encoding.codec, delimiter, header_row=position + 1, skipped=max(position, 0))
    return Table(name, named(headed, width), origin, reader)


def _width(headed: Row, below: Sequence[Row]) -> int:
    """How many columns there are: as the headers say, or more where nearly all rows have more."""
    widths = Counter(len(row) for row in below if any(row))
    usual, times = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    if not headed:
        return usual or 1
    return max(len(headed), usual) if times >= 0.8 * sum(widths.values()) else len(headed)


def _empty_from(row: Row, position: int) -> bool:
    return not any(cell.strip() for cell in row[position:])


def _storable(cell: str) -> str:
    """A cell whose damaged characters, kept as lone surrogates while it was read, are marked as lost."""
    return cell if cell.isascii() else cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _opened(path: Path, encoding: Encoding) -> io.TextIOWrapper:
    errors = "strict" if encoding.is_sound else _DAMAGE
    if encoding.codec.startswith(("utf-16", "utf-32")):
        errors = "replace"
    return io.TextIOWrapper(path.open("rb"), encoding=encoding.codec, errors=errors, newline="")


class SeparatedReader:
    """Reads the rows of a CSV file: many at once by C code, one by one where something is wrong."""

    def __init__(
        self, path: Path, encoding: Encoding, delimiter: str, skipped: int, width: int, limits: Limits
    ) -> None:
        self.path = path
        self.encoding = encoding
        self.delimiter = delimiter
        self.skipped = skipped  # records above the first row
        self.width = width
        self.limits = limits

    def close(self) -> None:
        """Nothing is held open between readings."""

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The rows below the headers."""
        total = max(1, self.path.stat().st_size)
        number, taken = 1, 0
        with _opened(self.path, self.encoding) as text:
            lines = _Lines(text, self.limits)
            while records := lines.records(size, self.delimiter):
                chunk = self._chunk(
                    records, number, min(1.0, cast(io.BufferedReader, text.buffer).tell() / total)
                )
                number += len(records)
                taken += len(chunk.rows) + len(chunk.rejected)
                if taken > self.limits.rows:
                    raise too_large(
                        _("This file has more than %(limit)s rows.") % {"limit": f"{self.limits.rows:,}"}
                    )
                if chunk.rows or chunk.rejected:
                    yield chunk

    def _chunk(self, records: "Records", number: int, done: float) -> Chunk:
        skip = max(0, self.skipped - number + 1)
        rows = records.rows[skip:]
        first = number + skip
        if (
            not records.bad
            and not records.is_long
            and self.encoding.is_sound
            and set(map(len, rows)) <= {self.width}
        ):
            return Chunk(range(first, first + len(rows)), rows, (), done)
        numbers: list[int] = []
        taken: list[Row] = []
        rejected: list[Rejected] = []
        for position, row in enumerate(rows):
            reason = records.bad.get(position + skip) or self._fault(row)
            if reason:
                rejected.append(Rejected(first + position, [_storable(cell) for cell in row], reason))
            elif row and (len(row) > 1 or row[0].strip() or self.width == 1):
                numbers.append(first + position)
                taken.append(row[: self.width])
        return Chunk(numbers, taken, rejected, done)

    def _fault(self, row: Row) -> str:
        """Why the row cannot be taken; empty where it can, or holds nothing."""
        if len(row) != self.width and not (len(row) > self.width and _empty_from(row, self.width)):
            if not any(cell.strip() for cell in row):
                return ""
            return _("This row has %(found)s cells instead of %(expected)s.") % {
                "found": len(row),
                "expected": self.width,
            }
        if any(len(cell) > self.limits.cell_characters for cell in row):
            return _("A cell is longer than %(limit)s characters.") % {
                "limit": f"{self.limits.cell_characters:,}"
            }
        if not self.encoding.is_sound and any("\udc80" <= c <= "\udcff" for cell in row for c in cell):
            return _("Some characters cannot be read as %(encoding)s.") % {
                "encoding": self.encoding.codec.upper()
            }
        return ""


class Records:
    """Some records as cells; `bad` says which of them are broken and why."""

    def __init__(self, rows: list[Row], bad: dict[int, str], *, is_long: bool) -> None:
        self.rows = rows
        self.bad = bad
        self.is_long = is_long

    def __len__(self) -> int:
        return len(self.rows)


class _Lines:
    """The lines of a file, some of them put back to be read again."""

    def __init__(self, text: io.TextIOWrapper, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.waiting: list[str] = []
        self.unclosed = 0

    def take(self, size: int) -> list[str]:
        """The next lines."""
        lines = self.waiting[:size]
        self.waiting = self.waiting[size:]
        if len(lines) < size:
            lines += islice(self.text, size - len(lines))
        return lines

    def records(self, size: int, delimiter: str) -> Records:
        """The records that the next `size` lines hold, with the lines that the last of them needs besides."""
        lines = self.take(size)
        longest = self.limits.cell_characters
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
        except csv.Error:
            return self._one_by_one(lines, delimiter)
        return Records(rows, {}, is_long=bool(lines) and max(map(len, lines)) > longest)

    def _one_by_one(self, lines: list[str], delimiter: str) -> Records:
        """As `records`, where one of them is broken or goes on below: a broken record costs one line only."""
        rows: list[Row] = []
        bad: dict[int, str] = {}
        position = 0
        while position < len(lines):
            row, used, fault = self._record(lines, position, delimiter)
            if fault:
                bad[len(rows)] = fault
            rows.append(row)
            position += used
        return Records(rows, bad, is_long=True)

    def _record(self, lines: list[str], position: int, delimiter: str) -> tuple[Row, int, str]:
        """The record that begins at the line: its cells, how many lines it takes, what is wrong with it."""
        used: list[str] = []

        def feed() -> Iterator[str]:
            while True:
                at = position + len(used)
                if at >= len(lines):
                    lines.extend(self.take(1))
                if at >= len(lines):
                    return
                used.append(lines[at])
                yield lines[at]

        try:
            row = next(csv.reader(feed(), delimiter=delimiter, strict=True), [])
            return row, max(1, len(used)), ""
        except csv.Error:
            return self._broken(lines[position], delimiter)

    def _broken(self, line: str, delimiter: str) -> tuple[Row, int, str]:
        """A line that is no record: read leniently where its quotation marks close within it, else
        rejected."""
        lenient = next(csv.reader([line], delimiter=delimiter), [])
        if line.count('"') % 2 == 0:
            return lenient, 1, ""
        self.unclosed += 1
        if self.unclosed > self.limits.unclosed_quotes:
            raise unreadable(_("Quotation marks in this file are opened but not closed, in many rows."))
        return lenient, 1, _("A quotation mark in this row is opened but not closed.")
