"""The log of any process as a file: XES, CSV, Parquet, OCEL 2.0 in JSON, XML or SQLite."""

import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound

from ..columns import EventColumns
from ..definitions.models import Process
from ..definitions.reading import columns_of_process
from .csv_writing import csv_of
from .ocel_writing import json_of, write_sqlite, xml_of
from .parquet_writing import write_parquet
from .xes_writing import xes_of

Pieces = Iterator[bytes]
_BLOCK = 1024 * 1024
_LEAST = 64 * 1024


@dataclass(frozen=True)
class Form:
    """A form in which a log goes out: its file name's end, its media type, its label, and what writes it."""

    end: str
    media: str
    label: object
    write: Callable[[EventColumns, str], Pieces]


def encoded(pieces: Iterable[str]) -> Pieces:
    """The pieces as bytes, many small ones together: each block costs a turn of the server."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _LEAST:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting).encode()


def _packed(pieces: Iterable[bytes]) -> Pieces:
    """The pieces gzipped."""
    with tempfile.TemporaryFile() as place:
        with gzip.GzipFile(fileobj=place, mode="wb", compresslevel=6, mtime=0) as file:
            for piece in pieces:
                file.write(piece)
        place.seek(0)
        while block := place.read(_BLOCK):
            yield block


def through_file(write: Callable[[Path], None]) -> Pieces:
    """What a writer of files writes."""
    with tempfile.TemporaryDirectory(prefix="kinflow-log-") as folder:
        path = Path(folder) / "log"
        write(path)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


FORMS = {
    form.end: form
    for form in (
        Form("xes", "application/xml", gettext_lazy("XES"), lambda c, _kind: encoded(xes_of(c))),
        Form(
            "xes.gz",
            "application/gzip",
            gettext_lazy("XES, gzipped"),
            lambda c, _kind: _packed(encoded(xes_of(c))),
        ),
        Form("csv", "text/csv; charset=utf-8", gettext_lazy("CSV"), lambda c, _kind: encoded(csv_of(c))),
        Form(
            "parquet",
            "application/vnd.apache.parquet",
            gettext_lazy("Parquet"),
            lambda c, _kind: through_file(lambda path: write_parquet(c, path)),
        ),
        Form(
            "jsonocel",
            "application/json",
            gettext_lazy("OCEL 2.0 (JSON)"),
            lambda c, kind: encoded(json_of(c, kind)),
        ),
        Form(
            "xmlocel",
            "application/xml",
            gettext_lazy("OCEL 2.0 (XML)"),
            lambda c, kind: encoded(xml_of(c, kind)),
        ),
        Form(
            "sqlite",
            "application/vnd.sqlite3",
            gettext_lazy("OCEL 2.0 (SQLite)"),
            lambda c, kind: through_file(lambda path: write_sqlite(c, path, kind)),
        ),
    )
}


def exported(process: Process, end: str, by: Actor) -> StreamingHttpResponse:
    """The process's log, as the actor may see it, as a download. Raises NotFound for a form that there is none."""
    form = FORMS.get(end)
    if form is None:
        raise NotFound(
            _("Logs do not go out as “%(form)s”.") % {"form": end[:40]},
            remedy=_("There are: %(names)s.") % {"names": ", ".join(FORMS)},
        )
    columns = columns_of_process(process, by)
    answer = StreamingHttpResponse(form.write(columns, process.case_kind or "case"), content_type=form.media)
    answer["Content-Disposition"] = f'attachment; filename="{process.key}.{form.end}"'
    return answer
