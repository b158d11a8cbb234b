"""Headers of a mail or of one of its parts: found in the bytes, unfolded, and decoded when asked for."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kinflow.kit import charsets

from .flaws import Flaws
from .limits import Limits
from .lines import one_line

_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_USUAL = re.compile(
    rb"(?i)(?:received(?:-spf)?|return-path|delivered-to|from|sender|to|cc|reply-to|subject|date|message-id|in-reply-to"
    rb"|references|mime-version|content-[a-z-]{1,30}|list-[a-z-]{1,30}|x-[a-z0-9-]{1,60})[ \t]*:"
)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|$)")
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?((?:[^?]|\?(?!=)){0,2000})\?=")
_LONGEST = 64 * 1024  # characters of one header that are looked at

Found = list[tuple[str, list[bytes]]]


@dataclass(frozen=True)
class Headers:
    """The headers in order, names in lower case, values as raw unfolded bytes."""

    pairs: tuple[tuple[str, bytes], ...] = ()

    def raw(self, name: str) -> bytes:
        """The first header of that name; empty where there is none."""
        return next((value for key, value in self.pairs if key == name), b"")

    def all_raw(self, name: str) -> list[bytes]:
        """Every header of that name."""
        return [value for key, value in self.pairs if key == name]

    def text(self, name: str) -> str:
        """The first header of that name, its bytes read, encoded words left as they are."""
        return text_of(self.raw(name))

    def plain(self, name: str) -> str:
        """The first header of that name in lower case without comments: for machine-readable values."""
        return re.sub(r"\([^()]*\)", "", self.text(name)).strip().lower()

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)


def read_headers(raw: bytes, start: int, end: int, limits: Limits, flaws: Flaws) -> tuple[Headers, int]:
    """The headers in `raw[start:end]`, and where the body begins."""
    pairs: Found = []
    position, kept = start, 0
    for line_start, line_end, line in _lines(raw, start, end):
        if not line:
            position = line_end
            break
        if not _take(line, pairs, first=line_start == start):
            if not _headers_follow(raw, line_end, end):
                position = line_start
                break
            flaws.add("header-broken")
        position = line_end
        kept += min(len(line), _LONGEST)
        if kept > limits.header or len(pairs) > limits.header_lines:
            flaws.add("headers-cut")
            return _joined(pairs), _after_blank_line(raw, line_end, end)
    return _joined(pairs), position


def _lines(raw: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    position = start
    while position < end:
        found = _LINE.match(raw, position, end)
        if found is None or found.end() == position:
            return
        yield position, found.end(), found.group().rstrip(b"\r\n")
        position = found.end()


def _take(line: bytes, pairs: Found, *, first: bool) -> bool:
    """Add the line to the headers; False where it is none."""
    if line[:1] in b" \t" and pairs:
        pairs[-1][1].append(line.strip())
        return True
    if named := _NAME.match(line):
        pairs.append((named.group(1).decode("ascii").lower(), [line[named.end() :].strip()]))
        return True
    return (first and line.startswith((b"From ", b">From "))) or not line.strip()


def _headers_follow(raw: bytes, position: int, end: int) -> bool:
    """Whether a well-known header stands in the next lines: then the line before was a slip, not the body."""
    for _start, _end, line in islice(_lines(raw, position, end), 3):
        if line[:1] not in b" \t" or not line.strip():
            return bool(_USUAL.match(line))
    return False


def _after_blank_line(raw: bytes, position: int, end: int) -> int:
    found = re.compile(rb"\r?\n\r?\n").search(raw, max(position - 2, 0), end)
    return found.end() if found else end


def _joined(pairs: Found) -> Headers:
    return Headers(tuple((name, b" ".join(lines).strip()[:_LONGEST]) for name, lines in pairs))


def text_of(raw: bytes, hint: str = "") -> str:
    """A header's bytes as text: ASCII normally, else in the mail's character set or what they are found to be
    in."""
    return raw.decode("ascii") if raw.isascii() else charsets.decode(raw, hint).text


def decoded(raw: bytes | str, hint: str = "") -> str:
    """A header's value with its encoded words (RFC 2047) resolved, as one clean line.

    Forgives what mailers do wrong: characters of several bytes cut between words, missing padding, spaces
    inside,
    words directly beside each other or in quotation marks.
    """
    text = raw if isinstance(raw, str) else text_of(raw, hint)
    if "=?" not in text:
        return one_line(text)
    made: list[str] = []
    pending: tuple[str, bytes] | None = None
    position = 0
    for word in _ENCODED_WORD.finditer(text):
        between = text[position : word.start()]
        if between.strip() or pending is None:
            made.append(_read(pending) + between)
            pending = None
        pending = _add(made, pending, word.group(1), _word_bytes(word.group(2), word.group(3)))
        position = word.end()
    made.append(_read(pending) + text[position:])
    return one_line("".join(made))


def _add(made: list[str], pending: tuple[str, bytes] | None, charset: str, more: bytes) -> tuple[str, bytes]:
    """Join a word's bytes to those before where they are in the same character set."""
    if pending and pending[0].lower() == charset.lower() and not charset.lower().startswith("iso-2022"):
        return charset, pending[1] + more
    made.append(_read(pending))
    return charset, more


def _read(pending: tuple[str, bytes] | None) -> str:
    return charsets.decode(pending[1], pending[0]).text if pending else ""


def _word_bytes(encoding: str, coded: str) -> bytes:
    raw = coded.encode("utf-8", "surrogatepass")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))
