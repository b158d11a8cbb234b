"""Dialogs of verbs: asked for from the action's signature, answered at the fields, undone where there is a way back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem, Refused
from kinflow.web.doors import page

from ..asking import read
from ..faces import RecordType, Verb, registry
from ..matters import Asked
from ..running import run_action
from .answers import actor_of, by_htmx, came_from, go_on, tell
from .composing import More, dialog_parts, more_asked
from .forms import form_inputs, general_errors
from .found import face_at, record_at
from .verbs import asked_of, may_run, verb_of


def show_form(
    request: HttpRequest,
    face: RecordType,
    action: Callable[..., Any],
    *,
    title: Any,
    submit: Any,
    given: Mapping[str, Any],
    problem: Problem | None = None,
    danger: bool = False,
    about: str = "",
    address: str = "",
    more: Sequence[str] = (),
    besides: More | None = None,
) -> HttpResponse:
    """The dialog (or, without htmx, a page with the same form) for what the action asks."""
    first = list(besides.inputs) if besides else []
    every = form_inputs([*first, *asked_of(face, action)], given, actor_of(request), problem)
    others, inputs = every[: len(first)], every[len(first) :]
    context = {
        "face": face,
        "inputs": inputs,
        "faults": general_errors(every, problem),
        "form_title": title,
        "submit": submit,
        "danger": danger,
        "about": about,
        "more": more,
        "besides": besides,
        "besides_inputs": others,
        "address": address or request.get_full_path(),
        "back": came_from(request, f"/{face.slug}/"),
    }
    template = "records/form.html#dialog" if by_htmx(request) else "records/form.html"
    return render(request, template, context, status=problem.status if problem is not None else 200)


@page
def do_verb(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """Ask for what the verb needs, and run it."""
    face, by = face_at(slug), actor_of(request)
    verb = verb_of(face, name)
    if verb is None:
        raise Http404(name)
    record = record_at(face, pk, by)
    if not may_run(by, face, verb.action, record):
        raise Refused(remedy=_("Ask the owner of the record, a team lead or an administrator."))

    besides = next((more for ask in more_asked if (more := ask(face, record, verb.name, by))), None)

    def form(given: Mapping[str, Any], problem: Problem | None = None) -> HttpResponse:
        return show_form(
            request,
            face,
            verb.action,
            title=verb.label,
            submit=verb.label,
            given=given,
            problem=problem,
            danger=verb.danger,
            about=f"{face.number(record)} · {face.title(record)}",
            more=[part(face, record, verb.name, by) for part in dialog_parts],
            besides=besides,
        )

    if request.method != "POST":
        return form({**besides.given, **request.GET.dict()} if besides else request.GET)
    try:
        before = board_value(face, record)
        if besides is not None:
            inputs = [*asked_of(face, verb.action), *besides.inputs]
            result = besides.run(read(inputs, _sent(request), by=by), request.POST)
        else:
            values = read(asked_of(face, verb.action), _sent(request), by=by)
            result = run_action(verb.action, {face.name: record, **values}, by)
    except Problem as problem:
        if not by_htmx(request) and not asked_of(face, verb.action):
            raise
        return _refused(request, face, verb, problem, form)
    if isinstance(result, Asked):
        return go_on(request, came_from(request, face.url(record.pk)), result.words)
    return go_on(
        request,
        _onward(request, face, record, result),
        _("%(verb)s: %(what)s") % {"verb": verb.label, "what": face.title(record)},
        undo_address(face, record, before, by),
    )


def _sent(request: HttpRequest) -> Mapping[str, Any]:
    """What a form sent, with its files."""
    return {**request.POST.dict(), **request.FILES.dict()} if request.FILES else request.POST


def _refused(
    request: HttpRequest, face: RecordType, verb: Verb, problem: Problem, form: Callable[..., HttpResponse]
) -> HttpResponse:
    """What went wrong: at the fields of the form; where there is no form, as a toast."""
    if asked_of(face, verb.action):
        return form(request.POST, problem)
    return tell(HttpResponse(status=problem.status), f"{problem} {problem.remedy}".strip())


def _onward(request: HttpRequest, face: RecordType, record: Any, result: Any) -> str:
    """A new record's page where the verb made one; otherwise where the person stands."""
    if isinstance(result, models.Model) and type(result) is not type(record):
        other = registry.get(str(result._meta.model_name))
        if other is not None and result.pk:
            return other.url(result.pk)
    return came_from(request, face.url(record.pk))


def board_value(face: RecordType, record: Any) -> Any:
    """The value that says in which column of the board the record stands."""
    if face.board is None:
        return None
    return getattr(record, face.by_name[face.board.field].column.replace("__", "."), None)


def undo_address(face: RecordType, record: Any, before: Any, by: Actor) -> str:
    """Where the move of a record can be taken back: the verb that leads to the column it came from, if it may run."""
    if face.board is None or before is None:
        return ""
    now = face.model._default_manager.filter(pk=record.pk).first()
    if now is None or board_value(face, now) == before:
        return ""
    if name := face.board.moves.get(str(before)):
        verb = verb_of(face, name)
        needs = verb is None or any(each.required for each in asked_of(face, verb.action))
        if verb is None or needs or (verb.possible and not verb.possible(now)):
            return ""
        return f"{face.url(record.pk)}do/{name}/" if may_run(by, face, verb.action, now) else ""
    if face.board.move and (verb := verb_of(face, face.board.move)) and may_run(by, face, verb.action, now):
        value = before.pk if isinstance(before, models.Model) else before
        return f"{face.url(record.pk)}do/{face.board.move}/?{face.board.field}={value}"
    return ""


@page
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for what a new record needs, and make it; the query may already name values."""
    face, by = face_at(slug), actor_of(request)
    if face.create is None or not may_run(by, face, face.create):
        raise Refused(remedy=_("Ask an administrator."))
    title = _("New: %(what)s") % {"what": face.label}
    if request.method != "POST":
        return show_form(request, face, face.create, title=title, submit=_("Create"), given=request.GET)
    try:
        made = run_action(face.create, read(asked_of(face, face.create), _sent(request), by=by), by)
    except Problem as problem:
        return show_form(
            request, face, face.create, title=title, submit=_("Create"), given=request.POST, problem=problem
        )
    address = face.url(made.pk) if isinstance(made, face.model) else f"/{face.slug}/"
    if request.GET and by_htmx(request):  # added to another record: that is where the person stays
        address = came_from(request, address)
    return go_on(request, address, _("%(what)s created") % {"what": face.label})
