"""The runs of rules on screen: what each did step by step, trying again, putting aside, taking back what was made."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.records.access import visible
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..said import shown as anew
from ..steps import registry as step_kinds
from .access import may_change_rules
from .models import RESTING, RETRYING, STATES, TONES, Rule, RuleMade, RuleRun
from .naming import rule_called
from .pages import refuse_unseen
from .runs import dismiss_run, retry_run, run_at, take_back_made

PAGE = 50


@page
def runs(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The runs of a rule, or those of all that need somebody, the newest first."""
    by = actor_of(request)
    refuse_unseen(by)
    rule = get_object_or_404(Rule, pk=pk) if pk is not None else None
    state = request.GET.get("state", "" if rule else RESTING)
    rows = RuleRun.objects.filter(rule=rule) if rule else RuleRun.objects.all()
    if state in dict(STATES):
        rows = rows.filter(state=state)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("rule").order_by("-pk")[: PAGE + 1])
    query = request.GET.copy()
    if len(found) > PAGE:
        query["before"] = str(found[PAGE - 1].pk)
    day = timezone.now() - timedelta(days=1)
    context = {
        "rule": rule,
        "rule_called": rule_called(rule) if rule else "",
        "rows": shown(found[:PAGE], by),
        "older": f"{request.path}?{query.urlencode()}" if len(found) > PAGE else "",
        "states": [(value, label, value == state) for value, label in STATES],
        "made": RuleMade.objects.filter(rule=rule, made_at__gte=day, taken_back_at=None).count()
        if rule
        else 0,
        "may_change": may_change_rules(by),
    }
    return render(request, "automation/rule_runs.html", context)


def shown(found: list[RuleRun], by: Actor) -> list[dict[str, Any]]:
    """The runs with what they are about, in words; records that the reader may not see have their number only."""
    ids: dict[str, set[int]] = {}
    for run in found:
        ids.setdefault(run.kind, set()).add(run.object_id)
    rows = {
        (kind, row.pk): row
        for kind, pks in ids.items()
        if kind in registry
        for row in visible(by, registry[kind].model._default_manager.filter(pk__in=pks))
    }
    told = []
    for run in found:
        face, row = registry.get(run.kind), rows.get((run.kind, run.object_id))
        told.append(
            {
                "run": run,
                "name": rule_called(run.rule),
                "state": run.get_state_display(),
                "tone": TONES.get(run.state, ""),
                "title": face.title(row) if face and row else f"#{run.object_id}",
                "url": face.url(run.object_id) if face and row else "",
                "lines": [line_of(line) for line in run.log],
                "may_retry": run.state in (RESTING, RETRYING),
            }
        )
    return told


LINE_TONES = {"failed": "bad", "too_deep": "bad", "too_often": "bad", "waits": "accent", "done": "good"}


def line_of(line: dict[str, Any]) -> dict[str, Any]:
    """One line of a run's log as it is shown."""
    step = step_kinds.get(line.get("step", ""))
    links = [
        (f"{registry[kind].prefix}-{pk}", registry[kind].url(pk))
        for kind, pk in line.get("records", ())
        if kind in registry
    ]
    return {
        "outcome": outcome_words(line),
        "tone": LINE_TONES.get(line["outcome"], ""),
        "step": step.label if step else "",
        "words": anew(line.get("words", "")),
        "remedy": remedy_words(line),
        "at": datetime.fromisoformat(line["at"]) if line.get("at") else None,
        "until": datetime.fromisoformat(line["until"]) if line.get("until") else None,
        "links": links,
    }


def outcome_words(line: dict[str, Any]) -> str:
    """What became of a step."""
    match line["outcome"]:
        case "done":
            return _("done")
        case "waits":
            return _("waits")
        case "failed":
            return _("failed")
        case "again":
            return _("tried again by")
        case "dismissed":
            return _("put aside by")
        case "too_deep":
            return _("Stopped: this was the 8th automatic step of one chain.")
        case "too_often":
            return _("Not done: the rule fired too often and was switched off.")
        case other:
            return str(other)


def remedy_words(line: dict[str, Any]) -> str:
    """What to do about it."""
    match line["outcome"]:
        case "too_deep":
            return _("Look which rules set each other off, and give one of them a narrower condition.")
        case "too_often":
            return _(
                "Look why it fired so often. If that is right, set a higher limit and switch it on again."
            )
        case _:
            return anew(str(line.get("remedy", "")))


@page
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a run that failed go on."""
    if refused := only_post(request):
        return refused
    run = run_at(pk)
    retry_run(rule=run.rule, run=run, by=actor_of(request))
    return go_on(request, _back(request, run.rule_id), _("It is tried again now."))


@page
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a run aside."""
    if refused := only_post(request):
        return refused
    run = run_at(pk)
    dismiss_run(rule=run.rule, run=run, by=actor_of(request))
    return go_on(request, _back(request, run.rule_id), _("Put aside."))


@page
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what a rule made within the last day."""
    if refused := only_post(request):
        return refused
    rule = get_object_or_404(Rule, pk=pk)
    told = take_back_made(rule=rule, since=timezone.now() - timedelta(days=1), by=actor_of(request))
    return go_on(request, f"/rules/{pk}/runs/", _("%(removed)d removed, %(kept)d kept.") % told)


def _back(request: HttpRequest, rule_id: int) -> str:
    return "/rules/runs/" if request.POST.get("from") == "all" else f"/rules/{rule_id}/runs/"
