"""Values as people read them, in the active language."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.db.models import Model
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kinflow.kit.money import Money, brief

from ..context import Context
from .tree import Length

Titled = Callable[[Model], str]
_DECIMALS = "#,##0.##########"


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


def shown(value: Any, context: Context, title: Titled = str) -> str:
    """The value in words of the active language; what is missing is an empty text."""
    locale = _locale(get_language() or "en")
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case Money():
            return brief(value, get_language() or "en")
        case Decimal():
            return str(format_decimal(value, _DECIMALS, locale=locale))
        case datetime():
            local = value.astimezone(context.zone) if value.tzinfo else value
            day = str(format_date(local.date(), "medium", locale=locale))
            return f"{day} {format_time(local.time(), 'HH:mm', locale=locale)}"
        case date():
            return str(format_date(value, "medium", locale=locale))
        case tuple():
            return _(", ").join(map(str, value))
        case Model():
            return title(value)
        case Length():
            return _length_words(value)
        case _:
            return str(value)


def _length_words(length: Length) -> str:
    words = {
        "minutes": ngettext("%(n)d minute", "%(n)d minutes", length.amount),
        "hours": ngettext("%(n)d hour", "%(n)d hours", length.amount),
        "days": ngettext("%(n)d day", "%(n)d days", length.amount),
        "weeks": ngettext("%(n)d week", "%(n)d weeks", length.amount),
        "months": ngettext("%(n)d month", "%(n)d months", length.amount),
        "years": ngettext("%(n)d year", "%(n)d years", length.amount),
        "working_days": ngettext("%(n)d working day", "%(n)d working days", length.amount),
    }
    return words[length.unit] % {"n": length.amount}
