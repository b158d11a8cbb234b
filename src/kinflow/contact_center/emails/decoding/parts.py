"""The tree of a mail's parts, as places in its bytes: nothing is copied or decoded before it is asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .flaws import Flaws
from .headers import Headers, read_headers
from .limits import Limits
from .parameters import Parametered, parametered
from .transfer import undone

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass(frozen=True)
class Part:
    """One part: its headers, where its body lies in the mail, and the parts inside it."""

    mail: bytes = field(repr=False)
    headers: Headers
    start: int
    end: int
    kind: Parametered
    disposition: Parametered
    children: tuple["Part", ...] = ()

    @property
    def content_type(self) -> str:
        """Such as "text/plain"."""
        return self.kind.value

    @property
    def encoding(self) -> str:
        """The transfer encoding as given."""
        return self.headers.plain("content-transfer-encoding")

    def content(self, flaws: Flaws) -> bytes:
        """The body with its transfer encoding undone."""
        return undone(self.mail[self.start : self.end], self.encoding, flaws)

    def walk(self) -> Iterator["Part"]:
        """This part and all inside it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class _Reading:
    """What is shared while one mail is taken apart."""

    raw: bytes
    limits: Limits
    flaws: Flaws
    parts: int = 0


def parts_of(raw: bytes, limits: Limits, flaws: Flaws) -> Part:
    """Take a mail apart."""
    return _part(_Reading(raw, limits, flaws), 0, len(raw), "text/plain", 0)


def _part(reading: _Reading, start: int, end: int, usual: str, depth: int) -> Part:
    reading.parts += 1
    headers, body = read_headers(reading.raw, start, end, reading.limits, reading.flaws)
    kind = _kind(headers, usual)
    disposition = parametered(headers.raw("content-disposition"))
    children: tuple[Part, ...] = ()
    if kind.value.startswith("multipart/"):
        if depth >= reading.limits.depth:
            reading.flaws.add("too-deep")
            kind = Parametered("message/rfc822", {})
            return Part(reading.raw, Headers(), start, end, kind, Parametered("attachment", {}))
        children = _children(reading, body, end, kind, depth)
        if not children:
            kind = Parametered("text/plain", kind.parameters)
    return Part(reading.raw, headers, body, end, kind, disposition, children)


def _kind(headers: Headers, usual: str) -> Parametered:
    """The content type: the first that is given and makes sense."""
    if "content-type" not in headers:
        return Parametered(usual, {})
    given = [parametered(raw) for raw in headers.all_raw("content-type")]
    valid = next((kind for kind in given if _TYPE.fullmatch(kind.value)), None)
    if valid is not None:
        return valid
    plain = "text/plain" if given[0].value in ("text", "plain", "") else "application/octet-stream"
    return Parametered(plain, given[0].parameters)


def _children(reading: _Reading, start: int, end: int, kind: Parametered, depth: int) -> tuple[Part, ...]:
    boundary = kind.get("boundary").rstrip()
    spans, closed = _spans(reading.raw, start, end, boundary, reading.limits.parts + 1)
    if not spans:
        if start < end:
            reading.flaws.add("boundary-missing")
        return ()
    if not closed:
        reading.flaws.add("parts-cut-off")
    usual = "message/rfc822" if kind.value == "multipart/digest" else "text/plain"
    children = []
    for child_start, child_end in spans:
        if reading.parts >= reading.limits.parts:
            reading.flaws.add("too-many-parts")
            break
        children.append(_part(reading, child_start, child_end, usual, depth + 1))
    return tuple(children)


def _spans(raw: bytes, start: int, end: int, boundary: str, most: int) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts between the boundaries lie, `most` of them, and whether the closing boundary was
    there."""
    if not boundary:
        return [], False
    mark = b"--" + boundary.encode("utf-8", "surrogatepass")
    spans: list[tuple[int, int]] = []
    begun = -1
    for found, after, closing in _boundaries(raw, start, end, mark):
        if begun >= 0:
            spans.append((begun, max(begun, _before_line_end(raw, found))))
        begun = after
        if closing or len(spans) >= most:
            return spans, True
    if begun >= 0:
        spans.append((begun, end))
    return spans, False


def _boundaries(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Lines that are the boundary: where each begins, where the next line begins, whether it closes.

    One pattern looks for the whole line, and begins with plain letters: a mail of millions of lines that only begin
    like a boundary costs no more than any other.
    """
    letters, rest = re.escape(mark), rb"(--)?[ \t]*(?:\r\n|\n|\r|$)"
    first = re.compile(letters + rest).match(raw, start, end)
    if first:
        yield start, first.end(), bool(first.group(1))
    later = re.compile(letters + rb"(?<=[\r\n]" + letters + rb")" + rest)
    for line in later.finditer(raw, first.end() if first else start + 1, end):
        yield line.start(), line.end(), bool(line.group(1))


def _before_line_end(raw: bytes, position: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if raw[position - 2 : position] == b"\r\n":
        return position - 2
    return position - 1 if raw[position - 1 : position] in (b"\n", b"\r") else position
