"""Opaque cursors: a few values as text for a URL, which nobody can change unnoticed."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Invalid

LONGEST = 4000  # characters
_SEAL = 12  # bytes
_READERS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "Decimal": Decimal,
    "UUID": UUID,
}


class BadCursor(Invalid):
    """A cursor was changed, cut, or made for another list."""

    code = "bad-cursor"
    title = _("This place in the list is not known")


def encode(values: Sequence[Any]) -> str:
    """Text for a URL that holds the values: numbers, texts, None, booleans, moments, dates, decimals, UUIDs."""
    written = json.dumps([_written(value) for value in values], separators=(",", ":"), ensure_ascii=False)
    content = written.encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(_seal(content) + content).rstrip(b"=").decode("ascii")


def decode(cursor: str) -> list[Any]:
    """The values of `encode`. Raises BadCursor for any other text."""
    try:
        if len(cursor) > LONGEST:
            raise ValueError(len(cursor))
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        content = raw[_SEAL:]
        if not constant_time_compare(raw[:_SEAL], _seal(content)):
            raise ValueError(cursor)
        return [_read(value) for value in json.loads(content.decode("utf-8", "surrogatepass"))]
    except (ValueError, TypeError, binascii.Error) as error:
        raise bad_cursor() from error


def bad_cursor() -> BadCursor:
    """The error for a cursor that leads nowhere."""
    return BadCursor(
        _("The link to this page of the list is damaged or belongs to another list."),
        field="cursor",
        remedy=_("Start again from the first page."),
    )


def _seal(content: bytes) -> bytes:
    return salted_hmac("kinflow.kit.cursors", content, algorithm="sha256").digest()[:_SEAL]


def _written(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    kind = next(name for name in _READERS if name in {base.__name__ for base in type(value).__mro__})
    return {kind: value.isoformat() if hasattr(value, "isoformat") else str(value)}


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return _READERS[kind](text)
    return value
