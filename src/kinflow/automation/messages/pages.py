"""Messages on screen: one click to the record, how they reach me, what became of everybody's."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import may
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from ..bilingual import in_active_language
from ..notices.reading import read_messages
from .access import sees_deliveries
from .delivering import retry_delivery
from .kinds import DIGESTS, QUIET, STATES, TONES, URGENCIES, WAYS
from .models import Delivery, Message
from .settings import choice_of, choose_messages, open_channels

PAGE = 50


@page
@require_GET
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what a message is about; it counts as read."""
    message = get_object_or_404(Message, pk=pk, person_id=actor_of(request).person_id or 0)
    read_messages([message.pk], timezone.now())
    return HttpResponseRedirect(message.url or "/notices/")


@page
def choices(request: HttpRequest) -> HttpResponse:
    """How messages reach me: ways by urgency, chat channel, quiet hours, digest."""
    by = actor_of(request)
    person = Person.objects.filter(pk=by.person_id or 0).select_related("calendar").first()
    if person is None:
        raise Refused(_("This sign-in belongs to nobody who works here."))
    problem: Problem | None = None
    given = vars(choice_of(person))
    if request.method == "POST":
        given = {
            "ways": {urgency: request.POST.getlist(f"ways-{urgency}") for urgency, _label in URGENCIES},
            **{name: request.POST.get(name, "") for name in ("chat", "quiet", "digest", "digest_hour")},
        }
        try:
            choose_messages(person=person, by=by, **given)
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, "/messages/settings/", _("Messages reach you like this from now on."))
    context = {
        "person": person,
        "given": given,
        "chat": str(given.get("chat") or given.get("chat_id") or ""),
        "rows": [(u, label, given["ways"].get(u, [])) for u, label in URGENCIES],
        "ways": [each for each in WAYS if each[0] != "app"],
        "channels": open_channels(person),
        "quiets": QUIET,
        "digests": DIGESTS,
        "hours": range(24),
        "hour": str(given.get("digest_hour", 8)),
        "errors": [e.message for e in problem.errors] or [problem] if problem else [],
    }
    return render(request, "messages/choices.html", context, status=problem.status if problem else 200)


@page
def deliveries(request: HttpRequest) -> HttpResponse:
    """What became of messages: everybody's for whoever may see them, otherwise mine."""
    by = actor_of(request)
    rows = Delivery.objects.select_related("message__person", "channel").order_by("-pk")
    if not sees_deliveries(by):
        rows = rows.filter(message__person_id=by.person_id or 0)
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    if state in dict(STATES):
        rows = rows.filter(state=state)
    if before.isascii() and before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown: list[Any] = [
        (row, in_active_language(row.message.subject), TONES.get(row.state, "")) for row in found[:PAGE]
    ]
    older = f"/deliveries/?state={state}&before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    context = {
        "rows": shown,
        "state": state,
        "states": STATES,
        "older": older,
        "may_retry": may(by, "automation.retry_delivery", kind="message"),
        "is_all": sees_deliveries(by),
    }
    return render(request, "messages/deliveries.html", context)


@page
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed delivery again."""
    if refused := only_post(request):
        return refused
    row = get_object_or_404(Delivery, pk=pk)
    retry_delivery(delivery=row, by=actor_of(request))
    return go_on(request, "/deliveries/?state=failed", _("It is tried again now."))
