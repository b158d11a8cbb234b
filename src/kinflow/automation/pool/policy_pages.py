"""Pools among the settings: the list, the editor with its live count of what would go back, versions."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.people.models import WORK_KINDS
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..naming import called
from ..scorings.forms import condition_of
from ..scorings.pages import says
from .access import may_change_pools
from .models import Pool
from .pages import refuse_unseen
from .policies import add_pool, change_pool, restore_pool, switch_pool
from .policy import KINDS, NUMBERS, Policy, read_policy
from .queries import MOST_COUNTED, would_return
from .using import policy_of


@page
def policies(request: HttpRequest) -> HttpResponse:
    """All pools, by kind of work."""
    by = actor_of(request)
    refuse_unseen(by)
    groups = [
        {
            "kind": kind,
            "label": dict(WORK_KINDS)[kind],
            "icon": registry[kind].icon,
            "rows": [(p, called(p), says(kind, p.condition), policy_of(p)) for p in _pools(kind)],
        }
        for kind in KINDS
        if kind in registry
    ]
    context = {"groups": groups, "may_change": may_change_pools(by)}
    return render(request, "automation/pools.html", context)


def _pools(kind: str) -> list[Pool]:
    return list(Pool.objects.filter(kind=kind).order_by("position", "pk"))


def sent(post: QueryDict, kind: str) -> dict[str, Any]:
    """What the form sent, as the actions take it. Raises ConditionError."""
    policy: dict[str, Any] = {n.name: post.get(n.name, "") for n in NUMBERS}
    policy["may_claim"] = condition_of(post.get("may_claim", ""), "person")
    return {
        "name": post.get("name", ""),
        "name_zh": post.get("name_zh", ""),
        "position": post.get("position") or "10",
        "condition": condition_of(post.get("condition", ""), kind),
        "policy": policy,
    }


def _show(
    request: HttpRequest,
    kind: str,
    given: Mapping[str, Any],
    *,
    pool: Pool | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    errors = (
        {e.pointer.removeprefix("/policy").strip("/").split("/")[0]: e.message for e in problem.errors}
        if problem
        else {}
    )
    policy = given.get("policy") or {}
    context = {
        "kind": kind,
        "kind_label": dict(WORK_KINDS)[kind],
        "given": given,
        "numbers": [(n, policy.get(n.name), errors.get(n.name)) for n in NUMBERS],
        "may_claim": policy.get("may_claim") or {},
        "pool": pool,
        "pool_called": called(pool) if pool else "",
        "versions": list(pool.versions.all()) if pool else [],
        "seen": request.POST.get("seen", "") or (pool.number if pool else ""),
        "errors": errors,
        "fault": problem if problem and not problem.errors else None,
        "may_change": may_change_pools(actor_of(request)),
        "vocabulary": VOCABULARY,
        "here": f"/pool/policies/{pool.pk}/" if pool else f"/pool/policies/new/?kind={kind}",
    }
    return render(request, "automation/pool_policy.html", context, status=problem.status if problem else 200)


@page
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of a pool; what is sent becomes a new version."""
    refuse_unseen(actor_of(request))
    pool = get_object_or_404(Pool, pk=pk)
    given: dict[str, Any] = {
        "name": pool.name,
        "name_zh": pool.name_zh,
        "position": pool.position,
        "condition": pool.condition,
        "policy": vars(policy_of(pool)),
    }
    if request.method != "POST":
        return _show(request, pool.kind, given, pool=pool)
    seen = request.POST.get("seen", "")
    try:
        given = sent(request.POST, pool.kind)
        number = int(seen) if seen.isdecimal() and len(seen) < 10 else None
        changed = change_pool(pool=pool, changes=given, seen=number, by=actor_of(request))
    except Problem as problem:
        return _show(request, pool.kind, given, pool=pool, problem=problem)
    told = _("Version %(number)d is in use.") % {"number": changed.number}
    return go_on(request, f"/pool/policies/{pk}/", told)


@page
def new_policy(request: HttpRequest) -> HttpResponse:
    """The editor for a pool that is not there yet."""
    refuse_unseen(actor_of(request))
    kind = request.GET.get("kind", "account")
    if kind not in KINDS:
        raise Http404(kind)
    given: dict[str, Any] = {"name": "", "name_zh": "", "position": 10, "policy": vars(Policy())}
    if request.method != "POST":
        return _show(request, kind, given)
    try:
        given = sent(request.POST, kind)
        made = add_pool(kind=kind, by=actor_of(request), **given)
    except Problem as problem:
        return _show(request, kind, given, problem=problem)
    return go_on(request, f"/pool/policies/{made.pk}/", _("%(name)s is in use.") % {"name": called(made)})


@page
def count(request: HttpRequest, kind: str) -> HttpResponse:
    """How much the draft in the editor would send back; nothing is written."""
    if refused := only_post(request):
        return refused
    if not may_change_pools(actor_of(request)):
        raise Refused(remedy=_("Ask a process owner."))
    if kind not in KINDS:
        raise Http404(kind)
    number = request.GET.get("pool", "")
    try:
        given = sent(request.POST, kind)
        pool = (
            Pool.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        )
        draft = Pool(pk=pool.pk if pool else 0, kind=kind, condition=given["condition"])
        told = would_return(draft, read_policy(given["policy"]), timezone.now())
    except Problem as problem:
        return render(request, "automation/pool_policy.html#count", {"problem": problem})
    context = {"told": told, "most": MOST_COUNTED, "plural": registry[kind].plural}
    return render(request, "automation/pool_policy.html#count", context)


@page
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a pool on or off."""
    if refused := only_post(request):
        return refused
    pool = get_object_or_404(Pool, pk=pk)
    is_active = request.POST.get("is_active") == "true"
    switch_pool(pool=pool, is_active=is_active, by=actor_of(request))
    told = _("%(name)s is in use.") if is_active else _("%(name)s is switched off.")
    return go_on(request, "/pool/policies/", told % {"name": called(pool)})


@page
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let an earlier version count again."""
    if refused := only_post(request):
        return refused
    pool = restore_pool(pool=get_object_or_404(Pool, pk=pk), number=number, by=actor_of(request))
    told = _("Version %(number)d is in use.") % {"number": pool.number}
    return go_on(request, f"/pool/policies/{pk}/", told)
