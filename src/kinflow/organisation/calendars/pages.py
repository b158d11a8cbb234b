"""The calendars: a year at a glance, working hours, and days of one's own."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Invalid, NotFound, Problem
from kinflow.records.access import may, visible
from kinflow.records.changing import Stale
from kinflow.records.faces import face_of
from kinflow.records.pages.answers import actor_of
from kinflow.records.pages.found import refuse_unseen
from kinflow.web.doors import page

from .actions import WEEKDAYS, change_calendar, remove_calendar_day, set_calendar_day
from .forms import date_from, day_form, hours_of, read, seen_day, seen_week, weekday_from
from .models import WorkingCalendar
from .year import special, year_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


@page
def first(request: HttpRequest) -> HttpResponse:
    """The first calendar, this year; where there is none, how to begin."""
    by = actor_of(request)
    refuse_unseen(face_of("workingcalendar"), by)
    row = visible(by, WorkingCalendar.objects.all()).order_by("is_retired", "pk").first()
    if row is not None:
        return HttpResponseRedirect(f"/organisation/calendars/{row.pk}/{timezone.localdate().year}/")
    told = {"can_add": may(by, "organisation.add_calendar", kind="workingcalendar")}
    return render(request, "organisation/no_calendars.html", told)


@page
def year(request: HttpRequest, calendar_id: int, year: int) -> HttpResponse:
    """A year of a calendar."""
    return _shown(request, _row(calendar_id, actor_of(request)), _year(year))


def _year(number: int) -> int:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFound(
            _("Calendars are shown from %(first)s to %(last)s.")
            % {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        )
    return number


def _row(calendar_id: int, by: Actor) -> WorkingCalendar:
    row = visible(by, WorkingCalendar.objects.prefetch_related("days")).filter(pk=calendar_id).first()
    if row is None:
        raise NotFound(_("There is no such calendar."))
    return row


def _shown(
    request: HttpRequest, row: WorkingCalendar, year: int, fault: Problem | None = None
) -> HttpResponse:
    by, of_day = actor_of(request), request.path.endswith("/day/")
    found = year_of(row, year, get_language() or "en")
    errors = {error.pointer: error.message for error in fault.errors} if fault else {}
    given = request.POST
    chosen = given.get("on", "") if of_day else request.GET.get("on", "")[:10]
    told: dict[str, Any] = {
        "row": row,
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "months": found,
        "special": special(found),
        "others": visible(by, WorkingCalendar.objects.all()).order_by("pk"),
        "hours": hours_of(row, {} if of_day else given.dict(), None if of_day else fault),
        "seen": json.dumps(row.week),
        "day": day_form(row, given.dict() if of_day else {}, chosen, fault),
        "weekdays": WEEKDAYS,
        "may_change": may(by, "organisation.change_calendar", row),
        "fault": fault,
        "faults": [words for pointer, words in errors.items() if not pointer.startswith("/week/")],
        "short_weekday": "2:" if (get_language() or "").startswith("zh") else ":2",
        "may_add": may(by, "organisation.add_calendar", kind="workingcalendar"),
    }
    status = fault.status if fault is not None else 200
    return render(request, "organisation/calendar.html", told, status=status)


@page
def day(request: HttpRequest, calendar_id: int, year: int) -> HttpResponse:
    """Let a day differ from the week."""
    by = actor_of(request)
    row, given = _row(calendar_id, by), request.POST
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        set_calendar_day(
            calendar=row,
            on=date_from(given.get("on", "")),
            works_as=weekday_from(given.get("works_as", "")),
            name=given.get("name", ""),
            seen=seen_day(given.dict()),
            by=by,
        )
    except (Invalid, Stale) as fault:
        return _shown(request, _row(calendar_id, by), _year(year), fault)
    return HttpResponseRedirect(f"/organisation/calendars/{row.pk}/{year}/")


@page
def remove_day(request: HttpRequest, calendar_id: int, year: int) -> HttpResponse:
    """Make a day an ordinary one again."""
    by = actor_of(request)
    row = _row(calendar_id, by)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    remove_calendar_day(calendar=row, on=date_from(request.POST.get("on", "")), by=by)
    return HttpResponseRedirect(f"/organisation/calendars/{row.pk}/{year}/")


@page
def hours(request: HttpRequest, calendar_id: int, year: int) -> HttpResponse:
    """Change the working hours of the week."""
    by = actor_of(request)
    row = _row(calendar_id, by)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    given = request.POST
    week = {str(number): read(given.get(f"day{number}", "")) for number, _label in WEEKDAYS}
    seen = seen_week(given.get("seen", ""))
    try:
        change_calendar(
            calendar=row, changes={"week": week}, seen=None if seen is None else {"week": seen}, by=by
        )
    except (Invalid, Stale) as fault:
        return _shown(request, _row(calendar_id, by), _year(year), fault)
    return HttpResponseRedirect(f"/organisation/calendars/{row.pk}/{year}/")
