"""The pane of a contact's page: ways to reach it, its accounts and what it agreed to, by who reads."""

import pytest
from django.utils import translation

from kinflow.customers.consents.actions import record_consent
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.customers.contacts.ways import part
from kinflow.eventlog import SYSTEM
from kinflow.records.access import AGENT, AUDITOR, REPRESENTATIVE
from kinflow.records.faces import registry

from .cast import account, actor_for, colleague, contact

pytestmark = pytest.mark.django_db


def pane(row, role):
    with translation.override("zh-hans"):
        return part(registry["contact"], row, actor_for(role, colleague()))


def test_an_agent_sees_numbers_accounts_and_consent():
    row = contact(account=account("华星<b>"))
    record_consent(contact=row, channel="sms", purpose="marketing", is_given=False, by=SYSTEM)
    html = pane(row, AGENT)
    assert "+86 138 0013 8000" in html
    assert "华星&lt;b&gt;" in html
    assert "短信 · 营销" in html
    assert "已拒绝" in html


def test_an_auditor_sees_no_numbers_and_a_representative_no_account_of_others():
    row = contact(account=account("华星"))
    assert "138" not in pane(row, AUDITOR)
    assert "华星" in pane(row, AUDITOR)
    assert "华星" not in pane(row, REPRESENTATIVE)


def test_nothing_is_shown_of_an_erased_contact_or_on_other_pages():
    row = contact()
    assert part(registry["lead"], row, SYSTEM) == ""
    assert pane(erase_contact(contact=row, reason="asked", by=SYSTEM), AGENT) == ""
