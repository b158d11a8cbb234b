"""The bell and the page of notices."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kinflow.eventlog import Actor
from kinflow.web.doors import page

from .models import Notice
from .queries import MOST_COUNTED, notices_of, shown, unread
from .reading import read_notices

PAGE = 30
IN_BELL = 10


def _who(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _person_id(request: HttpRequest) -> int:
    return _who(request).person_id or 0


def _by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


@page
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The page of notices; asked for by the bell, its short list; `part=rows` answers further rows."""
    person_id = _person_id(request)
    before = request.GET.get("before", "")
    is_bell = _by_htmx(request) and request.GET.get("part", "bell") == "bell"
    limit = IN_BELL if is_bell else PAGE
    at = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    found = notices_of(person_id, before=at, limit=limit + 1)
    context = {
        "notices": shown(found[:limit], _who(request)),
        "unread": unread(person_id),
        "most": MOST_COUNTED,
        "older": f"/notices/?before={found[limit - 1].pk}" if len(found) > limit else "",
    }
    if is_bell:
        return render(request, "notices/overview.html#bell", context)
    part = "#rows" if request.GET.get("part") == "rows" else ""
    return render(request, f"notices/overview.html{part}", context)


@page
@never_cache
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many are unread, as the bell shows it."""
    return render(
        request, "notices/count.html", {"unread": unread(_person_id(request)), "most": MOST_COUNTED}
    )


@page
@require_GET
def opened(request: HttpRequest, notice_id: int) -> HttpResponse:
    """On to what the notice is about; it counts as read."""
    notice = get_object_or_404(Notice, pk=notice_id, person_id=_person_id(request))
    _read(request, notice_id)
    return HttpResponseRedirect(notice.url or "/notices/")


@page
@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read."""
    get_object_or_404(Notice, pk=notice_id, person_id=_person_id(request))
    _read(request, notice_id)
    return _done(request)


@page
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    read_notices(Notice.objects.filter(person_id=_person_id(request)), timezone.now())
    return _done(request)


def _read(request: HttpRequest, notice_id: int) -> None:
    read_notices(Notice.objects.filter(pk=notice_id, person_id=_person_id(request)), timezone.now())


def _done(request: HttpRequest) -> HttpResponse:
    if not _by_htmx(request):
        return HttpResponseRedirect("/notices/")
    answer = HttpResponse(status=204)
    answer["HX-Trigger"] = "kinflow:notices"
    return answer
