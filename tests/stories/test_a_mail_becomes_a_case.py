"""An e-mail comes in, finds somebody who answers mails, becomes a service request, and is solved."""

import pytest
from playwright.sync_api import Page, expect

from kinflow.contact_center.models import Email
from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.actions import set_language
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import AGENT
from kinflow.records.search.indexing import rebuild
from kinflow.service.cases.models import Case
from tests import factories
from tests.browser import assert_accessible, awake, sign_in

from .company import PASSWORD, company, go_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MAIL = """\
From: Wang Jianguo <wang@haitian.example>
To: service@kinflow.example
Subject: Seal leaks again
Message-ID: <leak-1@haitian.example>
Date: Mon, 02 Mar 2026 09:00:00 +0800
Content-Type: text/plain; charset=utf-8

The seal of our second pump leaks again. What can we do until somebody comes?
"""


@pytest.fixture
def page(browser_page: Page) -> Page:
    company()
    agent = factories.person("李", "静", roles=(AGENT,))
    create_user(login="agent", password=PASSWORD, person=agent, by=SYSTEM)
    for language in ("zh", "en"):
        set_language(person=agent, language=language, level=5, by=SYSTEM)
    account = factories.account(name="Haitian Machinery", country="CN", province="CN-ZJ")
    factories.contact(
        account=account, family_name="Wang", given_name="Jianguo", language="en", email="wang@haitian.example"
    )
    factories.email(MAIL.encode())
    go_on()
    rebuild()
    sign_in(browser_page, "agent")
    return browser_page


def test_from_the_inbox_to_the_solution(page):
    page.goto("/")
    awake(page)
    page.locator(".item a.title", has_text="Seal leaks again").click()
    expect(page.locator(".email-message")).to_contain_text("leaks again. What can we do")
    expect(page.locator("#fact-account")).to_contain_text("Haitian Machinery")
    awake(page)
    page.locator(".head").get_by_role("link", name="Open a service request").click()
    expect(page.locator("#dialog form")).to_be_visible()
    assert_accessible(page)
    page.select_option("#dialog select[name=kind]", "complaint")
    page.locator("#dialog button.main").click()
    expect(page.locator("#timeline")).to_contain_text("joined")
    case = Case.objects.get()
    assert Email.objects.get().case_id == case.pk
    go_on()
    page.goto(f"/cases/{case.pk}/")
    awake(page)
    expect(page.locator(".next")).to_contain_text("Record an answer")
    page.keyboard.press("s")
    solution = page.locator("#dialog textarea[name=solution]")
    expect(solution).to_be_visible()
    page.locator("#dialog button.main").click()
    expect(page.locator("#dialog .error, #dialog [role=alert]").first).to_be_visible()
    solution.fill("Tighten the gland by a quarter turn; a fitter brings a new seal on Tuesday.")
    page.locator("#dialog button.main").click()
    expect(page.locator(".stage [aria-current=step]")).to_have_text("Solved")
    expect(page.locator("#timeline")).to_contain_text("quarter turn")
    expect(page.locator(".next")).to_have_count(0)
    case.refresh_from_db()
    assert case.status == "solved"
    assert page.errors == []
