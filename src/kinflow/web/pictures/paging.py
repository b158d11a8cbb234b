"""A document of our own laid on pages: words flow on, a table stands whole, or goes on the next page with its head again.

Nothing stands alone: what has a picture is kept with it, a heading with its words, a note with rows of its table.
MuPDF drops rows where it breaks a table itself: they would be missing without a word.
"""

import re
from collections.abc import Iterator
from typing import Any

TALL = 100_000.0
"""Room in which anything fits, to be measured."""
GAP = 8.0
LEAST = 60.0
"""With less room at the end of a page nothing longer is begun there."""
NOTE = 60.0
"""Words after a table that are no higher are a note to it."""
TAKEN = 2
"""So many rows go on the next page with a note that would stand there alone."""
_TABLE = re.compile(r"(<table\b.*?</table>)", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_SECTION = re.compile(r"(?=<h[1-6]\b|<p><b>)")
_HEAD = re.compile(r"\s*<tr\b[^>]*>\s*<th\b")


class Paging:
    """Lays out a document: `mupdf` is the program, `writer` takes the pages, `room` is that between their edges."""

    def __init__(self, mupdf: Any, writer: Any, paper: Any, room: Any) -> None:
        self.mupdf, self.writer, self.paper, self.room = mupdf, writer, paper, room
        self.device: Any = None
        self.top = room.y0

    def lay(self, html: str) -> None:
        """The document, whose rows of tables are `tr` that hold no table."""
        before, _body, rest = html.partition("<body>")
        head, body = f'{before}<body style="margin:0">', rest.partition("</body>")[0]
        self._turn()
        parts = [part for part in _parts(body) if part.strip()]
        for part, behind in zip(parts, [*parts[1:], ""], strict=True):
            if part.startswith("<table"):
                *pieces, last = self._pieces(head, part)
                for piece in pieces:
                    self._keep(head, piece)
                self._keep_before(head, last, behind)
            else:
                self._flow(head, part)
        self.writer.end_page()

    def _turn(self) -> None:
        if self.device is not None:
            self.writer.end_page()
        self.device, self.top = self.writer.begin_page(self.paper), self.room.y0

    def _story(self, head: str, part: str) -> Any:
        return self.mupdf.Story(f"{head}{part}</body></html>")

    def _height(self, head: str, part: str) -> float:
        room = self.mupdf.Rect(self.room.x0, 0, self.room.x1, TALL)
        _is_more, filled = self._story(head, part).place(room)
        return float(self.mupdf.Rect(filled).y1)

    def _flow(self, head: str, part: str) -> None:
        high = self._height(head, part)
        needed = high if "<svg" in part and high <= self.room.height else min(high, LEAST)
        if self.room.y1 - self.top < needed and self.top > self.room.y0:
            self._turn()
        story, is_more = self._story(head, part), 1
        while is_more:
            at = self.mupdf.Rect(self.room.x0, self.top, self.room.x1, self.room.y1)
            is_more, filled = story.place(at)
            story.draw(self.device)
            self.top = self.mupdf.Rect(filled).y1 + GAP
            if is_more:
                self._turn()

    def _keep(self, head: str, part: str) -> None:
        high = self._height(head, part)
        if self.top + high > self.room.y1 and self.top > self.room.y0:
            self._turn()
        story = self._story(head, part)
        story.place(self.mupdf.Rect(self.room.x0, self.top, self.room.x1, TALL))
        story.draw(self.device)
        self.top += high + GAP

    def _keep_before(self, head: str, table: str, behind: str) -> None:
        """A table; where only the note behind it would go on the next page, some of its rows go along."""
        high, note = self._height(head, table), self._note(head, behind)
        if self.top + high > self.room.y1 and self.top > self.room.y0:
            self._turn()
        named, others = _rows(table)
        if note and self.top + high + GAP + note > self.room.y1 and len(others) >= 2 * TAKEN:
            self._keep(head, _table([*named, *others[:-TAKEN]]))
            self._turn()
            table = _table([*named, *others[-TAKEN:]])
        self._keep(head, table)

    def _note(self, head: str, behind: str) -> float:
        """How high the note to a table is that stands behind it; 0 where none does."""
        if not behind or behind.startswith(("<table", "<h")):
            return 0.0
        high = self._height(head, behind)
        return high if high <= NOTE else 0.0

    def _pieces(self, head: str, table: str) -> Iterator[str]:
        """A table in parts that fit a page each, every part with its first row where that is a head."""
        named, others = _rows(table)
        if len(named) + len(others) < 3 or self._height(head, table) <= self.room.height:
            yield table
            return
        middle = len(others) // 2
        for half in (others[:middle], others[middle:]):
            yield from self._pieces(head, _table([*named, *half]))


def _parts(body: str) -> Iterator[str]:
    """The tables, and the words between them by their sections."""
    for part in _TABLE.split(body):
        yield from [part] if part.startswith("<table") else _SECTION.split(part)


def _rows(table: str) -> tuple[list[str], list[str]]:
    """The head of a table, if it has one, and its other rows."""
    rows = _ROW.findall(table)
    named = rows[:1] if rows and _HEAD.match(rows[0]) else []
    return named, rows[len(named) :]


def _table(rows: list[str]) -> str:
    return f"<table>{''.join(rows)}</table>"
