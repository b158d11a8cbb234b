"""Scorings on screen: the list by kind, the editor with its live preview, versions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse, sentence
from kinflow.kit.problem import FieldError, Problem, Refused
from kinflow.organisation.models import Person
from kinflow.organisation.people.models import WORK_KINDS
from kinflow.records.access import may
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..access import may_try_scorings, sees_scorings
from ..assignments.preview import SAMPLE, preview
from ..assignments.report import DAYS, report_of
from ..criteria import registry as criteria
from ..eligibility import registry as rules
from ..naming import called
from ..offers.showing import offer_report
from ..replay.access import may_replay
from ..scoring_reports.access import sees_reports
from .actions import add_scoring, change_scoring, restore_scoring, switch_scoring
from .differences import differences
from .drafts import read_draft
from .forms import content_of, edited, own_of, parts
from .models import Scoring, ScoringVersion
from .shipped import SHIPPED
from .using import current_version


def _refuse_unseen(request: HttpRequest) -> None:
    if not sees_scorings(actor_of(request)):
        raise Refused(remedy=_("Ask an administrator."))


def _may_change(request: HttpRequest) -> bool:
    return may(actor_of(request), "automation.change_scoring", kind="scoring")


def says(kind: str, condition: Mapping[str, Any]) -> str:
    """The condition as a sentence in the active language; that it cannot be read, where it cannot."""
    if not condition:
        return _("every item")
    try:
        return sentence(parse(dict(condition), kind, VOCABULARY))
    except (ConditionError, LookupError):
        return _("a condition over fields that are gone")


@page
def scorings(request: HttpRequest) -> HttpResponse:
    """All scorings, by kind of work."""
    _refuse_unseen(request)
    versions = {v.scoring_id: v for v in ScoringVersion.objects.filter(pk__in=_current_ids())}
    groups = []
    for kind, label in WORK_KINDS:
        rows = [
            {
                "scoring": s,
                "name": called(s),
                "for": says(kind, s.condition),
                "criteria": [
                    (criteria[c["criterion"]].label, c["weight"] * criteria[c["criterion"]].sign)
                    for c in (versions[s.pk].criteria if s.pk in versions else [])
                    if c["criterion"] in criteria
                ],
            }
            for s in Scoring.objects.filter(kind=kind)
        ]
        groups.append({"kind": kind, "label": label, "icon": _icon(kind), "rows": rows})
    return render(request, "automation/scorings.html", {"groups": groups, "may_change": _may_change(request)})


def _icon(kind: str) -> str:
    return registry[kind].icon if kind in registry else "target"


def _current_ids() -> list[int]:
    numbers = dict(Scoring.objects.values_list("pk", "number"))
    rows = ScoringVersion.objects.filter(scoring_id__in=numbers).values_list("pk", "scoring_id", "number")
    return [pk for pk, scoring_id, number in rows if numbers[scoring_id] == number]


def _form(kind: str, content: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> dict[str, Any]:
    """What the editor's rows show."""
    return {
        "kind": kind,
        "criteria_rows": parts("c", content.get("criteria", []), errors),
        "rule_rows": parts("e", content.get("eligibility", []), errors),
        "criteria_kinds": list(criteria.values()),
        "rule_kinds": list(rules.values()),
        "content": content,
        "people": Person.objects.filter(left_on=None).select_related("unit").order_by("unit__path", "pk"),
        "vocabulary": VOCABULARY,
        "errors": {e.pointer.strip("/").split("/")[0]: e.message for e in errors},
    }


def _show(
    request: HttpRequest,
    kind: str,
    content: Mapping[str, Any],
    own: Mapping[str, Any],
    *,
    scoring: Scoring | None = None,
    problem: Problem | None = None,
    seen: str = "",
    is_proposed: bool = False,
) -> HttpResponse:
    errors = problem.errors if problem else ()
    versions = list(scoring.versions.select_related("fallback")) if scoring else []
    told = [
        (v, differences(versions[at + 1] if at + 1 < len(versions) else None, v))
        for at, v in enumerate(versions)
    ]
    context = {
        **_form(kind, content, errors),
        "own": own,
        "scoring": scoring,
        "kind_label": dict(WORK_KINDS)[kind],
        "versions": told,
        "seen": seen or (scoring.number if scoring else ""),
        "is_proposed": is_proposed,
        "may_replay": scoring is not None and may_replay(actor_of(request)),
        "replay_since": timezone.localdate() - timedelta(days=DAYS),
        "replay_until": timezone.localdate(),
        "fault": problem if problem and not problem.errors else None,
        "may_change": _may_change(request),
        "may_try": may_try_scorings(actor_of(request)),
        "may_see_report": sees_reports(actor_of(request)),
        "report": report_of(scoring, timezone.now()) if scoring else None,
        "offers": offer_report(scoring, timezone.now() - timedelta(days=DAYS)) if scoring else None,
        "here": f"/scorings/{scoring.pk}/" if scoring else f"/scorings/new/?kind={kind}",
    }
    return render(request, "automation/scoring.html", context, status=problem.status if problem else 200)


