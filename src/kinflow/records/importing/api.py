"""Import over the API: a file is given, looked at, its columns decided, watched; its rejected rows come back.

Starting, cancelling and undoing are verbs of the import, as those of every record.
"""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Problem, Refused

from ..access import may
from ..api.shapes import BIGGEST_ID
from ..api.telling import json_answer
from ..faces import registry
from ..pages.found import record_at
from .access import may_import
from .actions import map_import, prepare_import
from .dry_runs import dry_run
from .giving import Given, taken_once
from .kinds import importable
from .models import ImportRun
from .rejecting import rejects_of
from .showing import preview_of

router = Router(tags=["import"])
TRIED = 500  # rows of the trial in a preview
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The import's id.")]


class Columns(Schema):
    """What becomes of columns, by header: a field's name, "+" (kept in the notes) or "" (left out)."""

    model_config = {"extra": "forbid"}

    columns: dict[str, str] = Field(max_length=500)


class Progress(Schema):
    """How far an import is, and what came of it."""

    id: int
    kind: str
    file: str
    state: str
    percent: int
    read: int
    created: int
    matched: int
    rejected: int
    removed: int
    kept: int
    made: dict[str, int]
    fault: str
    columns: dict[str, str]


class Column(Schema):
    """A column of the file: some values, the field it becomes, and why that was guessed."""

    header: str
    samples: list[str]
    becomes: str
    reason: str


class Reject(Schema):
    """A row that would be rejected."""

    row: int
    reason: str


class Trial(Schema):
    """What the first rows would make, and what is wrong with the others."""

    read: int
    matched: int
    rejected: int
    made: dict[str, int]
    faults: dict[str, int]
    rejects: list[Reject]
    fault: str


class Previewed(Schema):
    """An import before its start; `trial` is there for those who may start it."""

    columns: list[Column]
    fields: dict[str, str]
    labels: list[str]
    rows: list[list[str]]
    trial: Trial | None


@router.post(
    "/import/files",
    response={201: Progress},
    operation_id="import_give",
    summary="Give a file to be imported",
)
def give_file(
    request: HttpRequest,
    kind: Annotated[str, Form(..., max_length=40, description="The record type of each row, such as lead.")],
    file: Annotated[UploadedFile, File(..., description="CSV or XLSX, up to 1 GB and a million rows.")],
) -> HttpResponse:
    """Take in a CSV or XLSX file as multipart/form-data and guess its columns; nothing is imported yet.

    Files above 1 GB are refused with 413, others that are no table with 422.
    """
    by = _importer(request)
    importable(kind)

    def take(given: Given) -> HttpResponse:
        run = prepare_import(kind=kind, given=given, by=by)
        answer = json_answer(_progress(run).model_dump(), status=201)
        answer["Location"] = f"/api/v1/import/{run.pk}"
        return answer

    return taken_once(request, by, file, kind, take)


@router.get("/import/{int:pk}/progress", response=Progress, operation_id="import_progress")
def read_progress(request: HttpRequest, pk: Pk) -> Progress:
    """How far an import is: ask as often as you like, a second apart is enough."""
    return _progress(_run_at(request, pk))


@router.get("/import/{int:pk}/preview", response=Previewed, operation_id="import_preview")
def read_preview(request: HttpRequest, pk: Pk) -> Previewed:
    """The guessed columns, the first rows as they would be read, and what the first 500 rows would make."""
    run, by = _run_at(request, pk), _by(request)
    if run.state != "draft":
        raise _started()
    shown = preview_of(run)
    return Previewed(
        columns=[
            Column(header=one.header, samples=one.samples, becomes=one.target, reason=one.reason)
            for one in shown.columns
        ],
        fields={name: str(label) for name, label in shown.choices},
        labels=[str(label) for label in shown.labels],
        rows=shown.rows,
        trial=_trial(run, by) if may(by, "records.start_import", run) else None,
    )


@router.post("/import/{int:pk}/columns", response=Progress, operation_id="import_columns")
def decide_columns(request: HttpRequest, pk: Pk, given: Columns) -> Progress:
    """Decide what becomes of columns that were guessed wrong; all others stay as they are."""
    run = _run_at(request, pk)
    return _progress(map_import(importrun=run, choices=given.columns, by=_by(request)))


@router.get(
    "/import/{int:pk}/rejects.csv",
    operation_id="import_rejects",
    openapi_extra={
        "responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}
    },
)
def download_rejects(request: HttpRequest, pk: Pk) -> StreamingHttpResponse:
    """The rejected rows as CSV: the columns as they were, the row's number, and the reason."""
    run = _run_at(request, pk)
    answer = StreamingHttpResponse(rejects_of(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{run.pk}.csv"'
    return answer


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _importer(request: HttpRequest) -> Actor:
    """Who asks, if they may import at all: else no file is taken in."""
    by = _by(request)
    if not may_import(by):
        raise Refused(
            _("Imports are for marketers, team leads and administrators."),
            remedy=_("Ask one of them to import your file."),
        )
    return by


def _run_at(request: HttpRequest, pk: int) -> ImportRun:
    run: ImportRun = record_at(registry["importrun"], pk, _by(request))
    return run


def _started() -> Problem:
    return NotFound(
        _("This import was started: its file is no longer looked at."),
        remedy=_("Look at the import again: it went on meanwhile."),
    )


def _progress(run: ImportRun) -> Progress:
    same: dict[str, Any] = {
        name: getattr(run, name)
        for name in ("kind", "state", "percent", "read", "created", "matched", "rejected", "removed", "kept")
    }
    return Progress(id=run.pk, file=run.name, made=run.made, fault=run.fault, columns=run.mapping, **same)


def _trial(run: ImportRun, by: Actor) -> Trial:
    tried = dry_run(run, by=by, most=TRIED)
    return Trial(
        read=tried.read,
        matched=tried.matched,
        rejected=tried.rejected,
        made=tried.made,
        faults=dict(tried.faults),
        rejects=[Reject(row=one.number, reason=one.reason) for one in tried.rejects],
        fault=tried.fault,
    )
