"""Raw JSON values made into typed ones, each kind in its own way; what does not fit is refused."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from . import limits
from .fields import Field, Kind
from .operators import SHAPES, Op, Shape
from .refusal import below, refuse
from .tree import Duration, Me, MyUnit, Period, Scalar, Today, Unit, Value

D = TypeVar("D", bound=date)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DECIMAL = re.compile(rf"-?[0-9]{{1,{limits.MAX_DIGITS[0]}}}(\.[0-9]{{1,{limits.MAX_DIGITS[1]}}})?")


def plain_text(raw: object, pointer: str, most: int = limits.MAX_TEXT) -> str:
    """A text that a database can hold, of at most so many characters."""
    if not isinstance(raw, str):
        refuse(pointer, _("A text is expected here."), _('Write it in quotes, such as "water".'))
    if len(raw) > most:
        refuse(pointer, _("This text is too long."), _("At most %(most)d characters.") % {"most": most})
    if "\0" in raw or not raw.isascii() and any("\ud800" <= c <= "\udfff" for c in raw):
        refuse(pointer, _("This text has characters that cannot be stored."), _("Remove them."))
    return str(raw)


def text(raw: object, pointer: str, _field: Field) -> str:
    """A text to compare with; never empty."""
    value = plain_text(raw, pointer)
    if not value:
        refuse(pointer, _("The text is empty."), _('To find missing values use "is_empty".'))
    return value


def whole(raw: object, pointer: str, least: int = -limits.MAX_INTEGER, most: int = limits.MAX_INTEGER) -> int:
    """A whole number between two bounds, both allowed."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        refuse(pointer, _("A whole number is expected here."), _("Write it without quotes, such as 40."))
    if not least <= raw <= most:
        refuse(
            pointer,
            _("This number is out of range."),
            _("Between %(least)d and %(most)d.") % {"least": least, "most": most},
        )
    return int(raw)


def integer(raw: object, pointer: str, _field: Field) -> int:
    """A whole number."""
    return whole(raw, pointer)


def decimal(raw: object, pointer: str, _field: Field) -> Decimal:
    """An exact decimal number, from a JSON number or from a text such as "19.90"."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        refuse(pointer, _("A number is expected here."), _("Write it such as 19.90."))
    if isinstance(raw, float):
        raw = Decimal(repr(raw))
    if isinstance(raw, Decimal):
        raw = format(raw, "f") if raw.is_finite() and abs(raw.adjusted()) < 40 else ""
    elif isinstance(raw, int):
        raw = str(raw) if abs(raw) < 10**40 else ""
    if not _DECIMAL.fullmatch(raw):
        before, after = limits.MAX_DIGITS
        refuse(
            pointer,
            _("This is not a number that can be compared."),
            _("At most %(before)d digits before the point and %(after)d after it.")
            % {"before": before, "after": after},
        )
    return Decimal(raw)


def boolean(raw: object, pointer: str, _field: Field) -> bool:
    """Yes or no."""
    if not isinstance(raw, bool):
        refuse(pointer, _("Yes or no is expected here."), _("Write true or false."))
    return raw


def choice(raw: object, pointer: str, field: Field) -> str | int:
    """One of the field's choices; any text where it has none of its own."""
    if not field.choices:
        return text(raw, pointer, field)
    known = [value for value, _label in field.choices if value not in (None, "")]
    for value in known:
        if isinstance(raw, str | int) and raw == value and isinstance(raw, bool) == isinstance(value, bool):
            return raw
    shown = ", ".join(str(value) for value in known[:12])
    return refuse(
        pointer,
        _("This is not one of the choices of “%(field)s”.") % {"field": field.label},
        _("The choices are: %(choices)s") % {"choices": shown + (", …" if len(known) > 12 else "")},
    )


def relation(raw: object, pointer: str, _field: Field) -> int | Me | MyUnit:
    """The id of a record, or `{"me": true}`, or `{"my_unit": true}`."""
    if isinstance(raw, dict):
        for key, value in (("me", Me()), ("my_unit", MyUnit())):
            if raw.keys() == {key} and raw[key] is True:
                return value
        refuse(
            pointer, _("This names no record."), _('Use a record’s id, {"me": true} or {"my_unit": true}.')
        )
    return whole(raw, pointer, least=1)


def today(raw: object, pointer: str) -> Today:
    """`{"today": n}`: so many days from today."""
    if not isinstance(raw, dict) or raw.keys() != {"today"}:
        refuse(pointer, _("A date is expected here."), _('Write it such as "2026-03-01" or {"today": -7}.'))
    most = limits.MAX_OFFSET
    return Today(whole(raw["today"], below(pointer, "today"), least=-most, most=most))


def day(raw: object, pointer: str, _field: Field) -> date | Today:
    """A day: "2026-03-01" or `{"today": n}`."""
    if not isinstance(raw, str):
        return today(raw, pointer)
    if not _DATE.fullmatch(raw):
        refuse(pointer, _("This is not a date."), _('Write it such as "2026-03-01" or {"today": -7}.'))
    return _in_years(_on_calendar(date.fromisoformat, raw, pointer), pointer)


