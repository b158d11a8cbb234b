"""The rule of a territory as a form; what it would move is planned before anything changes."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse_text
from kinflow.customers.models import Account
from kinflow.kit.place_words import place_words
from kinflow.kit.problem import Problem, Refused
from kinflow.kit.provinces import province_code
from kinflow.organisation.models import Territory
from kinflow.organisation.skills.rules import is_place
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.records.pages.filters import names_in
from kinflow.records.pages.wanted import Vocabulary
from kinflow.web.doors import page

from .access import may_plan
from .claims import rules_now
from .layout import china
from .models import PROPOSED, TerritoryPlan
from .plans import plan_rule, propose_territory_plan
from .rules import HIGHEST_RANK, LOWEST_RANK, Rule


def _in_use(pk: int) -> tuple[Territory, Rule]:
    territory = get_object_or_404(Territory, pk=pk, is_retired=False)
    return territory, next(rule for rule in rules_now() if rule.territory_id == pk)


@page
def rule_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule of a territory as a form; sending it makes a plan, or adds to one that is open."""
    by = actor_of(request)
    if not may_plan(by):
        raise Refused(remedy=_("Ask an administrator or a process owner."))
    territory, rule = _in_use(pk)
    plan = _open_plan(request)
    if plan is not None:
        rule = plan_rule(plan, pk) or rule
    given: dict[str, Any] = rule.kept()
    problem: Problem | None = None
    if request.method == "POST":
        try:
            given = _sent(request.POST)
            parse_text(json.dumps(given["condition"]), "account", Vocabulary(by))
            changes = {int(key): kept for key, kept in (plan.changes if plan else {}).items()}
            plan = propose_territory_plan(changes=changes | {pk: given}, instead=plan, by=by)
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, f"/territories/plans/{plan.pk}/", _("Planned; nothing has moved yet."))
    return _form(request, territory, given, plan, problem)


def _open_plan(request: HttpRequest) -> TerritoryPlan | None:
    raw = request.GET.get("plan", "")
    if not (raw.isdecimal() and len(raw) < 19):
        return None
    return get_object_or_404(TerritoryPlan, pk=int(raw), state=PROPOSED)


def _sent(post: QueryDict) -> dict[str, Any]:
    """The rule as it was sent; places are ticked, or written as codes or as names of provinces."""
    written = [
        word
        for text in post.get("more", "").replace("，", ",").replace("、", ",").split(",")
        if (word := text.strip())
    ]
    try:
        condition = json.loads(post.get("condition", "") or "{}")
    except (ValueError, RecursionError) as broken:
        raise ConditionError("/condition", _("This condition cannot be read.")) from broken
    rank = post.get("rank", "")
    return {
        "places": [*post.getlist("place"), *(_code(word) for text in written if (word := text.strip()))],
        "condition": condition,
        "rank": int(rank) if rank.isascii() and rank.isdecimal() and len(rank) < 3 else 0,
        "named": _numbers(post, "named"),
        "left_out": _numbers(post, "left_out"),
    }


def _code(word: str) -> str:
    return word.upper() if is_place(word.upper()) else province_code("CN", word)


def _numbers(post: QueryDict, name: str) -> list[int]:
    return [int(v) for v in post.getlist(name) if v.isascii() and v.isdecimal() and len(v) < 19]


def _form(
    request: HttpRequest,
    territory: Territory,
    given: Mapping[str, Any],
    plan: TerritoryPlan | None,
    problem: Problem | None,
) -> HttpResponse:
    vocabulary = Vocabulary(actor_of(request))
    drawn = {code for row in china() for code in row}
    try:
        names = names_in(parse_text(json.dumps(given["condition"]), "account", vocabulary))
    except ConditionError:
        names = {}
    accounts = Account.objects.in_bulk([*given["named"], *given["left_out"]])
    context = {
        "territory": territory,
        "given": given,
        "plan": plan,
        "squares": [[(code, place_words(code), code in given["places"]) for code in row] for row in china()],
        "more": ", ".join(code for code in given["places"] if code not in drawn),
        "ranks": range(HIGHEST_RANK, LOWEST_RANK + 1),
        "named": [(pk, accounts.get(pk) or f"#{pk}") for pk in given["named"]],
        "left_out": [(pk, accounts.get(pk) or f"#{pk}") for pk in given["left_out"]],
        "vocabulary": vocabulary,
        "names": names,
        "problem": problem,
        "errors": {e.pointer.strip("/").split("/")[0]: e.message for e in problem.errors} if problem else {},
        "here": request.get_full_path(),
    }
    return render(request, "sales/territory_rule.html", context, status=problem.status if problem else 200)