@page
def scoring(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a scoring; what is sent becomes a new version."""
    _refuse_unseen(request)
    row = get_object_or_404(Scoring, pk=pk)
    if request.method != "POST":
        own = {"name": row.name, "name_zh": row.name_zh, "position": row.position, "condition": row.condition}
        return _show(request, row.kind, current_version(row).content(), own, scoring=row)
    content: dict[str, Any] = content_of(request.POST)
    own = {**request.POST.dict()}
    seen = request.POST.get("seen", "")
    try:
        own = own_of(request.POST, row.kind)
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
        changed = change_scoring(scoring=row, changes={**own, **content}, seen=number, by=actor_of(request))
    except Problem as problem:
        return _show(request, row.kind, content, own, scoring=row, problem=problem, seen=seen)
    return go_on(request, f"/scorings/{pk}/", _("Version %(number)d is in use.") % {"number": changed.number})


def show_draft(request: HttpRequest, row: Scoring, content: Mapping[str, Any]) -> HttpResponse:
    """The editor of a scoring filled with other content; nothing changes until somebody saves it."""
    _refuse_unseen(request)
    own = {"name": row.name, "name_zh": row.name_zh, "position": row.position, "condition": row.condition}
    return _show(request, row.kind, content, own, scoring=row, is_proposed=True)


@page
def new_scoring(request: HttpRequest) -> HttpResponse:
    """The editor for a scoring that is not there yet, filled with what is sensible for the kind."""
    _refuse_unseen(request)
    kind = request.GET.get("kind", "lead")
    if kind not in dict(WORK_KINDS):
        raise Http404(kind)
    if request.method != "POST":
        _words, weights, eligibility = SHIPPED[kind]
        content: dict[str, Any] = {"criteria": weights, "eligibility": eligibility, "tell": []}
        return _show(request, kind, content, {"name": "", "name_zh": "", "position": 10, "condition": {}})
    content = content_of(request.POST)
    own: dict[str, Any] = {**request.POST.dict()}
    try:
        own = own_of(request.POST, kind)
        made = add_scoring(
            kind=kind, **{**own, "position": int(own["position"])}, **content, by=actor_of(request)
        )
    except Problem as problem:
        return _show(request, kind, content, own, problem=problem)
    except ValueError:
        wrong = Problem(errors=[FieldError("/position", _("Give a number from 0 to 30,000."))])
        return _show(request, kind, content, own, problem=wrong)
    return go_on(request, f"/scorings/{made.pk}/", _("%(name)s is in use.") % {"name": called(made)})


@page
def rows(request: HttpRequest, kind: str) -> HttpResponse:
    """The editor's rows after one was added or taken out; nothing is kept yet."""
    if refused := only_post(request):
        return refused
    content = edited(request.POST, content_of(request.POST))
    return render(request, "automation/scoring.html#rows", _form(kind, content))


@page
def preview_fragment(request: HttpRequest, kind: str) -> HttpResponse:
    """What the draft in the editor would give on the last items of the kind; nothing is written."""
    by = actor_of(request)
    if not may_try_scorings(by):
        raise Refused(remedy=_("Ask a process owner."))
    if refused := only_post(request):
        return refused
    if kind not in registry or kind not in dict(WORK_KINDS):
        raise Http404(kind)
    try:
        draft = read_draft(content_of(request.POST))
        condition = own_of(request.POST, kind)["condition"]
        told = preview(kind, draft, condition, timezone.now(), by=by)
    except Problem as problem:
        return render(request, "automation/scoring.html#preview", {"problem": problem})
    most = max((max(s.items, s.now_has) for s in told.shares), default=1) or 1
    bars = [
        {"share": s, "width": round(100 * s.items / most), "now": round(100 * s.now_has / most)}
        for s in told.shares[:25]
    ]
    context = {
        "told": told,
        "bars": bars,
        "more": max(len(told.shares) - 25, 0),
        "limit": SAMPLE,
        "plural": registry[kind].plural,
    }
    return render(request, "automation/scoring.html#preview", context)


@page
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a scoring on or off."""
    if refused := only_post(request):
        return refused
    row = get_object_or_404(Scoring, pk=pk)
    is_active = request.POST.get("is_active") == "true"
    switch_scoring(scoring=row, is_active=is_active, by=actor_of(request))
    told = _("%(name)s is in use.") if is_active else _("%(name)s is switched off.")
    return go_on(request, "/scorings/", told % {"name": called(row)})


@page
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let an earlier version count again."""
    if refused := only_post(request):
        return refused
    row = restore_scoring(scoring=get_object_or_404(Scoring, pk=pk), number=number, by=actor_of(request))
    return go_on(request, f"/scorings/{pk}/", _("Version %(number)d is in use.") % {"number": row.number})
