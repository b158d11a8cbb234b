"""The moments at which passing time can change a condition's answer: held against asking every quarter of an hour."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.automation.rules.boundaries import flips, next_flip, timeless
from kinflow.automation.rules.triggers import Trigger
from kinflow.conditions import EVERYTHING, Context, parse, predicate
from kinflow.records.faces import VOCABULARY

ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 3, 26, tzinfo=UTC)  # the clocks are put on on the 29th
STEP, DAYS = timedelta(minutes=15), 8
DURATIONS = st.one_of(
    st.integers(1, 100).map(lambda n: {"hours": n}),
    st.integers(1, 6).map(lambda n: {"days": n}),
    st.just({"weeks": 1}),
    st.just({"months": 1}),
)
TESTS = st.one_of(
    st.tuples(st.sampled_from(("within_last", "within_next", "more_than_ago", "more_than_ahead")), DURATIONS),
    st.tuples(st.sampled_from(("in_this", "in_last", "in_next")), st.sampled_from(("day", "week", "month"))),
    st.tuples(
        st.sampled_from(("on", "before", "on_or_after")), st.integers(-3, 3).map(lambda n: {"today": n})
    ),
)


@settings(max_examples=60, deadline=None)
@given(TESTS, st.integers(-40 * 96, 40 * 96))
def test_no_change_of_an_answer_lies_off_the_kept_moments(test, quarter):
    op, value = test
    condition = parse({"field": "created_at", "op": op, "value": value}, "lead", VOCABULARY)
    record = {"created_at": BEGIN + quarter * STEP}
    kept = set(flips(condition, record, Context(BEGIN, ZONE)))
    before = None
    for n in range(DAYS * 96):
        at = BEGIN + n * STEP
        answer = predicate(condition, Context(at, ZONE))(record)
        if before is not None and answer != before:
            assert any(at - STEP < moment <= at for moment in kept)
        before = answer


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        (date(2024, 2, 29), date(2025, 3, 1), date(2026, 3, 2), date(2023, 12, 31), "02-29", "1980-01-01")
    ),
    st.sampled_from(({"days": 1}, {"days": 7}, {"weeks": 2}, {"months": 1})),
)
def test_a_day_that_comes_round_changes_the_answer_only_at_kept_moments(day, length):
    kind, field = ("account", "customer_since") if isinstance(day, date) else ("contact", "birthday")
    condition = parse({"field": field, "op": "comes_round", "value": length}, kind, VOCABULARY)
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
    answers = [
        predicate(condition, Context(begin + timedelta(days=n), ZONE))({field: day}) for n in range(800)
    ]
    assert any(answers)
    for n in (n for n in range(1, 800) if answers[n] != answers[n - 1]):
        context = Context(begin + timedelta(days=n - 1), ZONE)
        kept = next_flip(condition, {field: day}, context)
        assert kept is not None
        assert context.now < kept <= begin + timedelta(days=n)


def test_what_depends_on_time_is_left_out_of_the_wider_condition():
    late = {"field": "created_at", "op": "more_than_ago", "value": {"days": 1}}
    new = {"field": "stage", "op": "is", "value": "new"}
    both = parse({"all": [late, new]}, "lead", VOCABULARY)
    assert timeless(both).parts == (EVERYTHING, parse(new, "lead", VOCABULARY))


@pytest.mark.parametrize(
    ("trigger", "after", "due"),
    [
        (
            Trigger("schedule", every="day", at="02:30"),
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),
        (
            Trigger("schedule", every="day", at="02:30"),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
            datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
        ),
        (
            Trigger("schedule", every="week", at="09:00", on=1),
            datetime(2026, 11, 27, tzinfo=UTC),
            datetime(2026, 11, 30, 8, tzinfo=UTC),
        ),
        (
            Trigger("schedule", every="month", at="09:00", on=31),
            datetime(2026, 11, 27, tzinfo=UTC),
            datetime(2026, 11, 30, 8, tzinfo=UTC),
        ),
    ],
)
def test_a_schedule_is_due_once_a_day_whatever_clocks_are_put_to(trigger, after, due):
    assert trigger.next_after(after, ZONE) == due
