"""Why this person? The card by hover and dialog, all candidates, giving to somebody else, handing back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog.narration import narrate
from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.organisation.models import Person
from kinflow.records.access import may
from kinflow.records.pages.answers import actor_of, by_htmx, came_from, go_on, only_post
from kinflow.web.doors import page

from ..access import HAND_BACK
from ..scorings.using import scorings_for
from .actions import assign_by_scoring, give, hand_back, is_open
from .heat import Heat, heat_of
from .past import last_given, story_of
from .reaching import may_give, work_at, work_face


def is_fragment(request: HttpRequest) -> bool:
    """Whether a dialog or a hover asks, and not the whole page."""
    return by_htmx(request) and request.headers.get("HX-Boosted") != "true"


def _context(request: HttpRequest, kind: str, pk: int) -> dict[str, Any]:
    by, face = actor_of(request), work_face(kind)
    row = work_at(kind, pk, by)
    return {
        "face": face,
        "row": row,
        "row_title": face.title(row),
        "number": face.number(row),
        "url": face.url(row.pk),
        "given": last_given(kind, [pk]).get(pk),
        "may_give": may_give(by, row) and is_open(row),
        "may_hand_back": bool(row.owner_id) and may(by, HAND_BACK, row) and is_open(row),
    }


@page
def why(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Why somebody has the item: with ?hover the card alone; as a page with all candidates and the history."""
    context = _context(request, kind, pk)
    if "hover" in request.GET:
        return render(request, "automation/why.html#hover", context)
    if is_fragment(request):
        return render(request, "automation/why.html#dialog", context)
    scoring = scorings_for(kind, [pk]).get(pk)
    if scoring is not None:
        context |= {
            "scoring": scoring,
            "heat": heat_of(kind, pk, scoring, timezone.now(), is_open=is_open(context["row"])),
        }
    return render(request, "automation/why.html", context | {"story": narrate(story_of(kind, pk))})


@page
def give_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask to whom and why, and give the item to them."""
    context = _context(request, kind, pk)
    scoring = scorings_for(kind, [pk]).get(pk)
    heat: Heat | None = heat_of(kind, pk, scoring, timezone.now()) if scoring else None
    people = heat.rows if heat else Person.objects.filter(left_on=None).select_related("unit").order_by("pk")
    more = {
        "people": people,
        "ranked": heat is not None,
        "action": "give",
        "form_title": _("Give to someone else"),
    }

    def run() -> None:
        number = request.POST.get("person", "")
        is_number = number.isdecimal() and len(number) < 19
        chosen = Person.objects.filter(pk=int(number)).first() if is_number else None
        if chosen is None:
            raise Invalid(errors=[FieldError("/person", _("Choose a person."))])
        give(
            record=context["row"], person=chosen, reason=request.POST.get("reason", ""), by=actor_of(request)
        )

    return _asked(request, context | more, run, _("Given: %(what)s") % {"what": context["row_title"]})


@page
def hand_back_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask why, and hand the item back."""
    context = _context(request, kind, pk) | {"action": "hand-back", "form_title": _("Hand back")}

    def run() -> None:
        hand_back(record=context["row"], reason=request.POST.get("reason", ""), by=actor_of(request))

    return _asked(request, context, run, _("Handed back: %(what)s") % {"what": context["row_title"]})


def _asked(request: HttpRequest, context: dict[str, Any], run: Callable[[], None], done: str) -> HttpResponse:
    """The form; when it is sent, what it asks for is done, or refused at its fields."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            run()
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, came_from(request, context["url"]), done)
    errors = {e.pointer.strip("/"): e.message for e in problem.errors} if problem else {}
    fault = "" if errors or problem is None else str(problem)
    sent = {
        "person": request.POST.get("person", request.GET.get("person", "")),
        "reason": request.POST.get("reason", ""),
    }
    template = "automation/give.html#dialog" if is_fragment(request) else "automation/give.html"
    status = problem.status if problem is not None else 200
    return render(
        request, template, {**context, "errors": errors, "fault": fault, "sent": sent}, status=status
    )


@page
def again(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Let the scoring decide again."""
    if refused := only_post(request):
        return refused
    context = _context(request, kind, pk)
    person = assign_by_scoring(record=context["row"], again=True, by=actor_of(request))
    told = _("Goes to %(name)s") % {"name": person.name} if person else _("Nobody is eligible now.")
    return go_on(request, came_from(request, context["url"]), told)
