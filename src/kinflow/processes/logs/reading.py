"""A file of any kind becomes columns; and what is shown of it before."""

from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from .frames import headers_of, sample_of
from .growing import Read
from .kinds import OBJECT_CENTRIC, LogKind, kind_of
from .lifecycles import JOINED
from .limits import DEFAULT, LogLimits
from .objects import ObjectLog, ObjectType
from .ocel_json import read_json
from .ocel_sqlite import read_sqlite
from .ocel_xml import read_xml
from .roles import Guessed, guessed
from .tables import read_table
from .unpacking import blocks_of
from .xes import read_xes

LOOKED_AT = 200_000  # events of an object-centric log before its types of objects are shown


@dataclass(frozen=True)
class Looked:
    """What a look at a file tells: its kind, the columns of a table, the types of objects."""

    kind: LogKind
    columns: list[Guessed] = field(default_factory=list)
    object_types: list[ObjectType] = field(default_factory=list)


@dataclass(frozen=True)
class How:
    """How a file is read: roles of columns by header, the zone of times without an offset, the type of the case."""

    roles: dict[str, str] = field(default_factory=dict)
    zone: str = "UTC"
    lifecycle: str = JOINED
    object_type: str = ""


def look_at(path: Path, name: str, limits: LogLimits = DEFAULT) -> Looked:
    """Look at the file, without reading all of it. Raises UnreadableFile, FileTooLarge."""
    kind = kind_of(path)
    if kind == LogKind.TABLE:
        return Looked(kind, guessed(headers_of(path, name), sample_of(path, name)))
    if kind in OBJECT_CENTRIC:
        return Looked(kind, object_types=objects_in(path, kind, limits, LOOKED_AT).object_types())
    read_xes(blocks_of(path, limits), limits=limits, most=1)
    return Looked(kind)


def read(path: Path, name: str, how: How, limits: LogLimits = DEFAULT, *, most: int = 0) -> Read:
    """The log in the file; `most` ends the reading after about so many events. Raises UnreadableFile, FileTooLarge."""
    kind = kind_of(path)
    if kind == LogKind.XES:
        return read_xes(blocks_of(path, limits), lifecycle=how.lifecycle, limits=limits, most=most)
    if kind in OBJECT_CENTRIC:
        return objects_in(path, kind, limits, most).flattened(how.object_type)
    zone: tzinfo = ZoneInfo(how.zone)
    return read_table(path, name, how.roles, zone, lifecycle=how.lifecycle, limits=limits, most=most)


def objects_in(path: Path, kind: LogKind, limits: LogLimits = DEFAULT, most: int = 0) -> ObjectLog:
    """The object-centric log in the file. Raises UnreadableFile, FileTooLarge."""
    log = ObjectLog(limits, most)
    if kind == LogKind.OCEL_SQLITE:
        return read_sqlite(path, log, limits)
    reader = read_json if kind == LogKind.OCEL_JSON else read_xml
    return reader(blocks_of(path, limits), log, limits)
