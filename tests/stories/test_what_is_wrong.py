"""A process owner goes from the portfolio to what is wrong, to the cases that show it, and into one of them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible, sign_in
from tests.processes.diagnosis.test_findings import slow_border
from tests.processes.studio.given import process_of

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_from_the_portfolio_to_a_finding_its_cases_and_one_case(browser_page: Page) -> None:
    page = browser_page
    company()
    with process_of(slow_border()):
        sign_in(page, "process")
        page.goto("/processes/")
        page.locator(".portfolio tr", has_text="Orders").get_by_text("Look for findings").click()
        expect(page.locator(".borders tbody")).to_contain_text("Store")
        assert_accessible(page)
        page.locator(".finding-list").get_by_text("Cases wait between Sales and Store").click()
        expect(page.locator(".finding-page .what")).to_have_text("Cases wait between Sales and Store")
        expect(page.locator(".finding-page aside")).to_contain_text(re.compile(r"Cases behind it\s*60"))
        assert_accessible(page)
        page.locator(".case-links a").first.click()
        expect(page).to_have_url(re.compile(r"/processes/orders/cases/order%20\d+/"))
        timeline = page.locator(".case-page .tl")
        expect(timeline.locator(".wait.heat-5")).to_contain_text("30 h")
        expect(timeline).to_contain_text("Pack")
        assert_accessible(page)
    assert not page.errors  # type: ignore[attr-defined]
