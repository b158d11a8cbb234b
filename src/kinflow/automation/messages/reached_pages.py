"""The live board of reached states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kinflow.records.pages.answers import actor_of
from kinflow.web.doors import page

from .reached import DAYS, ESCALATED, READ, UNREAD, reached


@page
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What was reached and told, by whether somebody has it in hand; `part=board` answers the columns alone."""
    found = reached(actor_of(request), timezone.now())
    names = [(UNREAD, _("Nobody has read it")), (ESCALATED, _("Told further")), (READ, _("In hand"))]
    columns = [(label, [each for each in found if each.column == name]) for name, label in names]
    part = "#board" if request.GET.get("part") == "board" else ""
    context = {"columns": columns, "count": len(found), "days": DAYS}
    return render(request, f"messages/reached.html{part}", context)
