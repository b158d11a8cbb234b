"""How much of a file is read, and how a file that cannot be read is refused."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Invalid, TooLarge


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes unless named otherwise."""

    size: int = 1024 * 1024 * 1024
    rows: int = 1_000_000
    columns: int = 500
    cell_characters: int = 32_767
    line: int = 4 * 1024 * 1024
    unpacked: int = 4 * 1024 * 1024 * 1024
    ratio: int = 200  # unpacked to packed, of a part above `ratio_from`
    ratio_from: int = 64 * 1024 * 1024
    part: int = 32 * 1024 * 1024  # a workbook's parts besides sheets and texts
    unclosed_quotes: int = 100


DEFAULT = Limits()


class FileTooLarge(TooLarge):
    """A file beyond what is read at once."""

    code = "file-too-large"
    title = _("This file is too large")


class UnreadableFile(Invalid):
    """A file that is no table, is broken or is not safe; the remedy says what to do with it."""

    code = "unreadable-file"
    title = _("This file cannot be read")


def too_large(detail: Any, remedy: Any = "") -> FileTooLarge:
    """The refusal of a file beyond a limit."""
    return FileTooLarge(detail, field="/file", remedy=remedy or _("Split it into several files."))


def unreadable(detail: Any, remedy: Any = "") -> UnreadableFile:
    """The refusal of a file that is not what it should be."""
    usual = _("Open it in a spreadsheet program and save it as .xlsx or as CSV in UTF-8.")
    return UnreadableFile(detail, field="/file", remedy=remedy or usual)
