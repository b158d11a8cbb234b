"""Which kind of log a file holds, told by its content."""

from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .limits import broken
from .ocel_sqlite import MAGIC
from .unpacking import first_bytes

LOOKED_AT = 1 << 18
_OBJECT_SIGNS = (b"<object-types", b"<event-types", b"<events", b'scope="object"', b"scope='object'")
_OCEL_KEYS = (b'"ocel:', b'"objecttypes"', b'"eventtypes"', b'"objects"', b'"events"')


class LogKind(StrEnum):
    """A kind of log."""

    XES = "xes"
    TABLE = "table"
    OCEL_JSON = "ocel_json"
    OCEL_XML = "ocel_xml"
    OCEL_SQLITE = "ocel_sqlite"


LABELS = {
    LogKind.XES: _("XES"),
    LogKind.TABLE: _("Table (CSV, Excel, Parquet)"),
    LogKind.OCEL_JSON: _("OCEL (JSON)"),
    LogKind.OCEL_XML: _("OCEL (XML)"),
    LogKind.OCEL_SQLITE: _("OCEL (SQLite)"),
}
OBJECT_CENTRIC = (LogKind.OCEL_JSON, LogKind.OCEL_XML, LogKind.OCEL_SQLITE)


def kind_of(path: Path) -> LogKind:
    """The kind of the file. Raises UnreadableFile for an empty one, and for a gzipped one that is no XML and no JSON."""
    start = first_bytes(path, LOOKED_AT)
    if not start:
        raise broken(_("This file is empty."), _("Choose a file with a log."))
    if start.startswith(MAGIC):
        return LogKind.OCEL_SQLITE
    bare = start.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    bare = bare.removeprefix(b"\xfe\xff").lstrip()
    if bare.startswith(b"<"):
        return LogKind.OCEL_XML if any(sign in bare for sign in _OBJECT_SIGNS) else LogKind.XES
    if bare.startswith(b"{") and any(key in bare.lower() for key in _OCEL_KEYS):
        return LogKind.OCEL_JSON
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            raise broken(
                _("What is packed in this file is neither XML nor JSON."),
                _("Unpack the file, and give what is in it."),
            )
    return LogKind.TABLE
