"""A design in live operation on screen: deploying a version, how its groups fare, taking it back."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinflow.automation.rules.event_names import choices_for, events_about
from kinflow.automation.rules.forms import condition_of
from kinflow.kit.problem import NotFound, Problem
from kinflow.records.faces import VOCABULARY
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from ..definitions.models import Process
from ..designs.models import DesignVersion, ProcessDesign
from ..designs.naming import design_called
from ..designs.pages import design_at
from ..designs.wrong import wrong_fields
from ..redesigns.promising import redesign_behind
from . import actions
from .access import may_deploy
from .events import FIGURES
from .guards import figures
from .models import COMPARISONS, CONDITION, GROUPS, SHARE, WAYS, Deployment, VersionMove
from .placing import number_of, running_of
from .reporting import guards_of, with_reasons, would_have


@page
@require_http_methods(["GET", "POST"])
def live_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How a design is deployed, and the form to deploy a version; POST deploys."""
    design, problem = design_at(request, pk), None
    if request.method == "POST":
        try:
            actions.deploy(processdesign=design, by=actor_of(request), **_asked(request.POST, design))
        except Problem as error:
            problem = error
        else:
            return go_on(request, f"/process-design/{pk}/live/", _("Deployed"))
    return _show(request, design, problem)


@page
@require_POST
def change_page(request: HttpRequest, pk: int, deployment: int, verb: str) -> HttpResponse:
    """Give a deployment to all, take it back, or switch its guards."""
    design, by, reason = design_at(request, pk), actor_of(request), request.POST.get("reason", "")
    found = Deployment.objects.select_related("design").filter(pk=deployment, design=design).first()
    if found is None:
        raise NotFound(_("There is no such deployment."))
    try:
        match verb:
            case "all":
                actions.give_to_all(deployment=found, by=by)
            case "return":
                actions.return_deployment(deployment=found, reason=reason, by=by)
            case "guards":
                is_on = not found.is_guarded
                actions.switch_guards(deployment=found, is_on=is_on, reason=reason, by=by)
            case _other:
                raise NotFound(_("There is no such thing to do."))
    except Problem as problem:
        return _show(request, design, problem, verb)
    return go_on(request, f"/process-design/{pk}/live/", _("Done"))


def _asked(sent: QueryDict, design: ProcessDesign) -> dict[str, Any]:
    """What the form says; what is no number is refused by the action with its place."""
    guards = [
        {
            "figure": key,
            "limit": _number(sent.get(f"limit:{key}", "")),
            "least": _whole(sent, f"least:{key}", 20),
        }
        for key in FIGURES
        if sent.get(f"limit:{key}", "").strip()
    ]
    way = sent.get("way", "")
    return {
        "number": _whole(sent, "number", 0),
        "way": way,
        "share": _whole(sent, "share", 0)
        if way == SHARE
        else 100,  # the form hides what goes with other ways
        "condition": condition_of(sent.get("condition", ""), design.kind) if way == CONDITION else None,
        "comparison": sent.get("comparison", "before"),
        "trigger": {
            "event": sent.get("event", ""),
            "condition": condition_of(sent.get("trigger_condition", ""), design.kind),
        },
        "guards": guards,
        "seen": _whole(sent, "seen", 0),
    }


_FIELDS = {each: f"/{each}" for each in ("number", "way", "share", "comparison", "condition", "reason")}
_FIELDS |= {"event": "/trigger/event", "trigger_condition": "/trigger/condition"}


def _wrong_guards(problem: Problem | None, sent: QueryDict) -> dict[str, dict[str, str]]:
    """By figure what is wrong with its guard; guards stand in the order of the figures that have a limit."""
    given = [key for key in FIGURES if sent.get(f"limit:{key}", "").strip()]
    found = {
        key: wrong_fields(problem, {name: f"/guards/{place}/{name}" for name in ("limit", "least")})
        for place, key in enumerate(given)
    }
    return {key: wrong for key, wrong in found.items() if wrong}


def _kept(sent: QueryDict, design: ProcessDesign, problem: Problem | None = None) -> dict[str, Any]:
    """What was typed into the form to deploy, to show it again after it was refused."""
    wrong = _wrong_guards(problem, sent)
    conditions = {
        name: condition_of(sent.get(name, ""), design.kind) for name in ("condition", "trigger_condition")
    }
    guards = [
        (key, label, sent.get(f"limit:{key}", ""), sent.get(f"least:{key}", "20"), wrong.get(key, {}))
        for key, label in FIGURES.items()
    ]
    number = _whole(sent, "number", design.number)
    return {**conditions, "guards": guards, "wrong_guards": bool(wrong), "number": number}


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _whole(sent: QueryDict, name: str, otherwise: int) -> int:
    text = sent.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _show(
    request: HttpRequest, design: ProcessDesign, problem: Problem | None, verb: str = ""
) -> HttpResponse:
    running, wrong = running_of(design), wrong_fields(problem, _FIELDS)
    moves = list(VersionMove.objects.filter(design=design)[:5])
    context: dict[str, Any] = {
        "design": design,
        "called": design_called(design),
        "here": f"/process-design/{design.pk}/",
        "running": running,
        "groups": _groups(running) if running else [],
        "guards": guards_of(running) if running else [],
        "shadow": would_have(running) if running and running.way == "shadow" else [],
        "past": with_reasons(list(Deployment.objects.filter(design=design).exclude(state="running")[:20])),
        "moves": moves,
        "is_moving": any(move.ended_at is None for move in moves),
        "versions": list(DesignVersion.objects.filter(design=design).defer("content")[:50]),
        "ways": WAYS,
        "comparisons": COMPARISONS,
        "figures": FIGURES.items(),
        "kept": _kept(request.POST, design, problem),
        "wrong": {} if verb else wrong,
        "refused": {verb: wrong},
        "events": choices_for(design.kind),
        "vocabulary": VOCABULARY,
        "sent": {"share": "50"} | _usual(design) | request.POST.dict(),
        "may_deploy": may_deploy(actor_of(request)),
        "problem": problem,
    }
    return render(
        request, "processes/deployments/live.html", context, status=problem.status if problem else 200
    )


def _usual(design: ProcessDesign) -> dict[str, str]:
    """What the form proposes: for a redesigned version half of the new cases, from when cases of its process begin."""
    redesign = redesign_behind(design, design.number, design.live_number)
    if redesign is None:
        return {}
    process = Process.objects.filter(pk=redesign.milestone.get("process")).first()
    begins = process.begins if process is not None else []
    events = events_about(design.kind)
    return {"way": SHARE, "share": "50", "event": next((each for each in begins if each in events), "")}


def _groups(running: Deployment) -> list[dict[str, Any]]:
    """Each group: how many records have it, by which version, and how they fare."""
    counted = dict(running.placements.values_list("group").annotate(n=Count("pk")))
    now, found = timezone.now(), []
    for key, label in GROUPS:
        if key in counted:
            number = number_of(running, key)
            values = figures(running, number, now) if number is not None else {}
            rows = [(name, values.get(name)) for name in FIGURES]
            found.append({"label": label, "number": number, "count": counted[key], "figures": rows})
    return found
