"""Coming in: by the right words, not by wrong ones, with a second factor, and not after too many trials."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from tests.browser import assert_accessible, look_as, sign_in

from .company import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page) -> Page:
    create_user(login="zhou", password=PASSWORD, is_superuser=True, by=SYSTEM)
    return browser_page


def enter(page: Page, password: str) -> None:
    """Give name and password at the door."""
    page.fill("input[name=login]", "zhou")
    page.fill("input[name=password]", password)
    page.locator("form button.main").first.click()


def test_a_wrong_password_is_refused_the_right_one_leads_to_where_one_wanted_to_go(page):
    page.goto("/me/")
    assert "/sign-in/" in page.url
    assert_accessible(page)
    enter(page, "something else")
    expect(page.locator("[role=alert]").first).to_be_visible()
    assert_accessible(page)
    enter(page, PASSWORD)
    expect(page.locator("h1")).to_have_text("My settings")


def test_after_too_many_trials_the_door_stays_shut_for_a_while(page, settings):
    settings.AXES_FAILURE_LIMIT = 2
    look_as(page, size="phone", scheme="dark", language="zh-hans")
    page.goto("/sign-in/")
    for _trial in range(2):
        enter(page, "something else")
        expect(page.locator("main h1, main [role=alert]").first).to_be_visible()
    page.goto("/sign-in/")
    enter(page, PASSWORD)
    expect(page.locator("main")).to_contain_text("15")
    assert page.context.cookies()[0]["name"] != "kinflow_session"
    assert_accessible(page)


def test_a_second_factor_is_switched_on_and_asked_for(page):
    sign_in(page, "zhou")
    page.goto("/me/")
    page.locator("a[href='/me/second-factor/on/']").click()
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button.main").click()
    secret = page.locator("code.key").inner_text()
    assert_accessible(page)
    page.fill("input[name=code]", code_of(secret))
    page.locator("main button.main").click()
    expect(page.locator(".codes")).to_be_visible()
    assert_accessible(page)
    page.context.clear_cookies()
    page.goto("/sign-in/")
    enter(page, PASSWORD)
    expect(page.locator("input[name=code]")).to_be_visible()
    assert_accessible(page)


def code_of(secret: str) -> str:
    """The code that the app shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_language_and_theme_are_chosen_in_my_settings(page):
    sign_in(page, "zhou")
    page.goto("/me/")
    page.select_option("select[name=language]", "zh-hans")
    page.select_option("select[name=theme]", "dark")
    page.locator("section[aria-labelledby=looks] button").click()
    expect(page.locator("h1")).to_have_text("我的设置")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_token_is_issued_shown_once_and_revoked(page):
    sign_in(page, "zhou")
    page.goto("/me/")
    page.fill("input[name=name]", "reports")
    page.locator("input[name=scopes][value=read]").check()
    page.get_by_role("button", name="Issue the token").click()
    expect(page.locator("input.token")).to_be_visible()
    assert page.locator("input.token").input_value().startswith("kf_")
    assert_accessible(page)
    page.goto("/settings/tokens/")
    expect(page.locator("tbody")).to_contain_text("reports")
    page.get_by_role("button", name="Revoke").click()
    expect(page.locator("h2")).to_have_text("No tokens yet")
