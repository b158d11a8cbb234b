"""The page everybody begins the day with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person
from kinflow.records.access import may
from kinflow.records.faces import RecordType, registry
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.records.pages.verbs import offered
from kinflow.web.doors import page

from ..access import ASSIGN, HAND_BACK
from ..approvals.showing import asked_of
from ..assignments.batch import assign_batch
from ..assignments.pulling import take_next_best
from ..assignments.reaching import work_face
from ..assignments.unowned import waiting
from ..offers.showing import offered_to
from .across import kinds_to_pull, take_next_of_all
from .queries import GROUPS, SHOWN, Mine, my_items, told_of
from .urgency import LATER, NOW, TODAY

HEADINGS = {
    NOW: pgettext_lazy("when work is due", "Now"),
    TODAY: pgettext_lazy("when work is due", "Today"),
    LATER: pgettext_lazy("when work is due", "Later"),
}
MOST_AT_ONCE = 20_000


@page
def my_work(request: HttpRequest) -> HttpResponse:
    """My open work, ordered; what nobody was found for, for those who were told."""
    by, now = actor_of(request), timezone.now()
    items = my_items(by.person_id, now) if by.person_id else []
    only = request.GET.get("kind", "")
    shown = [m for m in items if not only or m.face.name == only]
    groups = [
        {
            "key": key,
            "label": HEADINGS[key],
            "rows": rows[:SHOWN],
            "count": len(rows),
            "more": max(len(rows) - SHOWN, 0),
        }
        for key in GROUPS
        if (rows := [m for m in shown if m.why_now.group == key])
    ]
    for group in groups:
        group["rows"] = [(mine, *_quick(mine, by)) for mine in group["rows"]]  # type: ignore[attr-defined]
    context = {
        "groups": groups,
        "count": len(items),
        "kinds": _counts(items),
        "only": only,
        "waiting": told_of(by.person_id) if by.person_id else [],
        "offers": offered_to(by.person_id) if by.person_id else [],
        "approvals": asked_of(by),
        "pulls": kinds_to_pull(by) if by.person_id else [],
    }
    return render(request, "automation/my_work.html", context)


def _quick(mine: Mine, by: Any) -> tuple[Any, bool]:
    """The one verb to offer on the row, and whether it may be handed back."""
    verbs = offered(mine.face, mine.row, by)
    return next((v for v in verbs if v.primary), None), may(by, HAND_BACK, mine.row)


def _counts(items: list[Mine]) -> list[tuple[RecordType, int]]:
    return [(face, n) for face in _works() if (n := sum(1 for m in items if m.face is face))]


def _works() -> list[RecordType]:
    return [face for face in registry.values() if face.work is not None]


def _person_of(by: Actor) -> Person:
    person = Person.objects.filter(pk=by.person_id or 0).first()
    if person is None:
        raise Refused(_("This sign-in belongs to nobody who works here."))
    return person


@page
def take_next(request: HttpRequest, kind: str) -> HttpResponse:
    """Give me my next best item."""
    if refused := only_post(request):
        return refused
    by, face = actor_of(request), work_face(kind)
    row = take_next_best(kind=kind, person=_person_of(by), by=by)
    return go_on(request, face.url(row.pk), _("Yours now: %(what)s") % {"what": face.title(row)})


@page
def take_next_of_any(request: HttpRequest) -> HttpResponse:
    """Give me my next best item, of whatever kind."""
    if refused := only_post(request):
        return refused
    by = actor_of(request)
    best = take_next_of_all(person=_person_of(by), by=by)
    told = {"what": best.face.title(best.row), "why": best.reason}
    return go_on(request, best.face.url(best.row.pk), _("Yours now: %(what)s. %(why)s") % told)


@page
def assign_selected(request: HttpRequest, kind: str) -> HttpResponse:
    """Give out selected items (`ids`), or all that wait: to the optimum, each with its card; GET asks first."""
    by, face = actor_of(request), work_face(kind)
    if not may(by, ASSIGN[1], kind=kind):
        raise Refused(remedy=_("Ask a team lead."))
    sent = [
        int(one)
        for part in request.POST.getlist("ids")
        for one in part.split(",")
        if one.isdecimal() and len(one) < 19
    ]
    if request.method != "POST":
        waits = waiting(kind)[: MOST_AT_ONCE + 1].count()
        return render(request, "automation/assign.html", {"face": face, "kind": kind, "waits": waits})
    ids = sent[:MOST_AT_ONCE] or list(waiting(kind).values_list("pk", flat=True)[:MOST_AT_ONCE])
    again = request.POST.get("again") == "true"
    outcome = assign_batch(kind, ids, again=again, by=by)
    told = ngettext("%(n)d item found its person.", "%(n)d items found their person.", len(outcome.given))
    text = told % {"n": len(outcome.given)}
    if outcome.offered:
        offered = ngettext("%(n)d is offered.", "%(n)d are offered.", len(outcome.offered))
        text = f"{text} {offered % {'n': len(outcome.offered)}}"
    if outcome.left_over:
        left = ngettext("%(n)d is left over.", "%(n)d are left over.", len(outcome.left_over))
        text = f"{text} {left % {'n': len(outcome.left_over)}}"
    return go_on(request, f"/{face.slug}/", text)
