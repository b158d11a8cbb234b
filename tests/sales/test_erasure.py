"""A person who asks to be forgotten is forgotten everywhere, and the log can still be read."""

import pytest
from django.utils import timezone

from kinflow.customers.activities.actions import log_activity
from kinflow.customers.consents.actions import record_consent
from kinflow.customers.contacts.actions import add_contact_point, change_contact
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.customers.contacts.reaching import ContactIsErased
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.readers import readers
from kinflow.kit.problem import Invalid
from kinflow.sales.erasure import after_erasure
from kinflow.sales.leads.actions import capture_lead, change_lead, contact_lead
from tests.customers.cast import account, all_rows, contact

pytestmark = pytest.mark.django_db
SECRETS = ("王", "建国", "wang@", "13800138000", "喜欢喝茶", "工艺泵", "二号楼")


@pytest.fixture
def known():
    row = contact(account=account("华星"))
    add_contact_point(contact=row, kind="address", value="苏州二号楼", by=SYSTEM)
    change_contact(contact=row, changes={"notes": "喜欢喝茶"}, by=SYSTEM)
    record_consent(contact=row, channel="email", purpose="marketing", is_given=True, basis="王说", by=SYSTEM)
    log_activity(kind="call", subject="王建国", outcome="喜欢喝茶", about=row, by=SYSTEM)
    return row


def test_rows_and_log_forget_the_person_and_every_entry_can_still_be_told(known):
    lead = capture_lead(contact=known, need="王要工艺泵", by=SYSTEM)
    change_lead(lead=lead, changes={"notes": "王建国"}, by=SYSTEM)
    contact_lead(lead=lead, note="喜欢喝茶", by=SYSTEM)
    count = Entry.objects.count()
    erased = erase_contact(contact=known, reason="asked", by=SYSTEM)
    after_erasure(Entry.objects.get(name="customers.contact_erased"))
    lead.refresh_from_db()
    told = narrate(list(Entry.objects.prefetch_related("mentions").order_by("pk")))
    left = str([all_rows(erased, lead), *erased.activities.values(), *((t.text, t.details) for t in told)])
    assert [secret for secret in SECRETS if secret in left] == []
    assert len(told) == count + 2
    assert all(t.text for t in told)
    assert not erased.points.exists()
    assert not erased.memberships.exists()
    assert not erased.consents.exists()
    assert erased.erased_at <= timezone.now()


def test_following_an_erasure_twice_does_no_harm(known):
    lead = capture_lead(contact=known, need="王要工艺泵", by=SYSTEM)
    erase_contact(contact=known, reason="asked", by=SYSTEM)
    entry = Entry.objects.get(name="customers.contact_erased")
    after_erasure(entry)
    after_erasure(entry)
    lead.refresh_from_db()
    assert lead.need == ""


def test_an_erasure_needs_a_reason(known):
    before = all_rows(known)
    with pytest.raises(Invalid):
        erase_contact(contact=known, reason=" ", by=SYSTEM)
    assert all_rows(known) == before


def test_an_erased_contact_takes_no_new_data(known):
    erased = erase_contact(contact=known, reason="asked", by=SYSTEM)
    before = all_rows(erased)
    with pytest.raises(ContactIsErased):
        change_contact(contact=erased, changes={"title": "厂长"}, by=SYSTEM)
    with pytest.raises(ContactIsErased):
        erase_contact(contact=erased, reason="again", by=SYSTEM)
    assert all_rows(erased) == before


def test_the_reader_of_sales_is_known_and_starts_with_the_first_entry():
    which = readers["sales-erasure"]
    assert which.from_start
    assert which.handlers == {"customers.contact_erased": after_erasure}
