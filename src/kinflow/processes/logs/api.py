"""Imported logs over the API: a file is given, looked at, decided upon; and the log of any process as a file.

Starting and removing are verbs of the log, as those of every record.
"""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound, Refused
from kinflow.records.api.shapes import BIGGEST_ID
from kinflow.records.api.telling import json_answer
from kinflow.records.faces import registry
from kinflow.records.importing.giving import Given, taken_once
from kinflow.records.pages.found import record_at

from ..definitions.models import Process
from ..definitions.reading import refuse_strangers
from .access import may_give_logs
from .actions import give_log, map_log
from .exporting import FORMS, exported
from .models import OPEN, ImportedLog
from .notes import notes_of
from .roles import LABELS
from .showing import preview_of

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The log's id.")]


class ObjectTypeOut(Schema):
    """A type of object of an object-centric log: how many there are, and how many events mention any."""

    name: str
    objects: int
    mentions: int
    events: int


class LogOut(Schema):
    """An imported log, how it is read, and what came of it; `process` is the id of its process."""

    id: int
    name: str
    file: str
    kind: str
    state: str
    fault: str
    roles: dict[str, str]
    zone: str
    lifecycle: str
    object_type: str
    object_types: list[ObjectTypeOut]
    cases: int
    events: int
    activities: int
    notes: list[str]
    process: int | None


class ColumnOut(Schema):
    """A column of a table: some values, what it is taken for, and why that was guessed."""

    header: str
    samples: list[str]
    role: str
    reason: str


class PreviewOut(Schema):
    """A log before it is read: its columns, and its first events as they would be read."""

    columns: list[ColumnOut]
    roles: dict[str, str]
    labels: list[str]
    rows: list[list[str]]
    notes: list[str]
    fault: str


class HowIn(Schema):
    """How a log is read; what is not given stays as it is."""

    model_config = {"extra": "forbid"}

    name: str | None = Field(None, max_length=120)
    roles: dict[str, str] | None = Field(None, max_length=500)
    zone: str | None = Field(None, max_length=60)
    lifecycle: str | None = Field(None, max_length=10)
    object_type: str | None = Field(None, max_length=1000)


@router.post(
    "/imported-log/files",
    response={201: LogOut},
    operation_id="imported_log_give",
    summary="Give a log of another system",
)
def give_file(
    request: HttpRequest,
    file: Annotated[
        UploadedFile, File(..., description="XES (.gz), CSV, XLSX, Parquet or OCEL, up to 1 GB.")
    ],
    name: Annotated[str, Form(max_length=120, description="What its process will be called.")] = "",
) -> HttpResponse:
    """Take in a log as multipart/form-data and guess how it is read; nothing is read yet.

    Files above 1 GB are refused with 413, others that are no log with 422.
    """
    by = _by(request)
    if not may_give_logs(by):
        raise Refused(_("Logs are taken in by process owners and administrators."))

    def take(given: Given) -> HttpResponse:
        log = give_log(name=name, given=given, by=by)
        answer = json_answer(_told(log).model_dump(), status=201)
        answer["Location"] = f"/api/v1/imported-log/{log.pk}"
        return answer

    return taken_once(request, by, file, name, take)


@router.get("/imported-log/{int:pk}/how", response=LogOut, operation_id="imported_log_how")
def read_how(request: HttpRequest, pk: Pk) -> LogOut:
    """How the log is read, how far it is, and what came of it."""
    return _told(_log_at(request, pk))


@router.get("/imported-log/{int:pk}/preview", response=PreviewOut, operation_id="imported_log_preview")
def read_preview(request: HttpRequest, pk: Pk) -> PreviewOut:
    """The columns with their guessed roles, and the first events as they would be read."""
    log = _log_at(request, pk)
    if log.state not in OPEN:
        raise NotFound(
            _("This log was started: its file is no longer looked at."),
            remedy=_("Look at the log again: it went on meanwhile."),
        )
    shown = preview_of(log)
    return PreviewOut(
        columns=[
            ColumnOut(header=one.header, samples=one.samples, role=one.role, reason=one.reason)
            for one in shown.columns
        ],
        roles={role: str(label) for role, label in LABELS.items()},
        labels=[str(label) for label in shown.labels],
        rows=shown.rows,
        notes=notes_of(shown.counts),
        fault=shown.fault,
    )


@router.post("/imported-log/{int:pk}/how", response=LogOut, operation_id="imported_log_decide")
def decide_how(request: HttpRequest, pk: Pk, given: HowIn) -> LogOut:
    """Decide how the log is read: roles of columns, zone, type of the case."""
    log = map_log(importedlog=_log_at(request, pk), **given.model_dump(), by=_by(request))
    return _told(log)


@router.get(
    "/processes/{int:pk}/log.{form}",
    operation_id="process_log",
    summary="The log of a process as a file",
    openapi_extra={
        "responses": {
            200: {"description": "OK", "content": {one.media.partition(";")[0]: {} for one in FORMS.values()}}
        }
    },
)
def download_log(
    request: HttpRequest,
    pk: Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The process's id.")],
    form: Annotated[str, Path(..., max_length=20, description=f"One of {', '.join(FORMS)}.")],
) -> StreamingHttpResponse:
    """The log of a process as a file: what goes out and comes back is the same log."""
    by = _by(request)
    refuse_strangers(by)
    process = Process.objects.filter(pk=pk).first()
    if process is None:
        raise NotFound(_("There is no process %(number)s.") % {"number": pk})
    return exported(process, form, by)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _log_at(request: HttpRequest, pk: int) -> ImportedLog:
    log: ImportedLog = record_at(registry["importedlog"], pk, _by(request))
    return log


def _told(log: ImportedLog) -> LogOut:
    same: dict[str, Any] = {
        name: getattr(log, name)
        for name in ("name", "file", "kind", "state", "fault", "cases", "events", "activities")
    }
    how = log.reads
    return LogOut(
        id=log.pk,
        roles=how.roles,
        zone=how.zone,
        lifecycle=how.lifecycle,
        object_type=how.object_type,
        object_types=log.look["object_types"],
        notes=notes_of(log.counts),
        process=log.process_id,
        **same,
    )
