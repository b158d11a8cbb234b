"""XES: events become columns, whatever a log says or leaves out."""

import gzip
from pathlib import Path

import pytest

from kinflow.processes.logs.events_told import events_of, numbers_of, texts_of
from kinflow.processes.logs.growing import Read
from kinflow.processes.logs.lifecycles import EACH, JOINED
from kinflow.processes.logs.unpacking import blocks_of
from kinflow.processes.logs.xes import read_xes
from kinflow.records.importing.limits import UnreadableFile
from tests.processes.logs.files import at, day, event, steps, trace, xes


def reading(content: bytes, lifecycle: str = JOINED) -> Read:
    return read_xes(
        [content[start : start + 50] for start in range(0, len(content), 50)], lifecycle=lifecycle
    )


def test_events_come_by_case_and_time() -> None:
    log = xes(
        trace("A", event("ship", day(3)), event("order", day(1))),
        trace("B", event("order", day(2), org__resource="Li", org__group="East")),
    )
    columns = reading(log).columns
    assert steps(columns) == {"A": ["order", "ship"], "B": ["order"]}
    last = list(events_of(columns))[-1]
    assert (last.resource, last.unit, last.at) == ("Li", "East", at(day(2)))


def test_equal_moments_keep_the_order_of_the_file() -> None:
    log = xes(trace("A", *(event(name, day(1)) for name in "qwertyuiop")))
    assert steps(reading(log).columns) == {"A": list("qwertyuiop")}


def test_times_of_several_zones_become_utc() -> None:
    log = xes(
        trace(
            "A",
            event("later", "2026-03-01T10:00:00.000+01:00"),
            event("earlier", "2026-03-01T16:30:00.5+08:00"),
            event("plain", "2026-03-01 09:30:00", tag="string"),
            event("slashes", "2026/03/01 09:45:00.000", tag="string"),
        )
    )
    columns = reading(log).columns
    assert steps(columns) == {"A": ["earlier", "later", "plain", "slashes"]}
    assert columns.at.tolist() == [
        at("2026-03-01T08:30:00.5Z"),
        at("2026-03-01T09:00:00Z"),
        at("2026-03-01T09:30:00Z"),
        at("2026-03-01T09:45:00Z"),
    ]


def test_cases_without_names_are_numbered() -> None:
    log = xes(
        trace(None, event("a", day(1))), trace("1", event("b", day(1))), trace(None, event("c", day(1)))
    )
    assert steps(reading(log).columns) == {"#1": ["a"], "1": ["b"], "3": ["c"]}


def test_a_name_that_comes_twice_is_one_case() -> None:
    log = xes(trace("A", event("ship", day(2))), trace("A", event("order", day(1))))
    assert steps(reading(log).columns) == {"A": ["order", "ship"]}


def test_a_log_without_any_time_keeps_the_order_of_the_file() -> None:
    done = reading(xes(trace("A", event("b"), event("a"), event("c"))))
    assert steps(done.columns) == {"A": ["b", "a", "c"]}
    assert done.counts == {"untimed": 1}
    assert set(done.columns.at.tolist()) == {0}


def test_events_without_time_or_activity_are_left_out_and_counted() -> None:
    done = reading(
        xes(
            trace("A", event("a", day(1)), event("b"), event(None, day(2)), event("c", "yesterday")),
            event("outside", day(1)),
        )
    )
    assert steps(done.columns) == {"A": ["a"]}
    assert done.counts == {"without_time": 2, "without_activity": 1, "outside": 1}


def test_start_and_end_of_a_step_become_one_event_that_lasts() -> None:
    log = xes(
        trace(
            "A",
            event("check", day(1, 9), lifecycle__transition="start", org__resource="Li"),
            event("check", day(1, 10), lifecycle__transition="start"),
            event("check", day(1, 11), lifecycle__transition="complete"),
            event("decide", day(1, 12), lifecycle__transition="complete"),
            event("check", day(1, 13), lifecycle__transition="complete"),
            event("file", day(1, 14), lifecycle__transition="start"),
        )
    )
    done = reading(log)
    assert done.counts == {"joined": 2}
    assert [(one.activity, one.begun_at, one.at, one.resource) for one in events_of(done.columns)] == [
        ("check", at(day(1, 9)), at(day(1, 11)), "Li"),
        ("decide", at(day(1, 12)), at(day(1, 12)), ""),
        ("check", at(day(1, 10)), at(day(1, 13)), ""),
        ("file", at(day(1, 14)), at(day(1, 14)), ""),
    ]
    assert reading(log, EACH).columns.events == 6


