"""Any file with rows becomes a table: told by what is in the file, not by its name."""

import tempfile
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from .limits import DEFAULT, Limits, too_large, unreadable
from .separated import open_separated
from .tables import Chunk, Rejected, Table
from .workbook_tables import open_workbook

BLOCK = 1024 * 1024
_OTHER_FILES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
)
__all__ = ["DEFAULT", "Chunk", "Limits", "Rejected", "Table", "open_table"]


def open_table(
    source: str | Path | IO[bytes],
    name: str = "",
    *,
    limits: Limits = DEFAULT,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    header_row: int | None = None,
) -> Table:
    """Open a CSV or XLSX file as a table, to be used with `with`.

    `source` is a path or an open binary file. What is not given is found out: the character set, the
    delimiter, the sheet,
    the row of the headers (counted from 1; 0 says that there are none). Raises UnreadableFile or
    FileTooLarge.
    """
    path, is_copy = _place(source, limits)
    name = name or (Path(source).name if isinstance(source, str | Path) else "")
    try:
        table = _opened(path, name, limits, encoding, delimiter, sheet, header_row)
    except BaseException:
        if is_copy:
            path.unlink(missing_ok=True)
        raise
    return _Copied(table, path) if is_copy else table


def _opened(
    path: Path, name: str, limits: Limits, encoding: str, delimiter: str, sheet: str, header_row: int | None
) -> Table:
    size = path.stat().st_size
    if size > limits.size:
        raise too_large(_("This file is larger than %(limit)s MB.") % {"limit": limits.size >> 20})
    if size == 0:
        raise unreadable(
            _("This file is empty."), _("Choose a file with a row of headers and rows below it.")
        )
    with path.open("rb") as file:
        start = file.read(64)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return open_workbook(path, name, limits, sheet=sheet, header_row=header_row)
    _refuse_others(start)
    return open_separated(path, name, limits, encoding=encoding, delimiter=delimiter, header_row=header_row)


def _refuse_others(start: bytes) -> None:
    """Refuse files that are known to be no table, each with what to do."""
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(
            _("This is an old .xls workbook, or one protected by a password."),
            _("Open it in a spreadsheet program and save it as .xlsx without a password."),
        )
    if start.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        raise unreadable(_("This is a web page or an XML file, not a table."))
    for magic, kind in _OTHER_FILES:
        if start.startswith(magic):
            raise unreadable(_("This is a %(kind)s file, not a table.") % {"kind": kind})


def _place(source: str | Path | IO[bytes], limits: Limits) -> tuple[Path, bool]:
    """Where the file lies: an open file is copied to a place of its own."""
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.is_file():
            raise unreadable(
                _("There is no file “%(name)s”.") % {"name": path.name}, _("Check the path of the file.")
            )
        return path, False
    with tempfile.NamedTemporaryFile(prefix="kinflow-import-", delete=False) as copy:
        left = limits.size + 1  # one byte above the limit is enough to tell
        while left > 0 and (block := source.read(min(left, BLOCK))):
            left -= copy.write(block)
    return Path(copy.name), True


class _Copied(Table):
    """A table whose file is a copy of ours, removed when it is closed."""

    def __init__(self, table: Table, path: Path) -> None:
        super().__init__(table.name, table.headers, table.origin, table._reader)
        self._path = path

    def close(self) -> None:
        """Let go of the file, and remove it."""
        super().close()
        self._path.unlink(missing_ok=True)
