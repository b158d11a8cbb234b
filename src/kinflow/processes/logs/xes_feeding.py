"""XES fed to its reader: plain traces and events are cut out of the text at once, all else goes through the XML parser.

Three ways, the quickest that is surely right. Traces that are plain throughout are scanned by machine code, many at
once. In the others, most events are of a few shapes that differ in their values only: a shape is checked once, and every
event of that shape is taken apart by splitting it at its quotes. Whatever is not surely plain (references, comments,
nested attributes, another character set) is left to the parser, so that all ways read the same.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from .limits import LogLimits
from .safe_xml import Progress, fed
from .xes_batches import Batch, Scanner
from .xes_scanning import DONE, FULL

TRACE_END = b"</trace>"
OPEN, CLOSE = "<event>", "</event>"
_KEY = r"<(?:string|date|int|float|boolean|id)\s+key="
_FIRST, _NEXT = re.compile(rf"\s*{_KEY}"), re.compile(rf"\s*/>\s*{_KEY}")
_VALUE, _LAST = re.compile(r"\s+value="), re.compile(r"\s*/>\s*")
_NUMBER = re.compile(r"<(?:int|float)\s")
_STRANGE = ("<!", "<?", "-->", "]]>", "\ufffe", "\uffff")
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})  # signs that are none in XML
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_PLAIN_SETS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_MOST_SHAPES = 10_000
_LONGEST = 1 << 20  # characters of a plain event, and what stands before it; bytes of a plain trace
_AT_ONCE = 1 << 20  # bytes that are worth a scan
_WORTH = 8  # traces in a row that are
_PATIENCE = 255  # traces that are passed by at most before the next scan


class Taker(Protocol):
    """What events are given to."""

    numeric: set[str]
    skipped: set[str]

    @property
    def takes_traces(self) -> bool:
        """Whether the next trace may come as a whole."""

    def take_traces(self, batch: Batch) -> None:
        """Traces as a whole."""

    @property
    def takes_events(self) -> bool:
        """Whether the next event would be one of an open case."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def end(self, tag: str) -> None:
        """A tag closes."""

    def take(self, event: dict[str, str]) -> None:
        """An event as a whole, its attributes by their keys."""


@dataclass(frozen=True)
class _Shape:
    """The keys of an event of this shape, and how often signs come that must not be in its values."""

    keys: tuple[str, ...]
    tags: int
    lines: int
    tabs: int


def feed(blocks: Iterable[bytes], taker: Taker, limits: LogLimits) -> None:
    """Give everything in the blocks to the taker. Raises UnreadableFile, and what the taker raises."""
    progress = Progress()
    cutting = _Cutting(taker, progress)
    for _block in fed(cutting.rest(blocks), limits, taker.start, taker.end, progress=progress):
        pass


