"""The forms beside a calendar's year: working hours as people write them, and one special day."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.records.changing import Stale

from .actions import WEEKDAYS, told_of
from .models import WorkingCalendar

_SPAN = re.compile(r"\s*(\d{1,2}:\d{2})\s*[-–—~至]\s*(\d{1,2}:\d{2})\s*")
LONGEST = 400


@dataclass(frozen=True)
class Hours:
    """One weekday: what stands in its field, what is wrong with it, and what somebody else made of it (None: same)."""

    number: int
    label: Any
    text: str
    errors: Sequence[str] = ()
    now: str | None = None


@dataclass(frozen=True)
class DayForm:
    """The form of a special day; `now` is what somebody else made of it meanwhile (None: nothing)."""

    on: str
    works_as: str
    name: str
    seen: str
    is_known: bool
    now: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def hours_of(row: WorkingCalendar, given: Mapping[str, str], fault: Problem | None) -> list[Hours]:
    """The week's fields: what was entered, with what is wrong; else as the calendar has it.

    Where somebody else changed the week meanwhile, days that the person left alone take the new hours, and those that
    both changed show both.
    """
    errors = {error.pointer: error.message for error in fault.errors} if fault else {}
    stale = isinstance(fault, Stale) and "week" in fault.field
    seen = seen_week(given.get("seen", "")) or {}
    found = []
    for number, label in WEEKDAYS:
        key = str(number)
        now, before = written(row.week.get(key, ())), written(seen.get(key, ()))
        text, other = given.get(f"day{key}", now), None
        if stale and now != before:
            was_touched = read(text) != read(before)
            text, other = (text, now) if was_touched and read(text) != read(now) else (now, None)
        wrong = [str(words) for at, words in errors.items() if at.startswith(f"/week/{key}")]
        found.append(Hours(number, label, text, wrong, other))
    return found


def day_form(row: WorkingCalendar, given: Mapping[str, str], on: str, fault: Problem | None) -> DayForm:
    """The form of the day: what was entered, else what the calendar has of it."""
    day = parsed(on)
    known = next((each for each in row.days.all() if each.on == day), None)
    now = told_of(known)
    works_as, name = str(now.get("works_as") or ""), now.get("name", "")
    if not given:
        return DayForm(on, works_as, name, json.dumps(now), known is not None)
    stale = day_words(now) if isinstance(fault, Stale) else None
    seen = json.dumps(now) if stale is not None else given.get("seen", "{}")
    return DayForm(on, given.get("works_as", ""), given.get("name", ""), seen, known is not None, stale)


def day_words(told: Mapping[str, Any]) -> str:
    """What a calendar has of a day, in words."""
    if not told:
        return _("an ordinary day")
    weekday = dict(WEEKDAYS).get(told.get("works_as") or 0)
    words = _("worked as %(weekday)s") % {"weekday": weekday} if weekday else _("a day off")
    return f"{words} · {told['name']}" if told.get("name") else words


def seen_week(text: str) -> Mapping[str, Any] | None:
    """The week that the editor saw; None where the form does not say so."""
    found = _opened(text)
    return found if isinstance(found, dict) else None


def seen_day(given: Mapping[str, str]) -> Mapping[str, Any] | None:
    """What the editor saw of the day; of another day than the one the form was made for, an ordinary one."""
    if "seen" not in given:
        return None
    found = _opened(given["seen"])
    return found if isinstance(found, dict) and given.get("seen_on") == given.get("on") else {}


def _opened(text: str) -> Any:
    try:
        return json.loads(text[:20_000])
    except (ValueError, RecursionError):
        return None


def weekday_from(text: str) -> int | None:
    """The chosen weekday; None is a day off. Raises Invalid."""
    if not text:
        return None
    if text not in {str(number) for number, _label in WEEKDAYS}:
        raise Invalid(errors=[FieldError("/works_as", _("Choose one of the values."))])
    return int(text)


def date_from(text: str) -> date:
    """The date of a form. Raises Invalid."""
    found = parsed(text)
    if found is None:
        raise Invalid(errors=[FieldError("/on", _("Give a date."))])
    return found


def parsed(text: str) -> date | None:
    """The date that the text is, if any."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def written(spans: Any) -> str:
    """Spans as people write them: 08:30–12:00, 13:00–17:30."""
    return ", ".join("–".join(str(clock) for clock in span) for span in spans)


def read(text: str) -> list[list[str]]:
    """What people wrote as spans; what is none stays as a span that no week takes."""
    parts = [part for part in re.split(r"[,;，；、\n]", text[:LONGEST]) if part.strip()]
    found = []
    for part in parts:
        span = _SPAN.fullmatch(part.replace("：", ":"))
        found.append([_clock(span[1]), _clock(span[2])] if span else [part.strip()[:40]])
    return found


def _clock(text: str) -> str:
    return text.zfill(5)
