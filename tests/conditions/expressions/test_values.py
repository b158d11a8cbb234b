"""What expressions work out: dates, numbers, amounts, texts, choices, and what is missing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from kinflow.conditions import Context
from kinflow.conditions.expressions import ExpressionError, evaluate, parse_expression, parse_text, render
from kinflow.kit.money import Money

from ..world.vocabulary import VOCABULARY

CONTEXT = Context(datetime(2026, 11, 27, 16, 30, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
LEAD = {
    "title": "Pumps",
    "score": 40,
    "account": {
        "name": "Huaxin",
        "industry": "water",
        "revenue": Decimal("1286000"),
        "currency": "CNY",
        "tags": ["vip"],
    },
    "notes": "",
}
EVENT = {"reason": "Too dear", "amount": 12, "closes_on": "2026-12-31", "by": {"name": "Li"}}


def worked_out(text: str, **more: Any) -> Any:
    expression = parse_expression(text, type_name="lead", vocabulary=VOCABULARY)
    given = {"record": LEAD, "event": EVENT, "context": CONTEXT} | more
    return evaluate(expression, **given)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) × 3", 9),
        ("10 - 4 - 3", 3),
        ("-2 * -3", 6),
        ("7 / 2", Decimal("3.5")),
        ("0.1 + 0.2 = 0.3", True),
        ("round(2.5)", 3),
        ("round(1234, -2)", 1200),
        ("min(3, 1, 2) + max(3, 1, none)", 4),
        ("not 1 = 2 and 2 > 1 or false", True),
        ("if(record.score >= 40, 'hot', 'cold')", "hot"),
        ("concat(upper(left(record.title, 2)), “-”, record.score)", "PU-40"),
        ("replace('a-b-c', '-', '')", "abc"),
        ("trim('  x ')", "x"),
        ("contains(record.account.tags, 'vip')", True),
        ("'it''s'", "it's"),
        ("length(record.notes)", 0),
        ("today", date(2026, 11, 28)),
        ("today + days(3)", date(2026, 12, 1)),
        ("today - months(1)", date(2026, 10, 28)),
        ("date('2026-01-31') + months(1)", date(2026, 2, 28)),
        ("event.closes_on - days(90)", date(2026, 10, 2)),
        ("date('2026-11-27') + working_days(1)", date(2026, 11, 30)),
        ("date('2026-11-30') - working_days(1)", date(2026, 11, 27)),
        ("date('2026-12-31') - today", 33),
        ("days_between(today, now)", 0),
        ("now + hours(2) > now", True),
        ("weekday(today)", 6),
        ("end_of_month(today)", date(2026, 11, 30)),
        ("event.by.name", "Li"),
        ("event.amount * 2", 24),
        ("event.nothing.at.all", None),
        ("record.account.revenue / 2", Money(Decimal(643000), "CNY")),
        ("record.account.revenue / record.account.revenue", 1),
        ("number(record.account.revenue) + 1", 1286001),
        ("text(record.account.industry)", "Water"),
        ("rule.name", "Follow up"),
    ],
)
def test_expressions_are_worked_out(text: str, value: object) -> None:
    assert worked_out(text, rule=SimpleNamespace(name="Follow up", pk=3)) == value


@pytest.mark.parametrize(
    "text", ["record.notes + days(1)", "event.x * 2", "round(event.x)", "upper(event.x)", "none"]
)
def test_out_of_what_is_missing_comes_nothing(text: str) -> None:
    assert worked_out(text.replace("record.notes + days", "event.gone + days")) is None


def test_no_comparison_holds_with_what_is_missing() -> None:
    assert worked_out("event.x < 3") is False
    assert worked_out("event.x >= 3") is False
    assert worked_out("event.x = none") is True
    assert worked_out("is_missing(record.notes)") is True
    assert worked_out("coalesce(record.notes, event.x, 'none given')") == "none given"


def test_only_the_chosen_side_of_a_question_is_worked_out() -> None:
    assert worked_out("if(event.x = none, 0, 1 / 0)") == 0
    assert worked_out("coalesce(1, 1 / 0)") == 1


@pytest.mark.parametrize(
    "text",
    ["1 / 0", "event.reason + 1", "event.reason + days(1)", "record.account.revenue + 1 * event.amount"],
)
def test_what_has_no_value_says_where_and_what_to_do(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        worked_out(text)
    assert refused.value.message
    assert refused.value.remedy
    assert 0 <= refused.value.position < len(text)


def test_texts_are_filled_in_as_each_language_writes() -> None:
    text = parse_text(
        "{{{record.title}}} {record.account.industry}: {record.account.revenue}, "
        "{today + days(4)} {event.amount * 1000} {1 = 1}",
        type_name="lead",
        vocabulary=VOCABULARY,
    )
    with translation.override("en"):
        assert (
            render(text, record=LEAD, event=EVENT, context=CONTEXT)
            == "{Pumps} Water: CN¥1,286,000, 2 Dec 2026 12,000 yes"
        )
    with translation.override("zh-hans"):
        assert "¥1,286,000, 2026年12月2日 12,000 是" in render(
            text, record=LEAD, event=EVENT, context=CONTEXT
        )


def test_fields_that_are_missing_are_left_out_and_named() -> None:
    text = parse_text("Dear {event.name}, “}}” {record.notes}.", type_name="lead", vocabulary=VOCABULARY)
    missing: list[str] = []
    assert render(text, record=LEAD, context=CONTEXT, missing=missing) == "Dear , “}” ."
    assert missing == ["event.name", "record.notes"]