def moment(raw: object, pointer: str, field: Field) -> date | datetime | Today:
    """A day, or a point in time: "2026-03-01T10:00+08:00"; without an offset the clock of whoever asks."""
    if isinstance(raw, str) and "T" in raw:
        if not _MOMENT.fullmatch(raw):
            refuse(
                pointer, _("This is not a date and time."), _('Write it such as "2026-03-01T10:00+08:00".')
            )
        return _in_years(_on_calendar(datetime.fromisoformat, raw, pointer), pointer)
    return day(raw, pointer, field)


def _on_calendar(read: Callable[[str], D], raw: str, pointer: str) -> D:
    try:
        return read(raw)
    except ValueError:
        refuse(pointer, _("There is no such date."), _("Check the day, the month and the time."))


def _in_years(value: D, pointer: str) -> D:
    first, last = limits.YEARS
    if not first <= value.year <= last:
        refuse(
            pointer,
            _("This date is out of range."),
            _("Between the years %(first)d and %(last)d.") % {"first": first, "last": last},
        )
    return value


def duration(raw: object, pointer: str, field: Field) -> Duration:
    """A length of time such as `{"days": 7}`; of at least a day where the field holds days."""
    units = [u for u in Unit if field.kind is Kind.MOMENT or u not in (Unit.MINUTES, Unit.HOURS)]
    if not isinstance(raw, dict) or len(raw) != 1 or next(iter(raw)) not in units:
        refuse(
            pointer,
            _("A length of time is expected here."),
            _('Write it such as {"days": 7}; the units are: %(units)s') % {"units": ", ".join(units)},
        )
    unit = Unit(next(iter(raw)))
    return Duration(whole(raw[unit], below(pointer, unit), least=1, most=limits.MAX_AMOUNTS[unit]), unit)


def period(raw: object, pointer: str, _field: Field) -> Period:
    """A calendar period by its name."""
    if not isinstance(raw, str) or raw not in list(Period):
        refuse(
            pointer,
            _("A calendar period is expected here."),
            _("One of: %(periods)s") % {"periods": ", ".join(Period)},
        )
    return Period(raw)


_ONE: dict[Kind, Callable[[object, str, Field], Scalar]] = {
    Kind.TEXT: text,
    Kind.LONG_TEXT: text,
    Kind.IDENTIFIER: text,
    Kind.INTEGER: integer,
    Kind.DECIMAL: decimal,
    Kind.MONEY: decimal,
    Kind.BOOLEAN: boolean,
    Kind.DATE: day,
    Kind.YEARLY: text,
    Kind.MOMENT: moment,
    Kind.CHOICE: choice,
    Kind.RELATION: relation,
    Kind.TEXT_LIST: text,
    Kind.CHOICE_LIST: choice,
}


def value_of(raw: Any, op: Op, field: Field, pointer: str) -> Value:
    """The typed value of a test with this operator on this field; `pointer` leads to the raw one."""
    one = _ONE[field.kind]
    match SHAPES[op]:
        case Shape.NOTHING:
            return None
        case Shape.DURATION:
            return duration(raw, pointer, field)
        case Shape.PERIOD:
            return period(raw, pointer, field)
        case Shape.SEVERAL:
            items = enumerate(_several(raw, pointer))
            return tuple(dict.fromkeys(one(item, below(pointer, i), field) for i, item in items))
        case Shape.PAIR:
            if not isinstance(raw, list | tuple) or len(raw) != 2:
                refuse(
                    pointer,
                    _("Two values are expected here."),
                    _("Write the lower and the upper one: [10, 20]."),
                )
            return _ordered(
                one(raw[0], below(pointer, 0), field), one(raw[1], below(pointer, 1), field), pointer
            )
        case _:
            return one(raw, pointer, field)


def _several(raw: object, pointer: str) -> list[Any] | tuple[Any, ...]:
    if not isinstance(raw, list | tuple) or not raw:
        refuse(
            pointer,
            _("A list of values is expected here."),
            _("Write at least one value in brackets: [1, 2]."),
        )
    if len(raw) > limits.MAX_LIST:
        refuse(
            pointer, _("This list is too long."), _("At most %(most)d values.") % {"most": limits.MAX_LIST}
        )
    return raw


def _ordered(low: Any, high: Any, pointer: str) -> tuple[Scalar, Scalar]:
    """The pair, unless it can be seen without a clock that nothing lies between."""
    if isinstance(low, Today) and isinstance(high, Today):
        turned = low.offset > high.offset
    elif type(low) is type(high) and not isinstance(low, Today):
        naive = [getattr(v, "tzinfo", None) is None for v in (low, high)]
        turned = naive[0] == naive[1] and low > high
    else:
        turned = False
    if turned:
        refuse(pointer, _("The first value is larger than the second."), _("Exchange them."))
    return low, high
