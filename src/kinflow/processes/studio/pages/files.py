"""Numbers of the studio as files."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse

from kinflow.kit.spreadsheets import csv_text

BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheet programs that the text is Unicode."""


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The rows as a CSV file that the browser saves under this name; written as it is sent."""

    def lines() -> Iterable[str]:
        yield BYTE_ORDER_MARK + csv_text([list(heads)])
        rest = iter(rows)
        while some := [list(row) for row in islice(rest, 1_000)]:
            yield csv_text(some)

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
