"""Raw mails and attachments as files, each under the SHA-256 of its bytes, so that the same bytes lie there once.

A file is complete and on the disk before the transaction that names it commits; if that fails, the file stays and
harms nobody: whoever brings the same bytes again finds it there.
"""

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO, Literal

from django.conf import settings

from kinflow.kit.problem import NotFound

Shelf = Literal["attachments", "mails"]
_DIGEST = re.compile(r"[0-9a-f]{64}")


def place_of(shelf: Shelf, digest: str) -> Path:
    """Where the bytes with this SHA-256 (64 hexadecimal digits) lie, or would lie.

    Raises NotFound for what is no digest.
    """
    if not _DIGEST.fullmatch(digest):
        raise NotFound(digest)
    return Path(settings.MEDIA_ROOT) / shelf / digest[:2] / digest[2:]


def keep(shelf: Shelf, content: bytes) -> str:
    """Write the bytes, unless they are there already; returns their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(shelf, digest)
    if not (place.exists() and place.stat().st_size == len(content)):
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, content)
    return digest


def _write(place: Path, content: bytes) -> None:
    """Beside the place first, then moved there in one step: nobody ever reads half a file."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, place)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise
    _settle(place.parent)


def _settle(folder: Path) -> None:
    """Make the folder's new entry survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def opened(shelf: Shelf, digest: str) -> BinaryIO:
    """The kept bytes as an open file; NotFound where they are not there."""
    try:
        return place_of(shelf, digest).open("rb")
    except FileNotFoundError:
        raise NotFound(digest) from None
