"""When a rule acts: an event, a state that holds (or has held for a time), or a schedule; read, checked, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kinflow.conditions.dates import months_later
from kinflow.conditions.editing import UNIT_WORDS
from kinflow.conditions.tree import Unit
from kinflow.kit.problem import FieldError

from ..parameter_values import WrongParameter, duration

WEEKDAYS = (
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
)
EVERY = (
    ("day", gettext_lazy("every day")),
    ("week", gettext_lazy("every week")),
    ("month", gettext_lazy("every month")),
)
WORKED = ("minutes", "hours", "days")
"""The units that can be counted by a working calendar."""


@dataclass(frozen=True)
class Trigger:
    """When a rule acts; `when` is event, state or schedule, and says which of the others count.

    `data` are values that the event must have been told with. `calendar` is "" (time as it passes), "owner" (working
    time of the record's owner) or a calendar's id as text.
    `existing` lets a state rule act for what it finds when it is switched on.
    """

    when: str
    events: tuple[str, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, Any] = field(default_factory=dict)
    calendar: str = ""
    existing: bool = False
    every: str = "day"
    at: str = "09:00"
    on: int = 1

    def words(self) -> str:
        """When it is, as the beginning of a sentence."""
        if self.when == "event":
            from .event_names import data_words, event_words

            told = _(" or ").join(event_words(n) for n in self.events)
            for name, value in self.data.items():
                told += _(" (%(field)s: %(value)s)") % {
                    "field": name,
                    "value": data_words(self.events, name, value),
                }
            return _("When %(events)s") % {"events": told}
        if self.when == "schedule":
            return self._schedule_words()
        if not self.held:
            return _("As soon as the condition holds")
        span = {"time": held_words(self.held)}
        return (
            _("When the condition has held for %(time)s of working time")
            if self.calendar
            else _("When the condition has held for %(time)s")
        ) % span

    def _schedule_words(self) -> str:
        told = {"at": self.at, "on": str(dict(WEEKDAYS).get(self.on, self.on))}
        match self.every:
            case "week":
                return _("Every %(on)s at %(at)s") % told
            case "month":
                return _("On day %(on)s of every month at %(at)s") % told
            case _:
                return _("Every day at %(at)s") % told

    def next_after(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The next moment of the schedule, each local day at most once, whatever the clocks are put to."""
        hour, minute = (int(part) for part in self.at.split(":"))
        today = now.astimezone(zone).date()
        for ahead in range(63):
            day = today + timedelta(days=ahead)
            if not self._is_on(day):
                continue
            at = datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(ZoneInfo("UTC"))
            if at > now:
                return at
        raise ValueError("a schedule without days")

    def _is_on(self, day: date) -> bool:
        if self.every == "week":
            return day.isoweekday() == self.on
        if self.every == "month":
            last = (months_later(day.replace(day=1), 1) - timedelta(days=1)).day
            return day.day == min(self.on, last)
        return True


def held_words(held: Mapping[str, Any]) -> str:
    """A length of time in words: 4 hours."""
    if not held:
        return _("no time")
    amount = int(held["amount"])
    one = {
        "minutes": ngettext("%(n)d minute", "%(n)d minutes", amount),
        "hours": ngettext("%(n)d hour", "%(n)d hours", amount),
        "days": ngettext("%(n)d day", "%(n)d days", amount),
        "weeks": ngettext("%(n)d week", "%(n)d weeks", amount),
        "months": ngettext("%(n)d month", "%(n)d months", amount),
    }
    pattern = one.get(held["unit"])
    return pattern % {"n": amount} if pattern else f"{amount} {UNIT_WORDS[Unit(held['unit'])]}"


def read_trigger(given: Any, errors: list[FieldError]) -> Trigger | None:
    """The trigger; what is wrong with it is added to `errors`, below /trigger."""
    if not isinstance(given, Mapping) or given.get("when") not in ("event", "state", "schedule"):
        errors.append(FieldError("/trigger/when", _("Choose an event, a state or a schedule.")))
        return None
    before = len(errors)
    match given["when"]:
        case "event":
            events = _events(given.get("events"), errors)
            made = Trigger("event", events=events, data=_data(given.get("data"), events, errors))
        case "state":
            made = _state(given, errors)
        case _:
            made = _schedule(given, errors)
    return made if len(errors) == before else None


def _events(given: Any, errors: list[FieldError]) -> tuple[str, ...]:
    from .event_names import known_events

    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list | tuple) or not names or len(names) > 20:
        errors.append(FieldError("/trigger/events", _("Choose at least one event.")))
        return ()
    for at, name in enumerate(names):
        if not isinstance(name, str) or name not in known_events():
            errors.append(FieldError(f"/trigger/events/{at}", _("There is no such event.")))
    return tuple(dict.fromkeys(str(n) for n in names))


