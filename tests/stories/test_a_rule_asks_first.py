"""A recipe becomes a rule: tried on the past, switched on, it asks before it goes on, and its run says what it did."""

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinflow.automation.clock import run_due
from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.actions import change_person
from kinflow.sales.opportunities.actions import discount_opportunity
from tests import factories
from tests.browser import assert_accessible, awake, sign_in

from .company import company, go_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def discounted(name: str, owner: object) -> None:
    """An opportunity with a discount above the limit."""
    account = factories.account(name=f"{name} works", country="CN", province="CN-ZJ")
    row = factories.opportunity(account=account, name=name, owner=owner)
    discount_opportunity(opportunity=row, discount=Decimal(20), by=SYSTEM)
    go_on()


def test_a_recipe_is_tried_switched_on_and_asks_before_it_goes_on(browser_page: Page):
    page, people = browser_page, company()
    change_person(person=people["chen"], changes={"reports_to": people["lead"]}, by=SYSTEM)
    discounted("Old pumps", people["chen"])
    sign_in(page, "admin")
    page.goto("/rules/new/?recipe=discount")
    awake(page)
    preview = page.locator("#rule-preview")
    expect(preview).to_contain_text("for approval, within 1 day")
    preview.get_by_text("Try it on the last month").click()
    expect(preview.locator(".rule-times")).to_contain_text("Old pumps")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/rules/*/")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("button", name="Switch off")).to_be_visible()
    run_due(timezone.now())
    discounted("New pumps", people["chen"])

    sign_in(page, "lead")
    for address in ("/", "/approvals/"):
        page.goto(address)
        awake(page)
        asked = page.locator(".approvals .item")
        expect(asked).to_contain_text("Discount of 20")
        assert_accessible(page)
    asked.get_by_text("Refuse…").click()
    page.fill("#dialog textarea[name=comment]", "Too much for new pumps")
    page.locator("#dialog").get_by_role("button", name="Refuse").click()
    expect(page.locator("toast-stack")).to_contain_text("Refused")
    go_on()
    run_due(timezone.now())

    page.goto("/rules/")
    page.get_by_text("1 run", exact=True).click()
    run = page.locator(".rule-run")
    expect(run).to_contain_text("New pumps")
    run.locator("summary").click()
    expect(run.locator(".rule-log")).to_contain_text("周敏: refused")
    expect(run.locator(".rule-log")).to_contain_text("Created")
