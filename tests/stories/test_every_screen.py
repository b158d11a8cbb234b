"""Every screen, by axe: in both languages, light and dark, at a desk and on a phone; and no script complains."""

import pytest
from playwright.sync_api import Page, expect

from kinflow.automation.scorings.models import Scoring
from tests.browser import assert_accessible, awake, look_as, sign_in

from .company import company, customers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCREENS = (
    "/",
    "/leads/",
    "/leads/?q=nothing-like-this",
    "/leads/board/",
    "/leads/{lead}/",
    "/accounts/{account}/",
    "/contacts/{contact}/",
    "/opportunities/board/",
    "/opportunities/{opportunity}/",
    "/activities/{activity}/",
    "/cases/{case}/",
    "/emails/",
    "/import/",
    "/products/",
    "/organisation/",
    "/organisation/skills/",
    "/organisation/calendars/",
    "/organisation/load/",
    "/why/lead/{lead}/",
    "/scorings/",
    "/scorings/{scoring}/",
    "/notices/",
    "/search/?q=haitian",
    "/log/",
    "/log/1/",
    "/settings/",
    "/settings/users/",
    "/settings/tokens/",
    "/me/",
    "/help/",
    "/help/search/",
    "/help/roles/",
    "/nothing-is-here/",
)


@pytest.fixture
def page(browser_page: Page) -> Page:
    company()
    sign_in(browser_page, "admin")
    return browser_page


@pytest.mark.parametrize(
    ("language", "scheme", "size"), [("en", "dark", "desk"), ("zh-hans", "light", "phone")]
)
def test_no_screen_has_a_fault(page, language, scheme, size):
    known = {name: made.pk for name, made in customers().items()}
    known["scoring"] = Scoring.objects.get(kind="lead").pk
    look_as(page, size=size, scheme=scheme, language=language)
    faults = []
    for screen in SCREENS:
        page.goto(screen.format_map(known))
        awake(page)
        try:
            assert_accessible(page)
        except AssertionError as fault:
            faults.append(f"{screen}: {fault}")
    assert not faults, "\n\n".join(faults)
    assert page.errors == []


def test_the_other_colours_and_sizes_have_no_fault_either(page):
    known = {name: made.pk for name, made in customers().items()}
    for scheme, size in (("light", "desk"), ("dark", "phone")):
        look_as(page, size=size, scheme=scheme, language="zh-hans")
        for screen in ("/", "/leads/{lead}/", "/log/", "/why/lead/{lead}/"):
            page.goto(screen.format_map(known))
            awake(page)
            assert_accessible(page)


def test_dialogs_and_menus_have_no_fault(page):
    customers()
    page.goto("/leads/")
    awake(page)
    for opener in (
        ".head a[href='/leads/new/']",
        ".filters a[href^='/leads/filter/']",
        "a[href='/assign/lead/']",
    ):
        page.locator(opener).click()
        expect(page.locator("#dialog form")).to_be_visible()
        awake(page)
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("#dialog")).to_be_hidden()
    page.locator("tbody .pick input").first.check()
    expect(page.locator(".picked")).to_be_visible()
    assert_accessible(page)


def test_a_broken_page_says_a_number_and_nothing_else(page, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("kinflow.automation.my_work.pages.my_items", broken)
    page.goto("/")
    expect(page.locator("[role=alert]")).to_contain_text("number")
    assert "secret" not in page.content()
    assert_accessible(page)


def test_what_one_may_not_do_is_told_with_a_way_on(browser_page):
    company()
    sign_in(browser_page, "chen")
    browser_page.goto("/log/")
    expect(browser_page.locator("[role=alert]")).to_contain_text("administrators")
    expect(browser_page.get_by_role("link", name="My work").last).to_be_visible()
    assert_accessible(browser_page)
