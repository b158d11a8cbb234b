"""The log is read by what happened, by whom and about which record; each entry says what led to it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, awake, sign_in

from .company import company, customers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page) -> Page:
    company()
    sign_in(browser_page, "admin")
    return browser_page


def test_the_log_is_filtered_and_an_entry_leads_to_its_cause(page):
    lead = customers()["lead"]
    page.goto("/log/")
    awake(page)
    rows = page.locator("table.log tbody tr[id]")
    page.select_option("#in-event", "sales.lead_assigned")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(4)
    assert "event=sales.lead_assigned" in page.url
    page.fill("#in-record", f"L-{lead.pk}")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Need 0")
    rows.locator("summary").first.click()
    expect(rows.locator(".inside dl")).to_be_visible()
    assert_accessible(page)
    rows.get_by_text("caused by").click()
    expect(page.locator(".sentence")).to_contain_text("Need 0")
    expect(page.get_by_role("heading", name="What it led to")).to_be_visible()
    page.get_by_role("link", name="Event log /").click()
    page.fill("#in-record", "L-99999999")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".empty-state")).to_contain_text("Nothing like this")
    page.locator(".empty-state a").click()
    expect(rows.nth(5)).to_be_visible()
    assert page.errors == []


def test_what_the_filter_does_not_understand_is_said(page):
    page.goto("/log/?record=nonsense")
    expect(page.locator("[role=alert]")).to_contain_text("numbers look like L-10482")
    expect(page.locator("table.log")).to_be_visible()
    assert_accessible(page)
