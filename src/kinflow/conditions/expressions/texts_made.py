"""Making texts: every result is bounded before it is made."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ..context import Context
from . import limits
from .refusal import refuse
from .shown import shown
from .values import number_of, short


def text(value: Any, *, context: Context) -> str:
    """The value as people read it in the active language."""
    return value if isinstance(value, str) else shown(value, context)


def concat(*values: Any, context: Context) -> str:
    """All values as texts, one behind the other; what is missing adds nothing."""
    return short("".join(text(value, context=context) for value in values))


def _text(value: Any) -> str | None:
    """A text, or None; of an event's data numbers count as their digits."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | date | tuple):
        refuse(_("This is no text."), 0, _("Write text(…)."))
    return str(value)


def upper(value: Any, *, context: Context) -> str | None:
    """In capitals."""
    return None if value is None else short((_text(value) or "").upper())


def lower(value: Any, *, context: Context) -> str | None:
    """In small letters."""
    return None if value is None else short((_text(value) or "").lower())


def trim(value: Any, *, context: Context) -> str | None:
    """Without spaces at both ends."""
    return None if value is None else (_text(value) or "").strip() or None


def left(value: Any, count: Any, *, context: Context) -> str | None:
    """The first so many characters."""
    if value is None or count is None:
        return None
    return (_text(value) or "")[: _count(count)] or None


def right(value: Any, count: Any, *, context: Context) -> str | None:
    """The last so many characters."""
    if value is None or count is None:
        return None
    words, many = _text(value) or "", _count(count)
    return words[max(0, len(words) - many) :] or None


def _count(given: Any) -> int:
    count = number_of(given)
    if count != count.to_integral_value() or not 0 <= count <= limits.MAX_TEXT:
        refuse(_("So many characters cannot be taken."), 0, _("Give a whole number from 0 on."))
    return int(count)


def length(value: Any, *, context: Context) -> Any:
    """How many characters a text has, or values a list."""
    return number_of("0") if value is None else number_of(str(len(value)))


def replace(value: Any, what: Any, by: Any, *, context: Context) -> str | None:
    """The text with each occurrence of one text replaced by another."""
    if value is None:
        return None
    words, sought, new = _text(value) or "", _text(what) or "", _text(by) or ""
    if not sought:
        return words
    grown = len(words) + words.count(sought) * (len(new) - len(sought))
    if grown > limits.MAX_TEXT:
        short("x" * (limits.MAX_TEXT + 1))
    return words.replace(sought, new) or None


def contains(value: Any, what: Any, *, context: Context) -> bool:
    """Whether a text has the other somewhere, upper and lower case alike; whether a list has the value."""
    if value is None or what is None:
        return False
    if isinstance(value, tuple):
        return what in value
    return (_text(what) or "").casefold() in (_text(value) or "").casefold()
