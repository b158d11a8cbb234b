"""Rules on screen: the list, the editor with its sentence and its trial, the runs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions.editing import UNIT_WORDS
from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Problem, Refused
from kinflow.organisation.calendars.models import WorkingCalendar
from kinflow.organisation.people.models import Person
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..steps import registry as step_kinds
from .access import may_change_rules, sees_rules
from .actions import add_rule, change_rule, current_version, others, restore_rule, switch_rule
from .cycles import warnings
from .drafts import Draft, read_draft
from .event_names import choices_for, data_of, kinds
from .forms import content_of, edited, rows_of
from .history import matching, step_by_step, tried
from .live import Live, is_readable
from .models import RESTING, Rule, RuleHour, RuleRun
from .naming import rule_called
from .recipes import RECIPES
from .sentences import rule_sentence
from .triggers import EVERY, WEEKDAYS

MOST_COUNTED = 1_000


def refuse_unseen(by: Actor) -> None:
    """Raise Refused where rules are not for this actor."""
    if not sees_rules(by):
        raise Refused(remedy=_("Ask an administrator."))


@page
def rules(request: HttpRequest) -> HttpResponse:
    """All rules with what they did, and the recipes that are not in use yet."""
    by = actor_of(request)
    refuse_unseen(by)
    found = list(Rule.objects.select_related("owner").order_by("-is_active", "kind", "name"))
    told = figures(found)
    rows = [
        {
            "rule": rule,
            "name": rule_called(rule),
            "kind": registry[rule.kind].plural if rule.kind in registry else rule.kind,
            "icon": registry[rule.kind].icon if rule.kind in registry else "bolt",
            "sentence": rule_sentence(rule.kind, current_version(rule).content()),
            "is_readable": is_readable(rule),
            **told[rule.pk],
        }
        for rule in found
    ]
    used = {rule.shipped_as for rule in found}
    recipes = [
        {"recipe": r, "sentence": rule_sentence(r.kind, r.content())} for r in RECIPES if r.name not in used
    ]
    context = {"rows": rows, "recipes": recipes, "kinds": kinds(), "may_change": may_change_rules(by)}
    return render(request, "automation/rules.html", context)


def figures(rules: Sequence[Rule]) -> dict[int, dict[str, Any]]:
    """By rule how often it fired, when last, and how many of its runs rest; without counting all runs there ever were."""
    fired = dict(RuleHour.objects.values_list("rule_id").annotate(n=Sum("count")))
    failed = dict(RuleRun.objects.filter(state=RESTING).values_list("rule_id").annotate(n=Count("pk")))
    newest = RuleRun.objects.filter(rule=OuterRef("pk")).order_by("-pk").values("started_at")[:1]
    last = dict(Rule.objects.annotate(last=Subquery(newest)).values_list("pk", "last"))
    return {
        rule.pk: {"n": fired.get(rule.pk, 0), "last": last.get(rule.pk), "failed": failed.get(rule.pk, 0)}
        for rule in rules
    }


def _form(kind: str, content: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> dict[str, Any]:
    """What the editor's rows show."""
    trigger = content.get("trigger") or {"when": "event", "events": []}
    return {
        "kind": kind,
        "trigger": trigger,
        "events": choices_for(kind),
        "event_data": next(iter((trigger.get("data") or {}).items()), ("", "")),
        "event_fields": data_of(trigger.get("events") or ()),
        "held_units": [(unit.value, words) for unit, words in UNIT_WORDS.items()],
        "calendars": WorkingCalendar.objects.order_by("name"),
        "every": EVERY,
        "weekdays": WEEKDAYS,
        "month_days": range(1, 32),
        "condition": content.get("condition") or {},
        "step_rows": rows_of(content.get("steps"), kind, errors),
        "step_kinds": list(step_kinds.values()),
        "vocabulary": VOCABULARY,
        "errors": {e.pointer.strip("/").split("/")[0]: e.message for e in errors},
        "trigger_errors": [e.message for e in errors if e.pointer.startswith("/trigger")],
    }


def _show(
    request: HttpRequest,
    kind: str,
    content: Mapping[str, Any],
    own: Mapping[str, Any],
    *,
    rule: Rule | None = None,
    problem: Problem | None = None,
    seen: str = "",
) -> HttpResponse:
    errors = problem.errors if problem else ()
    by = actor_of(request)
    context = {
        **_form(kind, content, errors),
        "own": own,
        "rule": rule,
        "rule_called": rule_called(rule) if rule else "",
        "kind_label": registry[kind].plural,
        "people": Person.objects.filter(left_on=None).select_related("unit").order_by("unit__path", "pk"),
        "versions": [(v, rule_sentence(kind, v.content())) for v in rule.versions.all()] if rule else [],
        "runs": list(rule.runs.order_by("-pk")[:5]) if rule else [],
        "seen": seen or (rule.number if rule else ""),
        "fault": problem if problem and not problem.errors else None,
        "may_change": may_change_rules(by),
        "here": f"/rules/{rule.pk}/" if rule else f"/rules/new/?kind={kind}",
    }
    return render(request, "automation/rule.html", context, status=problem.status if problem else 200)


def _own(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in ("name", "name_zh", "owner", "hourly_limit")}


