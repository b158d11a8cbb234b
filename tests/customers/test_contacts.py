"""Contacts: any number of ways to reach them, accounts they belong to, consent."""

import pytest

from kinflow.customers.accounts.models import Account
from kinflow.customers.consents.actions import record_consent
from kinflow.customers.consents.queries import consents_of, may_contact
from kinflow.customers.contacts.actions import (
    AlreadyMember,
    add_contact,
    assign_contact,
    change_contact,
    join_account,
    leave_account,
)
from kinflow.customers.contacts.points import add_contact_point, forget_contact_point, remove_contact_point
from kinflow.customers.contacts.queries import contacts_reached_by
from kinflow.customers.contacts.reaching import PointKnown
from kinflow.customers.contacts.rules import one_form
from kinflow.customers.models import Contact
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid
from kinflow.records.changing import Stale

from .cast import account, all_rows, colleague, contact, names_told


@pytest.mark.parametrize(
    ("kind", "given", "form"),
    [
        ("email", " Li@Example.COM ", "li@example.com"),
        ("email", "nobody", None),
        ("mobile", "138 0013 8000", "+8613800138000"),
        ("phone", "12", None),
        ("qq", " 10001 ", "10001"),
        ("wecom", "  ", None),
        ("address", "x" * 301, None),
    ],
)
def test_each_kind_has_one_form(kind, given, form):
    assert one_form(kind, given) == form


@pytest.mark.django_db
def test_a_contact_keeps_what_was_entered_beside_the_one_form():
    row = contact(email="Wang@Example.com", phone="138 0013 8000")
    assert (row.email, row.phone) == ("wang@example.com", "+8613800138000")
    points = {p.kind: (p.value, p.given, p.is_main) for p in row.points.all()}
    assert points == {
        "email": ("wang@example.com", "Wang@Example.com", True),
        "phone": ("+8613800138000", "138 0013 8000", True),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"email": "nobody", "phone": "12"}, ["/email", "/phone"]),
        ({"family_name": ""}, ["/family_name"]),
        ({"family_name": "Li", "country": "China"}, ["/country"]),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(wrong, pointers):
    with pytest.raises(Invalid) as refused:
        add_contact(**wrong, by=SYSTEM)
    assert [error.pointer for error in refused.value.errors] == pointers
    assert not Contact.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_two_contacts_may_share_a_number_and_are_both_found_by_it():
    one, other = contact(), contact(family_name="李", email="")
    assert contacts_reached_by("phone", "138-0013-8000") == [one, other]
    assert contacts_reached_by("email", "WANG@example.com") == [one]
    assert contacts_reached_by("email", "no address") == []


@pytest.mark.django_db
def test_one_contact_cannot_have_a_number_twice_whatever_its_kind():
    row = contact()
    before = all_rows(row)
    with pytest.raises(PointKnown):
        add_contact_point(contact=row, kind="mobile", value="+86 138 0013 8000", by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_without_its_main_number_a_contact_is_reached_by_the_next():
    row = contact()
    add_contact_point(contact=row, kind="mobile", value="13900139000", by=SYSTEM)
    row = forget_contact_point(contact=row, value="138 0013 8000", by=SYSTEM)
    assert row.phone == "+8613900139000"
    row = remove_contact_point(point=row.points.get(kind="mobile"), by=SYSTEM)
    assert row.phone == ""
    assert names_told("contact", row.pk).count("customers.contact_point_removed") == 2


@pytest.mark.django_db
def test_a_number_the_contact_does_not_have_cannot_be_removed():
    row = contact()
    before = all_rows(row)
    with pytest.raises(Invalid):
        forget_contact_point(contact=row, value="13900139000", by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_a_changed_e_mail_becomes_the_main_one_and_the_old_one_stays():
    row = change_contact(contact=contact(), changes={"email": "Jianguo@Example.com"}, by=SYSTEM)
    assert row.email == "jianguo@example.com"
    emails = row.points.filter(kind="email").order_by("pk").values_list("value", "is_main")
    assert list(emails) == [("wang@example.com", False), ("jianguo@example.com", True)]


@pytest.mark.django_db
def test_a_change_to_no_e_mail_is_refused():
    row = contact()
    before = all_rows(row)
    with pytest.raises(Invalid) as refused:
        change_contact(contact=row, changes={"email": "nobody"}, by=SYSTEM)
    assert refused.value.errors[0].pointer == "/email"
    assert all_rows(row) == before


@pytest.mark.django_db
def test_an_edit_of_what_changed_meanwhile_is_refused():
    row = contact()
    change_contact(contact=row, changes={"title": "厂长"}, by=SYSTEM)
    before = all_rows(row)
    with pytest.raises(Stale):
        change_contact(contact=row, changes={"title": "经理"}, seen={"title": ""}, by=SYSTEM)
    assert all_rows(row) == before


@pytest.mark.django_db
def test_a_contact_joins_and_leaves_accounts():
    first, second = account("First"), account("Second")
    row = contact(account=first)
    join_account(contact=row, account=second, role="顾问", by=SYSTEM)
    row = leave_account(contact=row, account=first, by=SYSTEM)
    assert row.account == second
    before = all_rows(row)
    with pytest.raises(AlreadyMember):
        join_account(contact=row, account=second, by=SYSTEM)
    with pytest.raises(Invalid):
        leave_account(contact=row, account=first, by=SYSTEM)
    assert all_rows(row) == before
    assert Account.objects.count() == 2


@pytest.mark.django_db
def test_somebody_looks_after_a_contact():
    who = colleague()
    row = assign_contact(contact=contact(), person=who, by=SYSTEM)
    assert (row.owner, row.unit) == (who, who.unit)


@pytest.mark.django_db
def test_the_latest_decision_counts_and_each_is_told():
    row = contact()
    told = {"contact": row, "channel": "email", "purpose": "marketing", "by": SYSTEM}
    assert not may_contact(row, "email", "marketing")
    record_consent(**told, is_given=True, basis="form")
    assert may_contact(row, "email", "marketing")
    assert not may_contact(row, "phone", "marketing")
    record_consent(**told, is_given=False)
    assert not may_contact(row, "email", "marketing")
    assert [c.is_given for c in consents_of(row)] == [False]
    assert names_told("contact", row.pk)[1:] == ["customers.consent_given", "customers.consent_withdrawn"]


@pytest.mark.django_db
def test_consent_to_nothing_known_is_refused():
    row = contact()
    before = all_rows(row)
    with pytest.raises(Invalid) as refused:
        record_consent(contact=row, channel="owl", purpose="fun", is_given=True, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == ["/channel", "/purpose"]
    assert all_rows(row) == before
