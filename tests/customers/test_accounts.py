"""Accounts: kept, moved through the stages of life, given to people, never in a circle."""

import pytest
from django.utils import timezone

from kinflow.customers.accounts.actions import (
    ParentCircle,
    add_account,
    assign_account,
    change_account,
    move_account,
)
from kinflow.customers.accounts.models import Account
from kinflow.customers.accounts.queries import accounts_called
from kinflow.customers.accounts.rules import closes_circle, is_country
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.records.changing import Stale

from .cast import account, all_rows, colleague, names_told


@pytest.mark.parametrize(
    ("code", "fits"), [("", True), ("CN", True), ("cn", False), ("C", False), ("中国", False)]
)
def test_a_country_is_two_capital_letters_or_nothing(code, fits):
    assert is_country(code) is fits


def test_an_account_closes_a_circle_where_it_is_among_the_ancestors():
    assert closes_circle(3, [5, 3])
    assert not closes_circle(3, [5, 4])
    assert not closes_circle(None, [5])


@pytest.mark.django_db
def test_an_account_is_tidied_when_it_is_added():
    row = account(" 华星机械（上海）有限公司 ", country="cn", phone="021-65529988")
    assert (row.name, row.country, row.phone) == ("华星机械（上海）有限公司", "CN", "+862165529988")
    assert accounts_called("华星机械上海") == [row]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"life_stage": "dead"}, "/life_stage"),
        ({"grade": "Z"}, "/grade"),
        ({"industry": "magic"}, "/industry"),
        ({"country": "CHN"}, "/country"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(wrong, pointer):
    with pytest.raises(Invalid) as refused:
        add_account(**{"name": "A", **wrong}, by=SYSTEM)
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert not Account.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_new_stage_of_life_is_told_as_such():
    row = move_account(account=account(), life_stage="actual", by=SYSTEM)
    assert row.life_stage == "actual"
    assert names_told("account", row.pk) == ["customers.account_added", "customers.account_stage_changed"]
    entry = Entry.objects.get(name="customers.account_stage_changed")
    assert entry.data == {
        "from_stage": "potential",
        "to_stage": "actual",
        "customer_since": timezone.localdate().isoformat(),
    }


@pytest.mark.django_db
def test_an_account_cannot_belong_to_itself_by_any_way_round():
    top = account("Top")
    middle = account("Middle", parent=top)
    bottom = account("Bottom", parent=middle)
    before = all_rows(top, middle, bottom)
    for parent in (top, middle, bottom):
        with pytest.raises(ParentCircle):
            change_account(account=top, changes={"parent": parent.pk}, by=SYSTEM)
    assert all_rows(top, middle, bottom) == before


@pytest.mark.django_db
def test_an_edit_of_what_changed_meanwhile_is_refused():
    row = account("Old")
    change_account(account=row, changes={"name": "New"}, by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(Stale):
        change_account(account=row, changes={"name": "Mine"}, seen={"name": "Old"}, by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_an_account_is_given_to_a_person_and_handed_back():
    who, row = colleague(), account()
    row = assign_account(account=row, person=who, card={"points": 3}, by=SYSTEM)
    assert (row.owner, row.unit) == (who, who.unit)
    row = assign_account(account=row, person=None, reason="too much", by=SYSTEM)
    assert row.owner is None
    assert names_told("account", row.pk)[1:] == ["customers.account_assigned"] * 2
