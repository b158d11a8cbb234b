"""The bytes of a log file, unpacked where it is gzipped, within bounds."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from .limits import DEFAULT, LogLimits, broken, too_much

BLOCK = 256 * 1024
GZIP = b"\x1f\x8b"


def is_packed(path: Path) -> bool:
    """Whether the file is gzipped."""
    with path.open("rb") as file:
        return file.read(2) == GZIP


def blocks_of(path: Path, limits: LogLimits = DEFAULT, size: int = BLOCK) -> Iterator[bytes]:
    """The content in blocks. Raises FileTooLarge for what grows beyond the limits, UnreadableFile for what is damaged."""
    if not is_packed(path):
        with path.open("rb") as file:
            while block := file.read(size):
                yield block
        return
    packed, unpacked = path.stat().st_size, 0
    try:
        with gzip.open(path) as file:
            while block := file.read(size):
                unpacked += len(block)
                if unpacked > limits.unpacked or (
                    unpacked > limits.ratio_from and unpacked > limits.ratio * packed
                ):
                    raise too_much(_("What is packed in this file is far too large for a log."))
                yield block
    except (OSError, EOFError, zlib.error):
        raise broken(_("This gzip file is damaged or incomplete.")) from None


def first_bytes(path: Path, count: int = 4096) -> bytes:
    """The first bytes of the content."""
    found = b""
    for block in blocks_of(path, size=count):
        found += block
        if len(found) >= count:
            break
    return found[:count]
