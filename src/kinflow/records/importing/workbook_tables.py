"""A sheet of a workbook as a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from .header_rows import LOOKED_AT, header_position, named
from .limits import Limits, too_large, unreadable
from .shared_texts import SharedTexts
from .sheets import Row, SheetRows
from .tables import Cell, Chunk, Origin, Rejected, Table
from .workbooks import Package, Sheet


def open_workbook(
    path: Path, name: str, limits: Limits, *, sheet: str = "", header_row: int | None = None
) -> Table:
    """The table on a sheet: the one named, else the first that is shown and has cells."""
    package = Package(path, limits)
    texts: SharedTexts | None = None
    try:
        texts = SharedTexts(package)
        rows, first = _chosen(package, texts, limits, sheet)
        return _table(name, limits, package, texts, rows, first, header_row)
    except BaseException:
        package.close()
        if texts is not None:
            texts.close()
        raise


def _chosen(package: Package, texts: SharedTexts, limits: Limits, name: str) -> tuple[SheetRows, list[Row]]:
    """The sheet to read, and its first rows."""
    if name and name not in [one.name for one in package.sheets]:
        raise unreadable(
            _("This workbook has no sheet “%(name)s”.") % {"name": name},
            _("Choose one of: %(names)s.") % {"names": ", ".join(one.name for one in package.sheets[:20])},
        )
    shown = [one for one in package.sheets if one.is_visible] or list(package.sheets)
    for one in [one for one in package.sheets if one.name == name] if name else shown:
        rows = SheetRows(package, one, texts, limits)
        first = next(rows.pieces(), [])
        if first or name:
            return rows, first[:LOOKED_AT]
    return SheetRows(package, shown[0], texts, limits), []


def _table(
    name: str,
    limits: Limits,
    package: Package,
    texts: SharedTexts,
    rows: SheetRows,
    first: list[Row],
    header_row: int | None,
) -> Table:
    if not first:
        raise unreadable(
            _("This sheet is empty."), _("Choose a file with a row of headers and rows below it.")
        )
    cells = [row for _number, row in first]
    if header_row is None:
        position = header_position(cells)
        number = first[position][0] if position >= 0 else 0
    else:
        number = header_row
        position = next((at for at, (found, _row) in enumerate(first) if found == header_row), -1)
    headed = _without_empty_end(cells[position]) if position >= 0 else []
    width = len(headed) or max(len(_without_empty_end(row)) for row in cells)
    if width > limits.columns:
        raise too_large(
            _("This sheet has more than %(limit)s columns.") % {"limit": limits.columns},
            _("Remove columns that are not needed."),
        )
    origin = Origin(
        "xlsx",
        sheet=rows.sheet.name,
        sheets=tuple(one.name for one in package.sheets),
        header_row=number,
        skipped=max(number - 1, 0),
    )
    return Table(
        name, named(headed, width), origin, WorkbookReader(package, texts, rows.sheet, number, width, limits)
    )


def _without_empty_end(row: Sequence[Cell]) -> Sequence[Cell]:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return row[:end]


class WorkbookReader:
    """Reads the rows of a sheet below the headers."""

    def __init__(
        self, package: Package, texts: SharedTexts, sheet: Sheet, header_row: int, width: int, limits: Limits
    ) -> None:
        self.package = package
        self.texts = texts
        self.sheet = sheet
        self.header_row = header_row
        self.width = width
        self.limits = limits

    def close(self) -> None:
        """Let go of the files."""
        self.texts.close()
        self.package.close()

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The rows below the headers."""
        rows = SheetRows(self.package, self.sheet, self.texts, self.limits)
        taken = 0
        for piece in rows.pieces():
            below = [row for row in piece if row[0] > self.header_row]
            taken += len(below)
            if taken > self.limits.rows:
                raise too_large(
                    _("This file has more than %(limit)s rows.") % {"limit": f"{self.limits.rows:,}"}
                )
            for start in range(0, len(below), size):
                yield self._chunk(below[start : start + size], rows.done, checked=rows.may_be_long)

    def _chunk(self, rows: Sequence[Row], done: float, *, checked: bool) -> Chunk:
        width = self.width
        is_short = not checked and self.texts.longest <= self.limits.cell_characters
        if is_short and all(len(row) == width for _number, row in rows):
            return Chunk([number for number, _row in rows], [row for _number, row in rows], (), done)
        numbers: list[int] = []
        taken: list[Sequence[Cell]] = []
        rejected: list[Rejected] = []
        for number, row in rows:
            reason = self._fault(row)
            if reason:
                rejected.append(Rejected(number, row, reason))
            else:
                numbers.append(number)
                taken.append([*row[:width], *[""] * (width - len(row))])
        return Chunk(numbers, taken, rejected, done)

    def _fault(self, row: Sequence[Cell]) -> str:
        if any(cell != "" for cell in row[self.width :]):
            return _("This row has cells to the right of the last column with a header.")
        if any(isinstance(cell, str) and len(cell) > self.limits.cell_characters for cell in row):
            return _("A cell is longer than %(limit)s characters.") % {
                "limit": f"{self.limits.cell_characters:,}"
            }
        return ""
