"""Somebody chooses e-mail, is told of a lead, reads it there, and one click leads to the lead; the board tells of it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinflow.automation.messages.delivering import deliver
from kinflow.automation.messages.models import Delivery
from kinflow.automation.messages.sending import send
from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import REPRESENTATIVE
from tests import factories
from tests.automation.messages_given import mail_server
from tests.browser import awake, sign_in

from .company import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_what_is_told_arrives_by_the_way_somebody_chose(browser_page: Page, settings):
    person = factories.person("高", "远", roles=(REPRESENTATIVE,), email="gao@example.com")
    create_user(login="gao", password=PASSWORD, person=person, by=SYSTEM)
    page = browser_page
    sign_in(page, "gao")
    page.goto("/messages/settings/")
    awake(page)
    page.get_by_label("normal: By e-mail").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Messages reach you like this from now on.")).to_be_visible()
    lead = factories.lead(owner=person, need="Two boiler feed pumps")
    send(key="told", to=[person], subject="A hot lead", text="Call them.", about=lead, by=SYSTEM)
    with mail_server(settings) as mails:
        assert deliver(Delivery.objects.get(way="email").pk, timezone.now()) == "sent"
    letter = mails.letters[0]
    assert (letter["Subject"], letter["To"]) == ("A hot lead", "gao@example.com")
    page.goto("/reached/")
    expect(page.locator("main")).to_contain_text("Two boiler feed pumps")
    page.goto(re.search(r"/messages/\d+/", letter.get_content())[0])
    expect(page.locator("h1")).to_have_text("Two boiler feed pumps")
    assert page.errors == []  # type: ignore[attr-defined]
