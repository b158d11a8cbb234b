"""The API of decision tables: reading, changing, letting count, trying, DMN in and out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Router, Schema, UploadedFile

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.api.shapes import Strict
from kinflow.records.versions import earlier_version

from . import actions
from .access import sees_tables
from .deciding import draft_of, plain
from .dmn import read_dmn
from .dmn_writing import write_dmn
from .models import DecisionTable
from .trying import facts_given, try_table
from .words import warnings_of

router = Router(tags=["decision tables"])


class TableIn(Strict):
    """A new table; content: hit (unique, first, any, priority, collect), collect ("", sum, min, max, count), inputs,
    outputs, rows."""

    kind: str
    name: str
    name_zh: str = ""
    content: dict[str, Any]


class TableChanges(Strict):
    """What is to be another: name, name_zh, content. `seen` is the version that the caller knew."""

    changes: dict[str, Any]
    seen: int | None = None


class TableOut(Schema):
    """A table with its newest content; `faults` keep it from counting, `gaps` are values that no row has."""

    id: int
    kind: str
    name: str
    name_zh: str
    matter: str
    number: int
    live_number: int | None
    content: dict[str, Any]
    faults: list[str]
    gaps: list[str]


class LiveIn(Strict):
    """The version that is to count; the newest without."""

    number: int | None = None


class TrialIn(Strict):
    """A record of the table's kind; `facts` are those of a policy's matter."""

    record: int
    facts: dict[str, Any] = Field(default_factory=dict)


class TrialOut(Schema):
    """What the newest version says: the values asked about, the rows that hold (from 1), what comes out."""

    inputs: dict[str, Any]
    rows: list[int]
    outputs: dict[str, Any]


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    if not sees_tables(by):
        raise Refused()
    return by


def _told(table: DecisionTable) -> dict[str, Any]:
    faults, gaps = warnings_of(draft_of(table, table.number))
    names = ("id", "kind", "name", "name_zh", "matter", "number", "live_number")
    content = earlier_version(table, table.number).content
    return {
        **{name: getattr(table, name) for name in names},
        "content": content,
        "faults": faults,
        "gaps": gaps,
    }


@router.get("", response=list[TableOut], summary="All decision tables")
def list_tables(request: HttpRequest) -> list[dict[str, Any]]:
    """All of them, by kind of record."""
    _by(request)
    return [_told(table) for table in DecisionTable.objects.all()]


@router.post("", response={201: TableOut}, summary="Add a decision table")
def post_table(request: HttpRequest, given: TableIn) -> Any:
    """As a draft."""
    return 201, _told(actions.add_table(by=_by(request), **given.dict()))


@router.post("/dmn", response={201: TableOut}, summary="Add a decision table from a DMN file")
def post_dmn(
    request: HttpRequest,
    file: File[UploadedFile],
    kind: Form[str],
    decision: Form[str] = "",
    name: Form[str] = "",
) -> Any:
    """The table called `decision`, or the first; conditions are found by the names and labels of fields."""
    by = _by(request)
    found = read_dmn(file.read(), kind, decision)
    made = actions.add_table(kind=kind, name=name or found.name, content=found.content, by=by)
    return 201, _told(made)


@router.get("/{int:pk}", response=TableOut, summary="One decision table")
def get_table(request: HttpRequest, pk: int) -> dict[str, Any]:
    """With its newest version."""
    _by(request)
    return _told(get_object_or_404(DecisionTable, pk=pk))


@router.patch("/{int:pk}", response=TableOut, summary="Change a decision table")
def patch_table(request: HttpRequest, pk: int, given: TableChanges) -> dict[str, Any]:
    """Another content is a new version."""
    by, table = _by(request), get_object_or_404(DecisionTable, pk=pk)
    return _told(actions.change_table(decisiontable=table, changes=given.changes, seen=given.seen, by=by))


@router.delete("/{int:pk}", response={204: None}, summary="Remove a decision table")
def delete_table(request: HttpRequest, pk: int) -> Any:
    """Where nothing uses it."""
    actions.remove_table(decisiontable=get_object_or_404(DecisionTable, pk=pk), by=_by(request))
    return 204, None


@router.post("/{int:pk}/live", response=TableOut, summary="Let a version count")
def post_live(request: HttpRequest, pk: int, given: LiveIn) -> dict[str, Any]:
    """Processes and policies use it from now on."""
    by, table = _by(request), get_object_or_404(DecisionTable, pk=pk)
    return _told(actions.put_table_live(decisiontable=table, number=given.number, by=by))


@router.delete("/{int:pk}/live", response=TableOut, summary="Let no version count")
def delete_live(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Where nothing uses it."""
    by, table = _by(request), get_object_or_404(DecisionTable, pk=pk)
    return _told(actions.take_table_off(decisiontable=table, by=by))


@router.post("/{int:pk}/try", response=TrialOut, summary="Try a decision table on a record")
def post_trial(request: HttpRequest, pk: int, given: TrialIn) -> dict[str, Any]:
    """The newest version, whether it counts or not; nothing is changed."""
    by, table = _by(request), get_object_or_404(DecisionTable, pk=pk)
    draft = draft_of(table, table.number)
    _record, decided = try_table(draft, given.record, facts_given(table.matter, given.facts, by), by)
    names = [column.expression for column in draft.table.inputs]
    verdict = decided.verdict
    return {
        "inputs": {name: plain(value) for name, value in zip(names, decided.values, strict=True)},
        "rows": [at + 1 for at in verdict.rows] if verdict else [],
        "outputs": {k: plain(v) for k, v in verdict.outputs.items()} if verdict else {},
    }


@router.get("/{int:pk}/dmn", summary="A decision table as DMN 1.3")
def get_dmn(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version."""
    _by(request)
    table = get_object_or_404(DecisionTable, pk=pk)
    file = write_dmn(table.name, draft_of(table, table.number))
    return HttpResponse(file, content_type="application/xml; charset=utf-8")
