"""Chat channels on screen: everybody's and one's own; their addresses are never shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import may
from kinflow.records.pages.answers import actor_of, go_on, only_post
from kinflow.web.doors import page

from .access import keeps_channels
from .channels import add_channel, switch_channel, try_channel
from .models import SERVICES, Channel


@page
def channels(request: HttpRequest) -> HttpResponse:
    """The channels, and a form to add one."""
    by = actor_of(request)
    problem: Problem | None = None
    given = {name: request.POST.get(name, "") for name in ("name", "service")}
    if request.method == "POST":
        is_shared = request.POST.get("is_shared") == "on" and keeps_channels(by)
        person = None if is_shared else Person.objects.filter(pk=by.person_id or 0).first()
        try:
            made = add_channel(address=request.POST.get("address", ""), person=person, by=by, **given)
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, "/channels/", _("%(name)s is in use.") % {"name": made.name})
    rows = Channel.objects.filter(person=None) | Channel.objects.filter(person_id=by.person_id or 0)
    context = {
        "rows": [(row, may(by, "automation.change_channel", row)) for row in rows],
        "services": SERVICES,
        "given": given,
        "may_share": keeps_channels(by),
        "may_add": may(by, "automation.add_channel", kind="channel"),
        "errors": [e.message for e in problem.errors] or [problem] if problem else [],
    }
    return render(request, "messages/channels.html", context, status=problem.status if problem else 200)


def my_channel(request: HttpRequest, pk: int) -> Channel:
    """A channel that the person keeps."""
    row = get_object_or_404(Channel, pk=pk)
    if not may(actor_of(request), "automation.change_channel", row):
        raise Refused(remedy=_("Ask a process owner."))
    return row


@page
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a channel on or off."""
    if refused := only_post(request):
        return refused
    is_active = request.POST.get("is_active") == "true"
    row = switch_channel(channel=my_channel(request, pk), is_active=is_active, by=actor_of(request))
    told = _("%(name)s is in use.") if is_active else _("%(name)s is switched off.")
    return go_on(request, "/channels/", told % {"name": row.name})


@page
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something in a channel now."""
    if refused := only_post(request):
        return refused
    why = try_channel(my_channel(request, pk))
    return go_on(request, "/channels/", why or _("The trial message was taken."))
