"""Columns as XES: a step that lasts becomes a start and a completion, joined by their instance."""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from ..columns import EventColumns
from .events_told import Told, events_of, numbers_of, texts_of
from .times import text_of

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>
<date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
<classifier name="Activity" keys="concept:name"/>
"""
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold at all."""
_MARKS = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def quoted(text: str) -> str:
    """The text for a place between quotes in XML."""
    return escape(NO_XML.sub("", text), _MARKS)


def xes_of(columns: EventColumns) -> Iterator[str]:
    """The log as XES in pieces, a case at a time."""
    yield _HEAD
    for case in range(columns.cases):
        yield "".join(_trace(columns, case))
    yield "</log>\n"


def _trace(columns: EventColumns, case: int) -> Iterator[str]:
    yield f'<trace>\n<string key="concept:name" value="{quoted(columns.case_ids[case])}"/>\n'
    for name, text in texts_of(columns, case):
        yield f'<string key="{quoted(name)}" value="{quoted(text)}"/>\n'
    for name, number in numbers_of(columns, case):
        yield f'<float key="{quoted(name)}" value="{number!r}"/>\n'
    first, after = int(columns.offsets[case]), int(columns.offsets[case + 1])
    parts: list[tuple[int, int, int, Told]] = []
    for place, event in enumerate(events_of(columns, first, after)):
        if event.begun_at < event.at:
            parts.append((event.begun_at, 0, place, event))
        parts.append((event.at, 1, place, event))
    for at, is_end, place, event in sorted(parts, key=lambda part: part[:3]):
        yield _event(event, at, is_end, place)
    yield "</trace>\n"


def _event(event: Told, at: int, is_end: int, place: int) -> str:
    told = [f'<string key="concept:name" value="{quoted(event.activity)}"/>']
    if event.begun_at < event.at:
        told.append(f'<string key="concept:instance" value="{place}"/>')
    told.append(f'<string key="lifecycle:transition" value="{"complete" if is_end else "start"}"/>')
    told.append(f'<date key="time:timestamp" value="{text_of(at)}"/>')
    if event.resource:
        told.append(f'<string key="org:resource" value="{quoted(event.resource)}"/>')
    if event.unit:
        told.append(f'<string key="org:group" value="{quoted(event.unit)}"/>')
    return f"<event>{''.join(told)}</event>\n"
