"""A verb on several selected records: asked for once, run on each, what could not be done is told."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid, Problem, Refused
from kinflow.web.doors import page

from ..access import visible
from ..asking import read
from ..faces import RecordType, Verb
from ..running import run_action
from .answers import actor_of, came_from, go_on
from .dialogs import show_form
from .found import face_at
from .verbs import asked_of, may_run, verb_of

MOST = 500


@page
def bulk(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Ask for what the verb needs, and run it on all selected records."""
    face, by = face_at(slug), actor_of(request)
    verb = verb_of(face, name)
    if verb is None or not verb.bulk:
        raise Http404(name)
    if not may_run(by, face, verb.action):
        raise Refused(remedy=_("Ask a team lead or an administrator."))
    records = _selected(face, request.GET.get("ids", ""), by)
    about = ngettext("%(count)s record", "%(count)s records", len(records)) % {"count": len(records)}
    given: Mapping[str, Any] = request.POST if request.method == "POST" else request.GET
    problem: Problem | None = None
    if request.method == "POST":
        try:
            values = read(asked_of(face, verb.action), request.POST, by=by)
            return _answer(request, face, verb, about, run_on_all(face, verb, records, values, by))
        except Problem as told:
            problem = told
    return show_form(
        request,
        face,
        verb.action,
        title=verb.label,
        submit=verb.label,
        given=given,
        problem=problem,
        danger=verb.danger,
        about=about,
    )


def _selected(face: RecordType, raw: str, by: Actor) -> list[Any]:
    """The selected records that the person sees, in the order of selection."""
    ids = [int(part) for part in raw.split(",")[: MOST + 1] if part.isdecimal() and len(part) < 19]
    if not ids or len(ids) > MOST:
        raise Invalid(
            errors=[FieldError("/ids", _("Select between 1 and %(most)d records.") % {"most": MOST})]
        )
    rows = visible(by, face.model._default_manager.select_related(*face.with_related)).in_bulk(ids)
    return [rows[pk] for pk in dict.fromkeys(ids) if pk in rows]


def run_on_all(
    face: RecordType, verb: Verb, records: list[Any], values: Mapping[str, Any], by: Actor
) -> list[Problem]:
    """Run the verb on each record by itself; returns why it could not be run on some."""
    problems = []
    for record in records:
        try:
            run_action(verb.action, {face.name: record, **values}, by)
        except Problem as problem:
            problems.append(problem)
    if records and len(problems) == len(records):
        raise problems[0]
    return problems


def _answer(
    request: HttpRequest, face: RecordType, verb: Verb, about: str, problems: list[Problem]
) -> HttpResponse:
    words = _("%(verb)s: %(what)s") % {"verb": verb.label, "what": about}
    if problems:
        told = ngettext("%(n)s could not be done", "%(n)s could not be done", len(problems))
        words = f"{words} · {told % {'n': len(problems)}}: {problems[0]}"
    return go_on(request, came_from(request, f"/{face.slug}/"), words)
