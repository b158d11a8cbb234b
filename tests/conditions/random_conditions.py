"""Hypothesis strategies: any condition over the small world, as raw JSON."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from kinflow.conditions.fields import Field, Kind
from kinflow.conditions.limits import MAX_AMOUNTS
from kinflow.conditions.operators import OPERATORS, SHAPES, Op, Shape
from kinflow.conditions.tree import Period, Unit

from .world.values import DATES, DECIMALS, MOMENTS, NUMBERS, PARTS, TAGS, TEXTS, TOPICS
from .world.vocabulary import FIELDS

Draw = Callable[[st.SearchStrategy[Any]], Any]
HOPS = 3
LONG_AGO = 1000


@st.composite
def raw_conditions(draw: Draw, type_name: str = "lead", depth: int = 3) -> dict[str, Any]:
    """Any condition over records of the type."""
    return _condition(draw, type_name, depth)


def _condition(draw: Draw, type_name: str, depth: int) -> dict[str, Any]:
    shapes = ["test", "test", "group", "has"] if depth else ["test"]
    match draw(st.sampled_from(shapes)):
        case "group":
            return _group(draw, type_name, depth - 1)
        case "has" if many := _paths(type_name, many=True):
            return _has(draw, *draw(st.sampled_from(many)), depth - 1)
        case _:
            return _test(draw, *draw(st.sampled_from(_paths(type_name, many=False))))


def _group(draw: Draw, type_name: str, depth: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["all", "any", "not", "everything"]))
    if kind == "everything":
        return {}
    if kind == "not":
        return {"not": _condition(draw, type_name, depth)}
    return {kind: [_condition(draw, type_name, depth) for _ in range(draw(st.integers(1, 3)))]}


def _has(draw: Draw, path: str, field: Field, depth: int) -> dict[str, Any]:
    key = draw(st.sampled_from(["has", "has_no"]))
    raw: dict[str, Any] = {key: path}
    if draw(st.booleans()):
        raw["where"] = _condition(draw, field.target or "", min(depth, 1))
    if key == "has" and draw(st.booleans()):
        raw["at_least"] = draw(st.integers(1, 4))
    return raw


@cache
def _walk(type_name: str, hops: int = HOPS) -> list[tuple[str, Field]]:
    found = []
    for field in FIELDS[type_name]:
        found.append((field.name, field))
        if field.target and not field.many and hops > 1:
            found += [(f"{field.name}.{path}", last) for path, last in _walk(field.target, hops - 1)]
    return found


def _paths(type_name: str, *, many: bool) -> list[tuple[str, Field]]:
    return [(path, field) for path, field in _walk(type_name) if field.many is many]


def _test(draw: Draw, path: str, field: Field) -> dict[str, Any]:
    op = draw(st.sampled_from(OPERATORS[field.kind]))
    raw: dict[str, Any] = {"field": path, "op": op.value}
    if SHAPES[op] is not Shape.NOTHING:
        raw["value"] = draw(_value(field, op))
    return raw


def _value(field: Field, op: Op) -> st.SearchStrategy[Any]:
    one = _one(field, op)
    match SHAPES[op]:
        case Shape.SEVERAL:
            return st.lists(one, min_size=1, max_size=3)
        case Shape.PAIR:
            return st.tuples(one, one).map(_in_order)
        case Shape.DURATION:
            return _durations(field)
        case Shape.PERIOD:
            return st.sampled_from([p.value for p in Period])
        case _:
            return one


def _in_order(pair: tuple[Any, Any]) -> list[Any]:
    """The pair the way round that is accepted: by number, by day, by offset; mixed pairs stay."""
    if all(isinstance(v, str) for v in pair) and not any(
        v.replace(".", "").lstrip("-").isdigit() for v in pair
    ):
        pair = tuple(v[:10] for v in pair)
        return sorted(pair)
    if all(isinstance(v, dict) for v in pair):
        return sorted(pair, key=lambda v: v["today"])
    if any(isinstance(v, dict) for v in pair):
        return list(pair)
    return sorted(pair, key=float)


def _durations(field: Field) -> st.SearchStrategy[Any]:
    """Short ones that meet the rows, and the longest there are."""
    units = [u for u in Unit if field.kind is Kind.MOMENT or u not in (Unit.MINUTES, Unit.HOURS)]
    amounts = st.sampled_from([1, 3, 7, 24, 90])
    usual = st.builds(lambda u, n: {u.value: n}, st.sampled_from(units), amounts)
    return usual | st.sampled_from([{u.value: MAX_AMOUNTS[u]} for u in units])


def _one(field: Field, op: Op) -> st.SearchStrategy[Any]:
    days = st.sampled_from([d.isoformat() for d in DATES if d.year > LONG_AGO])
    from_today = st.builds(lambda n: {"today": n}, st.sampled_from([-31, -7, -1, 0, 1, 7]))
    texts = TEXTS if op in (Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF) else PARTS
    ids: list[Any] = [1, 2, 3, 99, 2**53 - 1]
    if field.target == "person":
        ids.append({"me": True})
    if field.target == "unit":
        ids.append({"my_unit": True})
    return {
        Kind.TEXT: st.sampled_from(texts) | st.text(_characters(), min_size=1, max_size=3),
        Kind.LONG_TEXT: st.sampled_from(texts),
        Kind.IDENTIFIER: st.sampled_from(texts),
        Kind.INTEGER: st.sampled_from([*NUMBERS, -(2**53) + 1, 2**53 - 1]),
        Kind.DECIMAL: st.sampled_from([*(str(d) for d in DECIMALS), 0.1, 19.9, 40]),
        Kind.MONEY: st.sampled_from([*(str(d) for d in DECIMALS), 0.1, 40]),
        Kind.BOOLEAN: st.booleans(),
        Kind.DATE: days | from_today,
        Kind.YEARLY: st.just(None),
        Kind.MOMENT: days
        | from_today
        | st.sampled_from(MOMENTS).map(datetime.isoformat)
        | st.just("2026-03-29T02:30"),
        Kind.CHOICE: st.sampled_from([value for value, _label in field.choices] or ["x"]),
        Kind.RELATION: st.sampled_from(ids),
        Kind.TEXT_LIST: st.sampled_from(TOPICS),
        Kind.CHOICE_LIST: st.sampled_from([*TAGS, "vip-old"]),
    }[field.kind]


def _characters() -> st.SearchStrategy[str]:
    return st.characters(exclude_categories=["Cs"], exclude_characters="\0")
