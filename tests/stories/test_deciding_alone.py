"""A policy is written as a table, put into force, and asks the right person for what goes beyond it."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.actions import change_person
from tests import factories
from tests.browser import assert_accessible, awake, sign_in

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_discount_beyond_a_policy_is_asked_and_given_when_it_is_approved(browser_page: Page):
    page, people = browser_page, company()
    change_person(person=people["chen"], changes={"reports_to": people["lead"]}, by=SYSTEM)
    account = factories.account(name="Haitian works", country="CN", province="CN-ZJ")
    sale = factories.opportunity(account=account, name="New pumps", owner=people["chen"])

    sign_in(page, "admin")
    page.goto("/policies/")
    awake(page)
    page.get_by_text("New policy").click()
    page.fill("input[name=policy_name]", "Discounts")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/decisions/*/")
    page.get_by_label("Row 1, condition 1").fill("<= 5")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".decision-page")).to_contain_text("v2")
    assert_accessible(page)
    page.goto("/policies/")
    page.get_by_role("link", name="Discounts").click()
    page.get_by_role("button", name="Put into force").click()
    expect(page.get_by_role("button", name="Put out of force")).to_be_visible()
    assert_accessible(page)

    sign_in(page, "chen")
    page.goto(f"/opportunities/{sale.pk}/do/discount/")
    page.fill("input[name=discount]", "12")
    page.get_by_role("button", name="Give a discount").click()
    expect(page.locator("body")).to_contain_text(people["lead"].name)

    sign_in(page, "lead")
    page.goto("/approvals/")
    awake(page)
    asked = page.locator(".approvals .item")
    expect(asked).to_contain_text("Discounts")
    asked.get_by_role("button", name="Approve").click()
    expect(page.locator("toast-stack")).to_contain_text("Approved")
    sale.refresh_from_db()
    assert sale.discount == Decimal(12)
