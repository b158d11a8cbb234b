"""Who claims an account: by place, condition and name, by rank and narrowness; kept by the log, asked by conditions."""

import pytest
from django.utils import timezone

from kinflow.conditions import EVERYTHING, Context, Not, holds, parse, to_q
from kinflow.customers.accounts.actions import change_account
from kinflow.customers.importing.removing import take_back_accounts
from kinflow.customers.models import Account
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.organisation.skills.actions import retire_territory
from kinflow.records.faces import VOCABULARY
from kinflow.records.segments.actions import create_segment
from kinflow.sales.models import AccountTerritory
from kinflow.sales.territories import keeping
from kinflow.sales.territories.claims import claims_of, fresh_claims
from kinflow.sales.territories.keeping import settle_accounts, settle_all
from kinflow.sales.territories.rules import ANYWHERE, COUNTRY, PART, Rule, reach_of, read_rule

from .given import WATER, account, follow, newest, placed, ruled, territory, worked_out

ZHEJIANG = ("CN-ZJ", "CN")


def test_a_place_is_reached_by_its_part_by_its_country_or_not_at_all():
    assert Rule(1, places=("CN-ZJ", "CN")).reach(ZHEJIANG) == PART
    assert Rule(1, places=("CN",)).reach(ZHEJIANG) == COUNTRY
    assert Rule(1, places=("CN",)).reach(("CN",)) == COUNTRY
    assert Rule(1, places=("CN-JS",)).reach(ZHEJIANG) is None
    assert Rule(1, places=("CN",)).reach(()) is None
    assert Rule(1).reach(()) == ANYWHERE


def test_rank_goes_before_place_and_place_before_condition():
    high, usual = Rule(1, rank=4), Rule(2)
    assert high.strength(ANYWHERE) < usual.strength(PART) < usual.strength(COUNTRY) < usual.strength(ANYWHERE)
    assert Rule(3, condition=Not(EVERYTHING)).strength(PART) < usual.strength(PART)
    assert [reach_of(usual.strength(reach)) for reach in (PART, COUNTRY, ANYWHERE)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"places": ["Zhejiang"]}, "/places/0"),
        ({"rank": 0}, "/rank"),
        ({"rank": "5"}, "/rank"),
        ({"named": [1], "left_out": [1]}, "/left_out"),
        ({"named": range(2001)}, "/named"),
        ({"condition": {"field": "created_at", "op": "within_last", "value": {"days": 3}}}, "/condition"),
        ({"condition": {"field": "owner", "op": "is", "value": {"me": True}}}, "/condition"),
        (
            {"condition": {"not": {"field": "territory_state", "op": "any_of", "value": ["none"]}}},
            "/condition",
        ),
        ({"condition": {"field": "parent.segments", "op": "is_filled"}}, "/condition"),
    ],
)
@pytest.mark.django_db
def test_what_no_rule_may_be_is_named(raw, pointer):
    with pytest.raises(Invalid) as refused:
        read_rule(1, raw)
    assert [error.pointer for error in refused.value.errors] == [pointer]


@pytest.mark.django_db
def test_the_narrower_place_has_the_account_and_nobody_what_no_place_names():
    territory("China", "CN")
    territory("East", "CN-ZJ")
    account("A", "浙江省"), account("B", "Henan"), account("C", "", "DE"), account("D", "", "")
    assert worked_out() == {"A": "East", "B": "China"}


@pytest.mark.django_db
def test_conditions_ranks_and_names_claim_what_they_say():
    east, water, key = territory("East", "CN-ZJ"), territory("Water"), territory("Key accounts")
    small, big = account("Small", industry="water"), account("Big", industry="water")
    out = account("Out", industry="water")
    account("Food", industry="food"), account("Far", "Henan", industry="water")
    ruled({water: {"condition": WATER, "rank": 3, "left_out": [out.pk]}, key: {"named": [big.pk]}})
    assert placed() == {
        "Small": "Water",
        "Big": "Key accounts",
        "Out": "East",
        "Food": "East",
        "Far": "Water",
    }
    ruled({water: {"condition": WATER, "rank": 6}})
    assert placed()["Small"] == "East"
    assert fresh_claims([small.pk, big.pk, out.pk]) == claims_of([small.pk, big.pk, out.pk])
    assert [claim.territory_id for claim in claims_of([big.pk])[big.pk]] == [key.pk, east.pk, water.pk]


@pytest.mark.django_db
def test_two_equal_claims_are_undecided_and_the_older_has_the_account():
    territory("One", "CN-ZJ"), territory("Two", "CN-ZJ"), territory("Wide", "CN")
    pk = account("A").pk
    assert worked_out() == {"A": "One"}
    assert [claim.is_tied for claim in claims_of([pk])[pk]] == [True, True, False]
    assert fresh_claims([pk]) == claims_of([pk])


@pytest.mark.django_db
def test_a_changed_fact_moves_its_account_with_one_event_and_no_other():
    territory("East", "CN-ZJ"), territory("Middle", "CN-HA")
    one = account("One")
    account("Other")
    settle_all(by=SYSTEM)
    before = newest()
    change_account(account=one, changes={"province": "河南"}, by=SYSTEM)
    moved = newest()
    follow(before)
    assert placed() == {"One": "Middle", "Other": "East"}
    told = Entry.objects.get(pk__gt=moved)
    assert (told.name, told.caused_by, told.depth) == ("sales.account_placed", moved, 1)
    follow(before)
    assert not Entry.objects.filter(pk__gt=told.pk).exists()
    change_account(account=one, changes={"province": "", "country": "DE"}, by=SYSTEM)
    follow(told.pk)
    assert Entry.objects.order_by("-pk").first().name == "sales.account_unplaced"
    assert placed() == {"Other": "East"}


