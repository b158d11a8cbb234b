"""The API of object-centric maps, and of our whole log as a file."""

from typing import Annotated, Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.faces import registry
from kinflow.records.pages.found import record_at

from ..definitions.models import Process
from ..definitions.reading import refuse_strangers
from ..logs.api import Pk
from .flows import flows_of
from .ocel import FORMS
from .own import own_labels, own_log
from .pages import chosen_kinds, kind_named, objects_of, whole_exported
from .telling import answer_of

router = Router(tags=["processes"])


class KindOut(Schema):
    """A kind of object: how many there are, events that mention one, and what it shares with others."""

    key: str
    label: str
    objects: int
    events: int
    mentions: int
    converging_events: int
    diverging_objects: dict[str, int]


class KindArrowOut(Schema):
    """How often one step follows another for the objects of a kind, and the time between them."""

    kind: str
    from_: str = Field(alias="from")
    to: str
    count: int
    mean_seconds: float
    median_seconds: float
    p90_seconds: float


class KindStepOut(Schema):
    """How many objects of a kind begin or end with a step."""

    kind: str
    activity: str
    count: int


class ObjectsOut(Schema):
    """What follows what for the objects of each kind."""

    kinds: list[KindOut]
    activities: dict[str, int]
    directly_follows: list[KindArrowOut]
    start: list[KindStepOut]
    end: list[KindStepOut]
    labels: dict[str, str]


Kinds = Annotated[
    list[str],
    Query(
        default_factory=list,
        max_length=20,
        description="Kinds of objects; the usual ones where none is named.",
    ),
]


@router.get("/processes/objects", response=ObjectsOut, by_alias=True, summary="All kinds of records together")
def get_objects(request: HttpRequest, kinds: Kinds) -> dict[str, Any]:
    """The object-centric map of our own log, at most five minutes old."""
    refuse_strangers(_by(request))
    log = own_log().log
    labels = own_labels(log.activities)
    usual = list(Process.objects.filter(is_active=True).values_list("case_kind", flat=True))
    flows = flows_of(log, chosen_kinds(log, kinds, usual))
    return answer_of(flows, lambda key: labels.get(key, key), kind_named)


@router.get(
    "/processes/objects/log.{form}",
    operation_id="whole_log",
    summary="Our whole log as OCEL 2.0",
    openapi_extra={
        "responses": {200: {"description": "OK", "content": {form.media: {} for form in FORMS.values()}}}
    },
)
def download_whole_log(
    request: HttpRequest,
    form: Annotated[str, Path(..., max_length=20, description=f"One of {', '.join(FORMS)}.")],
) -> StreamingHttpResponse:
    """Every entry with every record it mentions, as a file that is written while it is read."""
    return whole_exported(form, _by(request), timezone.now())


@router.get(
    "/imported-log/{int:pk}/objects", response=ObjectsOut, by_alias=True, operation_id="imported_log_objects"
)
def get_imported_objects(request: HttpRequest, pk: Pk, kinds: Kinds) -> dict[str, Any]:
    """The object-centric map of an imported object-centric log."""
    log = objects_of(record_at(registry["importedlog"], pk, _by(request)))
    return answer_of(flows_of(log, chosen_kinds(log, kinds, [])), str, str)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by
