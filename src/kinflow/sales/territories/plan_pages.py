"""Plans of territories on screen: what they would move, made so, taken back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.customers.models import Account
from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Territory
from kinflow.records.access import may, visible
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from .access import APPLY, UNDO, may_plan, sees_plans
from .models import APPLIED, PROPOSED, TerritoryPlan
from .plans import apply_territory_plan, undo_territory_plan
from .showing import lines_of

SHOWN = 50
MOST_MOVES = 200


@page
def plans(request: HttpRequest) -> HttpResponse:
    """The newest plans."""
    by = actor_of(request)
    if not sees_plans(by):
        raise Refused(remedy=_("Ask an administrator or a process owner."))
    rows = list(TerritoryPlan.objects.select_related("owner")[:SHOWN])
    names = _names(pk for row in rows for pk in map(int, row.changes))
    shown = [(row, [names.get(int(pk), pk) for pk in row.changes]) for row in rows]
    return render(request, "sales/territory_plans.html", {"rows": shown, "may_plan": may_plan(by)})


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(Territory.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def _plan(request: HttpRequest, pk: int) -> TerritoryPlan:
    if not sees_plans(actor_of(request)):
        raise Refused(remedy=_("Ask an administrator or a process owner."))
    return get_object_or_404(TerritoryPlan.objects.select_related("owner"), pk=pk)


@page
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: the rules before and after, load per territory, and which accounts go from where to where."""
    by, plan = actor_of(request), _plan(request, pk)
    figures = plan.figures
    names = dict(Territory.objects.values_list("pk", "name"))
    after = request.GET.get("after", "")
    moves = plan.moves.filter(pk__gt=int(after) if after.isdecimal() and len(after) < 19 else 0)
    chosen = request.GET.get("from", ""), request.GET.get("to", "")
    for column, text in zip(("before_id", "after_id"), chosen, strict=True):
        if text.isdecimal() and len(text) < 19:
            moves = moves.filter(**{column: int(text) or None})
    rows = list(moves[: MOST_MOVES + 1])
    accounts = visible(by, Account.objects.all()).in_bulk([row.account_id for row in rows])
    context = {
        "plan": plan,
        "rules": [_both(plan, key, names, by) for key in plan.changes],
        "figures": figures,
        "loads": _loads(figures, names),
        "flows": [(names.get(was), names.get(to), was or 0, to or 0, n) for was, to, n in figures["flows"]],
        "moves": [
            (accounts.get(row.account_id), names.get(row.before_id or 0), names.get(row.after_id or 0))
            for row in rows[:MOST_MOVES]
        ],
        "next": rows[MOST_MOVES - 1].pk if len(rows) > MOST_MOVES else None,
        "chosen": chosen,
        "is_narrowed": any(chosen),
        "may_change": may_plan(by) and plan.state == PROPOSED,
        "may_apply": may(by, APPLY, plan) and plan.state == PROPOSED,
        "may_undo": may(by, UNDO, plan) and plan.state == APPLIED,
        "territories": [
            (pk, name)
            for pk, name in sorted(names.items(), key=lambda item: item[1])
            if str(pk) not in plan.changes
        ],
    }
    return render(request, "sales/territory_plan.html", context)


def _loads(figures: Mapping[str, Any], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Accounts of each territory before and after as bars, those that change first."""
    top = max([1, *(max(t["before"], t["after"]) for t in figures["territories"])])
    rows = [
        {
            **t,
            "name": names.get(t["id"], "–"),
            "before_width": round(300 * t["before"] / top, 1),
            "after_width": round(300 * t["after"] / top, 1),
            "change": t["after"] - t["before"],
            "each": round(t["after"] / t["people"], 1) if t["people"] else None,
        }
        for t in figures["territories"]
        if t["before"] or t["after"] or t["people"]
    ]
    return sorted(rows, key=lambda row: (-abs(row["change"]), row["name"]))


def _both(plan: TerritoryPlan, key: str, names: Mapping[int, str], by: Actor) -> dict[str, Any]:
    return {
        "id": int(key),
        "name": names.get(int(key), key),
        "before": lines_of(int(key), plan.before[key], by),
        "after": lines_of(int(key), plan.changes[key], by),
    }


@page
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it so."""
    if refused := only_post(request):
        return refused
    plan = apply_territory_plan(plan=_plan(request, pk), by=actor_of(request))
    n = plan.figures["moved"]
    told = ngettext("%(n)d account moved", "%(n)d accounts moved", n) % {"n": n}
    return go_on(request, f"/territories/plans/{pk}/", told, f"/territories/plans/{pk}/undo/")


@page
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    if refused := only_post(request):
        return refused
    undo_territory_plan(plan=_plan(request, pk), by=actor_of(request))
    return go_on(request, f"/territories/plans/{pk}/", _("Taken back; the rules are as they were."))
