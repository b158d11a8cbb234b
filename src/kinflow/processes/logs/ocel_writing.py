"""Columns as OCEL 2.0 in JSON, XML or SQLite: cases are objects of one type, and each event mentions its own."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import Invalid

from ..columns import EventColumns
from .events_told import Told, events_of, numbers_of, texts_of
from .times import text_of
from .xes_writing import quoted

EPOCH = "1970-01-01T00:00:00Z"
OF_EVENTS = (("resource", "string"), ("unit", "string"), ("start_timestamp", "time"))
CASE = "case"  # the qualifier
MOST_TABLES = 5_000


def _attributes_of(columns: EventColumns, case: int) -> Iterator[tuple[str, str]]:
    yield from texts_of(columns, case)
    for name, number in numbers_of(columns, case):
        yield name, repr(number)


def _kinds_of(columns: EventColumns) -> list[tuple[str, str]]:
    return [
        *((name, "string") for name in columns.attributes),
        *((name, "float") for name in columns.amounts),
    ]


def _told(event: Told) -> Iterator[tuple[str, str]]:
    if event.resource:
        yield "resource", event.resource
    if event.unit:
        yield "unit", event.unit
    if event.begun_at < event.at:
        yield "start_timestamp", text_of(event.begun_at)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def json_of(columns: EventColumns, object_type: str) -> Iterator[str]:
    """The log as OCEL 2.0 in JSON, in pieces."""
    kinds = [{"name": name, "type": kind} for name, kind in _kinds_of(columns)]
    of_events = [{"name": name, "type": kind} for name, kind in OF_EVENTS]
    yield f'{{"objectTypes": [{_json({"name": object_type, "attributes": kinds})}],\n"eventTypes": [\n'
    yield ",\n".join(_json({"name": name, "attributes": of_events}) for name in columns.activities)
    yield '],\n"objects": [\n'
    for case, name in enumerate(columns.case_ids):
        values = [
            {"name": key, "time": EPOCH, "value": value} for key, value in _attributes_of(columns, case)
        ]
        yield (",\n" if case else "") + _json({"id": name, "type": object_type, "attributes": values})
    yield '],\n"events": [\n'
    for number, event in enumerate(events_of(columns)):
        told = {
            "id": f"e{number + 1}",
            "type": event.activity,
            "time": text_of(event.at),
            "attributes": [{"name": key, "value": value} for key, value in _told(event)],
            "relationships": [{"objectId": columns.case_ids[event.case], "qualifier": CASE}],
        }
        yield (",\n" if number else "") + _json(told)
    yield "]}\n"


def xml_of(columns: EventColumns, object_type: str) -> Iterator[str]:
    """The log as OCEL 2.0 in XML, in pieces."""
    kind = quoted(object_type)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n<object-types>\n'
    yield f'<object-type name="{kind}">{_declared(_kinds_of(columns))}</object-type>\n</object-types>\n<event-types>\n'
    for name in columns.activities:
        yield f'<event-type name="{quoted(name)}">{_declared(list(OF_EVENTS))}</event-type>\n'
    yield "</event-types>\n<objects>\n"
    for case, name in enumerate(columns.case_ids):
        values = "".join(
            f'<attribute name="{quoted(key)}" time="{EPOCH}">{_content(value)}</attribute>'
            for key, value in _attributes_of(columns, case)
        )
        yield f'<object id="{quoted(name)}" type="{kind}"><attributes>{values}</attributes></object>\n'
    yield "</objects>\n<events>\n"
    for number, event in enumerate(events_of(columns)):
        values = "".join(
            f'<attribute name="{key}">{_content(value)}</attribute>' for key, value in _told(event)
        )
        mention = f'<relationship object-id="{quoted(columns.case_ids[event.case])}" qualifier="{CASE}"/>'
        yield (
            f'<event id="e{number + 1}" type="{quoted(event.activity)}" time="{text_of(event.at)}">'
            f"<attributes>{values}</attributes><objects>{mention}</objects></event>\n"
        )
    yield "</events>\n</log>\n"


def _declared(kinds: list[tuple[str, str]]) -> str:
    listed = "".join(f'<attribute name="{quoted(name)}" type="{kind}"/>' for name, kind in kinds)
    return f"<attributes>{listed}</attributes>"


def _content(text: str) -> str:
    """The text for a place between tags."""
    return quoted(text)


def write_sqlite(columns: EventColumns, path: Path, object_type: str) -> None:
    """Write the log as OCEL 2.0 into a new SQLite file. Raises Invalid for too many activities."""
    if len(columns.activities) > MOST_TABLES:
        raise Invalid(
            _("SQLite needs a table for each activity, and this log has more than %(most)s.")
            % {"most": f"{MOST_TABLES:,}"},
            remedy=_("Choose OCEL in JSON or XML."),
        )
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        _Writing(connection, columns, object_type).write()
        connection.commit()
    finally:
        connection.close()


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


class _Writing:
    def __init__(self, connection: sqlite3.Connection, columns: EventColumns, object_type: str) -> None:
        self.sql, self.columns, self.object_type = connection, columns, object_type

    def write(self) -> None:
        """Make the tables and fill them."""
        self.sql.executescript(_TABLES)
        self._write_objects()
        self._write_events()

    def _write_objects(self) -> None:
        columns = self.columns
        self.sql.execute("INSERT INTO object_map_type VALUES (?, 'Case')", [self.object_type])
        names = [name for name, _kind in _kinds_of(columns)]
        kinds = "".join(f", {_quoted(name)} {_SQL[kind]}" for name, kind in _kinds_of(columns))
        self.sql.execute(
            f"CREATE TABLE object_Case (ocel_id TEXT REFERENCES object (ocel_id), ocel_time TIMESTAMP,"
            f" ocel_changed_field TEXT{kinds})"
        )
        self.sql.executemany(
            "INSERT INTO object VALUES (?, ?)", ((name, self.object_type) for name in columns.case_ids)
        )
        places = ", ".join("?" for _name in names)
        comma = ", " if names else ""
        rows = (
            (name, EPOCH, None, *(values.get(key) for key in names))
            for name, values in (
                (name, {**dict(texts_of(columns, case)), **dict(numbers_of(columns, case))})
                for case, name in enumerate(columns.case_ids)
            )
        )
        self.sql.executemany(f"INSERT INTO object_Case VALUES (?, ?, ?{comma}{places})", rows)  # noqa: S608

    def _write_events(self) -> None:
        columns, tables = self.columns, {}
        for number, name in enumerate(columns.activities, start=1):
            tables[name] = f"event_Type{number}"
            self.sql.execute("INSERT INTO event_map_type VALUES (?, ?)", [name, f"Type{number}"])
            self.sql.execute(
                f"CREATE TABLE {tables[name]} (ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id),"
                " ocel_time TIMESTAMP, resource TEXT, unit TEXT, start_timestamp TIMESTAMP)"
            )
        for number, event in enumerate(events_of(columns), start=1):
            name, told = f"e{number}", dict(_told(event))
            self.sql.execute("INSERT INTO event VALUES (?, ?)", [name, event.activity])
            self.sql.execute(
                f"INSERT INTO {tables[event.activity]} VALUES (?, ?, ?, ?, ?)",  # noqa: S608
                [name, text_of(event.at), *(told.get(key) for key, _kind in OF_EVENTS)],
            )
            self.sql.execute(
                "INSERT INTO event_object VALUES (?, ?, ?)", [name, columns.case_ids[event.case], CASE]
            )


_SQL = {"string": "TEXT", "float": "REAL"}


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
