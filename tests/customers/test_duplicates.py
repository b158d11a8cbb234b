"""Contacts and accounts that are known twice: noticed once, by index, and told apart for good."""

import pytest
from django.utils import timezone, translation

from kinflow.customers.accounts.actions import change_account
from kinflow.customers.contacts.actions import change_contact
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.customers.contacts.points import add_contact_point
from kinflow.customers.duplicates.card import duplicates_card
from kinflow.customers.duplicates.events import (
    AccountDuplicateFound,
    AccountsToldApart,
    ContactDuplicateFound,
    ContactsToldApart,
)
from kinflow.customers.duplicates.finding import MOST
from kinflow.customers.duplicates.following import READER
from kinflow.customers.duplicates.noticing import note_duplicates
from kinflow.customers.duplicates.queries import like_this, pair_at, pairs_of
from kinflow.customers.duplicates.telling_apart import tell_accounts_apart, tell_contacts_apart
from kinflow.customers.models import AccountLikeness, ContactLikeness
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry, Mention
from kinflow.kit.problem import NotFound, Refused
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import AGENT, AUDITOR, REPRESENTATIVE
from kinflow.records.faces import registry
from tests import factories

from .cast import account, actor_for, colleague, contact, outsider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def from_here():
    """What was in the log before is of no concern."""
    global seen
    seen = Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def notice():
    """Let the follower read what is new."""
    global seen
    entries = list(Entry.objects.filter(pk__gt=seen, name__in=list(READER.handlers)).order_by("pk"))
    seen = entries[-1].pk if entries else seen
    READER.together(entries)


def found(kind="contact"):
    rows = (ContactLikeness if kind == "contact" else AccountLikeness).objects.order_by("pk")
    return [(row.record_id, row.other_id, row.reason) for row in rows]


def test_a_new_contact_with_a_known_address_is_told_once_with_both():
    old = contact()
    notice()
    new = contact(family_name="Wang", given_name="J.", phone="")
    notice()
    change_contact(contact=new, changes={"given_name": "Jim"}, by=SYSTEM)
    notice()
    assert found() == [(new.pk, old.pk, "email")]
    entry = Entry.objects.get(name=ContactDuplicateFound.name)
    assert Entry.objects.get(pk=entry.caused_by).name == "customers.contact_added"
    roles = dict(Mention.objects.filter(entry=entry).values_list("role", "object_id"))
    assert roles == {"contact": new.pk, "other": old.pk}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"email": "", "family_name": "王", "given_name": "建国"}, "phone"),
        ({"email": "", "family_name": "", "given_name": ""}, "phone"),
        ({"email": "", "family_name": "李", "given_name": "娜"}, None),
        ({"email": "other@example.com", "phone": ""}, "name"),
        ({"email": "other@example.com", "phone": "", "account": None}, None),
    ],
)
def test_a_shared_number_or_name_counts_where_it_says_who_somebody_is(values, reason):
    firm = account()
    contact(account=firm)
    contact(**{"account": firm, **values})
    notice()
    assert [row[2] for row in found()] == ([reason] if reason else [])


def test_what_is_added_later_makes_two_alike_and_what_says_nothing_does_not():
    one, other = contact(), contact(email="li@example.com", phone="", given_name="一")
    notice()
    change_contact(contact=other, changes={"title": "CEO", "notes": "wang@example.com"}, by=SYSTEM)
    notice()
    assert found() == []
    for row in (one, other):
        add_contact_point(contact=row, kind="wechat", value="wjg", by=SYSTEM)
    notice()
    assert found() == [(other.pk, one.pk, "chat")]


def test_an_address_that_very_many_share_says_nothing():
    for n in range(MOST + 2):
        contact(family_name=f"N{n}", given_name="", phone="", email="info@example.com")
    notice()
    assert found() == []


