"""How much of a log is read, and how a file that is no log is refused."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.records.importing.limits import FileTooLarge, UnreadableFile


@dataclass(frozen=True)
class LogLimits:
    """Sizes in bytes unless named otherwise."""

    size: int = 32 * 1024**3
    events: int = 20_000_000
    unpacked: int = 32 * 1024**3
    ratio: int = 300  # unpacked to packed, above `ratio_from`
    ratio_from: int = 64 * 1024**2
    token: int = 16 * 1024**2  # of one tag, or one member of a JSON list
    depth: int = 64
    attributes: int = 200  # of cases; more are left out


DEFAULT = LogLimits()


def broken(detail: Any, remedy: Any = "") -> UnreadableFile:
    """The refusal of a file that is not what it should be."""
    usual = _("Export the log again from the system that it comes from, or as CSV.")
    return UnreadableFile(detail, field="/file", remedy=remedy or usual)


def too_much(detail: Any, remedy: Any = "") -> FileTooLarge:
    """The refusal of a file beyond a limit."""
    usual = _("Export a shorter period, or fewer cases.")
    return FileTooLarge(detail, field="/file", remedy=remedy or usual)


def too_many_events(limits: LogLimits) -> FileTooLarge:
    """The refusal of a log with more events than are read."""
    most = {"most": f"{limits.events:,}"}
    return too_much(_("This log has more than %(most)s events.") % most)


def unsafe() -> UnreadableFile:
    """The refusal of XML that declares a document type: there entities hide, and no log needs one."""
    return broken(
        _("This XML file declares a document type or entities, which can be dangerous and no log needs."),
        _("Remove the line that begins with <!DOCTYPE."),
    )
