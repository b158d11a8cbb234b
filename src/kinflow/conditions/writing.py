"""From a condition back to JSON: what is parsed again is the same condition."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .operators import SHAPES, Shape
from .tree import All, Condition, Duration, Has, Me, MyUnit, Not, Period, Some, Test, Today


def to_json(condition: Condition) -> dict[str, Any]:
    """The condition as data for `json.dumps`; everything is `{}`."""
    match condition:
        case All(parts):
            return {"all": [to_json(part) for part in parts]} if parts else {}
        case Some(parts):
            return {"any": [to_json(part) for part in parts]}
        case Not(Has(at_least=1) as has):
            return {"has_no": has.path, **_where(has)}
        case Not(part):
            return {"not": to_json(part)}
        case Has():
            return {"has": condition.path, **_where(condition)}
        case Test():
            asked: dict[str, Any] = {"field": condition.path, "op": condition.op.value}
            return (
                asked
                if SHAPES[condition.op] is Shape.NOTHING
                else {**asked, "value": raw_value(condition.value)}
            )


def _where(has: Has) -> dict[str, Any]:
    where = {"where": to_json(has.where)} if has.where != All() else {}
    return {**where, "at_least": has.at_least} if has.at_least != 1 else where


def raw_value(value: object) -> Any:
    """A typed value as JSON."""
    match value:
        case tuple():
            return [raw_value(item) for item in value]
        case Duration(amount, unit):
            return {unit.value: amount}
        case Period():
            return value.value
        case Today(offset):
            return {"today": offset}
        case Me():
            return {"me": True}
        case MyUnit():
            return {"my_unit": True}
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
