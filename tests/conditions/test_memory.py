"""Conditions over what is no row yet: mappings by name, nested or by whole path; unsaved records."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kinflow.conditions import Context, holds, parse

from .world.models import Account, Contact, Lead
from .world.vocabulary import VOCABULARY

NOW = Context(now=datetime(2026, 3, 18, 15, 0, tzinfo=UTC), zone=UTC, person_id=1)
WET = {"field": "contact.account.industry", "op": "is", "value": "water"}
CALLED = {"has": "activities", "where": {"field": "kind", "op": "is", "value": "call"}, "at_least": 2}


def lead_holds(raw, record) -> bool:
    return holds(parse(raw, "lead", VOCABULARY), record, NOW)


@pytest.mark.parametrize(
    "record",
    [
        {"contact": {"account": {"industry": "water"}}},
        {"contact.account.industry": "water"},
        {"contact": {"account.industry": "water"}},
        {"contact": {"account": Account(industry="water")}},
        {"contact": Contact(account=Account(industry="water"))},
        Lead(contact=Contact(account=Account(industry="water"))),
    ],
)
@pytest.mark.usefixtures("installed")
def test_a_path_is_followed_through_whatever_there_is(record):
    assert lead_holds(WET, record)
    assert not lead_holds({"not": WET}, record)


@pytest.mark.parametrize(
    "record", [{}, {"contact": None}, {"contact": {"account": None}}, Lead(), Lead(contact=Contact())]
)
@pytest.mark.usefixtures("installed")
def test_where_a_path_ends_early_the_value_is_missing(record):
    assert not lead_holds(WET, record)
    assert lead_holds({"field": "contact.account.industry", "op": "is_empty"}, record)
    assert lead_holds({"not": WET}, record)
    assert not lead_holds({"has": "contact.leads"}, record)


@pytest.mark.parametrize("owner", [7, {"id": 7}, {"id": 7, "name": "Chen"}])
def test_a_relation_is_an_id_or_a_record(owner):
    assert lead_holds({"field": "owner", "op": "is", "value": 7}, {"owner": owner})


def test_related_records_are_a_list():
    calls = [{"kind": "call"}, {"kind": "visit"}, {"kind": "call"}]
    assert lead_holds(CALLED, {"activities": calls})
    assert not lead_holds(CALLED, {"activities": calls[:2]})
    assert lead_holds({"not": CALLED}, {})
    assert lead_holds({"has": "contact.leads"}, {"contact": {"leads": [{}]}})


def test_numbers_compare_by_value():
    record = {"price": Decimal("19.900"), "score": 40}
    assert lead_holds({"field": "price", "op": "is", "value": 19.9}, record)
    assert lead_holds({"field": "price", "op": "is", "value": "0.1"}, {"price": 0.1})
    assert lead_holds({"field": "score", "op": "any_of", "value": [39, 40]}, record)


def test_the_day_is_the_askers_and_never_the_clocks():
    record = {"due_on": date(2026, 3, 18)}
    today = {"field": "due_on", "op": "on", "value": {"today": 0}}
    assert lead_holds(today, record)
    later = Context(now=datetime(2031, 1, 1, tzinfo=UTC), zone=UTC)
    assert not holds(parse(today, "lead", VOCABULARY), record, later)


def test_now_must_know_its_zone():
    with pytest.raises(ValueError, match="aware"):
        Context(now=datetime(2026, 1, 1), zone=UTC)  # noqa: DTZ001
