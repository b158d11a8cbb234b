"""Whatever is no condition is refused: with the place, what is wrong there, and what to do."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.conditions import ConditionError, parse, parse_text
from kinflow.conditions.limits import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_LIST,
    MAX_NODES,
    MAX_STEPS,
    MAX_TEXT,
    MAX_VALUES,
)

from .world.vocabulary import VOCABULARY

HOT = {"field": "score", "op": "at_least", "value": 40}


def nested(depth: int) -> Any:
    raw: Any = HOT
    for _ in range(depth):
        raw = {"not": raw}
    return raw


def score(value: Any, op: str = "is") -> dict[str, Any]:
    return {"field": "score", "op": op, "value": value}


def on(field: str, value: Any, op: str = "is") -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


REFUSED: list[tuple[Any, str]] = [
    # not a condition at all
    (None, ""),
    ([], ""),
    ("score", ""),
    (7, ""),
    (True, ""),
    ({"score": 40}, ""),
    ({"all": [], "any": []}, ""),
    ({7: 8}, ""),
    ({"all": HOT}, "/all"),
    ({"all": [HOT, None]}, "/all/1"),
    ({"any": []}, "/any"),
    ({"not": [HOT]}, "/not"),
    ({"all": [HOT], "extra": 1}, "/extra"),
    ({**HOT, "a/b~c": 1}, "/a~1b~0c"),
    ({**HOT, "\ud800": 1}, "/?"),
    # fields
    ({"field": "size", "op": "is", "value": 1}, "/field"),
    ({"field": None, "op": "is", "value": 1}, "/field"),
    ({"field": ["score"], "op": "is", "value": 1}, "/field"),
    ({"field": "", "op": "is", "value": 1}, "/field"),
    ({"field": "score.", "op": "is", "value": 1}, "/field"),
    ({"field": "score.value", "op": "is", "value": 1}, "/field"),
    ({"field": "contact__account", "op": "is_empty"}, "/field"),
    ({"field": "_meta", "op": "is_empty"}, "/field"),
    ({"field": "contact.account.size", "op": "is_empty"}, "/field"),
    ({"field": "activities", "op": "is_empty"}, "/field"),
    ({"field": "activities.kind", "op": "is_empty"}, "/field"),
    ({"field": ".".join(["contact"] * (MAX_STEPS + 1)), "op": "is_empty"}, "/field"),
    ({"field": "x" * 1_000_000, "op": "is_empty"}, "/field"),
    ({"field": "\ud800", "op": "is_empty"}, "/field"),
    # operators
    ({"field": "score"}, ""),
    ({"field": "score", "op": "like", "value": 1}, "/op"),
    ({"field": "score", "op": "contains", "value": "4"}, "/op"),
    ({"field": "score", "op": ["is"], "value": 4}, "/op"),
    ({"field": "notes", "op": "is", "value": "x"}, "/op"),
    ({"field": "score", "op": "is"}, ""),
    ({"field": "score", "op": "is_empty", "value": 1}, "/value"),
    ({"field": "score", "op": "is_empty", "value": None}, "/value"),
    # whole numbers
    (score("40"), "/value"),
    (score(True), "/value"),
    (score(4.0), "/value"),
    (score(None), "/value"),
    (score(2**53), "/value"),
    (score(-(2**53)), "/value"),
    (score(10**5000), "/value"),
    (score(float("nan")), "/value"),
    (score([40]), "/value"),
    (score({"me": True}), "/value"),
    (score([], "any_of"), "/value"),
    (score(40, "any_of"), "/value"),
    (score([1, "2"], "any_of"), "/value/1"),
    (score(list(range(MAX_LIST + 1)), "any_of"), "/value"),
    (score([1], "between"), "/value"),
    (score([1, 2, 3], "between"), "/value"),
    (score([2, 1], "between"), "/value"),
    # decimals
    (on("price", float("nan")), "/value"),
    (on("price", float("inf")), "/value"),
    (on("price", Decimal("sNaN")), "/value"),
    (on("price", 1e300), "/value"),
    (on("price", "1e5"), "/value"),
    (on("price", "NaN"), "/value"),
    (on("price", "１２"), "/value"),
    (on("price", ""), "/value"),
    (on("price", "1" * 21), "/value"),
    (on("price", 10**5000), "/value"),
    (on("price", "0." + "1" * 11), "/value"),
    (on("price", True), "/value"),
    # texts
    (on("title", ""), "/value"),
    (on("title", 7), "/value"),
    (on("title", None), "/value"),
    (on("title", "a\0b"), "/value"),
    (on("title", "\ud83d"), "/value"),
    (on("title", "x" * (MAX_TEXT + 1)), "/value"),
    (on("title", b"bytes"), "/value"),
    # choices, booleans
    (on("stage", "1"), "/value"),
    (on("stage", True), "/value"),
    (on("stage", 1.0), "/value"),
    (on("stage", 9), "/value"),
    (on("industry", ""), "/value"),
    (on("industry", "steel"), "/value"),
    (on("industry", ["water"]), "/value"),
    (on("is_hot", 1), "/value"),
    (on("is_hot", "true"), "/value"),
    # relations
    (on("owner", 0), "/value"),
    (on("owner", -1), "/value"),
    (on("owner", 2**53), "/value"),
    (on("owner", "1"), "/value"),
    (on("owner", {"me": False}), "/value"),
    (on("owner", {"me": 1}), "/value"),
    (on("owner", {"me": True, "my_unit": True}), "/value"),
    (on("owner", {"my_unit": True}), "/value"),
    (on("unit", {"me": True}), "/value"),
    (on("contact", {"me": True}), "/value"),
    # dates and moments
    (on("due_on", "2026-02-30", "on"), "/value"),
    (on("due_on", "20260301", "on"), "/value"),
    (on("due_on", "2026-W09-1", "on"), "/value"),
    (on("due_on", "0999-12-31", "on"), "/value"),
    (on("due_on", "9999-12-31", "on"), "/value"),
    (on("due_on", "2026-03-01T10:00", "on"), "/value"),
    (on("due_on", "２０２６-03-01", "on"), "/value"),
    (on("due_on", {"today": "1"}, "on"), "/value/today"),
    (on("due_on", {"today": 10**9}, "on"), "/value/today"),
    (on("due_on", {"tomorrow": 1}, "on"), "/value"),
    (on("due_on", ["2026-03-02", "2026-03-01"], "between"), "/value"),
    (on("due_on", [{"today": 1}, {"today": 0}], "between"), "/value"),
    (on("due_on", {"hours": 7}, "within_last"), "/value"),
    (on("due_on", {"days": 7, "weeks": 1}, "within_last"), "/value"),
    (on("due_on", {}, "within_last"), "/value"),
    (on("due_on", {"days": 0}, "within_last"), "/value/days"),
    (on("due_on", {"days": 1.5}, "within_last"), "/value/days"),
    (on("due_on", {"days": 10**9}, "within_last"), "/value/days"),
    (on("due_on", {"years": 101}, "within_next"), "/value/years"),
    (on("due_on", 7, "within_last"), "/value"),
    (on("due_on", "decade", "in_this"), "/value"),
    (on("due_on", ["day"], "in_this"), "/value"),
    (on("made_at", "2026-03-01T25:00", "on"), "/value"),
    (on("made_at", "2026-03-01T10:00+99:00", "on"), "/value"),
    (on("made_at", "2026-03-01 10:00", "on"), "/value"),
    (on("made_at", ["2026-03-02T00:00", "2026-03-01T00:00"], "between"), "/value"),
    # has
    ({"has": "cases"}, "/has"),
    ({"has": "contact"}, "/has"),
    ({"has": "score"}, "/has"),
    ({"has": "activities.person"}, "/has"),
    ({"has": None}, "/has"),
    ({"has": "activities", "where": None}, "/where"),
    ({"has": "activities", "where": {"field": "score", "op": "is", "value": 1}}, "/where/field"),
    ({"has_no": "activities", "where": {"all": [{}, {"not": 3}]}}, "/where/all/1/not"),
    ({"has": "activities", "at_least": 0}, "/at_least"),
    ({"has": "activities", "at_least": "3"}, "/at_least"),
    ({"has": "activities", "at_least": True}, "/at_least"),
    ({"has_no": "activities", "at_least": 2}, "/at_least"),
    # absurd sizes
    (nested(MAX_DEPTH), "/not" * MAX_DEPTH),
    (nested(900), "/not" * MAX_DEPTH),
    ({"all": [HOT] * MAX_NODES}, f"/all/{MAX_NODES - 1}"),
    ({"all": [score(list(range(MAX_LIST)), "any_of")] * 5}, f"/all/{MAX_VALUES // MAX_LIST}/value"),
]


@pytest.mark.parametrize(("raw", "pointer"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_condition_is_refused_with_its_place(raw, pointer):
    with pytest.raises(ConditionError) as refused:
        parse(raw, "lead", VOCABULARY)
    assert refused.value.pointer == pointer
    assert refused.value.message
    assert refused.value.remedy
    assert refused.value.errors[0].pointer == pointer
    assert len(str(refused.value)) < 2000
    str(refused.value).encode()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "nope",
        '{"field": NaN}',
        '{"all": [], "all": []}',
        "[" * 90_000,
        '{"not":' * 10_000,
        '{"field": "score", "op": "is", "value": ' + "9" * 5000 + "}",
        '{"field": "score", "op": "is", "value": 1e999}',
        '"' + "x" * MAX_BYTES + '"',
        b"\xff\xfe{}",
        b"\x80",
    ],
    ids=lambda v: repr(v)[:30],
)
def test_a_text_that_is_no_condition_is_refused(text):
    with pytest.raises(ConditionError):
        parse_text(text, "lead", VOCABULARY)


def test_an_unknown_record_type_is_refused():
    with pytest.raises(ConditionError, match="planet"):
        parse(HOT, "planet", VOCABULARY)


def test_the_largest_that_is_allowed_is_read():
    assert parse(nested(MAX_DEPTH - 1), "lead", VOCABULARY)
    assert parse({"all": [HOT] * (MAX_NODES - 1)}, "lead", VOCABULARY)
    assert parse(score(list(range(MAX_LIST)), "any_of"), "lead", VOCABULARY)
    assert parse(on("title", "x" * MAX_TEXT), "lead", VOCABULARY)


def test_a_refusal_speaks_the_callers_language():
    with translation.override("zh-hans"), pytest.raises(ConditionError) as refused:
        parse({"field": "size", "op": "is", "value": 1}, "lead", VOCABULARY)
    assert refused.value.message == "此处没有字段“size”。"
    assert str(refused.value.remedy).startswith("lead 的字段有：")


def test_a_refusal_names_what_would_fit():
    with pytest.raises(ConditionError) as refused:
        parse(score("4", "contains"), "lead", VOCABULARY)
    assert "at_least" in str(refused.value.remedy)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=5),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["all", "any", "not", "has", "has_no", "field", "op", "value", "where", "at_least", "me"]
            ),
            parts
            | st.sampled_from(
                ["score", "title", "activities", "owner", "is", "contains", "between", "made_at"]
            ),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_nothing_but_a_condition_or_a_refusal_comes_out(raw):
    try:
        condition = parse(raw, "lead", VOCABULARY)
    except ConditionError as refused:
        json.dumps(refused.pointer)
    else:
        assert condition is not None
