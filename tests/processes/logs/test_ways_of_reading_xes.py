"""XES is read in three ways; whatever a file says, all say the same of it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinflow.processes.logs import case_attributes, xes, xes_feeding
from kinflow.processes.logs.lifecycles import EACH, JOINED
from kinflow.processes.logs.limits import LogLimits
from kinflow.processes.logs.unpacking import blocks_of
from kinflow.processes.logs.xes import compile_ahead, read_xes
from kinflow.records.importing.limits import FileTooLarge, UnreadableFile
from tests.processes.logs.files import HEAD, at, day, event, steps, told, trace
from tests.processes.logs.files import xes as file_of

KEYS = [
    "concept:name", "time:timestamp", "start_timestamp", "org:resource", "org:group", "lifecycle:transition",
    "concept:instance", "region", "amount", "cost", "größe",
]  # fmt: skip
VALUES = [
    "", "a", "b", "Ä €", "a &amp; b", "&lt;a&gt;", "&quot;", "&#97;", "it's", "&apos;", "a>b", "1", "1.0", "2.5", "NaN",
    " a ", "a\nb", "start", "complete", "schedule", "\U0001f600", "\ufffd",
    "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.5+08:00", "2026-03-01T09:00:00.123456-03:30", "2026-03-01T09:00:00",
    "2026-03-01T09:00:00.1234567Z", "2026-02-29T09:00:00Z", "2024-02-29T23:59:59.999Z", "1969-12-31T23:59:59.25Z",
    "2026-03-01 09:00:00", "1600-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "2026-03-01T24:00:00Z",
    "0001-01-01T00:00:00Z",
]  # fmt: skip
TAGS = ["string", "date", "int", "float", "boolean", "id"]
ODD = [
    "<event/>", "<!-- <trace><event></event></trace> -->", "<list key='l'><values/></list>", "text", "<trace></trace>",
    "<?pi <trace> ?>",
    '<string value="turned" key="region"/>', '<string key="region"  value = "spaced" />',
    "<string key='region' value='quoted'/>",
    '<string key="region" value="outer"><string key="region" value="inner"/></string>', '<string key="region"/>',
    '<event id="7"><string key="concept:name" value="numbered"/></event>', "<![CDATA[<event></event>]]>", "</event>",
    "<string", "&no;",
    '<string key="region" value="twice"/><string key="region" value="once"/>',
]  # fmt: skip


WRAPS = [("", "")] * 4 + [
    ("<!--", "-->"),
    ("<![CDATA[", "]]>"),
    ("<?pi", "?>"),
    ("<list key='", "' value='x'/>"),
    ("<", ""),
]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file of up to six traces, of few keys and values, so that they come again; seldom with what is rarely written."""
    few = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3)
    keys = st.sampled_from(["concept:name", "region", *draw(few)])
    values = st.sampled_from(draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=4)))
    tags = st.sampled_from(["string", draw(st.sampled_from(TAGS))])
    space = draw(st.sampled_from(["", "\n\t", " ", "\r\n"]))
    closed = draw(st.sampled_from(["/>", " />"]))
    attribute = st.builds('<{} key="{}" value="{}"{}'.format, tags, keys, values, st.just(closed + space))
    seldom = st.integers(0, 25).flatmap(lambda n: st.just("") if n else st.sampled_from(ODD))
    told = st.builds("{}{}".format, st.lists(attribute, max_size=4).map("".join), seldom)
    event_of = st.builds("<event>{}{}</event>{}".format, st.just(space), told, st.just(space))
    events = st.lists(event_of, max_size=4).map("".join)
    traces = draw(
        st.lists(
            st.builds("<trace>{}{}</trace>{}{}".format, told, events, st.just(space), seldom), max_size=6
        )
    )
    before, after = draw(st.sampled_from(WRAPS))
    return f"{HEAD}<log>{before}{''.join(traces)}{after}</log>".encode()