def test_accounts_are_alike_by_name_or_number_but_not_with_their_parent():
    old = account("华星机械有限公司", country="CN", phone="021-5555 1234")
    new = account("华星机械", country="CN")
    abroad = account("华星机械有限公司", country="DE")
    branch = account("华星水处理", parent=old, country="CN", phone="021-5555 1234")
    notice()
    assert found("account") == [(new.pk, old.pk, "name")]
    change_account(account=branch, changes={"parent": None, "name": "华星环保"}, by=SYSTEM)
    notice()
    assert found("account")[1:] == [(branch.pk, old.pk, "phone")]
    assert abroad.pk not in {pk for pair in found("account") for pk in pair[:2]}
    assert Entry.objects.filter(name=AccountDuplicateFound.name).count() == 2


def test_the_same_pair_told_by_two_at_once_is_kept_once():
    one, other = contact(), contact()
    pair = [((one.pk, other.pk), "email")]
    assert note_duplicates(kind="contact", pairs=pair, by=SYSTEM) == 1
    assert note_duplicates(kind="contact", pairs=pair, by=SYSTEM) == 0
    assert note_duplicates(kind="contact", pairs=[((one.pk, 10**9), "email")], by=SYSTEM) == 0


def test_a_pair_that_was_told_apart_stays_so():
    contact()
    new = contact()
    notice()
    likeness = ContactLikeness.objects.get()
    for _time in range(2):
        tell_contacts_apart(likeness=likeness, by=actor_for(AGENT, colleague()))
    assert Entry.objects.filter(name=ContactsToldApart.name).count() == 1
    change_contact(contact=new, changes={"family_name": "王王"}, by=SYSTEM)
    notice()
    assert Entry.objects.filter(name=ContactDuplicateFound.name).count() == 1
    assert like_this("contact", new.pk, SYSTEM) == []
    assert pairs_of("contact", SYSTEM, is_dismissed=True).count() == 1


def test_only_who_sees_both_may_see_the_pair_and_only_some_may_tell_them_apart():
    for owner in (colleague("陈"), None):
        account("华星", owner=owner)
    notice()
    pair = AccountLikeness.objects.get()
    representative, auditor = outsider(REPRESENTATIVE), actor_for(AUDITOR, colleague())
    assert not pairs_of("account", representative).exists()
    with pytest.raises(NotFound):
        pair_at("account", pair.pk, representative)
    assert pair_at("account", pair.pk, auditor) == pair
    with pytest.raises(Refused):
        tell_accounts_apart(likeness=pair, by=auditor)
    tell_accounts_apart(likeness=pair, by=SYSTEM)
    assert Entry.objects.filter(name=AccountsToldApart.name).count() == 1


def test_the_card_names_the_other_and_is_gone_with_an_erased_person():
    old, new = contact(title="<b>"), contact()
    notice()
    with translation.override("zh-hans"):
        card = duplicates_card(registry["contact"], new, SYSTEM)
    assert "&lt;b&gt;" in card
    assert f"/contacts/{old.pk}/" in card
    erase_contact(contact=old, reason="asked", by=SYSTEM)
    assert duplicates_card(registry["contact"], new, SYSTEM) == ""


def test_pages_and_api_show_pairs_and_tell_them_apart(client):
    user = create_user(login="chen", person=factories.person("陈", "宇", roles=(AGENT,)), by=SYSTEM)
    client.force_login(user)
    contact()
    contact()
    notice()
    pair = ContactLikeness.objects.get()
    assert "王建国" in client.get("/duplicates/").content.decode()
    listed = client.get("/api/v1/duplicates/contact").json()
    assert [item["id"] for item in listed["items"]] == [pair.pk]
    assert client.get("/api/v1/duplicates/lead").status_code == 404
    assert client.post("/duplicates/lead/1/apart/").status_code == 404
    assert client.post(f"/duplicates/contact/{pair.pk}/apart/").status_code == 302
    assert "王建国" not in client.get("/duplicates/?kind=contact").content.decode()
    assert "王建国" in client.get("/duplicates/?kind=contact&dismissed=1").content.decode()
    again = client.post(f"/api/v1/duplicates/contact/{pair.pk}/apart", content_type="application/json")
    assert again.json()["is_dismissed"] is True
    assert timezone.now() > pair.found_at
