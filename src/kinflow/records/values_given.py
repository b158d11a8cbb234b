"""From what a form or a JSON document holds to the value an action takes."""

import base64
import binascii
import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.lines import straight

from .access import accesses
from .faces import registry
from .seen import SeenQuery

BLANK: Any = type("Blank", (), {"__repr__": lambda self: "BLANK"})()
"""Nothing was given: the action's own default holds."""
LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 50_000
MOST_VALUES = 500
LARGEST = 2**53 - 1
_NUMBERED = re.compile(r"(?:#|([A-Za-z]{1,4})-)?([1-9][0-9]{0,17})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ON, _OFF = frozenset({"on", "true", "1", "yes"}), frozenset({"", "off", "false", "0", "no"})


class WrongValue(ValueError):
    """What is wrong with a value, in the active language; `pointer` leads into a list."""

    def __init__(self, words: str, pointer: str = "") -> None:
        super().__init__(words)
        self.pointer = pointer

    @classmethod
    def unknown(cls) -> "WrongValue":
        """A name that the action does not know."""
        return cls(_("There is no such input."))


class Asked(Protocol):
    """What reading has to know of an input."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def python(self) -> Any: ...
    @property
    def target(self) -> str: ...
    @property
    def many(self) -> bool: ...
    @property
    def required(self) -> bool: ...
    @property
    def nullable(self) -> bool: ...
    @property
    def default(self) -> Any: ...
    @property
    def choices(self) -> Any: ...
    @property
    def max_length(self) -> int | None: ...


def value_of(asked: Asked, raw: Any, by: Actor) -> Any:
    """The value, or BLANK where nothing was given and the action has a default; WrongValue where it is wrong."""
    if asked.many:
        return _several(asked, raw, by)
    if isinstance(raw, str):
        raw = (straight(raw) if asked.kind == "text" else raw).replace("\x00", "").strip()
    if asked.kind == "flag" and raw == "":
        return False
    if raw is BLANK or raw is None or raw == "":
        return _nothing(asked, raw)
    return _one(asked, raw, by)


def _nothing(asked: Asked, raw: Any) -> Any:
    if asked.required:
        raise WrongValue(_("Please fill this in."))
    has_default = asked.default is not _empty()
    if raw == "" and asked.kind in ("text", "long") and isinstance(asked.default, str):
        return ""
    return BLANK if has_default else None


def _empty() -> Any:
    from inspect import Parameter

    return Parameter.empty


def _several(asked: Asked, raw: Any, by: Actor) -> Any:
    if raw is BLANK or raw is None:
        raw = []
    if isinstance(raw, str):
        raw = re.split(r"[,;，；\n]", raw)
    if not isinstance(raw, list | tuple):
        raise WrongValue(_("A list is expected here."))
    given = [part for part in raw if part not in ("", None)]
    if len(given) > MOST_VALUES:
        raise WrongValue(_("At most %(most)d values.") % {"most": MOST_VALUES})
    if not given:
        return _nothing(asked, BLANK) if asked.required or asked.default is not _empty() else []
    found = []
    for at, part in enumerate(given):
        try:
            found.append(_one(asked, straight(part).strip() if isinstance(part, str) else part, by))
        except WrongValue as wrong:
            raise WrongValue(str(wrong), f"/{at}") from None
    return found


def _one(asked: Asked, raw: Any, by: Actor) -> Any:
    match asked.kind:
        case "text" | "long":
            most = asked.max_length or (LONGEST_TEXT if asked.kind == "text" else LONGEST_LONG_TEXT)
            return _text(raw, most)
        case "flag":
            return _flag(raw)
        case "integer":
            return _integer(raw)
        case "decimal":
            number = _decimal(raw)
            return float(number) if asked.python is float else number
        case "date":
            return _date(raw)
        case "moment":
            return _moment(raw)
        case "choice":
            return _choice(asked, raw)
        case "record":
            return record_of(asked.target, raw, by)
        case "any_record":
            return _any_record(raw, by)
        case "file":
            return _file(raw)
        case _:
            return _json(raw)


def _text(raw: Any, most: int) -> str:
    if not isinstance(raw, str):
        raise WrongValue(_("A text is expected here."))
    if len(raw) > most:
        raise WrongValue(_("At most %(most)d characters.") % {"most": most})
    return raw.replace("\r\n", "\n").encode("utf-8", "replace").decode()


def _flag(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in _ON | _OFF:
        return raw.lower() in _ON
    raise WrongValue(_("Yes or no is expected here."))


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise WrongValue(_("A number is expected here."))
    text = str(raw)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        if "_" in text:
            raise InvalidOperation
        number = Decimal(text)
    except InvalidOperation:
        raise WrongValue(_("A number is expected here.")) from None
    if not number.is_finite() or not math.isfinite(float(number)) or abs(number) > LARGEST:
        raise WrongValue(_("This number is too large."))
    return number


def _integer(raw: Any) -> int:
    number = _decimal(raw)
    if number != number.to_integral_value():
        raise WrongValue(_("A whole number is expected here."))
    return int(number)


def _date(raw: Any) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        found = parse_date(raw) if isinstance(raw, str) else None
    except ValueError:
        found = None
    if found is None:
        raise WrongValue(_("A date is expected here, as 2026-12-31."))
    return found


def _moment(raw: Any) -> datetime:
    try:
        found = parse_datetime(raw) if isinstance(raw, str) else raw
        if isinstance(raw, str) and found is None and (day := parse_date(raw)):
            found = datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
        if not isinstance(found, datetime):
            raise ValueError(raw)
        aware = timezone.make_aware(found) if timezone.is_naive(found) else found
        return aware.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        raise WrongValue(_("A date and time is expected here, as 2026-12-31 15:00.")) from None


def _choice(asked: Asked, raw: Any) -> Any:
    for value, _label in asked.choices:
        if raw == value or (isinstance(raw, str) and raw == str(value)):
            return value
    raise WrongValue(_("Choose one of the values."))


def record_of(kind: str, raw: Any, by: Actor) -> Model:
    """The record of the kind with this id, or number as people write it ("L-12"), if the actor may see it."""
    model = registry[kind].model if kind in registry else _model_named(kind)
    if isinstance(raw, Model):
        raw = raw.pk
    found = _NUMBERED.fullmatch(raw.strip()) if isinstance(raw, str) else None
    number = int(found[2]) if found and _is_prefix(found[1], kind) else raw
    if model is None or kind not in accesses or isinstance(number, bool) or not isinstance(number, int):
        raise WrongValue(_("Choose a record."))
    found_rows = _by_id(kind, model)(by, number, limit=1) if abs(number) < 2**63 else []
    if not found_rows:
        raise WrongValue(_("There is no such record, or you may not see it."))
    return found_rows[0]


@cache
def _by_id(kind: str, model: type[Model]) -> SeenQuery[Model]:
    return SeenQuery(kind, lambda pk: model._default_manager.filter(pk=pk), 1)


def _is_prefix(prefix: str | None, kind: str) -> bool:
    """Whether numbers of the kind begin like this, or with nothing."""
    return not prefix or (kind in registry and registry[kind].prefix.lower() == prefix.lower())


def _model_named(kind: str) -> type[Model] | None:
    return next((m for m in apps.get_models() if m._meta.model_name == kind), None)


def _any_record(raw: Any, by: Actor) -> Model:
    if isinstance(raw, Mapping):
        kind, number = raw.get("kind") or raw.get("type"), raw.get("id")
    else:
        kind, _colon, number = str(raw).partition(":")
    if not isinstance(kind, str) or kind not in registry:
        raise WrongValue(_("Choose a record."))
    return record_of(kind, number, by)


def _file(raw: Any) -> bytes:
    if isinstance(raw, bytes):
        return raw
    if hasattr(raw, "read"):
        return bytes(raw.read())
    try:
        return base64.b64decode(raw, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise WrongValue(_("A file is expected here, in Base64.")) from None


def _json(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise WrongValue(_("This is not JSON.")) from None
