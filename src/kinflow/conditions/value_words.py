"""The constants of a condition in words of the active language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from .fields import Field, Kind, Words
from .operators import Op
from .tree import Duration, Me, MyUnit, Period, Test, Today, Unit
from .typography import filled
from .words import PERIODS

Names: TypeAlias = Mapping[tuple[str, int], Words]
"""What records are called, by record type and id."""

SHOWN = 8
"""How many values of a list are named; of the rest only the number is told."""


def _durations(n: int) -> dict[Unit, Callable[[], str]]:
    return {
        Unit.MINUTES: lambda: ngettext("%(count)s minute", "%(count)s minutes", n),
        Unit.HOURS: lambda: ngettext("%(count)s hour", "%(count)s hours", n),
        Unit.DAYS: lambda: ngettext("%(count)s day", "%(count)s days", n),
        Unit.WEEKS: lambda: ngettext("%(count)s week", "%(count)s weeks", n),
        Unit.MONTHS: lambda: ngettext("%(count)s month", "%(count)s months", n),
        Unit.QUARTERS: lambda: ngettext("%(count)s quarter", "%(count)s quarters", n),
        Unit.YEARS: lambda: ngettext("%(count)s year", "%(count)s years", n),
    }


def value_words(test: Test, names: Names) -> str:
    """The test's value; a list as its values, of a pair nothing (its ends are said one by one)."""
    value = test.value
    if isinstance(value, Period):
        return str(PERIODS[test.op, value])
    if isinstance(value, Duration):
        return duration_words(value)
    if isinstance(value, tuple):
        return _listed([one_words(item, test.field, names) for item in value])
    return "" if value is None else one_words(value, test.field, names)


def ends_words(test: Test, names: Names) -> dict[str, str]:
    """The two ends of `between`."""
    assert test.op is Op.BETWEEN
    assert isinstance(test.value, tuple)
    low, high = (one_words(item, test.field, names) for item in test.value)
    return {"low": low, "high": high}


def duration_words(duration: Duration) -> str:
    """A length of time: 7 days."""
    return _durations(duration.amount)[duration.unit]() % {"count": f"{duration.amount:,}"}


def one_words(value: Any, field: Field, names: Names) -> str:
    """One constant of a field."""
    match value:
        case bool():
            return pgettext("condition value", "yes") if value else pgettext("condition value", "no")
        case Me():
            return pgettext("condition value", "me")
        case MyUnit():
            return pgettext("condition value", "my unit")
        case Today(offset):
            return _day_words(offset)
        case datetime():
            local = timezone.localtime(value) if value.tzinfo else value
            return date_format(local, "DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
        case _ if field.kind in (Kind.CHOICE, Kind.CHOICE_LIST) and field.choices:
            return str(next((label for known, label in field.choices if known == value), value))
        case int() if field.kind is Kind.RELATION:
            return str(names.get((field.target or "", value), f"#{value}"))
        case int():
            return f"{value:,}"
        case Decimal():
            return f"{value:,f}"
        case _:
            return pgettext("condition value", "“%(text)s”") % {"text": value}


def _day_words(offset: int) -> str:
    """A day by its distance from today."""
    match offset:
        case 0:
            return pgettext("condition value", "today")
        case -1:
            return pgettext("condition value", "yesterday")
        case 1:
            return pgettext("condition value", "tomorrow")
        case _ if offset < 0:
            return ngettext("%(count)s day ago", "%(count)s days ago", -offset) % {"count": f"{-offset:,}"}
        case _:
            return ngettext("in %(count)s day", "in %(count)s days", offset) % {"count": f"{offset:,}"}


def _listed(words: list[str]) -> str:
    """Several values one after the other; of long lists only the first."""
    shown = pgettext("between values", ", ").join(words[:SHOWN])
    rest = len(words) - SHOWN
    if rest <= 0:
        return shown
    told = ngettext("%(shown)s and %(rest)s more", "%(shown)s and %(rest)s more", rest)
    return filled(told, shown=shown, rest=str(rest))
