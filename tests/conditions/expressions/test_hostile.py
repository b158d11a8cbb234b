"""Expressions that are wrong, endless, huge, deep or want what is not theirs: refused with place and remedy."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.conditions import Context, Kind
from kinflow.conditions.expressions import (
    ExpressionError,
    evaluate,
    fits,
    parse_expression,
    parse_text,
    relevant_fields,
    render,
)

from ..world.vocabulary import VOCABULARY

CONTEXT = Context(datetime(2026, 11, 27, 16, 30, tzinfo=UTC), UTC)


def parsed(text: str, **more: object):  # type: ignore[no-untyped-def]
    return parse_expression(text, type_name="lead", vocabulary=VOCABULARY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("   ", 0),
        ("1 +", 3),
        ("(1", 2),
        ("1 2", 2),
        ("today +* 2", 7),
        ("record.__class__", 7),
        ("record.title.__len__", 13),
        ("record.account.nmae", 15),
        ("record._meta", 7),
        ("event", 0),
        ("today.year", 6),
        ("__import__('os')", 0),
        ("open('x')", 0),
        ("lambda: 1", 6),
        ("[1]", 0),
        ("{1}", 0),
        ("a;b", 1),
        ("record.title + 1", 0),
        ("days(3) + days(2)", 8),
        ("days('x')", 5),
        ("if(1, 2, 3)", 3),
        ("if(true, 1, 'x')", 0),
        ("1 < 2 < 3", 6),
        ("record.account.activities", 15),
        ("record", -1),
        ("'open", 0),
        ("9" * 30, 0),
        ("1e5", 1),
        ("rule.password", 0),
        ("1 = 'x'", 2),
        ("now - now", 4),
        ("min()", 0),
        ("year", 0),
        ("tomorow", 0),
        ("\x00", 0),
    ],
)
def test_what_cannot_be_understood_is_refused_at_its_place(text: str, position: int) -> None:
    if position < 0:
        assert parsed(text).sort == "record"
        return
    for language in ("en", "zh-hans"):
        with translation.override(language), pytest.raises(ExpressionError) as refused:
            parsed(text)
        assert refused.value.position == position
        assert refused.value.message
        assert refused.value.remedy


def test_a_slip_of_the_pen_is_met_with_the_nearest_name() -> None:
    with pytest.raises(ExpressionError, match=r"Did you mean “name”\?"):
        parsed("record.account.nmae")
    with pytest.raises(ExpressionError, match=r"Did you mean “concat”\?"):
        parsed("concta(1)")
    with pytest.raises(ExpressionError, match=r"Did you mean “reason”\?"):
        parsed("event.raeson", event_names=frozenset({"reason"}))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "(" * 900 + "1" + ")" * 900,
        "-" * 1500 + "1",
        "not " * 400 + "true",
        "1" + "+1" * 900,
        "min(" * 300 + "1" + ")" * 300,
        "concat(" + ",".join(["'x'"] * 400) + ")",
        "x" * 100_000,
        "1 " * 1000,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parsed(text)


def test_results_cannot_grow_without_bound() -> None:
    long = "replace(" * 12 + "'aaaaaaaaaa'" + ", 'a', 'aaaaaaaaaa')" * 12
    with pytest.raises(ExpressionError):
        evaluate(parsed(long), record={}, context=CONTEXT)
    with pytest.raises(ExpressionError):
        evaluate(parsed("9999999999999999999" + " * 9999999999999999999" * 9), record={}, context=CONTEXT)
    with pytest.raises(ExpressionError):
        evaluate(parsed("today" + " + years(100)" * 11), record={}, context=CONTEXT)


def test_the_longest_chain_that_is_allowed_is_worked_out() -> None:
    assert evaluate(parsed("1" + "+1" * 99), record={}, context=CONTEXT) == 100


@pytest.mark.parametrize(
    "template", ["{", "}", "{record.title", "a {nothing} b", "{{}", "{" + "x" * 5000 + "}", "{1}" * 101]
)
def test_broken_texts_are_refused(template: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_text(template, type_name="lead", vocabulary=VOCABULARY)
    assert 0 <= refused.value.position < len(template)


def test_the_place_in_a_text_counts_from_the_beginning_of_the_whole() -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_text("Hello {record.nothing}", type_name="lead", vocabulary=VOCABULARY)
    assert refused.value.position == 14


def test_what_is_read_and_where_it_fits_is_known_beforehand() -> None:
    expression = parsed("if(record.account.revenue > record.account.revenue, record.score, 1)")
    assert relevant_fields(expression) == {("lead", "account"), ("account", "revenue"), ("lead", "score")}
    assert fits(expression, Kind.DECIMAL)
    assert not fits(expression, Kind.DATE)
    assert fits(parsed("today"), Kind.MOMENT)
    assert fits(parsed("event.x"), Kind.DATE)


@given(st.text(alphabet="recordvnt.today()+-*/=<>,'\"0123456789 {}（）“”", max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_ends_in_a_value_or_a_refusal(text: str) -> None:
    for run in (
        lambda: evaluate(parsed(text), record={"title": "x"}, context=CONTEXT),
        lambda: render(parse_text(text, type_name="lead", vocabulary=VOCABULARY), record={}, context=CONTEXT),
    ):
        place = 0
        try:
            run()
        except ExpressionError as refused:
            place = refused.position
        assert 0 <= place <= len(text)


_numbers = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False)


@given(
    st.recursive(
        _numbers.map(lambda n: (f"({n})", n)),
        lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
            lambda given: (
                f"({given[0][0]} {given[1]} {given[2][0]})",
                {"+": Decimal.__add__, "-": Decimal.__sub__, "*": Decimal.__mul__}[given[1]](
                    given[0][1], given[2][1]
                ),
            )
        ),
        max_leaves=6,
    )
)
@settings(max_examples=100, deadline=None)
def test_numbers_are_counted_as_decimals_are(case: tuple[str, Decimal]) -> None:
    text, value = case
    try:
        assert abs(evaluate(parsed(text), record={}, context=CONTEXT) - value) < Decimal("0.000001") * max(
            1, abs(value)
        )
    except ExpressionError:
        assert abs(value) > 10**9


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(-2000, 2000))
@settings(max_examples=100, deadline=None)
def test_days_forth_and_back_end_where_they_began(day: date, count: int) -> None:
    assert (
        evaluate(parsed(f"date('{day}') + days({count}) - days({count})"), record={}, context=CONTEXT) == day
    )
