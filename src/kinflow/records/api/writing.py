"""Writing over the API: making a record, changing its fields, running one of its verbs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, Recorded, hold
from kinflow.kit.problem import FieldError, Invalid, NotFound, Problem, Refused

from ..access import may_read
from ..asking import read
from ..faces import RecordType, Verb
from ..matters import Asked
from ..pages.fields import input_for
from ..pages.found import record_at
from ..pages.verbs import action_name, may_run
from ..running import run_action
from ..values_given import BLANK, WrongValue, value_of
from .reading import caller
from .schemas import told
from .telling import json_answer, reference, tag_of, told_whole, version_of


class VersionGone(Problem):
    """The record has another version than the one the caller wants to change."""

    status = 412
    code = "version-gone"
    title = gettext_lazy("Somebody else changed this meanwhile")


def create_record(request: HttpRequest, face: RecordType, given: Mapping[str, Any]) -> HttpResponse:
    """Make a record."""
    by = caller(request)
    assert face.create is not None
    refuse_unpermitted(face, face.create, None, by)
    refuse_hidden(face, given, by)
    values = read(told(face, face.create, None), given, by=by, strict=True)
    made = run_action(face.create, values, by)
    answer = _done(face, made, getattr(made, "pk", None), by, status=201)
    answer["Location"] = f"{request.path.rstrip('/')}/{made.pk}"
    return answer


def change_record(
    request: HttpRequest,
    face: RecordType,
    pk: int,
    changes: Mapping[str, Any],
    seen: Mapping[str, Any] | None,
) -> HttpResponse:
    """Set fields of a record; If-Match and `seen` say what the caller knew of it."""
    by = caller(request)
    assert face.change is not None
    record = record_at(face, pk, by)
    refuse_unpermitted(face, face.change, record, by)
    refuse_hidden(face, [*changes, *(seen or ())], by, "/changes")
    values = _changes(face, changes, by)
    with _of_the_version(request, record):
        run_action(face.change, {face.name: record, "changes": values, "seen": seen or {}}, by)
    return _done(face, None, pk, by)


def run_verb(
    request: HttpRequest, face: RecordType, pk: int, verb: Verb, given: Mapping[str, Any]
) -> HttpResponse:
    """Run a verb on a record; If-Match says which version the caller knew."""
    by = caller(request)
    record = record_at(face, pk, by)
    refuse_unpermitted(face, verb.action, record, by)
    values = read(told(face, verb.action, face), given, by=by, strict=True)
    with _of_the_version(request, record):
        result = run_action(verb.action, {face.name: record, **values}, by)
    if isinstance(result, Asked):
        answer = _done(face, result, pk, by, status=202)
        answer["Location"] = f"/api/v1{result.url.rstrip('/')}"
        return answer
    return _done(face, result, pk, by)


def refuse_unpermitted(face: RecordType, action: Callable[..., Any], record: Any, by: Actor) -> None:
    """Raise Refused before anything given is looked at; the action itself asks again."""
    if not may_run(by, face, action, record):
        raise Refused(
            _("%(who)s may not do this here.") % {"who": by.name or by.id},
            remedy=_("Ask the owner of the record, a team lead or an administrator."),
            action=action_name(action),
        )


def refuse_hidden(face: RecordType, names: Iterable[str], by: Actor, below: str = "") -> None:
    """Raise Refused for fields that the caller may not read, and so may not write."""
    hidden = [
        FieldError(f"{below}/{name}", _("You may not read this field, and so not write it."))
        for name in names
        if name in face.by_name and not may_read(by, face.by_name[name].sensitivity)
    ]
    if hidden:
        raise Refused(errors=hidden, remedy=_("Leave these fields out, or ask an administrator."))


def _changes(face: RecordType, changes: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    """The values that the action takes."""
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, raw in changes.items():
        asked = input_for(face, face.by_name[name])
        try:
            value = value_of(asked, raw, by)
        except WrongValue as wrong:
            errors.append(FieldError(f"/changes/{name}{wrong.pointer}", str(wrong)))
        else:
            empty: Any = [] if asked.many else None
            values[name] = empty if value is BLANK else value
    if errors:
        raise Invalid(errors=errors)
    return values


@contextmanager
def _of_the_version(request: HttpRequest, record: Model) -> Iterator[None]:
    """A part in which the record stays as If-Match says that it is. Raises VersionGone where it has changed."""
    wanted = request.headers.get("If-Match", "").strip()
    if not wanted or wanted == "*":
        yield
        return
    with transaction.atomic():
        _refuse_other_version(record, wanted)
        yield


def _refuse_other_version(record: Model, wanted: str) -> None:
    """Raise VersionGone where none of the versions is wanted; the record stays locked until the transaction ends."""
    assert isinstance(record, Recorded)
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in wanted.split(",")}
    now = version_of(hold(record))
    if str(now) not in tags:
        raise VersionGone(
            _("It has version %(now)s now.") % {"now": now},
            remedy=_("Read it again, and decide again."),
            version=now,
        )


def _done(face: RecordType, result: Any, pk: int | None, by: Actor, status: int = 200) -> HttpResponse:
    """What was done, and the record as it is now, if the caller still sees it."""
    row = None
    with suppress(NotFound):
        row = record_at(face, pk, by) if pk else None
    answer = json_answer(
        {"result": _result(result, by), "record": told_whole(face, row, by) if row is not None else None},
        status=status,
    )
    if row is not None:
        answer["ETag"] = tag_of(row)
    return answer


def _result(result: Any, by: Actor) -> dict[str, Any] | None:
    if isinstance(result, Asked):
        return {"kind": "approval", "id": result.question, "title": result.words}
    return reference(result, by) if isinstance(result, Model) else None
