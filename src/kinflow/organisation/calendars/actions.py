"""All that can be done with working calendars."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, NotFound
from kinflow.records.access import permit
from kinflow.records.changing import Stale, apply_changes
from kinflow.records.faces import Ask

from ..retiring import retired, taken_up
from .events import (
    CalendarAdded,
    CalendarChanged,
    CalendarDayRemoved,
    CalendarDaySet,
    CalendarRetired,
    CalendarTakenUp,
)
from .models import CalendarDay, WorkingCalendar
from .public_days import countries
from .rules import UnknownTimeZone, zone_of
from .week import BadWeek, week_of

Week = Mapping[str, Sequence[Sequence[str]]]
OFFICE_HOURS: Week = dict.fromkeys("12345", [["09:00", "12:00"], ["13:00", "18:00"]])
WEEKDAYS = [
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
]


class CalendarNameTaken(Conflict):
    """Another calendar has this name."""

    code = "calendar-name-taken"


def _refuse_wrong(calendar: WorkingCalendar) -> None:
    errors = [] if calendar.name else [FieldError("/name", _("Give it a name."))]
    try:
        week_of(calendar.week)
    except BadWeek as bad:
        errors += [FieldError(f"/week{error.pointer}", error.message) for error in bad.errors]
    try:
        zone_of(calendar.time_zone)
    except UnknownTimeZone:
        errors.append(FieldError("/time_zone", _("Give a time zone such as Asia/Shanghai.")))
    if calendar.country and calendar.country not in countries():
        errors.append(
            FieldError("/country", _("The public holidays of this country are not known. Leave it empty."))
        )
    if errors:
        raise Invalid(errors=errors)
    if WorkingCalendar.objects.filter(name=calendar.name).exclude(pk=calendar.pk).exists():
        raise CalendarNameTaken(
            _("There is a working calendar “%(name)s” already.") % {"name": calendar.name},
            field="/name",
            remedy=_("Use that calendar, or give this one another name."),
        )


@action
def add_calendar(
    *,
    name: Annotated[str, Ask(gettext_lazy("Name"))],
    week: Week = OFFICE_HOURS,
    time_zone: Annotated[str, Ask(gettext_lazy("Time zone"))] = "Asia/Shanghai",
    country: Annotated[
        str, Ask(gettext_lazy("Public holidays of"), help=gettext_lazy("Two letters, such as CN"))
    ] = "",
    days_of: Annotated[
        WorkingCalendar | None,
        Ask(gettext_lazy("Special days as in"), help=gettext_lazy("Its days off and worked days are copied")),
    ] = None,
    by: Actor,
) -> WorkingCalendar:
    """Add a calendar to work by; `week` maps "1" (Monday) to "7" to spans such as ["08:30", "12:00"].

    It gets the days of its own that `days_of` has now.

    Raises Invalid for hours that cannot be, an unknown time zone or country; CalendarNameTaken.
    """
    permit(by, kind="workingcalendar")
    calendar = WorkingCalendar(
        name=name.strip(),
        week=_plain(week),
        time_zone=time_zone.strip(),
        country=country.strip().upper(),
    )
    _refuse_wrong(calendar)
    calendar.save()
    for day in days_of.days.all() if days_of is not None else ():
        CalendarDay(calendar=calendar, on=day.on, works_as=day.works_as, name=day.name).save()
    record(CalendarAdded(calendar=calendar, time_zone=calendar.time_zone, country=calendar.country))
    return calendar


def _plain(week: Any) -> Any:
    """The week as JSON keeps it: days without hours left out, spans in order; what is no week stays as it is."""
    if not isinstance(week, Mapping):
        return week
    return {
        str(day): sorted(list(span) for span in spans) if _are_spans(spans) else spans
        for day, spans in sorted(week.items(), key=lambda item: str(item[0]))
        if spans
    }


def _are_spans(spans: Any) -> bool:
    return isinstance(spans, list | tuple) and all(
        isinstance(span, list | tuple) and all(isinstance(clock, str) for clock in span) for span in spans
    )


@action
def change_calendar(
    *,
    calendar: WorkingCalendar,
    changes: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
    by: Actor,
) -> WorkingCalendar:
    """Change fields, `week` among them; `seen` are the values the editor saw.

    Raises what `add_calendar` raises, and Stale.
    """
    calendar = hold(calendar)
    permit(by, calendar)
    given = {name: value for name, value in changes.items() if name != "week"}
    if isinstance(given.get("country"), str):
        given["country"] = given["country"].strip().upper()
    changed = apply_changes(calendar, given, seen=seen)
    if seen is not None and "week" in seen:
        _refuse_stale_week(calendar, seen["week"])
    if "week" in changes and (week := _plain(changes["week"])) != calendar.week:
        changed["week"] = [calendar.week, week]
        calendar.week = week
    if changed:
        _refuse_wrong(calendar)
        calendar.save()
        record(CalendarChanged(workingcalendar=calendar, changes=changed))
    return calendar


def _refuse_stale_week(calendar: WorkingCalendar, seen: Any) -> None:
    if _plain(seen) != _plain(calendar.week):
        raise Stale(
            _("Somebody else changed these working hours meanwhile."),
            field="/week",
            remedy=_("Look at both, and save again what is right."),
            now=calendar.week,
            seen=_plain(seen),
        )


def told_of(day: CalendarDay | None) -> dict[str, Any]:
    """What an editor sees of a special day, as `set_calendar_day` takes it; nothing for an ordinary one."""
    return {} if day is None else {"works_as": day.works_as, "name": day.name}


@action
def set_calendar_day(
    *,
    calendar: WorkingCalendar,
    on: Annotated[date, Ask(gettext_lazy("Date"))],
    works_as: Annotated[
        int | None,
        Ask(
            gettext_lazy("Worked as"),
            help=gettext_lazy("Empty: a day off"),
            choices=WEEKDAYS,
        ),
    ] = None,
    name: Annotated[str, Ask(gettext_lazy("Name"))] = "",
    seen: Mapping[str, Any] | None = None,
    by: Actor,
) -> WorkingCalendar:
    """Let a day differ from the week: off, or worked as another weekday (1 is Monday); goes before public holidays.

    `seen` is what the editor saw of the day: its `works_as` and `name`, or nothing in it for an ordinary day.
    Raises Invalid for what is no weekday, Stale where the day is another one meanwhile.
    """
    calendar = hold(calendar)
    permit(by, calendar)
    errors = []
    if works_as is not None and works_as not in dict(WEEKDAYS):
        errors.append(FieldError("/works_as", _("Choose one of the values.")))
    if len(name.strip()) > 120:
        errors.append(FieldError("/name", _("At most %(most)d characters.") % {"most": 120}))
    if errors:
        raise Invalid(errors=errors)
    known = CalendarDay.objects.filter(calendar=calendar, on=on).first()
    if seen is not None and dict(seen) != (now := told_of(known)):
        raise Stale(
            _("Somebody else changed this day meanwhile."),
            field="/on",
            remedy=_("Look at both, and save again what is right."),
            now=now,
            seen=dict(seen),
        )
    day = known or CalendarDay(calendar=calendar, on=on)
    day.works_as, day.name = works_as, name.strip()
    day.save()
    record(CalendarDaySet(calendar=calendar, on=on, works_as=works_as, day_name=day.name))
    return calendar


@action
def remove_calendar_day(
    *, calendar: WorkingCalendar, on: Annotated[date, Ask(gettext_lazy("Date"))], by: Actor
) -> WorkingCalendar:
    """Let a day be as the week and the public holidays say again.

    Raises NotFound where it is.
    """
    calendar = hold(calendar)
    permit(by, calendar)
    day = CalendarDay.objects.filter(calendar=calendar, on=on).first()
    if day is None:
        raise NotFound(_("This calendar has no day of its own on %(on)s.") % {"on": on})
    day.delete()
    record(CalendarDayRemoved(calendar=calendar, on=on))
    return calendar


@action
def retire_calendar(*, calendar: WorkingCalendar, by: Actor) -> WorkingCalendar:
    """Give the working calendar to nobody any more; its history stays. Raises Retired, StillInUse."""
    calendar = retired(calendar, by)
    record(CalendarRetired(workingcalendar=calendar))
    return calendar


@action
def take_up_calendar(*, calendar: WorkingCalendar, by: Actor) -> WorkingCalendar:
    """Use a retired calendar again. Raises Retired where it is in use."""
    calendar = taken_up(calendar, by)
    record(CalendarTakenUp(workingcalendar=calendar))
    return calendar
