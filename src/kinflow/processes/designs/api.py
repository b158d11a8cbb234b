"""Designs over the API: what a version says, what is missing, and saying what happens at its elements.

Adding, putting into operation and removing are the create and the verbs of designs, as those of every record.
"""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from kinflow.eventlog import Actor
from kinflow.records.api.shapes import BIGGEST_ID
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from ..bpmn.repeats import repeats_of
from ..bpmn.words import note_words
from ..bpmn.writing import write_bpmn
from .actions import change_design
from .difference_pages import told_differences
from .kept import checked_version, filed_model
from .models import ProcessDesign
from .principles.judging import answers, judged
from .principles.pages import chosen
from .principles.reading import processes_of
from .telling import rows_of
from .versions import newest
from .words import fault_words

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The design's id.")]


class ElementOut(Schema):
    """An element where something happens or is decided, and what, in words."""

    id: str
    name: str
    kind: str
    told: str
    is_bound: bool


class Repeats(Schema):
    """How often a step is done: `how` is "" (once), parallel, sequential or loop; `times` and `until` are expressions.

    A loop is done again while `again` holds, asked before the first time, too, where it `asks_first`; at most `times`.
    """

    model_config = {"extra": "forbid"}

    how: str = Field("", max_length=20)
    times: str = Field("", max_length=2_000)
    until: str = Field("", max_length=2_000)
    again: str = Field("", max_length=2_000)
    asks_first: bool = False


class ContentOut(Schema):
    """What the newest version says; without `faults` it can go into operation.

    `notes` tell what in its file is not taken as it stands; `scripts` are shown, by element, and never run.
    """

    number: int
    live_number: int | None
    bindings: dict[str, Any]
    repeats: dict[str, Repeats]
    elements: list[ElementOut]
    faults: list[str]
    notes: list[str]
    scripts: dict[str, str]


class DifferenceOut(Schema):
    """One difference between two versions: what kind, of which element or flow, in words."""

    change: str
    code: str
    id: str
    told: str


class EvidenceOut(Schema):
    """One thing that was measured: it speaks for, against, or neither way; of the design or of the log.

    `finding` is the finding of the log that it is, with how many `cases` are behind it.
    """

    text: str
    speaks: str
    source: str
    elements: list[str]
    finding: str
    cases: int | None


class PrincipleOut(Schema):
    """One of the seven principles: kept, partly, not_kept or unknown, and which moves would mend it."""

    key: str
    label: str
    verdict: str
    evidence: list[EvidenceOut]
    remedy: str
    moves: list[str]


class BindingsIn(Schema):
    """What elements and flows are bound to, by their ids; `seen` is the version they were read from.

    `repeats` says how often steps are done; those that it does not name stay as they are.
    """

    model_config = {"extra": "forbid"}

    bindings: dict[str, Any] = Field(..., max_length=2_000)
    repeats: dict[str, Repeats] = Field({}, max_length=2_000)
    seen: int | None = Field(None, ge=1)


@router.get("/process-design/{int:pk}/content", response=ContentOut, operation_id="process_design_content")
def read_content(request: HttpRequest, pk: Pk) -> ContentOut:
    """The newest version: what happens at each element, and what keeps it from operation."""
    return _told(_design_at(request, pk))


@router.put("/process-design/{int:pk}/bindings", response=ContentOut, operation_id="process_design_bind")
def bind(request: HttpRequest, pk: Pk, given: BindingsIn) -> ContentOut:
    """Say what happens at the elements; this is a new version. All bindings are given at once."""
    design = change_design(
        processdesign=_design_at(request, pk),
        bindings=given.bindings,
        repeats={key: one.dict() for key, one in given.repeats.items()},
        seen=given.seen,
        by=_by(request),
    )
    return _told(design)


@router.get(
    "/process-design/{int:pk}/differences",
    response=list[DifferenceOut],
    operation_id="process_design_differences",
)
def read_differences(
    request: HttpRequest,
    pk: Pk,
    before: int = Query(..., alias="from", ge=1, le=BIGGEST_ID),
    after: int = Query(..., alias="to", ge=1, le=BIGGEST_ID),
) -> list[DifferenceOut]:
    """What differs between two versions: elements, flows, lanes, and what happens at them."""
    told = told_differences(_design_at(request, pk), before, after)
    return [DifferenceOut(change=t.change, code=t.one.code, id=t.one.part, told=t.words) for t in told]


@router.get(
    "/process-design/{int:pk}/principles",
    response=list[PrincipleOut],
    operation_id="process_design_principles",
)
def read_principles(
    request: HttpRequest,
    pk: Pk,
    process: str = Query("", max_length=60, description="Key or number of the process whose log is asked."),
) -> list[PrincipleOut]:
    """The seven principles of re-engineering, with the evidence of the design and of the log of its records."""
    design, by = _design_at(request, pk), _by(request)
    rows = judged(design, chosen(processes_of(design, by), process), by)
    return [PrincipleOut.model_validate(each) for each in answers(rows)]


@router.get(
    "/process-design/{int:pk}/model.bpmn",
    operation_id="process_design_model",
    openapi_extra={"responses": {200: {"description": "OK", "content": {"application/xml": {}}}}},
)
def download_model(request: HttpRequest, pk: Pk) -> HttpResponse:
    """The newest version's model as BPMN 2.0, with a drawing."""
    design = _design_at(request, pk)
    return HttpResponse(write_bpmn(filed_model(design.pk, design.number)), content_type="application/xml")


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _design_at(request: HttpRequest, pk: int) -> ProcessDesign:
    design: ProcessDesign = record_at(registry["processdesign"], pk, _by(request))
    return design


def _told(design: ProcessDesign) -> ContentOut:
    version = newest(design)
    found = checked_version(design, version)
    rows = rows_of(design.kind, found.plan, found.bindings) if found.plan else []
    elements = filed_model(design.pk, design.number).elements
    return ContentOut(
        number=design.number,
        live_number=design.live_number,
        bindings=version.bindings,
        repeats={e.id: Repeats(**vars(repeats_of(e))) for e in elements if e.repeats},
        elements=[ElementOut(**vars(row)) for row in rows],
        faults=[fault_words(f) for f in found.faults] + [e.message for e in found.errors],
        notes=[note_words(note) for note in found.notes],
        scripts={e.id: e.script for e in elements if e.script},
    )
