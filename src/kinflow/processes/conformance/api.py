"""Discovered models, reference models and conformance over the API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema

from kinflow.eventlog import Actor
from kinflow.kit.problem import Invalid
from kinflow.records.api.shapes import BIGGEST_ID, Strict

from ..bpmn.words import note_words
from ..bpmn.writing import write_bpmn
from ..bpmn.xml import MOST_BYTES
from ..columns import EventColumns
from ..definitions.labels import labels_of
from ..definitions.models import Process
from ..definitions.reading import columns_of_process, refuse_strangers
from ..discovery.discovered import Discovered, discover
from ..discovery.inductive import TooManyActivities
from ..studio.remembering import remembered
from .actions import add_reference_model, remove_reference_model
from .aligning import Effort
from .judging import Judged
from .keeping import ALL, EACH, comparison_of, model_at, models_of
from .models import ReferenceModel

router = Router(tags=["processes"])
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The process's id.")]
ModelPk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The model's id.")]
Noise = Annotated[
    float, Query(0.2, ge=0, le=1, description="Ways rarer than this share of the most frequent are left out.")
]
MOST_CASES = 200


class QualityOut(Schema):
    """Fitness by alignments, precision by escaping edges, generalisation, simplicity; each from 0 to 1."""

    fitness: float
    precision: float | None
    generalisation: float
    simplicity: float


class JudgedOut(Schema):
    """How the log agrees with a model; `given_up` cases would have taken too long and count nowhere."""

    quality: QualityOut
    cases: int
    fitting: int
    given_up: int


class DiscoveredOut(JudgedOut):
    """A discovered model as process tree and as BPMN 2.0 XML."""

    tree: str
    bpmn: str


class ReferenceModelOut(Schema):
    """A model that a process is held against."""

    id: int
    name: str


class ReferenceModelIn(Strict):
    """A model to hold a process against."""

    bpmn: str = Field(..., max_length=MOST_BYTES, description="BPMN 2.0 XML of any tool.")
    name: str = Field(
        "", max_length=120, description="What it is called; as the file says where it is empty."
    )


class DeviationOut(Schema):
    """What is done otherwise: at which step, in how many cases, how often, and what it goes with."""

    kind: Literal["skipped", "extra", "misplaced"]
    step: str
    cases: int
    times: int
    cost: int
    seconds_with: float | None
    seconds_without: float | None
    work_seconds: float


class ConformanceOut(JudgedOut):
    """A log held against a model: steps that only one of the two knows, and what was not taken as it stands."""

    deviations: list[DeviationOut]
    only_in_model: list[str]
    only_in_log: list[str]
    notes: list[str]


class MoveOut(Schema):
    """One step of a case beside the model."""

    move: Literal["agreed", "extra", "skipped"]
    step: str


class CaseConformanceOut(Schema):
    """A case beside the model; no moves where it was given up."""

    case: str
    cost: int | None
    moves: list[MoveOut]


class CasesConformanceOut(Schema):
    """Cases, and the number to go on from."""

    cases: list[CaseConformanceOut]
    next: int | None


class CasesAsked(Schema):
    """Which cases: those of one deviation, or all."""

    kind: str = Field("", max_length=20, description="With `step`: skipped, extra or misplaced.")
    step: str = Field("", max_length=400, description="With `kind`: the step, as `deviations` names it.")
    after: int = Field(0, ge=0, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST_CASES)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _process(request: HttpRequest, pk: int) -> Process:
    refuse_strangers(_by(request))
    return get_object_or_404(Process, pk=pk)


def _discovered(request: HttpRequest, process: Process, noise: float) -> tuple[Discovered, EventColumns]:
    columns = columns_of_process(process, _by(request))
    percent = round(100 * noise)
    try:
        found = remembered(
            columns, ("model", percent), lambda: discover(columns, percent / 100, Effort(EACH, ALL))
        )
    except TooManyActivities as error:
        raise Invalid(_("There are too many kinds of steps for a model.")) from error
    return found, columns


@router.get("/processes/{int:pk}/model", response=DiscoveredOut, summary="The discovered model")
def get_model(request: HttpRequest, pk: Pk, noise: Noise) -> dict[str, Any]:
    """A sound model of the log, with its quality."""
    process = _process(request, pk)
    found, columns = _discovered(request, process, noise)
    model = found.model(name=process.called, labels=labels_of(process, columns.activities))
    return {
        "tree": str(found.tree),
        "bpmn": write_bpmn(model).decode(),
        "quality": vars(found.quality),
        "cases": found.judgement.cases,
        "fitting": found.judgement.fitting,
        "given_up": found.judgement.given_up,
    }


@router.get(
    "/processes/{int:pk}/reference-models",
    response=list[ReferenceModelOut],
    summary="The models a process is held against",
)
def list_reference_models(request: HttpRequest, pk: Pk) -> list[ReferenceModel]:
    """The models, the newest first."""
    return list(models_of(_process(request, pk), _by(request)))


@router.post(
    "/processes/{int:pk}/reference-models",
    response={201: ReferenceModelOut},
    summary="Give a model to hold a process against",
)
def post_reference_model(request: HttpRequest, pk: Pk, given: ReferenceModelIn) -> tuple[int, ReferenceModel]:
    """Keep a BPMN file; nothing in it is run. What is no BPMN 2.0 is refused with 422."""
    row = add_reference_model(
        process=_process(request, pk), content=given.bpmn.encode(), name=given.name, by=_by(request)
    )
    return 201, row


@router.delete(
    "/processes/{int:pk}/reference-models/{int:model}", response={204: None}, summary="Remove a model"
)
def delete_reference_model(request: HttpRequest, pk: Pk, model: ModelPk) -> HttpResponse:
    """Remove the model; the log stays."""
    process = _process(request, pk)
    row = model_at(process, model, _by(request))
    remove_reference_model(referencemodel=row, process=process, by=_by(request))
    return HttpResponse(status=204)


@router.get(
    "/processes/{int:pk}/reference-models/{int:model}/conformance",
    response=ConformanceOut,
    summary="A process held against a model",
)
def get_conformance(request: HttpRequest, pk: Pk, model: ModelPk) -> dict[str, Any]:
    """What the log does otherwise than the model, in how many cases, at what cost."""
    process = _process(request, pk)
    row = model_at(process, model, _by(request))
    found = comparison_of(process, row, columns_of_process(process, _by(request)))
    words = found.matched.unknown
    return {
        "quality": vars(found.quality),
        "cases": found.judgement.cases,
        "fitting": found.judgement.fitting,
        "given_up": found.judgement.given_up,
        "deviations": [
            {**vars(each), "cases": len(each.cases), "step": words.get(each.step, each.step)}
            for each in found.deviations
        ],
        "only_in_model": sorted(words.values()),
        "only_in_log": list(found.foreign),
        "notes": [note_words(note) for note in found.notes],
    }


@router.get(
    "/processes/{int:pk}/reference-models/{int:model}/conformance/cases",
    response=CasesConformanceOut,
    summary="Cases beside a model",
)
def list_conformance_cases(
    request: HttpRequest, pk: Pk, model: ModelPk, asked: Query[CasesAsked]
) -> dict[str, Any]:
    """Cases of one deviation, or all, step by step beside the model."""
    process = _process(request, pk)
    row = model_at(process, model, _by(request))
    columns = columns_of_process(process, _by(request))
    found = comparison_of(process, row, columns)
    words = found.matched.unknown
    numbers: list[int] = list(range(columns.cases))
    if asked.kind or asked.step:
        numbers = [
            case
            for each in found.deviations
            if each.kind == asked.kind and words.get(each.step, each.step) == asked.step
            for case in each.cases.tolist()
        ]
    page = numbers[asked.after : asked.after + asked.limit]
    wanted = set(page)
    judged = {
        case: one
        for one in found.judgement.judged
        for case in wanted.intersection(one.variant.cases.tolist())
    }
    end = asked.after + len(page)
    return {
        "cases": [_case(str(columns.case_ids[case]), judged[case], words) for case in page],
        "next": end if end < len(numbers) else None,
    }


def _case(name: str, one: Judged, words: Any) -> dict[str, Any]:
    alignment = one.alignment
    return {
        "case": name,
        "cost": alignment.cost if alignment else None,
        "moves": [
            {"move": move.value, "step": words.get(step, step)}
            for move, step in (alignment.moves if alignment else ())
        ],
    }
