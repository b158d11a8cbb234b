"""The texts that a workbook's cells share, kept in a temporary file: there may be millions."""

import mmap
import re
import tempfile
from array import array
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .limits import unreadable
from .workbooks import Package

LONGEST = 8 * 1024 * 1024  # bytes of one text
_TEXT = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)


class SharedTexts:
    """Gives the XML inside each shared text by its number."""

    def __init__(self, package: Package) -> None:
        self._file = tempfile.TemporaryFile(prefix="kinflow-import-")  # noqa: SIM115 - closed by `close`
        self._ends = array("Q")
        self.longest = 0  # bytes
        self._map: mmap.mmap | None = None
        if package.texts_part:
            position = 0
            for text in _texts(package.stream(package.texts_part)):
                position += self._file.write(text)
                self._ends.append(position)
                self.longest = max(self.longest, len(text))
        self._file.flush()
        if self._ends and self._ends[-1]:
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, number: int) -> bytes:
        """The XML of a text; empty where there is none of that number."""
        if self._map is None or not 0 <= number < len(self._ends):
            return b""
        return self._map[self._ends[number - 1] if number else 0 : self._ends[number]]

    def close(self) -> None:
        """Let go of the file."""
        if self._map is not None:
            self._map.close()
        self._file.close()


def _texts(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """What stands inside each `<si>`, in order; an empty one counts."""
    rest = b""
    for block in blocks:
        rest += block
        done = 0
        for found in _TEXT.finditer(rest):
            yield found.group(1) or b""
            done = found.end()
        rest = rest[done:]
        if len(rest) > LONGEST:
            raise unreadable(_("This workbook is damaged."))
