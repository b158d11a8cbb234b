"""The rows of a sheet, a few thousand at a time, so that a million of them need no more memory than the
first.

A sheet's XML is cut between rows; each piece becomes a small workbook of its own, with shared texts put into
the cells, and
is read by calamine. So all that cells can mean is left to it, and only the cutting is ours.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from .limits import Limits, too_large, unreadable
from .shared_texts import SharedTexts
from .tables import Cell
from .workbooks import Package, Sheet

PIECE = 2 * 1024 * 1024  # bytes of XML
LONGEST_ROW = 16 * PIECE
SPAN = 5_000  # rows from the first to the last of a piece, empty ones too
LAST_ROW = 1_048_576
_HEAD = re.compile(rb"<(\w+:)?sheetData\b[^>]*?(/)?>")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr=[\"'](\d{1,10})[\"']")
_SHARED = re.compile(rb"t=[\"']s[\"']([^>]*>)\s*<((?:\w+:)?)v[^>]*>\s*(\d{1,9})\s*</(?:\w+:)?v>")
_FAR_CELL = re.compile(rb"r=[\"'][A-Za-z]{3,}\d+[\"'][^>]*(?<!/)>")
_NUMBERED = re.compile(rb"<[^>]*?\sr=[\"']")
_ODDITY = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)

Row = tuple[int, Sequence[Cell]]


class SheetRows:
    """Reads one sheet of a package."""

    def __init__(self, package: Package, sheet: Sheet, texts: SharedTexts, limits: Limits) -> None:
        self.package = package
        self.sheet = sheet
        self.texts = texts
        self.limits = limits
        self.parts = package.copied()
        self.done = 0.0  # share of the sheet read so far
        self.may_be_long = False  # whether a cell of the last piece may be beyond the limit

    def pieces(self) -> Iterator[list[Row]]:
        """Rows with their numbers, counted from 1, in pieces; empty rows are left out."""
        last = 0
        for head, piece in self._cut():
            for first, rows in self._spans(piece, head, last):
                read = self._read(head, rows, first)
                if read:
                    last = max(last, read[-1][0])
                    yield read
                last = max(last, first)

    def _cut(self) -> Iterator[tuple["_Head", bytes]]:
        """The sheet's XML cut between rows."""
        total = max(1, self.package.archive.NameToInfo[self.sheet.part].file_size)
        head: _Head | None = None
        rest, seen, is_over = b"", 0, False
        for block in self.package.stream(self.sheet.part):
            seen += len(block)
            self.done = min(1.0, seen / total)
            if is_over:
                continue  # the rest is unpacked all the same: its checksum tells whether the file is whole
            rest += block
            if head is None:
                head, rest = _Head.of(rest)
            if head is not None:
                piece, rest, is_over = head.cut(rest)
                if piece:
                    yield head, piece
            if len(rest) > LONGEST_ROW:
                raise unreadable(_("This workbook is damaged."))

    def _spans(self, piece: bytes, head: "_Head", last: int) -> Iterator[tuple[int, bytes]]:
        """The piece, cut again where rows are far apart: what lies between is read as empty cells."""
        piece = _without_oddities(piece)
        self._check(piece, head)
        starts = [(int(found.group(1)), found.start()) for found in _ROW_NUMBER.finditer(piece)]
        if not starts:
            if piece.strip():
                yield last + 1, piece
            return
        if starts[-1][0] > LAST_ROW or any(b[0] <= a[0] for a, b in zip(starts, starts[1:], strict=False)):
            raise unreadable(_("This workbook is damaged."))
        first, place = starts[0][0], 0
        for number, start in starts:
            if number - first >= SPAN:
                yield first, piece[place:start]
                first, place = number, start
        yield first, piece[place:]

    def _check(self, piece: bytes, head: "_Head") -> None:
        """Refuse what would take far more memory than it seems."""
        rows = piece.split(head.row_end)
        self.may_be_long = max(map(len, rows), default=0) > self.limits.cell_characters
        most = max((row.count(head.cell) for row in rows), default=0)
        if most > 2 * self.limits.columns or _FAR_CELL.search(piece):
            raise too_large(
                _("This sheet has more than %(limit)s columns.") % {"limit": self.limits.columns},
                _("Remove columns that are not needed."),
            )

    def _read(self, head: "_Head", rows: bytes, first: int) -> list[Row]:
        workbook = _opened(self._small_workbook(head, rows))
        try:
            sheet = workbook.get_sheet_by_name(self.sheet.name)
            if sheet.start is None:
                return []
            down, across = sheet.start
            number = (down if _NUMBERED.search(rows, 0, 4_096) else down + first - 1) + 1
            pad: list[Cell] = [""] * across
            read = enumerate(sheet.to_python(skip_empty_area=True), start=number)
            return [(at, pad + row if pad else row) for at, row in read if row.count("") < len(row)]
        except CalamineError as error:
            raise unreadable(_("This workbook is damaged.")) from error

    def _small_workbook(self, head: "_Head", rows: bytes) -> io.BytesIO:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for part, content in self.parts.items():
                archive.writestr(part, content)
            archive.writestr(
                self.sheet.part, b"".join((head.start, _SHARED.sub(self._inline, rows), head.tail))
            )
        buffer.seek(0)
        return buffer

    def _inline(self, cell: re.Match[bytes]) -> bytes:
        rest, prefix, number = cell.groups()
        return b't="inlineStr"%s<%sis>%s</%sis>' % (rest, prefix, self.texts[int(number)], prefix)


class _Head:
    """What surrounds the rows in a sheet's XML."""

    def __init__(self, start: bytes, prefix: bytes) -> None:
        self.start = start
        self.end = b"</%ssheetData" % prefix
        self.row_end = b"</%srow>" % prefix
        self.cell = b"<%sc" % prefix
        self.tail = b"</%ssheetData></%sworksheet>" % (prefix, prefix)

    def cut(self, xml: bytes) -> tuple[bytes, bytes, bool]:
        """Whole rows from the beginning, what follows them, and whether that was all; few bytes are left for
        later."""
        end = xml.find(self.end)
        if end >= 0:
            return xml[:end], b"", True
        place = xml.rfind(self.row_end) if len(xml) >= PIECE else -1
        place = place + len(self.row_end) if place >= 0 else 0
        return xml[:place], xml[place:], False

    @classmethod
    def of(cls, xml: bytes) -> tuple["_Head | None", bytes]:
        """The head in the beginning of a sheet, and what follows it; None while it is not all there."""
        found = _HEAD.search(xml)
        if not found:
            return None, xml
        opened = found.group().rstrip(b"/>") + b">" if found.group(2) else found.group()
        head = cls(xml[: found.start()] + opened, found.group(1) or b"")
        return head, head.end if found.group(2) else xml[found.end() :]


def _without_oddities(xml: bytes) -> bytes:
    """The XML without comments and with literal sections written out: neither is usual in a sheet."""
    if b"<!" not in xml:
        return xml
    plain = _ODDITY.sub(
        lambda found: escape((found.group(1) or b"").decode("utf-8", "replace")).encode(), xml
    )
    if b"<!" in plain:
        raise unreadable(_("This workbook is damaged."))
    return plain


def _opened(buffer: io.BytesIO) -> CalamineWorkbook:
    """Open a workbook; a panic inside calamine is a broken workbook, not a broken program."""
    try:
        return CalamineWorkbook.from_filelike(buffer)
    except CalamineError as error:
        raise unreadable(_("This workbook is damaged.")) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise unreadable(_("This workbook is damaged.")) from error
        raise
