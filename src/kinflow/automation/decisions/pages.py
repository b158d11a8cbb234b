"""Decision tables on screen: the list, the editor, what is tried, files in and out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinflow.kit.problem import FieldError, Invalid, Problem, Refused
from kinflow.records.faces import registry
from kinflow.records.matters import matters
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.records.versions import earlier_version
from kinflow.web.doors import page

from . import actions
from .access import may_change_tables, sees_tables
from .deciding import draft_of
from .dmn import read_dmn
from .dmn_writing import write_dmn
from .drafts import read_draft
from .facts import facts_of
from .forms import EMPTY, content_of, edited
from .models import DecisionTable
from .naming import table_called
from .outcomes import outcomes_of
from .showing import fields_to_ask, form_of
from .trying import facts_given, try_table
from .words import named, value_words, warnings_of

PAGE = "automation/decision.html"


def _refuse_strangers(request: HttpRequest) -> None:
    if not sees_tables(actor_of(request)):
        raise Refused(remedy=_("Ask a process owner."))


def kinds() -> list[tuple[str, Any]]:
    """The kinds of record that tables can be about."""
    return [(face.name, face.plural) for face in registry.values() if face.change is not None]


@page
def decisions(request: HttpRequest) -> HttpResponse:
    """All decision tables."""
    _refuse_strangers(request)
    return _list(request)


def _list(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    """The list; with what is wrong with a file that was given."""
    rows = [
        (table, table_called(table), registry[table.kind].plural, matters.get(table.matter))
        for table in DecisionTable.objects.all()
        if table.kind in registry
    ]
    context = {
        "rows": rows,
        "kinds": kinds(),
        "may_change": may_change_tables(actor_of(request)),
        "given": request.POST,
        "problem": problem,
        "wrong": {each.pointer[1:]: each.message for each in problem.errors} if problem else {},
    }
    return render(request, "automation/decisions.html", context, status=problem.status if problem else 200)


@page
@require_http_methods(["GET", "POST"])
def new_decision(request: HttpRequest) -> HttpResponse:
    """The editor of a table that is not there yet; `edit` changes what is shown only."""
    _refuse_strangers(request)
    kind = request.POST.get("kind") or request.GET.get("kind") or "opportunity"
    if kind not in dict(kinds()):
        raise Invalid(_("Choose one of the kinds of record."))
    if request.method != "POST":
        return _show(request, kind, deepcopy(EMPTY), {"name": "", "name_zh": ""})
    content, own = content_of(request.POST), _own(request)
    if edit := request.POST.get("edit"):
        return _show(request, kind, edited(content, edit, request.POST.get("new_field", "")), own)
    try:
        made = actions.add_table(kind=kind, content=content, by=actor_of(request), **own)
    except Problem as problem:
        return _show(request, kind, content, own, problem=problem)
    return go_on(request, f"/decisions/{made.pk}/", _("%(name)s is kept.") % {"name": made.name})


@page
@require_POST
def import_dmn(request: HttpRequest) -> HttpResponse:
    """The editor with what a DMN file says; nothing is kept before it is saved there."""
    _refuse_strangers(request)
    kind, file = request.POST.get("kind", ""), request.FILES.get("file")
    try:
        if file is None:
            raise Invalid(errors=[FieldError("/file", _("Choose a file."))])
        if kind not in dict(kinds()):
            raise Invalid(errors=[FieldError("/kind", _("Choose one of the kinds of record."))])
        found = read_dmn(file.read(), kind, request.POST.get("decision", "").strip())
    except Problem as problem:
        return _list(request, problem)
    own = {"name": found.name, "name_zh": ""}
    try:
        read_draft(kind, found.content)
    except Invalid as problem:
        return _show(request, kind, found.content, own, problem=problem)
    return _show(request, kind, found.content, own)


@page
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a table; POST keeps it as a new version, `edit` changes what is shown only."""
    _refuse_strangers(request)
    table = get_object_or_404(DecisionTable, pk=pk)
    own = {"name": table.name, "name_zh": table.name_zh}
    if request.method != "POST":
        number = request.GET.get("version", "")
        at = int(number) if number.isdecimal() and len(number) < 10 else table.number
        return _show(request, table.kind, earlier_version(table, at).content, own, table=table)
    content, own = content_of(request.POST), _own(request)
    seen = request.POST.get("seen", "")
    if edit := request.POST.get("edit"):
        content = edited(content, edit, request.POST.get("new_field", ""))
        return _show(request, table.kind, content, own, table=table, seen=seen)
    try:
        table = actions.change_table(
            decisiontable=table,
            changes={**own, "content": content},
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else None,
            by=actor_of(request),
        )
    except Problem as problem:
        return _show(request, table.kind, content, own, table=table, seen=seen, problem=problem)
    return go_on(
        request, f"/decisions/{pk}/", _("This is version %(number)s now.") % {"number": table.number}
    )


