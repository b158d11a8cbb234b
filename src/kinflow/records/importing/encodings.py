"""The character set of a whole file, found by reading all of it once: a sample may be plain where the rest is
not."""

import codecs
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from kinflow.kit import charsets

from .limits import Limits, unreadable

BLOCK = 1024 * 1024
SAMPLE = 256 * 1024  # bytes of lines that are not plain ASCII


@dataclass(frozen=True)
class Encoding:
    """A codec for the file, and whether all of the file is valid in it."""

    codec: str
    is_sound: bool = True


@dataclass
class _Scan:
    """What one pass over the bytes found."""

    is_utf8: bool = True
    is_gb18030: bool = True
    is_ascii: bool = True
    has_nul: bool = False
    longest_line: int = 0
    telling: list[bytes] = field(default_factory=list)
    telling_size: int = 0


def encoding_of(path: Path, limits: Limits, chosen: str = "") -> Encoding:
    """The character set: as chosen, else by mark, else UTF-8 or GB18030 where all is valid, else the
    likeliest.

    Raises UnreadableFile for a file that is no text, or has a line beyond `limits.line`.
    """
    with path.open("rb") as file:
        start = file.read(4_096)
    scan = _scanned(path)
    wide = charsets.mark_of(start) or charsets.wide_of(start) or ""
    if scan.longest_line > limits.line:
        raise unreadable(
            _("This file has a line of more than %(size)s MB, so it is no table.")
            % {"size": limits.line >> 20}
        )
    if wide.startswith(("utf-16", "utf-32")):
        return Encoding(charsets.codec_of(chosen) or wide)
    if scan.has_nul and b"\0" in start:
        raise unreadable(_("This file is neither text nor a workbook."))
    if chosen and (codec := charsets.codec_of(chosen)):
        return Encoding(
            codec, is_sound=scan.is_utf8 if codec == "utf-8" else codec == "gb18030" and scan.is_gb18030
        )
    return _found(scan, marked=start.startswith(codecs.BOM_UTF8))


def _found(scan: _Scan, *, marked: bool) -> Encoding:
    if scan.is_utf8:
        return Encoding("utf-8-sig" if marked else "utf-8")
    telling = b"".join(scan.telling)
    if marked or _mostly_utf8(telling):
        return Encoding("utf-8-sig" if marked else "utf-8", is_sound=False)
    codec = charsets.detect(telling)
    codec = "gb18030" if codec == "utf-8" else codec
    return Encoding(codec, is_sound=codec == "gb18030" and scan.is_gb18030)


def _mostly_utf8(telling: bytes) -> bool:
    """Whether nearly all characters beyond ASCII are valid UTF-8: then a few lines are damaged."""
    text = telling.decode("utf-8", "replace")
    good = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    return good > 9 * text.count("\ufffd")


def _scanned(path: Path) -> _Scan:
    scan = _Scan()
    utf8 = codecs.getincrementaldecoder("utf-8")()
    gb18030 = codecs.getincrementaldecoder("gb18030")()
    rest = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            plain = block.isascii()
            scan.is_ascii &= plain
            scan.has_nul |= b"\0" in block
            scan.is_utf8 = scan.is_utf8 and _goes_on(utf8, block)
            if not scan.is_utf8 or not plain:
                scan.is_gb18030 = scan.is_gb18030 and _goes_on(gb18030, block)
            if not plain:
                _collect(scan, block)
            rest = _measure(scan, block, rest)
    scan.is_utf8 = scan.is_utf8 and _goes_on(utf8, b"", final=True)
    scan.is_gb18030 = scan.is_gb18030 and _goes_on(gb18030, b"", final=True)
    return scan


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _collect(scan: _Scan, block: bytes) -> None:
    if scan.telling_size < SAMPLE:
        lines = b"".join(
            line for line in block.splitlines(keepends=True)[1:-1] or [block] if not line.isascii()
        )
        scan.telling.append(lines[:SAMPLE])
        scan.telling_size += len(lines)


def _measure(scan: _Scan, block: bytes, rest: int) -> int:
    """Keep the longest line; returns how much of a line the block ends with."""
    first = min((at for at in (block.find(b"\n"), block.find(b"\r")) if at >= 0), default=-1)
    if first < 0:
        scan.longest_line = max(scan.longest_line, rest + len(block))
        return rest + len(block)
    last = max(block.rfind(b"\n"), block.rfind(b"\r"))
    scan.longest_line = max(scan.longest_line, rest + first)
    return len(block) - last - 1