@page
def rule_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a rule; what is sent becomes a new version."""
    refuse_unseen(actor_of(request))
    rule = get_object_or_404(Rule, pk=pk)
    if request.method != "POST":
        own = {
            "name": rule.name,
            "name_zh": rule.name_zh,
            "owner": str(rule.owner_id),
            "hourly_limit": rule.hourly_limit or "",
        }
        return _show(request, rule.kind, current_version(rule).content(), own, rule=rule)
    content, own = content_of(request.POST, rule.kind), _own(request)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    try:
        changed = change_rule(rule=rule, changes={**own, **content}, seen=number, by=actor_of(request))
    except Problem as problem:
        return _show(request, rule.kind, content, own, rule=rule, problem=problem, seen=seen)
    return go_on(request, f"/rules/{pk}/", _("Version %(number)d counts now.") % {"number": changed.number})


@page
def new_rule(request: HttpRequest) -> HttpResponse:
    """The editor for a rule that is not there yet; `recipe` fills it with a shipped one."""
    by = actor_of(request)
    refuse_unseen(by)
    recipe = next((r for r in RECIPES if r.name == request.GET.get("recipe")), None)
    kind = recipe.kind if recipe else request.GET.get("kind", "lead")
    if kind not in dict(kinds()):
        raise Http404(kind)
    if request.method != "POST":
        empty = {"trigger": {"when": "event", "events": []}, "condition": {}, "steps": []}
        content = recipe.content() if recipe else empty
        names = recipe.names() if recipe else {}
        own = {"name": names.get("en", ""), "name_zh": names.get("zh-hans", "")}
        return _show(request, kind, content, {**own, "owner": str(by.person_id or "")})
    content, own = content_of(request.POST, kind), _own(request)
    shipped_as = request.POST.get("shipped_as", "")[:40]
    try:
        wanted: dict[str, Any] = {**own, **content, "hourly_limit": own["hourly_limit"] or None}
        made = add_rule(kind=kind, shipped_as=shipped_as, by=by, **wanted)
    except Problem as problem:
        return _show(request, kind, content, own, problem=problem)
    return go_on(request, f"/rules/{made.pk}/", _("Kept. Switch it on when it does what you want."))


@page
def rows(request: HttpRequest, kind: str) -> HttpResponse:
    """The editor's rows after something was added, moved or taken out; nothing is kept yet."""
    if refused := only_post(request):
        return refused
    if kind not in dict(kinds()):
        raise Http404(kind)
    try:
        content = edited(request.POST, content_of(request.POST, kind))
    except (IndexError, KeyError, ValueError):
        content = content_of(request.POST, kind)
    return render(request, "automation/rule.html#rows", _form(kind, content))


def _draft(request: HttpRequest, kind: str) -> tuple[Live, Draft]:
    """The draft in the editor. Raises Invalid."""
    owner = Person.objects.select_related("unit", "calendar").filter(
        pk=int(number) if (number := request.POST.get("owner", "")).isdecimal() and len(number) < 19 else 0
    )
    by = actor_of(request)
    found = owner.first() or Person.objects.select_related("unit").filter(pk=by.person_id or 0).first()
    if found is None:
        raise Problem(errors=[FieldError("/owner", _("Choose who owns the rule: it may do what they may."))])
    draft = read_draft(kind, content_of(request.POST, kind), found)
    rule = Rule(kind=kind, name=request.POST.get("name", "")[:120] or "…", owner=found)
    return Live(rule, draft, found), draft


@page
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """The draft as a sentence, how many records match now, what to beware of; `try` tries it on the past, or on one."""
    by, now = actor_of(request), timezone.now()
    refuse_unseen(by)
    if refused := only_post(request):
        return refused
    if kind not in dict(kinds()):
        raise Http404(kind)
    context: dict[str, Any] = {"kind": kind, "plural": registry[kind].plural, "most": MOST_COUNTED}
    try:
        live, draft = _draft(request, kind)
        number = request.GET.get("rule", "")
        context |= {
            "sentence": rule_sentence(kind, content_of(request.POST, kind)),
            "matching": matching(live, by, now, MOST_COUNTED),
            "warnings": list(warnings(draft, others(int(number) if number.isdecimal() else None))),
        }
        if "history" in request.GET:
            told = tried(live, by, now)
            face = registry[kind]
            context["tried"] = told
            context["times"] = [(at, face.title(r), face.url(r.pk), r.pk) for at, r in told.times]
        if (one := request.GET.get("record", "")).isdecimal() and len(one) < 19:
            row, holds, steps = step_by_step(live, int(one), by, now)
            context |= {"record": registry[kind].title(row), "holds": holds, "steps": steps}
    except Problem as problem:
        return render(request, "automation/rule.html#preview", {**context, "problem": problem})
    return render(request, "automation/rule.html#preview", context)


@page
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    if refused := only_post(request):
        return refused
    rule = get_object_or_404(Rule, pk=pk)
    is_active = request.POST.get("is_active") == "true"
    switch_rule(rule=rule, is_active=is_active, by=actor_of(request))
    told = _("%(name)s acts from now on.") if is_active else _("%(name)s is switched off.")
    return go_on(
        request,
        f"/rules/{pk}/" if request.POST.get("from") == "rule" else "/rules/",
        told % {"name": rule_called(rule)},
    )


@page
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let an earlier version count again."""
    if refused := only_post(request):
        return refused
    rule = restore_rule(rule=get_object_or_404(Rule, pk=pk), number=number, by=actor_of(request))
    return go_on(request, f"/rules/{pk}/", _("Version %(number)d counts now.") % {"number": rule.number})
