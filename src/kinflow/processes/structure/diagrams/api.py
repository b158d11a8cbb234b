"""The numbers behind the diagrams over the API."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kinflow.eventlog import Actor

from ...definitions.reading import refuse_strangers
from .business.seen import MOST_NOISE, Depth, parts_of
from .business.seen import wanted as wanted_processes
from .data.entities import End
from .data.reading import structure
from .flows.seen import Rows, seen
from .flows.seen import wanted as wanted_flows
from .flows.using import WAYS
from .units import Width

router = Router(tags=["organisation as it is"])
Processes = Annotated[
    list[str], Query([], max_length=50, description="Keys of processes; all our own where there is none.")
]


class ShareOut(Schema):
    """How often a unit did a step."""

    unit: str
    times: int


class StepDoneOut(Schema):
    """A step with the units that do it, the one that does it most first."""

    step: str
    name: str
    times: int
    by: list[ShareOut]


class UnitHandoverOut(Schema):
    """How often a case went from one unit to another, and how long it usually waited there."""

    from_: str = Field(alias="from")
    to: str
    times: int
    median_wait_seconds: float


class BusinessProcessOut(Schema):
    """One process of the diagram; `tree` is the model found, empty where it has too many kinds of steps."""

    process: str
    name: str
    tree: str
    steps: list[StepDoneOut]
    handovers: list[UnitHandoverOut]


class AttributeOut(Schema):
    """A field; `filled` is the database's own estimate of the share of rows in which it is filled."""

    name: str
    label: str
    holds: str
    refers_to: str
    filled: float | None


class EntityOut(Schema):
    """A kind of record."""

    name: str
    label: str
    area: str
    is_part: bool
    rows: int | None
    rows_are_estimated: bool
    fields: list[AttributeOut]


class RelationOut(Schema):
    """From each `source` to how many of `target`, and back."""

    source: str
    target: str
    field: str
    to: End
    back: End


class StructureOut(Schema):
    """The structure of the data."""

    areas: dict[str, str]
    entities: list[EntityOut]
    relations: list[RelationOut]


class UseOut(Schema):
    """What a function does with a kind of record, and how often; `fields` are those that it changed."""

    function: str
    function_name: str
    belongs_to: str
    records: str
    made: int
    used: int
    changed: int
    removed: int
    fields: dict[str, int]
    events: dict[str, int]


class DataFlowOut(Schema):
    """The matrix; `is_whole` says whether the whole log was read, or its latest entries only."""

    entries: int
    is_whole: bool
    uses: list[UseOut]


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    refuse_strangers(by)
    return by


@router.get(
    "/structure/business",
    response=list[BusinessProcessOut],
    summary="Business processes across units",
    by_alias=True,
)
def get_business(
    request: HttpRequest,
    process: Processes,
    depth: Depth | None = None,
    lanes: Width = "departments",
    noise: Annotated[int, Query(20, ge=0, le=MOST_NOISE)] = 20,
) -> list[dict[str, Any]]:
    """Who does which step of which process how often, and what goes from unit to unit."""
    by = _by(request)
    return [
        {
            "process": part.process.key,
            "name": part.process.called,
            "tree": str(part.tree or ""),
            "steps": [
                {
                    "step": each.step,
                    "name": part.named(each.step),
                    "times": each.times,
                    "by": [{"unit": unit, "times": times} for unit, times in each.by],
                }
                for each in part.doings
            ],
            "handovers": [
                {
                    "from": each.source,
                    "to": each.target,
                    "times": each.times,
                    "median_wait_seconds": each.median_seconds,
                }
                for each in part.handovers
            ],
        }
        for part in parts_of(wanted_processes(request.GET, by), by)
    ]


@router.get("/structure/data", response=StructureOut, summary="The structure of the data")
def get_data(request: HttpRequest) -> dict[str, Any]:
    """The kinds of records with their fields, relations, rows and how far they are filled."""
    _by(request)
    whole = structure()
    return {
        "areas": dict(whole.areas),
        "entities": [
            {
                "name": each.key,
                "label": each.label,
                "area": each.area,
                "is_part": each.is_part,
                "rows": each.rows.number if each.rows else None,
                "rows_are_estimated": each.rows.is_estimate if each.rows else False,
                "fields": [
                    {
                        "name": field.name,
                        "label": field.label,
                        "holds": field.type,
                        "refers_to": field.target,
                        "filled": field.filled,
                    }
                    for field in each.attributes
                ],
            }
            for each in whole.entities
        ],
        "relations": [
            {
                "source": each.source,
                "target": each.target,
                "field": each.name,
                "to": each.to,
                "back": each.back,
            }
            for each in whole.relations
        ],
    }


@router.get("/structure/data-flow", response=DataFlowOut, summary="Which function makes and uses which data")
def get_data_flow(
    request: HttpRequest,
    rows: Annotated[Rows | None, Query(None, description="What a function is.")] = None,
    process: Annotated[str, Query("", max_length=60, description="Of this process alone.")] = "",
) -> dict[str, Any]:
    """How often each function makes, uses, changes and removes each kind of record."""
    found = seen(wanted_flows(request.GET, _by(request)))
    names = dict(zip(WAYS, ("made", "used", "changed", "removed"), strict=True))
    return {
        "entries": found.read.entries,
        "is_whole": found.read.is_whole,
        "uses": [
            {
                "function": function.key,
                "function_name": function.label,
                "belongs_to": function.group,
                "records": kind,
                **{names[way]: use.ways[way] for way in WAYS},
                "fields": use.fields,
                "events": _summed(use.events),
            }
            for function in found.functions
            for kind in found.kinds
            if (use := found.matrix.get((function.key, kind)))
        ],
    }


def _summed(events: dict[tuple[str, Literal["C", "R", "U", "D"]], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (event, _way), times in events.items():
        found[event] = found.get(event, 0) + times
    return found
