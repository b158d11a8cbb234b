"""Every operator on every kind of field, with values at the edges: the exact answer, in SQL as in memory."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kinflow.conditions import OPERATORS, Context, Kind, Op, holds, parse, to_q

from .world.models import Lead
from .world.vocabulary import FIELDS, VOCABULARY

NOW = datetime(2026, 3, 18, 15, 0, tzinfo=UTC)  # a Wednesday; 23:00 in Shanghai
HERE = Context(now=NOW, zone=ZoneInfo("Asia/Shanghai"), person_id=1, unit_ids=(1, 2))

# field, operator, value, stored values for which it holds, stored values for which it does not
CASES: list[tuple[str, str, Any, list[Any], list[Any]]] = [
    ("title", "is", "Pump", ["Pump"], ["pump", "Pump ", "", None]),
    ("title", "is_not", "Pump", ["pump", "", None], ["Pump"]),
    ("title", "any_of", ["a", "b"], ["a", "b"], ["A", "c", "", None]),
    ("title", "none_of", ["a", "b"], ["A", "", None], ["a", "b"]),
    ("title", "contains", "ü%", ["MÜ%X", "ü%"], ["ü", "u%", "", None]),
    ("title", "contains", "_", ["a_b"], ["ab", "%", None]),
    ("title", "contains", "\\", ["a\\b"], ["ab", None]),
    ("title", "contains", "泵", ["水泵"], ["水", None]),
    ("title", "contains", "ａ", ["ＡＢ", "xａ"], ["AB", None]),
    ("title", "not_contains", "ab", ["b", "", None], ["xAB"]),
    ("title", "starts_with", "a.", ["A.x", "a."], ["xa.", "ab", None]),
    ("title", "starts_with", "[x", ["[X]"], ["x", None]),
    ("title", "ends_with", "k", ["xK", "x\u212a", "k"], ["kx", "k\n", None]),
    ("title", "is_empty", None, ["", None], [" ", "0"]),
    ("title", "is_filled", None, [" ", "0"], ["", None]),
    ("notes", "contains", "b\nC", ["ab\ncd"], ["ab cd", ""]),
    ("score", "is", 0, [0], [1, None]),
    ("score", "is_not", 0, [1, None], [0]),
    ("score", "any_of", [0, 1], [0, 1], [2, None]),
    ("score", "none_of", [0, 1], [2, None], [0, 1]),
    ("score", "at_least", 40, [40, 41], [39, None]),
    ("score", "at_most", 40, [40, 39], [41, None]),
    ("score", "more_than", 40, [41], [40, None]),
    ("score", "less_than", 40, [39, -1], [40, None]),
    ("score", "at_least", -(2**53) + 1, [-1, 0], [None]),
    ("score", "less_than", 2**53 - 1, [2**31 - 1], [None]),
    ("score", "is_not", 2**53 - 1, [0, None], []),
    ("score", "between", [40, 41], [40, 41], [39, 42, None]),
    ("score", "is_empty", None, [None], [0]),
    ("price", "is", "19.9", ["19.900"], ["19.901", None]),
    ("price", "is", 19.9, ["19.900"], ["19.901", None]),
    ("price", "at_most", "0.001", ["0.001", "-5"], ["0.002", None]),
    ("price", "between", [0, "1.5"], ["0", "1.500"], ["1.501", "-0.001", None]),
    ("is_hot", "is", True, [True], [False, None]),
    ("is_hot", "is_not", True, [False, None], [True]),
    ("is_hot", "is", False, [False], [True, None]),
    ("is_hot", "is_filled", None, [False], [None]),
    ("stage", "is", 1, [1], [2, None]),
    ("stage", "none_of", [1, 2], [3, None], [1, 2]),
    ("stage", "is_empty", None, [None], [1]),
    ("due_on", "on", "2026-03-18", ["2026-03-18"], ["2026-03-19", None]),
    ("due_on", "on", {"today": -1}, ["2026-03-17"], ["2026-03-18", None]),
    ("due_on", "before", "2026-03-18", ["2026-03-17"], ["2026-03-18", None]),
    ("due_on", "on_or_before", "2026-03-18", ["2026-03-18"], ["2026-03-19", None]),
    ("due_on", "after", {"today": 0}, ["2026-03-19"], ["2026-03-18", None]),
    ("due_on", "on_or_after", {"today": 0}, ["2026-03-18"], ["2026-03-17", None]),
    ("due_on", "between", ["2026-03-01", {"today": 0}], ["2026-03-01", "2026-03-18"], ["2026-03-19", None]),
    ("due_on", "within_last", {"days": 7}, ["2026-03-11", "2026-03-18"], ["2026-03-10", "2026-03-19", None]),
    ("due_on", "within_next", {"weeks": 1}, ["2026-03-18", "2026-03-25"], ["2026-03-17", "2026-03-26", None]),
    ("due_on", "more_than_ago", {"months": 1}, ["2026-02-17"], ["2026-02-18", None]),
    ("due_on", "more_than_ahead", {"quarters": 1}, ["2026-06-19"], ["2026-06-18", None]),
    ("due_on", "in_this", "week", ["2026-03-16", "2026-03-22"], ["2026-03-15", "2026-03-23", None]),
    ("due_on", "in_last", "month", ["2026-02-01", "2026-02-28"], ["2026-01-31", "2026-03-01", None]),
    ("due_on", "in_next", "quarter", ["2026-04-01", "2026-06-30"], ["2026-03-31", "2026-07-01", None]),
    ("due_on", "in_this", "day", ["2026-03-18"], ["2026-03-17", "2026-03-19", None]),
    ("due_on", "in_last", "year", ["2025-01-01", "2025-12-31"], ["2024-12-31", "2026-01-01", None]),
    ("due_on", "comes_round", {"days": 7}, ["2025-03-18", "1999-03-25"], ["2026-03-20", "2025-03-26", None]),
    ("due_on", "comes_round", {"years": 2}, ["2024-02-29", "2025-12-31"], ["2026-03-18", "2027-01-01", None]),
    ("birthday", "comes_round", {"weeks": 1}, ["03-18", "1980-03-25"], ["03-17", "1980-03-26", "", None]),
    ("birthday", "comes_round", {"years": 1}, ["02-29", "2000-02-29", "12-31"], ["", None]),
    ("birthday", "is_empty", None, ["", None], ["03-18"]),
    (
        "made_at",
        "on",
        "2026-03-18",
        ["2026-03-17T16:00Z", "2026-03-18T15:59:59Z"],
        ["2026-03-18T16:00Z", None],
    ),
    ("made_at", "before", "2026-03-18", ["2026-03-17T15:59:59Z"], ["2026-03-17T16:00Z", None]),
    ("made_at", "after", "2026-03-18", ["2026-03-18T16:00Z"], ["2026-03-18T15:59:59Z", None]),
    ("made_at", "on_or_before", "2026-03-18", ["2026-03-18T15:59:59Z"], ["2026-03-18T16:00Z", None]),
    ("made_at", "on_or_after", "2026-03-18", ["2026-03-17T16:00Z"], ["2026-03-17T15:59:59Z", None]),
    ("made_at", "after", "2026-03-18T23:00", ["2026-03-18T15:00:01Z"], ["2026-03-18T15:00Z", None]),
    ("made_at", "on_or_before", "2026-03-18T15:00Z", ["2026-03-18T15:00Z"], ["2026-03-18T15:00:01Z", None]),
    (
        "made_at",
        "between",
        ["2026-03-18", "2026-03-18T23:30"],
        ["2026-03-18T15:30Z"],
        ["2026-03-18T15:30:01Z", None],
    ),
    (
        "made_at",
        "within_last",
        {"hours": 24},
        ["2026-03-17T15:00Z", "2026-03-18T15:00Z"],
        ["2026-03-18T15:00:01Z"],
    ),
    ("made_at", "within_last", {"minutes": 1}, ["2026-03-18T14:59Z"], ["2026-03-18T14:58:59Z", None]),
    (
        "made_at",
        "within_next",
        {"days": 1},
        ["2026-03-18T15:00Z", "2026-03-19T15:00Z"],
        ["2026-03-19T15:00:01Z"],
    ),
    ("made_at", "more_than_ago", {"years": 1}, ["2025-03-18T14:59:59Z"], ["2025-03-18T15:00Z", None]),
    ("made_at", "more_than_ahead", {"days": 1}, ["2026-03-19T15:00:01Z"], ["2026-03-19T15:00Z", None]),
    ("made_at", "in_this", "day", ["2026-03-17T16:00Z"], ["2026-03-17T15:59:59Z", "2026-03-18T16:00Z", None]),
    ("made_at", "in_last", "day", ["2026-03-16T16:00Z"], ["2026-03-17T16:00Z", "2026-03-16T15:59:59Z", None]),
    ("made_at", "in_next", "week", ["2026-03-22T16:00Z"], ["2026-03-22T15:59:59Z", None]),
    ("owner", "is", 1, [1], [2, None]),
    ("owner", "is", {"me": True}, [1], [2, None]),
    ("owner", "is_not", {"me": True}, [2, None], [1]),
    ("owner", "any_of", [{"me": True}, 3], [1, 3], [2, None]),
    ("owner", "none_of", [1, 2], [3, None], [1, 2]),
    ("owner", "is_empty", None, [None], [1]),
    ("unit", "is", {"my_unit": True}, [1, 2], [3, None]),
    ("unit", "is_not", {"my_unit": True}, [3, None], [1, 2]),
    ("topics", "any_of", ["a", "b"], [["a"], ["x", "b", None]], [["A"], [], [None], None]),
    ("topics", "none_of", ["a", "b"], [["A"], [], [None], None], [["a"], ["x", "b"]]),
    ("topics", "all_of", ["a", "b"], [["b", None, "a"]], [["a"], [], None]),
    ("topics", "is_empty", None, [[], None], [["a"], [None]]),
    ("topics", "is_filled", None, [["a"], [None]], [[], None]),
]

COLUMNS = {"owner": "owner_id", "unit": "unit_id"}


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("field", "op", "value", "yes", "no"), CASES, ids=lambda v: str(v)[:30])
def test_an_operator_holds_for_exactly_these_values(field, op, value, yes, no):
    raw = {"field": field, "op": op} | ({} if op in ("is_empty", "is_filled") else {"value": value})
    condition = parse(raw, "lead", VOCABULARY)
    stored = [
        (Lead.objects.create(**{COLUMNS.get(field, field): v}), expected)
        for v, expected in expectations(yes, no)
    ]
    for created, expected in stored:
        lead = Lead.objects.get(pk=created.pk)
        assert holds(condition, lead, HERE) is expected, getattr(lead, field)
        assert Lead.objects.filter(to_q(condition, HERE), pk=lead.pk).exists() is expected, getattr(
            lead, field
        )


def expectations(yes: list[Any], no: list[Any]) -> list[tuple[Any, bool]]:
    return [(v, True) for v in yes] + [(v, False) for v in no]


def test_every_operator_of_every_kind_is_tried():
    kinds = {f.name: f.kind for f in FIELDS["lead"]}
    tried = {(kinds[field], op) for field, op, *_rest in CASES}
    alike = {Kind.IDENTIFIER: Kind.TEXT, Kind.MONEY: Kind.INTEGER, Kind.DECIMAL: Kind.INTEGER}
    alike |= {Kind.DATE: Kind.MOMENT, Kind.CHOICE_LIST: Kind.TEXT_LIST, Kind.CHOICE: Kind.RELATION}
    for kind, ops in OPERATORS.items():
        for op in ops:
            assert {(kind, op), (alike.get(kind), op)} & tried or op in universal(), f"{op} of {kind}"


def universal() -> set[Op]:
    """Operators that are tried on other kinds, and that do not look at the kind."""
    return {Op.IS_EMPTY, Op.IS_FILLED, Op.NOT_CONTAINS, Op.IS_NOT}
