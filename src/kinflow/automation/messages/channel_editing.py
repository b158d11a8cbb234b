"""A chat channel's name and address on screen; the address is asked for anew, never shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Problem
from kinflow.records.pages.answers import actor_of, go_on
from kinflow.web.doors import page

from .channel_pages import my_channel
from .channels import change_channel


@page
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the name, and the address where another one is given."""
    row = my_channel(request, pk)
    problem: Problem | None = None
    name = request.POST.get("name", row.name)
    if request.method == "POST":
        address = request.POST.get("address", "").strip() or None
        try:
            change_channel(channel=row, name=name, address=address, by=actor_of(request))
        except Problem as refused:
            problem = refused
        else:
            return go_on(request, "/channels/", _("%(name)s is kept.") % {"name": name.strip()})
    context = {
        "row": row,
        "name": name,
        "errors": [e.message for e in problem.errors] or [problem] if problem else [],
    }
    return render(request, "messages/channel.html", context, status=problem.status if problem else 200)
