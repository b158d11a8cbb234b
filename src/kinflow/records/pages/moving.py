"""Moving a card to another column: runs the verb that leads there, or asks for what the verb needs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid, Refused
from kinflow.web.doors import page

from ..asking import read
from ..faces import RecordType, Verb
from ..running import run_action
from .answers import actor_of, by_htmx, came_from, go_on, only_post
from .boards import columns_for, value_of_column
from .dialogs import show_form, undo_address
from .found import face_at, record_at
from .verbs import asked_of, may_run, verb_of


class NoSuchMove(Invalid):
    """No verb leads to that column."""

    code = "no-such-move"


def move_to(face: RecordType, to: str) -> tuple[Verb, dict[str, str]]:
    """The verb that takes a record to the column, and the values that it is given for that."""
    assert face.board is not None
    name = face.board.moves.get(to)
    verb = verb_of(face, name or face.board.move)
    if verb is None:
        raise NoSuchMove(
            _("Nothing moves there from here."),
            errors=[FieldError("/to", _("Nothing moves there from here."))],
            remedy=_("Open the record: it says what can be done with it now."),
        )
    return verb, {} if name else {face.board.field: to}


@page
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the record to the column `to`; where its verb asks for something, the answer is its dialog."""
    if refused := only_post(request):
        return refused
    face, by = face_at(slug), actor_of(request)
    record = record_at(face, pk, by)
    to = request.POST.get("to", "")
    if face.board is None or to not in {column.key for column in columns_for(face, _now(face, record))}:
        raise Invalid(errors=[FieldError("/to", _("There is no such column."))])
    before = value_of_column(face, record)
    if str(before) == to:
        return HttpResponse(status=204)
    verb, values = move_to(face, to)
    if not may_run(by, face, verb.action, record):
        raise Refused(remedy=_("Ask the owner of the record, a team lead or an administrator."))
    asked = asked_of(face, verb.action)
    needed = [each for each in asked if each.required and each.name not in values]
    if needed and by_htmx(request):
        return _ask(request, face, verb, record)
    run_action(verb.action, {face.name: record, **read(asked, {**request.POST.dict(), **values}, by=by)}, by)
    words = _("%(verb)s: %(what)s") % {"verb": verb.label, "what": face.title(record)}
    address = came_from(request, f"/{face.slug}/board/")
    return go_on(request, address, words, undo_address(face, record, before, by))


def _now(face: RecordType, record: Any) -> Any:
    assert face.board is not None
    return getattr(record, face.by_name[face.board.field].column, None)


def _ask(request: HttpRequest, face: RecordType, verb: Verb, record: Any) -> HttpResponse:
    """The verb's dialog as the answer to a drop."""
    response = show_form(
        request,
        face,
        verb.action,
        title=verb.label,
        submit=verb.label,
        given={},
        danger=verb.danger,
        about=f"{face.number(record)} · {face.title(record)}",
        address=f"{face.url(record.pk)}do/{verb.name}/",
    )
    response["HX-Retarget"] = "#dialog"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Trigger-After-Swap"] = "kinflow:dialog"
    return response
