"""Policies and values on screen: the list, a policy with its report, switching, values stated and taken back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kinflow.kit.problem import Problem, Refused
from kinflow.records.faces import registry
from kinflow.records.matters import matters
from kinflow.records.pages.answers import actor_of, came_from, go_on
from kinflow.web.doors import page

from ..approvals.pages import approval_at
from ..decisions.deciding import draft_of
from ..decisions.outcomes import WHO, outcomes_of
from ..decisions.words import named
from . import actions
from .access import may_change_policies, sees_policies, sees_use
from .deciding import withdraw_question
from .models import CompanyValue, Policy
from .naming import called, meaning_of
from .report import report_of, where_to_widen

MEANT = ("name", "name_zh", "text", "text_zh")


def _refuse_strangers(request: HttpRequest) -> None:
    if not sees_policies(actor_of(request)):
        raise Refused(remedy=_("Ask a process owner."))


@page
def policies(request: HttpRequest) -> HttpResponse:
    """What the company stands for, and the policies that say who decides what alone."""
    _refuse_strangers(request)
    return _show_all(request)


def _show_all(request: HttpRequest, problem: Problem | None = None, form: str = "") -> HttpResponse:
    """All of them; with what is wrong in the form `policy` or `value` at its fields."""
    by, now = actor_of(request), timezone.now()
    rows = []
    for policy in Policy.objects.select_related("table").prefetch_related("values"):
        matter = matters.get(policy.matter)
        if matter is not None:
            report = report_of(policy, now) if sees_use(by) else None
            rows.append(
                (policy, called(policy), matter, [called(value) for value in policy.values.all()], report)
            )
    taken = {policy.matter for policy, *_rest in rows}
    context = {
        "rows": rows,
        "values": [(value, called(value), meaning_of(value)) for value in CompanyValue.objects.all()],
        "free": [matter for name, matter in matters.items() if name not in taken],
        "problem": problem,
        "given": request.POST,
        "wrong": {form: {each.pointer[1:]: each.message for each in problem.errors} if problem else {}},
        "may_change": may_change_policies(by),
    }
    return render(request, "automation/policies.html", context, status=problem.status if problem else 200)


@page
@require_POST
def new_policy(request: HttpRequest) -> HttpResponse:
    """Add the policy of a matter, and go on to its table."""
    _refuse_strangers(request)
    try:
        made = actions.add_policy(
            matter=request.POST.get("matter", ""),
            name=request.POST.get("policy_name", ""),
            name_zh=request.POST.get("policy_name_zh", ""),
            by=actor_of(request),
        )
    except Problem as problem:
        return _show_all(request, problem, "policy")
    return go_on(request, f"/decisions/{made.table_id}/", _("Say who decides what alone, and save."))


@page
@require_POST
def new_value(request: HttpRequest) -> HttpResponse:
    """State a value."""
    _refuse_strangers(request)
    try:
        given: dict[str, Any] = {name: request.POST.get(name, "") for name in MEANT}
        actions.state_value(**given, by=actor_of(request))
    except Problem as problem:
        return _show_all(request, problem, "value")
    return go_on(request, "/policies/", _("The value is stated."))


@page
@require_POST
def remove_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a value back."""
    actions.withdraw_value(value=get_object_or_404(CompanyValue, pk=pk), by=actor_of(request))
    return go_on(request, "/policies/", _("The value is taken back."))


@page
def policy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A policy: what it says, how it is used, where it could be wider. POST chooses its values."""
    _refuse_strangers(request)
    policy, by = get_object_or_404(Policy.objects.select_related("table"), pk=pk), actor_of(request)
    matter = matters[policy.matter]
    if request.method == "POST":
        ids = [int(one) for one in request.POST.getlist("values") if one.isdecimal() and len(one) < 15]
        actions.change_policy(policy=policy, changes={"values": ids}, by=by)
        return go_on(request, f"/policies/{pk}/", _("The policy is kept."))
    chosen = set(policy.values.values_list("pk", flat=True))
    number = policy.table.live_number or policy.table.number
    table = draft_of(policy.table, number).table
    report = report_of(policy, timezone.now()) if sees_use(by) else None
    context: dict[str, Any] = {
        "policy": policy,
        "called": called(policy),
        "matter": matter,
        "kind": registry[matter.kind].plural,
        "columns": [named(column) for column in table.inputs],
        "report": report,
        "who": dict(outcomes_of(policy.matter, [str(row.then[0]) for row in table.rows])[WHO]),
        "widen": [(row, where_to_widen(policy, row, report.figures.answered, by)) for row in report.to_widen]
        if report
        else [],
        "values": [(value, called(value), value.pk in chosen) for value in CompanyValue.objects.all()],
        "may_change": may_change_policies(by),
    }
    return render(request, "automation/policy.html", context)


@page
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one had asked."""
    by = actor_of(request)
    withdraw_question(approval=approval_at(by, pk), by=by)
    return go_on(request, came_from(request, "/approvals/"), _("The question is taken back."))


@page
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a policy into force, or out of force."""
    is_active = request.POST.get("is_active") == "true"
    actions.switch_policy(policy=get_object_or_404(Policy, pk=pk), is_active=is_active, by=actor_of(request))
    told = _("The policy is in force now.") if is_active else _("The policy is not in force any more.")
    return go_on(request, f"/policies/{pk}/", told)
