"""Work finds its person, the person sees why, a lead decides otherwise, and the scoring is changed with eyes open."""

import re

import pytest
from playwright.sync_api import Page, expect

from kinflow.automation.scorings.models import Scoring
from kinflow.sales.leads.models import Lead
from tests.browser import assert_accessible, awake, sign_in

from .company import company, customers, go_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page) -> Page:
    company()
    return browser_page


def test_a_representative_sees_what_is_next_and_why_and_hands_one_back(page):
    customers()
    sign_in(page, "chen")
    page.goto("/")
    awake(page)
    row = page.locator(".item", has_text="Need 3")
    expect(row).to_contain_text("points, before 孙倩")
    row.locator("a[data-why]").click()
    expect(page.locator("#dialog .why-card")).to_contain_text("Product knowledge")
    assert_accessible(page)
    page.locator("#dialog").get_by_text("Hand back…").click()
    page.fill("#dialog textarea[name=reason]", "My cousin works there")
    page.locator("#dialog button.main").click()
    expect(page.locator("toast-stack")).to_contain_text("Handed back")
    go_on()
    assert Lead.objects.get(need="Need 3").owner.given_name == "倩"


def test_a_team_lead_decides_otherwise_with_a_reason(page):
    made = customers()
    sign_in(page, "lead")
    page.goto(f"/leads/{made['lead'].pk}/")
    awake(page)
    page.get_by_text("Why 陈宇?").click()
    page.locator("#dialog").get_by_text("Give to someone else…").click()
    page.locator("#dialog select[name=person]").select_option(label=option_of(page, "孙倩"))
    page.locator("#dialog button.main").click()
    expect(page.locator("#dialog .error")).to_have_text(re.compile("why", re.I))
    page.fill("#dialog textarea[name=reason]", "Knows the plant")
    page.locator("#dialog button.main").click()
    expect(page.locator("#fact-owner")).to_contain_text("孙倩")
    expect(page.locator("#timeline")).to_contain_text("Knows the plant")


def option_of(page: Page, name: str) -> str:
    """The whole words of the option that begins with the name."""
    found = page.locator("#dialog select[name=person] option", has_text=name).first
    return found.inner_text()


def test_a_process_owner_tries_a_change_before_it_counts(page):
    customers()
    sign_in(page, "process")
    scoring = Scoring.objects.get(kind="lead")
    page.goto(f"/scorings/{scoring.pk}/")
    awake(page)
    preview = page.locator("#scoring-preview")
    expect(preview).to_contain_text("On the last 4")
    before = preview.inner_text()
    weight = page.locator("input[type=number][name=c0-weight]")
    weight.fill("-25")
    weight.press("Tab")
    expect(preview).not_to_have_text(before, use_inner_text=True)
    expect(preview).to_contain_text("On the last 4")
    assert_accessible(page)
    assert Scoring.objects.get(pk=scoring.pk).number == 1
    page.locator(".head button.main").click()
    expect(page.locator(".head .chip")).to_have_text("v2")
    expect(page.locator(".version").first).to_contain_text("v2")


def test_what_nobody_fitted_is_given_out_together_when_the_scoring_allows_it(page):
    made = customers()
    assert made["email"].owner is None, "nobody here answers mails"
    sign_in(page, "admin")
    page.goto("/leads/")
    page.locator("a[href='/assign/lead/']").click()
    expect(page.locator("#dialog")).to_contain_text("Nothing waits")
    assert_accessible(page)
    page.goto("/emails/")
    page.locator("a[href='/assign/email/']").click()
    expect(page.locator("#dialog")).to_contain_text("1 item in e-mails is open and nobody's.")
    page.locator("#dialog button.main").click()
    expect(page.locator("toast-stack")).to_contain_text("1 is left over")


def test_help_is_a_key_away_in_both_languages(page):
    sign_in(page, "chen")
    page.goto("/")
    awake(page)
    page.keyboard.press("?")
    page.locator("#sheet a[href='/help/']").click()
    expect(page.locator("h1")).to_have_text("Help")
    page.locator("a[href='/help/scorings/']").first.click()
    expect(page.locator("article")).to_contain_text("Why this person?")
