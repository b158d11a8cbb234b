"""Rebalancing on screen: ask for moves, look at them, set the price of a move, apply, take back."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kinflow.eventlog import Actor
from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import may, may_see
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..access import ASSIGN
from .access import may_rebalance, seen_rebalancings, sees_rebalancing, units_of
from .applying import apply_rebalancing, undo_rebalancing
from .drawing import drawing_of
from .models import CAUSES, Rebalancing
from .proposing import propose_rebalancing

SHOWN = 30
MOST_MOVES = 500


def numbers(given: QueryDict, name: str) -> list[int]:
    """The whole numbers sent under the name."""
    return [int(v) for v in given.getlist(name) if v.isascii() and v.isdecimal() and len(v) < 19]


@page
def rebalancings(request: HttpRequest) -> HttpResponseBase:
    """The form that asks for moves, and the proposals so far."""
    by = actor_of(request)
    if not sees_rebalancing(by):
        raise Refused(remedy=_("Ask a team lead or a process owner."))
    problem: Problem | None = None
    if request.method == "POST":
        try:
            row = _proposed(request.POST, by)
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, f"/rebalancing/{row.pk}/", _("Moves proposed; nothing has moved yet."))
    given = request.POST if request.method == "POST" else request.GET
    errors = {e.pointer.strip("/"): e.message for e in problem.errors} if problem else {}
    context = {
        "rows": seen_rebalancings(by).select_related("owner")[:SHOWN],
        "may_propose": may_rebalance(by),
        "errors": errors,
        "fault": problem if problem and not errors else None,
        "given": given,
        "cause": given.get("cause", "absence"),
        "price": given.get("price", "5"),
        "causes": CAUSES,
        **_choices(by, given),
    }
    return render(request, "automation/rebalancings.html", context, status=problem.status if problem else 200)


def _proposed(post: QueryDict, by: Actor) -> Rebalancing:
    return propose_rebalancing(
        cause=post.get("cause", ""),
        kinds=post.getlist("kind"),
        people=numbers(post, "person"),
        units=numbers(post, "unit"),
        price=post.get("price", ""),
        most=post.get("most", ""),
        by=by,
    )


def _choices(by: Actor, given: QueryDict) -> dict[str, Any]:
    """Whom, which units and which kinds the actor can choose, with what is chosen."""
    within, now = units_of(by), timezone.localdate()
    people = Person.objects.filter(takes_work=True).exclude(left_on__lt=now.replace(year=now.year - 1, day=1))
    units = Unit.objects.filter(is_closed=False)
    if within is not None:
        people, units = people.filter(unit_id__in=list(within)), units.filter(pk__in=list(within))
    chosen, chosen_units = set(numbers(given, "person")), set(numbers(given, "unit"))
    kinds = given.getlist("kind")
    works = [f for f in registry.values() if f.work and (within is None or may(by, ASSIGN[1], kind=f.name))]
    return {
        "people": [
            (p, p.pk in chosen)
            for p in people.select_related("unit").order_by("unit__path", "family_name", "pk")
        ],
        "units": [(u, u.pk in chosen_units) for u in units.order_by("path")],
        "kinds": [(f, f.name in kinds or not kinds) for f in works],
    }


def _seen(request: HttpRequest, pk: int) -> Rebalancing:
    return get_object_or_404(seen_rebalancings(actor_of(request)).select_related("owner"), pk=pk)


@page
def rebalancing(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: figures, load before and after, the moves and what came of each."""
    by, row = actor_of(request), _seen(request, pk)
    moves = list(row.moves.select_related("before", "after")[: MOST_MOVES + 1])
    figures = row.figures
    states = [move.state for move in row.moves.only("state")] if row.state != "proposed" else []
    seen = _visible(by, moves)
    context = {
        "row": row,
        "figures": figures,
        "moves": [(m, registry[m.kind], (m.kind, m.object_id) in seen) for m in moves[:MOST_MOVES]],
        "is_cut": len(moves) > MOST_MOVES,
        "loads": [
            (registry[k], drawing_of(rows), rows) for k, rows in figures["loads"].items() if k in registry
        ],
        "no_place": sum(len(ids) for ids in figures["no_place"].values()),
        "no_scoring": sum(len(ids) for ids in figures["no_scoring"].values()),
        "may_apply": may_rebalance(by) and row.state == "proposed",
        "may_undo": may_rebalance(by) and row.state == "applied",
        "done": states.count("done") + states.count("undone") + states.count("kept"),
        "skipped": states.count("skipped"),
        "returned": states.count("undone"),
        "kept": states.count("kept"),
    }
    return render(request, "automation/rebalancing.html", context)


def _visible(by: Actor, moves: list[Any]) -> set[tuple[str, int]]:
    """Which of the items the actor may open."""
    seen: set[tuple[str, int]] = set()
    for kind in {m.kind for m in moves}:
        ids = [m.object_id for m in moves if m.kind == kind]
        rows = registry[kind].model._default_manager.filter(pk__in=ids)
        seen.update((kind, item.pk) for item in rows if may_see(by, item))
    return seen


@page
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose anew at another price of a move."""
    if refused := only_post(request):
        return refused
    row = _seen(request, pk)
    row = propose_rebalancing(
        cause=row.cause,
        kinds=row.kinds,
        people=row.people,
        price=request.POST.get("price", ""),
        most=row.most,
        instead=row,
        by=actor_of(request),
    )
    n = row.figures["moves"]
    return go_on(request, f"/rebalancing/{pk}/", ngettext("%(n)d move", "%(n)d moves", n) % {"n": n})


@page
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the moves."""
    if refused := only_post(request):
        return refused
    row = apply_rebalancing(rebalancing=_seen(request, pk), by=actor_of(request))
    done = row.moves.filter(state="done").count()
    told = ngettext("%(n)d item moved", "%(n)d items moved", done) % {"n": done}
    return go_on(request, f"/rebalancing/{pk}/", told, f"/rebalancing/{pk}/undo/")


@page
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the moves back."""
    if refused := only_post(request):
        return refused
    row = undo_rebalancing(rebalancing=_seen(request, pk), by=actor_of(request))
    back = row.moves.filter(state="undone").count()
    told = ngettext("%(n)d item taken back", "%(n)d items taken back", back) % {"n": back}
    return go_on(request, f"/rebalancing/{pk}/", told)
