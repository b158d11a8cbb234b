"""A document of our own laid on pages: words flow on, a table stands whole, or goes on the next page with its head again.

MuPDF drops rows where it breaks a table itself: they would be missing without a word.
"""

import re
from collections.abc import Iterator
from typing import Any

TALL = 100_000.0
"""Room in which anything fits, to be measured."""
GAP = 4.0
LEAST = 40.0
"""With less room at the end of a page nothing new is begun there."""
_TABLE = re.compile(r"(<table\b.*?</table>)", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
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
        head, body = f"{before}<body>", rest.partition("</body>")[0]
        self._turn()
        for part in _TABLE.split(body):
            if part.startswith("<table"):
                for piece in self._pieces(head, part):
                    self._keep(head, piece)
            elif part.strip():
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
        if self.room.y1 - self.top < LEAST:
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

    def _pieces(self, head: str, table: str) -> Iterator[str]:
        """A table in parts that fit a page each, every part with its first row where that is a head."""
        rows = _ROW.findall(table)
        if len(rows) < 3 or self._height(head, table) <= self.room.height:
            yield table
            return
        named = rows[:1] if _HEAD.match(rows[0]) else []
        others = rows[len(named) :]
        middle = len(others) // 2
        for half in (others[:middle], others[middle:]):
            yield from self._pieces(head, f"<table>{''.join([*named, *half])}</table>")
