"""The values of events in words, as sentences say them: by the event's own words, else by their type."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast, get_args

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from .event import Event

coded: dict[str, Callable[[str], str]] = {}
"""By how they begin: texts that are kept by their message, and what tells them in the active language."""
DAY, MOMENT = "Y-m-d", "Y-m-d H:i"


def said(event: type[Event], key: str, value: Any, told: Mapping[str, Any]) -> Any:
    """The value of one of the event's fields in the active language; `told` are all of them, as they were recorded,
    with the id of what is mentioned by its role.
    """
    if value in (None, ""):
        return "–"
    if value == "[erased]":
        return gettext("(erased)")
    if isinstance(value, list):
        return pgettext("between values", ", ").join(str(said(event, key, v, told)) for v in value)
    words = event.words.get(key, {})
    if isinstance(value, dict) and isinstance(words, Mapping):
        return pgettext("between values", ", ").join(value)
    try:
        return (
            words.get(str(value), _typed(event, key, value))
            if isinstance(words, Mapping)
            else words(value, told)
        )
    except (ArithmeticError, ValueError):
        return value  # a value that the reader may not read, or an older form of it


def _typed(event: type[Event], key: str, value: Any) -> Any:
    """Days, moments and numbers as people write them; all else as it is."""
    types = _types(cast(Any, event)).get(key, ())
    if datetime in types:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), MOMENT)
    if date in types:
        return date_format(date.fromisoformat(value), DAY)
    if Decimal in types:
        return f"{Decimal(value).normalize():,f}"
    tell = next((each for mark, each in coded.items() if str(value).startswith(mark)), None)
    return tell(value) if tell is not None and isinstance(value, str) else value


@cache
def _types(event: Any) -> Mapping[str, tuple[Any, ...]]:
    """The types that each of an event's fields may have."""
    return {part.name: get_args(part.type) or (part.type,) for part in fields(event)}
