"""The whole log as OCEL 2.0, in JSON, XML or SQLite, written piece by piece."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from ..logs.exporting import Pieces, encoded, through_file
from ..logs.xes_writing import quoted
from .whole import WholeEvent, WholeLog

ATTRIBUTES = ("resource", "unit")
EPOCH = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Form:
    """A form in which the whole log goes out."""

    media: str
    write: Callable[[WholeLog], Pieces]


def _told(event: WholeEvent) -> Iterator[tuple[str, str]]:
    if event.person:
        yield "resource", event.person
    if event.unit:
        yield "unit", event.unit


def _time(event: WholeEvent) -> str:
    return event.at.astimezone(UTC).isoformat(timespec="microseconds")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def json_of(log: WholeLog) -> Iterator[str]:
    """The log in JSON."""
    attributes = [{"name": name, "type": "string"} for name in ATTRIBUTES]
    kinds = ",\n".join(_json({"name": kind, "attributes": []}) for kind in log.kinds)
    names = ",\n".join(_json({"name": name, "attributes": attributes}) for name in log.names)
    yield f'{{"objectTypes": [\n{kinds}],\n"eventTypes": [\n{names}],\n"objects": [\n'
    for number, (name, kind) in enumerate(log.objects()):
        told: dict[str, object] = {"id": name, "type": kind, "attributes": []}
        yield (",\n" if number else "") + _json(told)
    yield '],\n"events": [\n'
    for number, event in enumerate(log.events()):
        told = {
            "id": f"e{event.number}",
            "type": event.name,
            "time": _time(event),
            "attributes": [{"name": key, "value": value} for key, value in _told(event)],
            "relationships": [{"objectId": name, "qualifier": role} for name, role in event.objects],
        }
        yield (",\n" if number else "") + _json(told)
    yield "]}\n"


def xml_of(log: WholeLog) -> Iterator[str]:
    """The log in XML."""
    declared = "".join(f'<attribute name="{name}" type="string"/>' for name in ATTRIBUTES)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n<object-types>\n'
    for kind in log.kinds:
        yield f'<object-type name="{quoted(kind)}"><attributes/></object-type>\n'
    yield "</object-types>\n<event-types>\n"
    for name in log.names:
        yield f'<event-type name="{quoted(name)}"><attributes>{declared}</attributes></event-type>\n'
    yield "</event-types>\n<objects>\n"
    for name, kind in log.objects():
        yield f'<object id="{quoted(name)}" type="{quoted(kind)}"><attributes/></object>\n'
    yield "</objects>\n<events>\n"
    for event in log.events():
        values = "".join(f'<attribute name="{key}">{quoted(text)}</attribute>' for key, text in _told(event))
        related = "".join(
            f'<relationship object-id="{quoted(name)}" qualifier="{quoted(role)}"/>'
            for name, role in event.objects
        )
        yield (
            f'<event id="e{event.number}" type="{quoted(event.name)}" time="{_time(event)}">'
            f"<attributes>{values}</attributes><objects>{related}</objects></event>\n"
        )
    yield "</events>\n</log>\n"


_TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type (ocel_type));
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (ocel_event_id TEXT REFERENCES event (ocel_id), ocel_object_id TEXT
    REFERENCES object (ocel_id), ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (ocel_source_id TEXT REFERENCES object (ocel_id), ocel_target_id TEXT
    REFERENCES object (ocel_id), ocel_qualifier TEXT, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


def write_sqlite(log: WholeLog, path: Path) -> None:
    """Write the log into a new SQLite file."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
        _write_objects(connection, log)
        _write_events(connection, log)
        connection.commit()
    finally:
        connection.close()


def _write_objects(connection: sqlite3.Connection, log: WholeLog) -> None:
    tables = {kind: f"Kind{number}" for number, kind in enumerate(log.kinds, start=1)}
    connection.executemany("INSERT INTO object_map_type VALUES (?, ?)", tables.items())
    for table in tables.values():
        connection.execute(
            f"CREATE TABLE object_{table} (ocel_id TEXT REFERENCES object (ocel_id), ocel_time TIMESTAMP,"
            " ocel_changed_field TEXT)"
        )
    for name, kind in log.objects():
        connection.execute("INSERT INTO object VALUES (?, ?)", [name, kind])
        connection.execute(f"INSERT INTO object_{tables[kind]} VALUES (?, ?, NULL)", [name, EPOCH])  # noqa: S608


def _write_events(connection: sqlite3.Connection, log: WholeLog) -> None:
    tables = {name: f"Type{number}" for number, name in enumerate(log.names, start=1)}
    connection.executemany("INSERT INTO event_map_type VALUES (?, ?)", tables.items())
    for table in tables.values():
        connection.execute(
            f"CREATE TABLE event_{table} (ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id),"
            " ocel_time TIMESTAMP, resource TEXT, unit TEXT)"
        )
    for event in log.events():
        name, told = f"e{event.number}", dict(_told(event))
        connection.execute("INSERT INTO event VALUES (?, ?)", [name, event.name])
        connection.execute(
            f"INSERT INTO event_{tables[event.name]} VALUES (?, ?, ?, ?)",  # noqa: S608
            [name, _time(event), told.get("resource"), told.get("unit")],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO event_object VALUES (?, ?, ?)",
            ([name, thing, role] for thing, role in event.objects),
        )


FORMS = {
    "jsonocel": Form("application/json", lambda log: encoded(json_of(log))),
    "xmlocel": Form("application/xml", lambda log: encoded(xml_of(log))),
    "sqlite": Form("application/vnd.sqlite3", lambda log: through_file(lambda path: write_sqlite(log, path))),
}