@pytest.mark.django_db
def test_a_rule_over_a_related_record_follows_that_record():
    group = territory("Groups")
    parent = account("Parent", industry="food")
    account("Daughter", parent=parent)
    ruled({group: {"condition": {"field": "parent.industry", "op": "is", "value": "water"}}})
    assert placed() == {}
    before = newest()
    change_account(account=parent, changes={"industry": "water"}, by=SYSTEM)
    follow(before)
    assert placed() == {"Daughter": "Groups"}


@pytest.mark.django_db
def test_few_accounts_and_many_are_worked_out_alike(monkeypatch):
    parent = account("Parent", industry="food")
    every = [
        account(f"A{n}", ("浙江", "江苏", "")[n % 3], ("CN", "CN", "DE")[n % 3], parent=parent)
        for n in range(9)
    ]
    here, wide, far = (
        territory("Here", "CN-ZJ"),
        territory("Wide", "CN", "DE"),
        territory("Far", "CN-ZJ", "CN-JS"),
    )
    related = {"field": "parent.industry", "op": "is", "value": "food"}
    named = {"field": "name", "op": "any_of", "value": ["A0", "A3", "A4"]}
    ruled(
        {
            far: {"condition": related, "left_out": [every[0].pk]},
            here: {"condition": named},
            wide: {"named": [every[8].pk]},
        }
    )
    ids = [row.pk for row in every]
    in_bulk = claims_of(ids)
    assert in_bulk == fresh_claims(ids)
    assert not settle_accounts(ids=ids, by=SYSTEM)
    for few in (0, 500):
        ruled({here: {"places": ["CN-JS"] if few else []}})
        change_account(account=every[few and 1], changes={"name": f"B{few}"}, by=SYSTEM)
        monkeypatch.setattr(keeping, "FEW", few)
        settle_accounts(ids=ids, by=SYSTEM)
        assert claims_of(ids) == fresh_claims(ids) != in_bulk


@pytest.mark.django_db
def test_an_account_that_is_gone_is_forgotten_without_an_event():
    territory("East", "CN-ZJ")
    pk = account("A").pk
    settle_all(by=SYSTEM)
    before = newest()
    take_back_accounts(ids=[pk], by=SYSTEM)
    follow(before)
    assert not AccountTerritory.objects.exists()
    assert not Entry.objects.filter(pk__gt=before, name__startswith="sales.").exists()


@pytest.mark.django_db
def test_segments_that_ask_about_territories_are_worked_out_where_accounts_move_in_silence(monkeypatch):
    east = territory("East", "CN-ZJ")
    account("A")
    monkeypatch.setattr(keeping, "found_later", (found := []).append)
    asks = {"field": "account.territory", "op": "any_of", "value": [east.pk]}
    segment = create_segment(kind="contact", name="Eastern", condition=asks, by=SYSTEM)
    create_segment(kind="account", name="Others", condition=WATER, by=SYSTEM)
    settle_all(by=SYSTEM)
    assert found == [segment]


@pytest.mark.django_db
def test_a_retired_territory_claims_nothing_any_more():
    east = territory("East", "CN-ZJ")
    account("A")
    assert worked_out() == {"A": "East"}
    retire_territory(territory=east, by=SYSTEM)
    assert worked_out() == {}
    assert not AccountTerritory.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({"field": "territory_state", "op": "any_of", "value": ["none"]}, ["Gap"]),
        ({"field": "territory_state", "op": "any_of", "value": ["several"]}, ["Tied", "Two"]),
        ({"field": "territory_state", "op": "any_of", "value": ["undecided", "none"]}, ["Gap", "Tied"]),
        ({"field": "territory_state", "op": "is_empty"}, ["One"]),
        ({"field": "territory", "op": "is_empty"}, ["Gap"]),
        ({"field": "territory", "op": "none_of", "value": ["here"]}, ["Gap", "Tied", "Two"]),
        ({"field": "territory", "op": "any_of", "value": ["here"]}, ["One"]),
    ],
)
def test_conditions_find_gaps_overlaps_and_the_accounts_of_a_territory(asked, meant):
    here = territory("Here", "CN-HA")
    (
        territory("T1", "CN-ZJ"),
        territory("T2", "CN-ZJ"),
        territory("Narrow", "CN-JS"),
        territory("Wide", "CN-JS", "DE"),
    )
    territory("Germany", "DE-BY")
    account("Gap", "", "FR"), account("Tied"), account("Two", "BY", "DE"), account("One", "Henan")
    settle_all(by=SYSTEM)
    if asked.get("value") == ["here"]:
        asked = asked | {"value": [here.pk]}
    condition = parse(asked, "account", VOCABULARY)
    context = Context(timezone.now(), timezone.get_default_timezone())
    rows = Account.objects.filter(to_q(condition, context)).order_by("name")
    assert [row.name for row in rows] == meant
    assert [row.name for row in Account.objects.order_by("name") if holds(condition, row, context)] == meant