class _Cutting:
    """Takes plain traces and events out of a file, and passes on what is left of it."""

    def __init__(self, taker: Taker, progress: Progress) -> None:
        self.taker, self.progress = taker, progress
        self.scanner = Scanner()
        self.shapes: dict[tuple[str, ...], _Shape | None] = {}
        self.utf8 = codecs.getincrementaldecoder("utf-8")()
        self.text = ""
        self.left = b""
        self.is_odd = False  # up to the end of the next trace nothing is scanned
        self.passing = self.patience = 0  # so many traces nothing is scanned, after scans that found little
        self.is_strange = False  # from here on everything is the parser's

    def rest(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """What the parser must see, in order; what it need not see is taken in between."""
        blocks = iter(blocks)
        first = next(blocks, b"")
        yield from self._plain(first, blocks) if _is_plain(first) else _chained(first, blocks)

    def _plain(self, first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
        is_inside = False
        before = b""
        for block in _chained(first, blocks):
            if self.is_strange:
                yield block
                continue
            if not is_inside:  # before the first case everything is the parser's
                at = block.find(b"<trace")
                head = block if at < 0 else block[:at]
                self.is_strange = b"<![" in before[-2:] + head  # what follows may be no tags
                before, is_inside = head, at >= 0
                if self.is_strange:
                    yield block
                else:
                    yield head
                    self.left = block[len(head) :]
                continue
            self.left += block
            if len(self.left) >= _AT_ONCE:
                yield from self._taken(is_last=False)
        yield from self._taken(is_last=True)
        self.utf8.decode(b"", final=True)
        yield self.text.encode()

    def _taken(self, *, is_last: bool) -> Iterator[bytes]:
        """Take what can be taken of the bytes that are left; what may become a plain trace stays."""
        raw, place = self.left, 0
        while place < len(raw) and not self.is_strange:
            end = raw.rfind(TRACE_END, place) + len(TRACE_END)
            is_whole = end >= len(TRACE_END)
            if not (is_whole or is_last or self.is_odd or len(raw) - place > _LONGEST):
                break
            if is_whole and self._may_scan():
                batch = self.scanner.scan(raw, place, end, self.taker.skipped)
                place = batch.found.place
                if batch.traces:
                    self.taker.take_traces(batch)
                self.is_odd = batch.found.reason not in (DONE, FULL)
                is_poor = self.is_odd and batch.traces < _WORTH
                self.passing = self.patience = min(2 * self.patience + 1, _PATIENCE) if is_poor else 0
                continue
            end = raw.find(TRACE_END, place) + len(TRACE_END)
            is_ended = end >= len(TRACE_END)
            piece = raw[place : end if is_ended else len(raw)]
            place += len(piece)
            yield from self._passed(piece, is_ended=is_ended)
        if self.is_strange:
            yield raw[place:]
            place = len(raw)
        self.left = raw[place:]

    def _may_scan(self) -> bool:
        """Whether a trace may begin here, and nothing else, and it is likely that several are plain."""
        is_between = self.taker.takes_traces and not self.progress.unread
        return is_between and not self.is_odd and not self.passing

    def _passed(self, piece: bytes, *, is_ended: bool) -> Iterator[bytes]:
        """Take the plain events out of what is no plain trace, or of a part of a trace."""
        self.is_odd = not is_ended
        self.passing = max(0, self.passing - is_ended)
        text = self.utf8.decode(piece)
        if _is_strange(piece, self.text[-3:] + text):
            self.is_strange = True
            yield (self.text + text).encode() + self.utf8.getstate()[0]
            self.text = ""
            self.utf8.reset()
            return
        yield from self._cut(text)
        if is_ended or len(self.text) > _LONGEST:  # no event ends for long: for the parser to judge
            yield self.text.encode()
            self.text = ""

    def _cut(self, text: str) -> Iterator[bytes]:
        *pieces, self.text = (self.text + text).split(CLOSE)
        for piece in pieces:
            before, is_open, body = piece.rpartition(OPEN)
            if not is_open:
                yield (piece + CLOSE).encode()
                continue
            if before and not before.isspace():
                yield before.encode()
            event = self._event(body) if self.taker.takes_events else None
            if event is None:
                yield f"{OPEN}{body}{CLOSE}".encode()
            else:
                self.taker.take(event)

    def _event(self, body: str) -> dict[str, str] | None:
        """The attributes of a plain event; None where only the parser can tell."""
        if "&" in body:
            return None
        parts = body.split('"')
        values = parts[3::4]
        del parts[3::4]
        told = tuple(parts)
        shape = self.shapes.get(told)
        if shape is None:
            if told in self.shapes:
                return None
            shape = self._known(told)
            if shape is None:
                return None
        if (
            body.count("<") != shape.tags
            or body.count("\n") != shape.lines
            or body.count("\t") != shape.tabs
            or "\r" in body
        ):
            return None
        return dict(zip(shape.keys, values, strict=True))

    def _known(self, told: tuple[str, ...]) -> _Shape | None:
        """Check a shape that was not seen before: parts between quotes, where every third is a key."""
        if len(self.shapes) >= _MOST_SHAPES:
            self.shapes.clear()
        keys = told[1::3]
        if not (len(told) > 1 and _is_built(told) and len(set(keys)) == len(keys)):
            self.shapes[told] = None
            return None
        for at, key in enumerate(keys):
            if _NUMBER.search(told[3 * at]):
                self.taker.numeric.add(key)
        shape = _Shape(
            keys,
            sum(part.count("<") for part in told),
            sum(part.count("\n") for part in told),
            sum(part.count("\t") for part in told),
        )
        self.shapes[told] = shape
        return shape


def _is_strange(block: bytes, text: str) -> bool:
    """Whether there is anything in the text that only the parser can judge."""
    return len(block.translate(None, _CONTROLS)) != len(block) or any(sign in text for sign in _STRANGE)


def _is_built(told: tuple[str, ...]) -> bool:
    """Whether the parts between keys and values are the tags of attributes, one after the other."""
    return (
        len(told) % 3 == 1
        and _FIRST.fullmatch(told[0]) is not None
        and all(_NEXT.fullmatch(part) for part in told[3:-1:3])
        and _LAST.fullmatch(told[-1]) is not None
        and all(_VALUE.fullmatch(part) for part in told[2::3])
        and not any(sign in key for key in told[1::3] for sign in "<\n\t")
    )


def _is_plain(start: bytes) -> bool:
    """Whether the file is UTF-8, as far as its beginning tells."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        return False
    found = _ENCODING.search(start[:400])
    return found is None or found[1].lower() in _PLAIN_SETS


def _chained(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from blocks