@page
@require_POST
def put_live(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the newest version count."""
    table = get_object_or_404(DecisionTable, pk=pk)
    try:
        actions.put_table_live(decisiontable=table, by=actor_of(request))
    except Invalid as problem:
        own = {"name": table.name, "name_zh": table.name_zh}
        content = earlier_version(table, table.number).content
        return _show(request, table.kind, content, own, table=table, problem=problem)
    return go_on(request, f"/decisions/{pk}/", _("Version %(number)s counts now.") % {"number": table.number})


@page
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let no version count."""
    actions.take_table_off(decisiontable=get_object_or_404(DecisionTable, pk=pk), by=actor_of(request))
    return go_on(request, f"/decisions/{pk}/", _("No version counts any more."))


@page
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a table."""
    actions.remove_table(decisiontable=get_object_or_404(DecisionTable, pk=pk), by=actor_of(request))
    return go_on(request, "/decisions/", _("The decision table is gone."))


@page
def dmn(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version as a DMN file."""
    _refuse_strangers(request)
    table = get_object_or_404(DecisionTable, pk=pk)
    answer = HttpResponse(
        write_dmn(table.name, draft_of(table, table.number)), content_type="application/xml"
    )
    answer["Content-Disposition"] = f'attachment; filename="decision-{table.pk}.dmn"'
    return answer


@page
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What the newest version says about a record, and which row says so."""
    _refuse_strangers(request)
    table, by = get_object_or_404(DecisionTable, pk=pk), actor_of(request)
    draft = draft_of(table, table.number)
    number = "".join(c for c in request.GET.get("record", "") if c.isdecimal())[:15]
    own = {"name": table.name, "name_zh": table.name_zh}
    content = earlier_version(table, table.number).content
    try:
        row, decided = try_table(
            draft, int(number or 0), facts_given(table.matter, request.GET.dict(), by), by
        )
    except Problem as problem:
        words = (
            [f"{problem} {problem.remedy}".strip()]
            if not problem.errors
            else [e.message for e in problem.errors]
        )
        return _show(request, table.kind, content, own, table=table, tried={"faults": words})
    face, verdict = registry[table.kind], decided.verdict
    outcomes = outcomes_of(table.matter, _used(content))
    tried = {
        "title": face.title(row),
        "url": face.url(row.pk),
        "inputs": [
            (named(column), value_words(value))
            for column, value in zip(draft.table.inputs, decided.values, strict=True)
        ],
        "rows": [at + 1 for at in verdict.rows] if verdict else [],
        "outputs": [
            (named(column), dict(outcomes.get(column.name, ())).get(str(value)) or value_words(value))
            for column in draft.table.outputs
            if verdict and (value := verdict.outputs.get(column.name)) is not None
        ],
    }
    return _show(
        request, table.kind, content, own, table=table, tried=tried, hits=verdict.rows if verdict else ()
    )


def _used(content: Mapping[str, Any]) -> list[str]:
    """The outcomes that are chosen in a table, whatever there is to choose from now."""
    return [str(each) for row in content.get("rows", ()) for each in row.get("then", ())]


def _own(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in ("name", "name_zh")}


def _show(
    request: HttpRequest,
    kind: str,
    content: Mapping[str, Any],
    own: Mapping[str, str],
    *,
    table: DecisionTable | None = None,
    problem: Problem | None = None,
    seen: str = "",
    tried: Mapping[str, Any] | None = None,
    hits: Sequence[int] = (),
) -> HttpResponse:
    matter, by = table.matter if table else "", actor_of(request)
    faults: list[str] = []
    gaps: list[str] = []
    if problem is None:
        with suppress(Invalid):  # what is being edited need not be whole yet; saving says what is missing
            faults, gaps = warnings_of(read_draft(kind, content, matter))
    context = {
        **form_of(content, problem.errors if problem else (), hits, outcomes_of(matter, _used(content))),
        "own": own,
        "table": table,
        "called": table_called(table) if table else "",
        "kind": kind,
        "kind_label": registry[kind].plural,
        "matter": matters.get(matter),
        "facts": [(f.name, f.label, request.GET.get(f.name, "")) for f in facts_of(matter).values()],
        "fields": fields_to_ask(kind, matter, by),
        "faults": faults,
        "gaps": gaps,
        "problem": problem if problem and not problem.errors else None,
        "tried": tried,
        "record": request.GET.get("record", ""),
        "versions": list(table.versions.all()[:20]) if table else [],
        "seen": seen or (table.number if table else ""),
        "may_change": may_change_tables(by),
        "here": f"/decisions/{table.pk}/" if table else f"/decisions/new/?kind={kind}",
    }
    return render(request, PAGE, context, status=problem.status if problem else 200)