def test_an_instance_says_which_start_belongs_to_which_end() -> None:
    log = xes(
        trace(
            "A",
            event("check", day(1, 9), lifecycle__transition="start", concept__instance="1"),
            event("check", day(1, 10), lifecycle__transition="start", concept__instance="2"),
            event("check", day(1, 11), lifecycle__transition="complete", concept__instance="2"),
            event("check", day(1, 12), lifecycle__transition="complete", concept__instance="1"),
        )
    )
    found = [(one.begun_at, one.at) for one in events_of(reading(log).columns)]
    assert found == [(at(day(1, 10)), at(day(1, 11))), (at(day(1, 9)), at(day(1, 12)))]


def test_what_only_schedules_a_step_is_left_out() -> None:
    log = xes(
        trace(
            "A",
            event("check", day(1), lifecycle__transition="schedule"),
            event("check", day(2), lifecycle__transition="complete"),
        )
    )
    done = reading(log)
    assert (done.columns.events, done.counts) == (1, {"not_steps": 1})


def test_attributes_of_cases_are_kept_nested_ones_ignored() -> None:
    more = (
        '<string key="region" value="East"><string key="deep" value="x"/></string>'
        '<float key="amount" value="12.5"/><int key="items" value="3"/>'
        '<list key="parts"><values><string key="p" value="1"/></values></list>'
    )
    columns = reading(xes(trace("A", event("a", day(1)), more=more))).columns
    assert list(texts_of(columns, 0)) == [("region", "East")]
    assert dict(numbers_of(columns, 0)) == {"amount": 12.5, "items": 3.0}


def test_what_events_of_a_case_agree_on_becomes_an_attribute_of_the_case() -> None:
    log = xes(
        *(
            trace(
                f"{number}",
                event("a", day(1), product="pump", cost="1"),
                event("b", day(2), product="pump", cost="2"),
            )
            for number in range(20)
        )
    )
    columns = reading(log).columns
    assert list(columns.attributes) == ["product"]


def test_a_prefix_for_the_namespace_is_understood() -> None:
    content = (
        b'<x:log xmlns:x="http://www.xes-standard.org/"><x:trace><x:string key="concept:name" value="A"/><x:event>'
        b'<x:string key="concept:name" value="a"/><x:date key="time:timestamp" value="2026-03-01T09:00:00Z"/>'
        b"</x:event></x:trace></x:log>"
    )
    assert steps(reading(content).columns) == {"A": ["a"]}


def test_other_xml_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no XES log"):
        reading(b"<html><body/></html>")


def test_xml_that_breaks_off_is_refused_with_the_line() -> None:
    with pytest.raises(UnreadableFile, match="line 3"):
        reading(b"<log>\n<trace>\n<event")


def test_a_log_without_cases_has_no_events() -> None:
    assert reading(xes()).columns.events == 0
    assert reading(xes(trace("A"))).columns.cases == 0


def test_a_gzipped_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(xes(trace("A", event("a", day(1)))))[:-12])
    with pytest.raises(UnreadableFile, match="gzip"):
        read_xes(blocks_of(path))


@pytest.mark.parametrize(
    "inner",
    [
        '<string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-01T09:00:00Z"/>',
        "<string key='concept:name' value='a'/><date value='2026-03-01T09:00:00Z' key='time:timestamp'/>",
        '<string key="concept:name" value="a"></string><date key="time:timestamp" value="2026-03-01T09:00:00Z"/>',
        '<!-- <event></event> --><string key="concept:name" value="&#97;"/><date key="time:timestamp"'
        ' value="2026-03-01T09:00:00Z"/>',
        '<string key="concept:name" value="a"><string key="concept:name" value="b"/></string>'
        '<date key="time:timestamp" value="2026-03-01T09:00:00Z"/>',
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_however_an_event_is_written_it_is_read_the_same(inner: str, size: int) -> None:
    plain = event("x", day(2))
    content = xes(
        trace("A", f"<event>{inner}</event>", plain), trace("B", plain, f"<event\n>{inner}</event>")
    )
    columns = read_xes([content[start : start + size] for start in range(0, len(content), size)]).columns
    assert steps(columns) == {"A": ["a", "x"], "B": ["a", "x"]}
    assert columns.at[0] == at(day(1))


@pytest.mark.parametrize(
    "wrong",
    ['value="<"', 'value="a" value="b"', 'value="\x01"', "value=a", 'value="&nothing;"'],
)
def test_what_is_no_xml_is_refused_inside_events_too(wrong: str) -> None:
    good = '<event><string key="concept:name" value="a"/></event>'
    content = xes(trace("A", good, good, good.replace('value="a"', wrong)))
    with pytest.raises(UnreadableFile):
        reading(content)
