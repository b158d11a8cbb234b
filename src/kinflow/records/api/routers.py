"""One router per record type, made from its face."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Query, Router, Schema
from pydantic import BaseModel, Field

from ..faces import RecordType, Verb
from .asked import MOST, USUAL, ListQuery, refuse_unknown
from .reading import list_records, read_record, read_timeline
from .schemas import Schemas
from .shapes import BIGGEST_ID, Moment
from .writing import change_record, create_record, run_verb

View = Callable[..., HttpResponse]
Pk = Annotated[int, Path(..., ge=1, le=BIGGEST_ID, description="The record's id.")]


class Entry(Schema):
    """Something that happened, from the log."""

    id: int
    name: str
    at: Moment
    by: str
    by_kind: str
    text: str
    topic: str
    caused_by: int | None
    values: dict[str, Any]


class EntryPage(Schema):
    """Some entries, newest first, and the cursor of older ones."""

    items: list[Entry]
    next: str | None


class TimelineQuery(Schema):
    """What a timeline can be asked for."""

    model_config = {"extra": "forbid"}

    cursor: str = Field("", max_length=4000, description="`next` of the page before.")
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL


def router_of(face: RecordType) -> Router:
    """The API of one record type; its addresses stand below its slug."""
    router = Router(tags=[face.slug])
    schemas = Schemas(face)
    _reading(router, face, schemas)
    if schemas.new is not None:
        _add(router, "", "POST", _creating(face, schemas.new), f"{face.name}_create", {201: schemas.done})
    if schemas.changes is not None:
        changing = _changing(face, schemas.changes)
        _add(router, "/{int:pk}", "PATCH", changing, f"{face.name}_change", {200: schemas.done})
    for verb in schemas.verbs:
        running = _running(face, verb, schemas.asked_by(verb))
        path = f"/{{int:pk}}/do/{verb.name}"
        _add(router, path, "POST", running, f"{face.name}_{verb.name}", {200: schemas.done})
    return router


def _add(router: Router, path: str, method: str, view: View, name: str, response: dict[int, Any]) -> None:
    """Add an operation; what it may be refused with, the description says for all of them."""
    words = view.__doc__ or ""
    router.add_api_operation(
        path, [method], view, response=response, operation_id=name, summary=words, description=words
    )


def _reading(router: Router, face: RecordType, schemas: Schemas) -> None:
    def listing(request: HttpRequest, asked: Query[ListQuery]) -> HttpResponse:
        refuse_unknown(request.GET, ListQuery)
        return list_records(request, face, asked)

    def reading(request: HttpRequest, pk: Pk) -> HttpResponse:
        return read_record(request, face, pk)

    def timeline(request: HttpRequest, pk: Pk, asked: Query[TimelineQuery]) -> HttpResponse:
        refuse_unknown(request.GET, TimelineQuery)
        return read_timeline(request, face, pk, asked.cursor, asked.limit)

    listing.__doc__ = f"A page of {face.slug}, in order, without a count."
    reading.__doc__ = f"One {face.name}, with every field the caller may read."
    timeline.__doc__ = f"What happened to one {face.name}, newest first."
    _add(router, "", "GET", listing, f"{face.name}_list", {200: schemas.page})
    _add(router, "/{int:pk}", "GET", reading, f"{face.name}_read", {200: schemas.record})
    _add(router, "/{int:pk}/timeline", "GET", timeline, f"{face.name}_timeline", {200: EntryPage})


def _creating(face: RecordType, schema: type[BaseModel]) -> View:
    def create(request: HttpRequest, given: Any) -> HttpResponse:
        return create_record(request, face, given.model_dump(exclude_unset=True))

    create.__annotations__["given"] = Annotated[schema, Body(...)]
    create.__doc__ = _first(face.create)
    return create


def _changing(face: RecordType, schema: type[BaseModel]) -> View:
    def change(request: HttpRequest, pk: Pk, given: Any) -> HttpResponse:
        told = given.model_dump(exclude_unset=True)
        return change_record(request, face, pk, told["changes"], told.get("seen"))

    change.__annotations__["given"] = Annotated[schema, Body(...)]
    change.__doc__ = _first(face.change)
    return change


def _running(face: RecordType, verb: Verb, schema: type[BaseModel]) -> View:
    is_empty = not schema.model_fields
    asks = any(field.is_required() for field in schema.model_fields.values())

    def run(request: HttpRequest, pk: Pk, given: Any = None) -> HttpResponse:
        return run_verb(request, face, pk, verb, given.model_dump(exclude_unset=True) if given else {})

    run.__annotations__["given"] = Annotated[schema if asks else schema | None, Body(... if asks else None)]
    run.__doc__ = _first(verb.action)
    return _without_body(face, verb) if is_empty else run


def _without_body(face: RecordType, verb: Verb) -> View:
    def run(request: HttpRequest, pk: Pk) -> HttpResponse:
        return run_verb(request, face, pk, verb, {})

    run.__doc__ = _first(verb.action)
    return run


def _first(function: Callable[..., Any] | None) -> str:
    """The first paragraph of what a function says of itself."""
    return " ".join((function.__doc__ or "").strip().split("\n\n")[0].split()) if function else ""