def _data(given: Any, events: tuple[str, ...], errors: list[FieldError]) -> dict[str, str]:
    from .event_names import data_of

    if given in (None, "", {}):
        return {}
    known = {name for name, _label in data_of(events)}
    if (
        not isinstance(given, Mapping)
        or len(given) > 5
        or not all(isinstance(v, str) for v in given.values())
    ):
        errors.append(FieldError("/trigger/data", _("Give texts by the names of the event’s fields.")))
        return {}
    errors.extend(
        FieldError(f"/trigger/data/{name}", _("The event has no such field."))
        for name in given
        if name not in known
    )
    return {str(name): value for name, value in given.items()}


def _state(given: Mapping[str, Any], errors: list[FieldError]) -> Trigger:
    held: dict[str, Any] = {}
    try:
        held = duration(given.get("for"))
    except WrongParameter as wrong:
        errors.append(FieldError(f"/trigger/for{wrong.pointer}", wrong.words))
    if held.get("amount") == 0:
        held = {}
    calendar = str(given.get("calendar") or "")
    if calendar and held and held.get("unit") not in WORKED:
        errors.append(
            FieldError("/trigger/for/unit", _("Working time is counted in minutes, hours or days."))
        )
    if calendar not in ("", "owner") and not (calendar.isascii() and calendar.isdecimal()):
        errors.append(FieldError("/trigger/calendar", _("There is no such calendar.")))
    existing = given.get("existing") in (True, "true", "on", 1)
    return Trigger("state", held=held, calendar=calendar if held else "", existing=existing)


def _schedule(given: Mapping[str, Any], errors: list[FieldError]) -> Trigger:
    every, at, on = given.get("every", "day"), str(given.get("at") or "09:00"), given.get("on") or 1
    if every not in dict(EVERY):
        errors.append(FieldError("/trigger/every", _("Choose every day, week or month.")))
    if not _is_time(at):
        errors.append(FieldError("/trigger/at", _("Give a time of day, such as 09:00.")))
    most = {"week": 7, "month": 31}.get(every, 31)
    day = int(on) if str(on).isascii() and str(on).isdecimal() and len(str(on)) < 3 else 0
    if not 1 <= day <= most:
        errors.append(FieldError("/trigger/on", _("Choose a day.")))
    return Trigger("schedule", every=str(every), at=at, on=day)


def _is_time(text: str) -> bool:
    parts = text.split(":")
    if len(parts) != 2 or not all(p.isascii() and p.isdecimal() and len(p) <= 2 for p in parts):
        return False
    return int(parts[0]) < 24 and int(parts[1]) < 60


def kept_trigger(trigger: Trigger) -> dict[str, Any]:
    """The trigger as a version keeps it."""
    match trigger.when:
        case "event":
            return {"when": "event", "events": list(trigger.events), "data": dict(trigger.data)}
        case "state":
            return {
                "when": "state",
                "for": dict(trigger.held),
                "calendar": trigger.calendar,
                "existing": trigger.existing,
            }
        case _:
            return {"when": "schedule", "every": trigger.every, "at": trigger.at, "on": trigger.on}
