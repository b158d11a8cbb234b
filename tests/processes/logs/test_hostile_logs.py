"""Files made to do harm, and logs of unusual shape: clear errors, bounded time and memory."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinflow.processes.logs.limits import LogLimits
from kinflow.processes.logs.objects import ObjectLog
from kinflow.processes.logs.ocel_json import read_json
from kinflow.processes.logs.reading import How, look_at, read
from kinflow.processes.logs.unpacking import blocks_of
from kinflow.processes.logs.xes import read_xes
from kinflow.records.importing.limits import FileTooLarge, UnreadableFile
from tests.processes.logs.files import HEAD, as_guessed, day, event, steps, table, trace, written, xes

LAUGHS = "".join(f'<!ENTITY l{number + 1} "{f"&l{number};" * 10}">' for number in range(9))
DECLARED = {
    "entities": '<!DOCTYPE log [<!ENTITY a "b">]><log><trace/></log>',
    "billion laughs": f'<!DOCTYPE log [<!ENTITY l0 "ha">{LAUGHS}]><log><string key="&l9;" value="x"/></log>',
    "a file of the machine": '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log>&x;</log>',
    "a document type elsewhere": '<!DOCTYPE log SYSTEM "http://127.0.0.1:1/log.dtd"><log/>',
    "parameter entities": '<!DOCTYPE log [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p">%p;]><log/>',
}


@pytest.mark.parametrize("what", DECLARED)
def test_xml_that_declares_anything_is_refused(what: str, tmp_path: Path) -> None:
    for content in (
        DECLARED[what],
        DECLARED[what].replace("<log", "<log><object-types/").replace("//>", "/>"),
    ):
        with pytest.raises(UnreadableFile, match="DOCTYPE|document type"):
            look_at(written(tmp_path, "log.xml", content), "log.xml")


def test_utf_16_hides_nothing(tmp_path: Path) -> None:
    content = f'<?xml version="1.0" encoding="UTF-16"?>{DECLARED["entities"]}'.encode("utf-16")
    with pytest.raises(UnreadableFile, match="document type"):
        look_at(written(tmp_path, "log.xes", content), "log.xes")


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(b"<log>" + b" " * 3_000_000))
    few = LogLimits(ratio_from=1_000_000, ratio=100)
    with pytest.raises(FileTooLarge):
        list(blocks_of(path, few))


def test_a_tag_without_end_is_refused() -> None:
    few = LogLimits(token=1_000_000)
    with pytest.raises(UnreadableFile, match="tag of more than"):
        read_xes([b'<log><trace><string key="', *[b"x" * 100_000] * 60], limits=few)


def test_depth_has_a_bound() -> None:
    with pytest.raises(UnreadableFile, match="too deep"):
        read_xes([b"<log>" + b'<list key="a">' * 100])
    deep = b'{"events": [' + b"[" * 200_000
    with pytest.raises(UnreadableFile):
        read_json([deep], ObjectLog(LogLimits()), LogLimits())


@pytest.mark.parametrize(
    "content",
    [
        '{"events": [',
        '{"events": [{"id": NaN}]}',
        '{"events": [1 2]}',
        '{"events": {}} x',
        '{"events": "\ud800"}'.encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_damaged_json_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        as_guessed(written(tmp_path, "log.json", content.encode("latin-1")))


def test_a_json_member_has_a_bound() -> None:
    few = LogLimits(token=100_000)
    long = b'{"events": [{"id": "' + b"x" * 1_000_000 + b'"}]}'
    with pytest.raises(UnreadableFile, match="member of more"):
        read_json(
            [long[start : start + 50_000] for start in range(0, len(long), 50_000)], ObjectLog(few), few
        )


def test_members_of_any_shape_break_nothing(tmp_path: Path) -> None:
    content = {
        "objectTypes": [{"name": "order", "attributes": [{}, 3]}, {"name": 7}, "x"],
        "objects": [{"id": "o1", "type": "order", "attributes": "no"}, {"id": 3}, {}, 4],
        "events": [
            {"type": "a", "time": "2026-03-01T09:00:00Z", "relationships": [{"objectId": "o1"}, {"objectId": 3}, 5]},
            {"type": ["b"], "time": 17, "relationships": {"objectId": "o1"}},
            {"type": "c", "time": "2026-03-02T09:00:00Z", "attributes": [{"name": "resource", "value": {"a": 1}}]},
        ],
    }  # fmt: skip
    done = as_guessed(written(tmp_path, "log.json", json.dumps(content)), object_type="order")
    assert steps(done.columns) == {"o1": ["a"]}
    assert done.counts == {"objects": 2, "outside": 2}


def test_a_sqlite_file_of_strangers_cannot_lead_astray(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        """CREATE TABLE object (ocel_id, ocel_type); CREATE TABLE event_object (ocel_event_id, ocel_object_id);
        CREATE TABLE event_map_type (ocel_type, ocel_type_map); CREATE TABLE object_map_type (ocel_type, ocel_type_map);
        CREATE VIEW event AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
        SELECT x AS ocel_id FROM n;"""
    )
    connection.commit()
    connection.close()
    with pytest.raises(UnreadableFile, match="no table “event”"):
        look_at(path, "log.sqlite")
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(UnreadableFile, match="SQLite"):
        look_at(path, "log.sqlite")


def test_more_events_than_are_read_are_refused(tmp_path: Path) -> None:
    few = LogLimits(events=3)
    with pytest.raises(FileTooLarge, match="more than 3 events"):
        read_xes([xes(trace("A", *(event("a", day(1)) for _number in range(4))))], limits=few)
    path = written(
        tmp_path, "log.csv", table(("Case ID", "Activity", "Time"), *[("1", "a", "2026-03-01")] * 4)
    )
    roles = {"Case ID": "case", "Activity": "activity", "Time": "at"}
    with pytest.raises(FileTooLarge):
        read(path, "log.csv", How(roles), few)


def _blocks(events: int, one_case: bool) -> Iterator[bytes]:
    """A large log in blocks that are never there all at once."""
    yield f"{HEAD}<log>{'<trace>' if one_case else ''}".encode()
    for start in range(0, events, 1_000):
        made = (
            f'<event><string key="concept:name" value="{"a" if one_case else number}"/>'
            f'<date key="time:timestamp" value="2026-03-01T09:00:00Z"/></event>'
            for number in range(start, start + 1_000)
        )
        text = "".join(made if one_case else (f"<trace>{each}</trace>" for each in made))
        yield text.encode()
    yield b"</trace></log>" if one_case else b"</log>"


@pytest.mark.slow
def test_a_million_activities_are_read() -> None:
    columns = read_xes(_blocks(1_000_000, one_case=False)).columns
    assert (columns.events, len(columns.activities), columns.cases) == (1_000_000, 1_000_000, 1_000_000)


@pytest.mark.slow
def test_one_case_with_a_million_events_is_read() -> None:
    columns = read_xes(_blocks(1_000_000, one_case=True)).columns
    assert (columns.events, len(columns.activities), columns.cases) == (1_000_000, 1, 1)


def test_attributes_beyond_the_bound_are_left_out_and_counted() -> None:
    many = "".join(f'<string key="k{number}" value="x"/>' for number in range(250))
    done = read_xes([xes(trace("A", event("a", day(1)), more=many))])
    assert (len(done.columns.attributes), done.counts) == (200, {"attributes": 50})
