"""Columns as CSV: one row is one event; texts that a spreadsheet would run as formulas are made safe."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from kinflow.kit.spreadsheets import csv_text

from ..columns import EventColumns
from .events_told import events_of, lasts, numbers_of, texts_of
from .times import text_of

MARK = "\ufeff"
_ROWS = 5_000


def headers_of(columns: EventColumns) -> list[str]:
    """The names of the columns, as PM4Py and others know them."""
    begun = ["start_timestamp"] if lasts(columns) else []
    return [
        "case:concept:name",
        "concept:name",
        *begun,
        "time:timestamp",
        "org:resource",
        "org:group",
        *(f"case:{name}" for name in columns.attributes),
        *(f"amount:{name}" for name in columns.amounts),
    ]


def csv_of(columns: EventColumns) -> Iterator[str]:
    """The log as CSV in pieces."""
    yield MARK + csv_text([headers_of(columns)])
    rows = _rows(columns)
    while some := list(islice(rows, _ROWS)):
        yield csv_text(some)


def _rows(columns: EventColumns) -> Iterator[list[Any]]:
    has_begun, case, of_case = lasts(columns), -1, []
    for event in events_of(columns):
        if event.case != case:
            case = event.case
            texts, numbers = dict(texts_of(columns, case)), dict(numbers_of(columns, case))
            of_case = [
                *(texts.get(name, "") for name in columns.attributes),
                *(repr(numbers[name]) if name in numbers else "" for name in columns.amounts),
            ]
        begun = [text_of(event.begun_at)] if has_begun else []
        yield [
            columns.case_ids[case],
            event.activity,
            *begun,
            text_of(event.at),
            event.resource,
            event.unit,
            *of_case,
        ]
