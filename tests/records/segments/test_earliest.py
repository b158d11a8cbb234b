"""The database names for whole sets when time alone can first move a record: never later than the exact moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from kinflow.conditions import Context, parse
from kinflow.conditions.boundaries import next_flip
from kinflow.conditions.earliest import earliest, first_of
from kinflow.customers.accounts.models import Account
from kinflow.records.faces import VOCABULARY

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 26, 9, 30, tzinfo=UTC)  # the clocks are put on on the 29th
MOMENTS = [NOW + n * timedelta(hours=7, minutes=11) for n in range(-1400, 200)]
DAYS = [date(2026, 3, 26) + timedelta(days=n) for n in range(-800, 40)]
BIRTHDAYS = ["02-29", "1980-03-26", "03-29", "1999-12-31", "04-30", "2004-02-29", "", "erased"]
LENGTHS = [
    {"hours": 5},
    {"minutes": 40},
    {"days": 3},
    {"weeks": 2},
    {"months": 1},
    {"quarters": 1},
    {"years": 1},
]


def named(
    kind: str, test: Any, column: str, values: list[Any]
) -> list[tuple[datetime | None, datetime | None]]:
    """What the database names for each value, beside the exact moment."""
    context = Context(NOW, BERLIN)
    condition = parse(test, kind, VOCABULARY)
    [each] = earliest(condition, context)
    template = each.expression(context).extra["template"] % {"expressions": "x"}
    cast = {"created_at": "timestamptz", "customer_since": "date", "birthday": "text"}[column]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {template} FROM unnest(%s::{cast}[]) WITH ORDINALITY t(x, n) ORDER BY n", [values]
        )
        found = [row[0] for row in cursor.fetchall()]
    exact = [next_flip(condition, {column: value or None}, context) for value in values]
    return list(zip(found, exact, strict=True))


@pytest.mark.parametrize("length", LENGTHS, ids=str)
@pytest.mark.parametrize("op", ["within_last", "within_next", "more_than_ago", "more_than_ahead"])
def test_moments_and_days_so_long_ago_or_ahead(op, length):
    told = named("lead", {"field": "created_at", "op": op, "value": length}, "created_at", MOMENTS)
    if not {"hours", "minutes"} & set(length):
        test = {"field": "customer_since", "op": op, "value": length}
        told += named("account", test, "customer_since", DAYS)
    assert [(f, e) for f, e in told if e is not None and (f is None or f > e)] == []
    vain = [f for f, e in told if f is not None and e is None]
    at_once = [f for f, e in told if f == NOW and e != NOW]
    assert len(vain) + len(at_once) < len(told) / 10


@pytest.mark.parametrize(
    ("op", "value"),
    [
        ("in_this", "week"),
        ("in_last", "month"),
        ("in_next", "quarter"),
        ("on", {"today": 2}),
        ("before", {"today": -1}),
    ],
)
def test_periods_and_days_counted_from_today_are_exact(op, value):
    told = named("lead", {"field": "created_at", "op": op, "value": value}, "created_at", MOMENTS)
    assert [(f, e) for f, e in told if f != e] == []


@pytest.mark.parametrize("length", [{"days": 1}, {"weeks": 2}, {"months": 1}], ids=str)
def test_days_that_come_round(length):
    test = {"field": "birthday", "op": "comes_round", "value": length}
    told = named("contact", test, "birthday", BIRTHDAYS)
    assert [(f, e) for f, e in told if e is not None and (f is None or f > e)] == []
    assert [f for f, e in told if e is None] == [None, None]


def test_conditions_over_related_records_are_asked_along_the_way_to_them():
    late = {"field": "ended_at", "op": "within_last", "value": {"days": 30}}
    meant = {
        "all": [
            {"has_no": "activities", "where": late},
            {"field": "created_at", "op": "in_this", "value": "week"},
        ]
    }
    context = Context(NOW, BERLIN)
    found = earliest(parse(meant, "account", VOCABULARY), context)
    assert [(each.along, each.column) for each in found] == [
        ("activities", "activities__ended_at"),
        ("", "created_at"),
    ]
    rows = Account.objects.annotate(at=first_of(found[:1], context)).values_list("pk", "at")
    assert list(rows) == []
