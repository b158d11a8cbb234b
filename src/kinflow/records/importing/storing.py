"""The files that wait to be imported: each under a name that nobody can guess, gone when it is needed no more."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .limits import DEFAULT, Limits, too_large

BLOCK = 1024 * 1024
_PLACE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Stored:
    """A file that was put away: its place, its size in bytes, the SHA-256 of its content."""

    place: str
    size: int
    digest: str


def store(blocks: Iterable[bytes], limits: Limits = DEFAULT) -> Stored:
    """Put a file away. Raises FileTooLarge, leaving nothing."""
    place, digest, size = secrets.token_hex(16), hashlib.sha256(), 0
    path = path_of(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            for block in blocks:
                size += len(block)
                if size > limits.size:
                    raise too_large(
                        _("This file is larger than %(limit)s MB.") % {"limit": limits.size >> 20}
                    )
                digest.update(block)
                file.write(block)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(place, size, digest.hexdigest())


def blocks_of(path: Path) -> Iterable[bytes]:
    """The content of a file in pieces."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def path_of(place: str) -> Path:
    """Where the file lies. Raises ValueError for what is no place."""
    if not _PLACE.fullmatch(place):
        raise ValueError(place)
    return Path(settings.MEDIA_ROOT) / "imports" / place


def discard(place: str) -> None:
    """Remove the file, if it is still there."""
    if place:
        path_of(place).unlink(missing_ok=True)
