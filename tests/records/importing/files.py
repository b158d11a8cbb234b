"""Small files for the tests of importing."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from kinflow.records.importing.reading import Table, open_table
from kinflow.records.importing.tables import Rejected


def table_of(content: bytes | str, **choices: Any) -> Table:
    """The table in some bytes."""
    raw = content.encode() if isinstance(content, str) else content
    return open_table(io.BytesIO(raw), "test", **choices)


def rows_of(content: bytes | str, **choices: Any) -> list[list[Any]]:
    """The rows that can be taken."""
    with table_of(content, **choices) as table:
        return [list(row) for row in table.rows()]


def rejected_of(content: bytes | str, **choices: Any) -> list[Rejected]:
    """The rows that cannot be taken."""
    with table_of(content, **choices) as table:
        return [one for chunk in table.chunks() for one in chunk.rejected]


def workbook(*rows: Sequence[Any], is_lean: bool = False) -> bytes:
    """An XLSX file with these rows; texts are shared by the cells, or stand in the cells where it
    `is_lean`."""
    return sheets({"Sheet1": rows}, is_lean=is_lean)


def sheets(
    content: Mapping[str, Sequence[Sequence[Any]]],
    *,
    at: tuple[int, int] = (0, 0),
    hidden: str = "",
    is_lean: bool = False,
) -> bytes:
    """An XLSX file with these sheets, their rows beginning at a place counted from 0."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": is_lean, "strings_to_formulas": False}) as book:
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for name, rows in content.items():
            sheet = book.add_worksheet(name)
            if name == hidden:
                sheet.hide()
            for down, row in enumerate(rows, start=at[0]):
                for across, cell in enumerate(row, start=at[1]):
                    sheet.write(down, across, cell, formats.get(type(cell)))
    return buffer.getvalue()


def changed(original: bytes, **parts: bytes | None) -> bytes:
    """A workbook with some parts replaced, "sheet" and "texts" by their short names; None leaves a part
    out."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "texts": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    replaced = {names[key]: content for key, content in parts.items()}
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(original)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = replaced.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def part(book: bytes, name: str) -> bytes:
    """A part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name)
