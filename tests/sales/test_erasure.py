"""A person who asks to be forgotten is forgotten everywhere, and the log can still be read."""

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import give
from kinflow.customers.activities.actions import log_activity
from kinflow.customers.consents.actions import record_consent
from kinflow.customers.contacts.actions import change_contact
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.customers.contacts.points import add_contact_point
from kinflow.customers.contacts.reaching import ContactIsErased
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import narrate
from kinflow.eventlog.readers import readers
from kinflow.kit.problem import Invalid
from kinflow.records.api.telling import json_answer, reference
from kinflow.records.telling import tell
from kinflow.sales.erasure import after_erasure
from kinflow.sales.leads.actions import capture_lead, change_lead, contact_lead, convert_lead, qualify_lead
from kinflow.sales.opportunities.actions import open_opportunity
from kinflow.web.models import KeptAnswer
from tests.customers.cast import account, all_rows, contact
from tests.factories import person, role_actor

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


def test_what_was_typed_as_a_reason_is_forgotten_and_until_then_read_by_all(known):
    lead = capture_lead(contact=known, need="工艺泵", by=SYSTEM)
    chen = person()
    give(record=lead, person=chen, reason="王建国 asked for her", by=SYSTEM)
    told = Entry.objects.filter(data__reason__icontains="王建国")
    assert [e.name for e in told.order_by("pk")] == [
        "sales.lead_assigned",
        "automation.assignment_overridden",
    ]
    auditor = role_actor("auditor")
    assert "王建国" in tell(list(told.prefetch_related("mentions")), auditor)[1].text
    erase_contact(contact=known, reason="asked", by=SYSTEM)
    after_erasure(Entry.objects.get(name="customers.contact_erased"))
    assert not told.exists()


def test_an_opportunity_called_by_a_need_is_called_by_its_account_afterwards(known):
    lead = capture_lead(contact=known, need="王要工艺泵", by=SYSTEM)
    qualify_lead(lead=lead, by=SYSTEM)
    from_lead = convert_lead(lead=lead, by=SYSTEM)
    named = open_opportunity(account=lead.account, contact=known, name="Extension", by=SYSTEM)
    erase_contact(contact=known, reason="asked", by=SYSTEM)
    after_erasure(Entry.objects.get(name="customers.contact_erased"))
    from_lead.refresh_from_db()
    named.refresh_from_db()
    assert (from_lead.name, named.name) == ("华星", "Extension")


def test_answers_kept_for_callers_of_the_api_are_forgotten(known):
    other = contact(email="other@example.com")
    for number, row in enumerate([known, other]):
        body = json_answer({"record": reference(row, SYSTEM)}).content
        KeptAnswer.objects.create(caller="person:1", key=str(number), digest="x", status=201, body=body)
    erase_contact(contact=known, reason="asked", by=SYSTEM)
    assert [kept.key for kept in KeptAnswer.objects.all()] == ["1"]