def outcome(content: bytes, size: int, lifecycle: str, *, at_once: int, plain: bool = True) -> Any:
    """What is read, or how it is refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xes_feeding, "_AT_ONCE", at_once)
        patch.setattr(xes_feeding, "_WORTH", 8 if at_once == 1 else 0)
        patch.setattr(xes, "_LOOK", 3)  # so that attributes of events are told apart in small files, too
        patch.setattr(case_attributes, "TRIED", 2)
        if not plain:
            patch.setattr(xes_feeding, "_is_plain", lambda _start: False)
        try:
            done = read_xes(
                [content[k : k + size] for k in range(0, len(content), size)], lifecycle=lifecycle
            )
        except UnreadableFile:
            return "refused"
    return told(done.columns), done.counts


@given(
    files(),
    st.sampled_from([1, 13, 200, 100_000]),
    st.sampled_from([EACH, JOINED]),
    st.sampled_from([1, 300, 1 << 20]),
)
@example(
    f"{HEAD}<log>{trace('A', event('a', day(1)))}{trace('A', event('b', day(2), region='East'))}</log>".encode(),
    13,
    EACH,
    1,
)
@settings(max_examples=80, deadline=None)
def test_whatever_a_file_says_every_way_reads_the_same(
    content: bytes, size: int, lifecycle: str, at_once: int
) -> None:
    assert outcome(content, size, lifecycle, at_once=at_once) == outcome(
        content, size, lifecycle, at_once=1, plain=False
    )


def test_plain_traces_are_not_for_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[bytes] = []
    monkeypatch.setattr(
        xes_feeding._Cutting, "_passed", lambda _self, piece, **_more: passed.append(piece) or iter([piece])
    )
    content = file_of(
        *(trace(f"{number}", event("a &amp; ä", day(1)), event("b", day(2))) for number in range(50))
    )
    columns = read_xes([content]).columns
    assert columns.events == 100
    assert columns.activities == ["a & ä", "b"]
    assert passed == [b"</log>"]


def test_more_than_is_scanned_at_a_time_is_read() -> None:
    traces = (
        trace(f"{number}", event(f"a{number % 30_000}", day(1), who=f"{number}"), event("b", day(2)))
        for number in range(40_000)
    )
    columns = read_xes([file_of(*traces)]).columns
    assert (columns.events, columns.cases, len(columns.activities)) == (80_000, 40_000, 30_001)
    assert columns.activities[:3] == ["a0", "b", "a1"]
    assert columns.case_ids[-1] == "39999"
    assert len(columns.attributes["who"].values) == 40_000


def test_the_bound_of_events_holds_for_many_at_once_too() -> None:
    content = file_of(*(trace(f"{number}", event("a", day(1))) for number in range(40)))
    assert read_xes([content], limits=LogLimits(events=40)).columns.events == 40
    with pytest.raises(FileTooLarge, match="more than 39 events"):
        read_xes([content], limits=LogLimits(events=39))


@pytest.mark.parametrize("bad", [b"\xff", b"\xed\xa0\x80", b"\xc3", b"\xef\xbf\xbe", b"\x01"])
def test_what_is_no_text_is_refused_in_plain_traces_too(bad: bytes) -> None:
    content = file_of(trace("A", event("good", day(1))), trace("B", event("BAD", day(2))))
    with pytest.raises(UnreadableFile):
        read_xes([content.replace(b"BAD", bad)])


@pytest.mark.real_data
@pytest.mark.parametrize("file", ["08_receipt.xes.gz", "03_repairExample.xes.gz", "running-example.xes"])
def test_published_logs_are_read_the_same_by_the_parser(file: str, real_data: Any) -> None:
    path: Path = real_data(f"eventlogs/{file}")
    content = b"".join(blocks_of(path))
    fast = outcome(content, 1 << 18, JOINED, at_once=1 << 20)
    assert fast == outcome(content, 1 << 18, JOINED, at_once=1, plain=False)
    assert fast != "refused"


def test_equal_moments_and_several_zones_come_out_in_order() -> None:
    log = file_of(
        trace(
            "A",
            event("second", "2026-03-01T09:00:00+08:00"),
            event("first", "2026-03-01T00:30:00Z"),
            event("third", day(1, 1)),
        )
    )
    columns = read_xes([log]).columns
    assert steps(columns) == {"A": ["first", "second", "third"]}
    assert columns.at.tolist() == [at("2026-03-01T00:30:00Z"), at(day(1, 1)), at(day(1, 1))]


def test_the_machine_code_can_be_made_ahead() -> None:
    compile_ahead()
