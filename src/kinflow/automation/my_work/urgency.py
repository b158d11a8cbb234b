"""Why now: how urgent an item is, by its own dates and state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

HOT_SCORE = 60
FRESH = timedelta(days=3)
NOW, TODAY, LATER = "now", "today", "later"


@dataclass(frozen=True)
class Urgency:
    """When to do it, how it ranks within that (smaller first), and why, with a tone."""

    group: str
    rank: float
    words: str
    tone: str = ""


def urgency(kind: str, row: Any, now: datetime) -> Urgency:
    """How urgent the item is at `now`."""
    return _BY_KIND[kind](row, now) if kind in _BY_KIND else _plain(row, now)


def by_due(due: datetime | None, now: datetime, *, otherwise: Urgency) -> Urgency:
    """By a due time: overdue, due today, due later."""
    if due is None:
        return otherwise
    left = (due - now).total_seconds()
    if left < 0:
        return Urgency(NOW, left, _("Overdue since %(when)s") % {"when": _when(due, now)}, "bad")
    if timezone.localdate(due) == timezone.localdate(now):
        return Urgency(
            TODAY, left, _("Due today at %(time)s") % {"time": f"{timezone.localtime(due):%H:%M}"}, "warn"
        )
    if otherwise.group != LATER:
        return otherwise
    return Urgency(LATER, left, _("Due %(when)s") % {"when": _when(due, now)})


def _when(at: datetime, now: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate(now) else _day(local)


def _age(row: Any, now: datetime) -> float:
    """Seconds since it came to this person."""
    since: datetime = row.assigned_at or row.created_at
    return (now - since).total_seconds()


def _plain(row: Any, now: datetime) -> Urgency:
    return Urgency(LATER, -_age(row, now), "")


def _case(row: Any, now: datetime) -> Urgency:
    if row.status == "waiting":
        return Urgency(LATER, 1e9, _("Waiting for the customer"))
    fresh = Urgency(NOW, 0.0, _("New: the customer has no answer yet"), "accent")
    return by_due(
        row.due_at, now, otherwise=fresh if row.status == "new" else Urgency(TODAY, 1e6, _("Waiting on you"))
    )


def _activity(row: Any, now: datetime) -> Urgency:
    return by_due(row.due_at, now, otherwise=Urgency(LATER, 1e8, _("No due time")))


def _lead(row: Any, now: datetime) -> Urgency:
    if row.stage == "new" and row.score >= HOT_SCORE:
        return Urgency(
            NOW, -1e3 * row.score, _("Hot: score %(score)d, not contacted yet") % {"score": row.score}, "bad"
        )
    if row.stage == "new":
        return Urgency(TODAY, -_age(row, now) / 1e3, _("New: not contacted yet"), "accent")
    quiet = (now - row.changed_at).days
    if quiet >= 7:
        return Urgency(TODAY, 1e6 - quiet, _("Nothing happened for %(days)d days") % {"days": quiet}, "warn")
    return Urgency(LATER, 1e7 - row.score, _("In progress"))


def _opportunity(row: Any, now: datetime) -> Urgency:
    if row.closes_on is None:
        return Urgency(LATER, 1e8, _("No closing date"))
    left = (row.closes_on - timezone.localdate(now)).days
    if left < 0:
        told = _("Should have closed on %(date)s") % {"date": _day(row.closes_on)}
        return Urgency(TODAY, 1e5 + left, told, "warn")
    if left <= 7:
        return Urgency(TODAY, 2e5 + left, _("Closes on %(date)s") % {"date": _day(row.closes_on)}, "accent")
    return Urgency(LATER, 1e7 + left, _("Closes on %(date)s") % {"date": _day(row.closes_on)})


def _email(row: Any, now: datetime) -> Urgency:
    return Urgency(NOW, -_age(row, now) / 1e3, _("Waiting for an answer"), "accent")


def _account(row: Any, now: datetime) -> Urgency:
    return Urgency(LATER, 1e9 - _age(row, now), _("New customer for you"))


def _day(on: date) -> str:
    """A day near by, as people write it: without its year."""
    return date_format(on, pgettext("day and month, by Django's letters", "j M"))


_BY_KIND: Mapping[str, Callable[[Any, datetime], Urgency]] = {
    "case": _case,
    "activity": _activity,
    "lead": _lead,
    "opportunity": _opportunity,
    "email": _email,
    "account": _account,
}
