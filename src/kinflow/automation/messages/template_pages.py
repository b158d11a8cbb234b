"""Message templates on screen: the list, the editor, and how a text reads for a real record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import Context
from kinflow.conditions.expressions import ExpressionError
from kinflow.kit.problem import Problem, Refused
from kinflow.records.access import may, may_read, visible
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from .access import sees_templates
from .filling import as_told, check_template, fill
from .models import MessageTemplate
from .templates import add_template, change_template

LANGUAGES = (("en", "English"), ("zh-hans", "中文"))
SAMPLE = 20


@page
def templates(request: HttpRequest) -> HttpResponse:
    """All templates, by kind of record."""
    by = actor_of(request)
    _refuse(request)
    rows = [
        (row, registry.get(row.kind), as_told(row.subject, row.kind)) for row in MessageTemplate.objects.all()
    ]
    may_change = may(by, "automation.add_template", kind="messagetemplate")
    return render(request, "messages/templates.html", {"rows": rows, "may_change": may_change})


def _refuse(request: HttpRequest) -> None:
    if not sees_templates(actor_of(request)):
        raise Refused(remedy=_("Ask a process owner."))


def _sent(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    return {
        "name": post.get("name", ""),
        "subject": {code: post.get(f"subject-{code}", "") for code, _label in LANGUAGES},
        "text": {code: post.get(f"text-{code}", "") for code, _label in LANGUAGES},
    }


@page
def new_template(request: HttpRequest) -> HttpResponse:
    """The editor for a template that is not there yet."""
    _refuse(request)
    kind = request.POST.get("kind") or request.GET.get("kind") or "lead"
    given: dict[str, Any] = {"name": "", "subject": {}, "text": {}}
    if request.method != "POST":
        return _show(request, kind, given)
    given = _sent(request)
    try:
        made = add_template(kind=kind, by=actor_of(request), **given)
    except Problem as problem:
        return _show(request, kind, given, problem=problem)
    return go_on(request, f"/templates/{made.pk}/", _("%(name)s is kept.") % {"name": made.name})


@page
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a template."""
    _refuse(request)
    row = get_object_or_404(MessageTemplate, pk=pk)
    given: dict[str, Any] = {"name": row.name, "subject": row.subject, "text": row.text}
    if request.method != "POST":
        return _show(request, row.kind, given, row=row)
    given = _sent(request)
    try:
        change_template(template=row, changes=given, by=actor_of(request))
    except Problem as problem:
        return _show(request, row.kind, given, row=row, problem=problem)
    return go_on(request, f"/templates/{pk}/", _("%(name)s is kept.") % {"name": given["name"]})


def _show(
    request: HttpRequest,
    kind: str,
    given: Mapping[str, Any],
    *,
    row: MessageTemplate | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    by = actor_of(request)
    face = registry.get(kind) or registry["lead"]
    context = {
        "row": row,
        "kind": face.name,
        "kinds": [(f.name, f.plural) for f in registry.values() if f.change is not None],
        "given": given,
        "sides": [
            (code, label, given["subject"].get(code, ""), given["text"].get(code, ""))
            for code, label in LANGUAGES
        ],
        "fields": [(f"record.{f.name}", f.label) for f in face.fields if may_read(by, f.sensitivity)],
        "errors": [e.message for e in problem.errors] or [problem] if problem else [],
        "may_change": may(by, "automation.change_template", kind="messagetemplate"),
        "here": f"/templates/{row.pk}/" if row else "/templates/new/",
    }
    return render(request, "messages/template.html", context, status=problem.status if problem else 200)


@page
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """How the words in the editor read for the newest records, and which fields some of them lack."""
    if refused := only_post(request):
        return refused
    _refuse(request)
    if kind not in registry:
        raise Refused(_("Choose one of the kinds of record."))
    given, by, face = _sent(request), actor_of(request), registry[kind]
    wrong = [e for name in ("subject", "text") for e in check_template(given[name], kind, f"/{name}")]
    if wrong:
        return render(request, "messages/template.html#preview", {"wrong": wrong})
    rows = list(visible(by, face.model._default_manager.all()).order_by("-pk")[:SAMPLE])
    now = Context(timezone.now(), timezone.get_current_timezone())
    lacking: dict[str, int] = {}
    shown: list[Any] = []
    for row in rows:
        missing: list[str] = []
        try:
            told = [
                fill(given[name], kind=kind, record=row, context=now, readers=[by], missing=missing)
                for name in ("subject", "text")
            ]
        except ExpressionError as refused_:
            return render(request, "messages/template.html#preview", {"wrong": [refused_]})
        shown = shown or [(label, told[0][code], told[1][code]) for code, label in LANGUAGES]
        for name in set(missing):
            lacking[name] = lacking.get(name, 0) + 1
    context = {
        "shown": shown,
        "record": face.title(rows[0]) if rows else "",
        "url": face.url(rows[0].pk) if rows else "",
        "lacking": sorted(lacking.items()),
        "count": len(rows),
    }
    return render(request, "messages/template.html#preview", context)
