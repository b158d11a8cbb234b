"""The pool on screen: what lies there, claiming it, what is mine of it, putting and taking back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.customers.accounts.rules import INDUSTRIES
from kinflow.eventlog import Actor
from kinflow.kit.place_words import place_words
from kinflow.kit.problem import NotFound, Problem, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import may, may_read, may_see
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, came_from, go_on, only_post
from kinflow.web.doors import page

from ..assignments.pages import is_fragment
from ..assignments.reaching import work_at, work_face
from ..naming import called
from .access import CLAIM, may_change_pools, sees_pools
from .claiming import claim, put_back, quota_of, take_back
from .models import Pool
from .queries import MOST_COUNTED, PAGE, lying_in, mine, shown
from .using import pools_for

SEEN = 1000
"""So many of the newest items are asked for the provinces to choose from."""
COLUMNS = ("industry", "province", "grade", "score", "amount")
FILTERS = ("q", "industry", "province")


def person_of(by: Actor) -> Person | None:
    """The person who asks, if a person does."""
    return Person.objects.filter(pk=by.person_id).first() if by.person_id else None


def refuse_unseen(by: Actor) -> None:
    """Raise Refused where pools are not for this actor."""
    if not sees_pools(by):
        raise Refused(remedy=_("Ask an administrator."))


@page
def pool(request: HttpRequest) -> HttpResponse:
    """What lies in a pool, with filters and what is left of the quota; `part=rows` answers further rows."""
    by, now = actor_of(request), timezone.now()
    refuse_unseen(by)
    pools = list(Pool.objects.filter(is_active=True))
    chosen = next((p for p in pools if str(p.pk) == request.GET.get("pool")), pools[0] if pools else None)
    context: dict[str, Any] = {
        "pools": [(p, called(p), p == chosen) for p in pools],
        "pool": chosen,
        "may_change": may_change_pools(by),
    }
    if chosen is None:
        return render(request, "automation/pool.html", context)
    filters = {name: request.GET.get(name, "") for name in FILTERS}
    face, person = registry[chosen.kind], person_of(by)
    rows = lying_in(chosen, filters, now)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related(*face.with_related)[: PAGE + 1])
    query = request.GET.copy()
    if len(found) > PAGE:
        query["before"], query["pool"] = str(found[PAGE - 1].pk), str(chosen.pk)
    context |= {
        "face": face,
        "filters": filters,
        "rows": [(one, may_see(by, one.row)) for one in shown(found[:PAGE], person, now)],
        "older": f"/pool/?{query.urlencode()}" if len(found) > PAGE else "",
        "count": "" if before else _counted(rows),
        "quota": quota_of(chosen, person, now) if person else None,
        "may_claim": person is not None and may(by, CLAIM, kind=chosen.kind),
        "industries": INDUSTRIES,
        "provinces": _provinces(chosen, now),
        "columns": _columns(chosen.kind, by),
    }
    return render(request, "automation/pool.html", context)


def _columns(kind: str, by: Actor) -> list[str]:
    fields = registry[kind].by_name
    return [n for n in COLUMNS if n in fields and may_read(by, fields[n].sensitivity)]


def _provinces(chosen: Pool, now: datetime) -> list[tuple[str, str]]:
    """The provinces to filter by: those of the newest that lie there."""
    rows = lying_in(chosen, {}, now)
    column = "province" if "province" in registry[chosen.kind].by_name else "account__province"
    found = set(rows.values_list(column, flat=True)[:SEEN])
    return sorted(((code, place_words(code)) for code in found if code), key=lambda pair: pair[1])


def _counted(rows: Any) -> str:
    n = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED:,}+" if n > MOST_COUNTED else f"{n:,}"


@page
def mine_page(request: HttpRequest) -> HttpResponse:
    """What I hold of pools: protected for how long, and what goes back when."""
    by, now = actor_of(request), timezone.now()
    refuse_unseen(by)
    person = person_of(by)
    held = mine(person, now) if person else []
    context = {"held": [(one, one.days_left(now), called(one.pool)) for one in held], "is_mine": True}
    return render(request, "automation/pool_mine.html", context)


def lying_at(kind: str, pk: int, by: Actor) -> Any:
    """The item, for whoever may see it, give it out, or claim it out of its pool; NotFound otherwise."""
    try:
        return work_at(kind, pk, by)
    except NotFound:
        face = work_face(kind)
        row = face.model._default_manager.filter(pk=pk, owner=None).first()
        if row is None or not may(by, CLAIM, kind=kind) or not pools_for(kind, [pk]):
            raise
        return row


@page
def claim_one(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Claim an item."""
    if refused := only_post(request):
        return refused
    by, face = actor_of(request), work_face(kind)
    person = person_of(by)
    if person is None:
        raise Refused(_("This sign-in belongs to nobody who works here."))
    row = claim(record=lying_at(kind, pk, by), person=person, by=by)
    return go_on(request, face.url(pk), _("Yours now: %(what)s") % {"what": face.title(row)})


@page
def put_back_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask why, and put one's own item back."""
    title, help_text = _("Put back into the pool"), _("Colleagues may claim it; you only after the lock-out.")
    return _let_go(request, kind, pk, put_back, title, help_text)


@page
def take_back_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask why, and take somebody's item back."""
    title, help_text = _("Take back into the pool"), _("Its owner reads your reason in the log.")
    return _let_go(request, kind, pk, take_back, title, help_text)


def _let_go(
    request: HttpRequest, kind: str, pk: int, run: Callable[..., Any], title: str, help_text: str
) -> HttpResponse:
    by, face = actor_of(request), work_face(kind)
    row = work_at(kind, pk, by)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            run(record=row, reason=request.POST.get("reason", ""), by=by)
        except Problem as refused:
            problem = refused
        else:
            back = came_from(request, "/pool/mine/")
            address = "/pool/mine/" if face.url(pk) in back else back
            return go_on(request, address, _("In the pool again: %(what)s") % {"what": face.title(row)})
    errors = {e.pointer.strip("/"): e.message for e in problem.errors} if problem else {}
    context = {
        "action": request.path,
        "form_title": title,
        "help_text": help_text,
        "number": face.number(row),
        "row_title": face.title(row),
        "url": face.url(pk),
        "errors": errors,
        "fault": "" if errors or problem is None else f"{problem} {problem.remedy}",
        "reason": request.POST.get("reason", ""),
    }
    template = "automation/reason.html#dialog" if is_fragment(request) else "automation/reason.html"
    return render(request, template, context, status=problem.status if problem else 200)
