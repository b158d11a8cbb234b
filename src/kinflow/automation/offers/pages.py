"""Answering offers on screen: the offer with its score card, accepting, declining with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem
from kinflow.records.faces import registry
from kinflow.records.pages.answers import actor_of, came_from, go_on, only_post
from kinflow.web.doors import page

from ..assignments.pages import is_fragment
from .answering import accept_offer, decline_offer
from .models import Offer
from .showing import shown
from .terms import REASONS


def offer_at(request: HttpRequest, pk: int) -> Offer:
    """The offer, for whom it was made to."""
    return get_object_or_404(
        Offer.objects.select_related("scoring", "person"), pk=pk, person_id=actor_of(request).person_id or 0
    )


def _shown(offer: Offer) -> Any:
    row = get_object_or_404(registry[offer.kind].model._default_manager.all(), pk=offer.object_id)
    return shown(offer, row)


@page
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What is offered to me, why, and until when."""
    template = "automation/offer.html#dialog" if is_fragment(request) else "automation/offer.html"
    return render(request, template, {"one": _shown(offer_at(request, pk))})


@page
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is offered to me."""
    if refused := only_post(request):
        return refused
    given = offer_at(request, pk)
    row = accept_offer(offer=given, by=actor_of(request))
    face = registry[given.kind]
    return go_on(request, face.url(row.pk), _("Yours now: %(what)s") % {"what": face.title(row)})


@page
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and decline what is offered to me."""
    one = _shown(offer_at(request, pk))
    problem: Problem | None = None
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
    if request.method == "POST":
        try:
            decline_offer(offer=one.offer, reason=reason, note=note, by=actor_of(request))
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, came_from(request, "/"), _("Declined: %(what)s") % {"what": one.title})
    errors = {e.pointer.strip("/"): e.message for e in problem.errors} if problem else {}
    context = {
        "action": request.path,
        "form_title": _("Decline"),
        "help_text": _(
            "The next best person is asked. The reason stands in the log and in the scoring's report."
        ),
        "number": one.face.number(one.row),
        "row_title": one.title,
        "url": "/",
        "errors": errors,
        "fault": "" if errors or problem is None else f"{problem} {problem.remedy}",
        "choices": REASONS,
        "reason": reason,
        "note": note,
    }
    template = "automation/reason.html#dialog" if is_fragment(request) else "automation/reason.html"
    return render(request, template, context, status=problem.status if problem else 200)
