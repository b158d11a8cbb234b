"""A process owner goes from the portfolio to a process, along an arrow to the cases, and into one of them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PATIENCE, assert_accessible, awake, look_as, sign_in
from tests.processes.studio.given import orders, process_of

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ARROW = '.map-arrow[data-key="Check credit>Pack"]'


@pytest.fixture
def page(browser_page: Page):
    company()
    with process_of(orders()):
        sign_in(browser_page, "process")
        yield browser_page
    assert not browser_page.errors  # type: ignore[attr-defined]


def test_from_the_portfolio_along_an_arrow_to_the_cases(page: Page) -> None:
    page.goto("/processes/")
    page.locator(".portfolio").get_by_text("Orders").click()
    awake(page)
    expect(page.locator(".map-canvas svg")).to_be_visible(timeout=PATIENCE)
    assert_accessible(page)
    page.locator("#map-level").fill("99")
    expect(page.locator(ARROW)).to_be_visible()
    page.locator(f"{ARROW} .head").click()
    expect(page).to_have_url(re.compile(r"/processes/orders/cases/\?directly=Check\+credit%3EPack"))
    expect(page.locator(".studio-filters")).to_contain_text("4 of 12 cases")
    assert_accessible(page)
    page.locator("table.studio-cases tbody a").first.click()
    expect(page.locator(".case-page .tl")).to_contain_text("Check credit")
    assert_accessible(page)


def test_the_slider_shows_more_and_says_what_is_explained(page: Page) -> None:
    page.goto("/processes/orders/?level=0")
    awake(page)
    expect(page.locator(".map-step")).to_have_count(3, timeout=PATIENCE)
    expect(page.locator("process-map output")).to_contain_text("explains 50.0 % of cases")
    page.locator("#map-level").fill("99")
    expect(page.locator(".map-step")).to_have_count(4)
    expect(page.locator("process-map output")).to_contain_text("explains 100 % of cases")
    expect(page).to_have_url(re.compile("level="))


def test_another_overlay_needs_no_new_page(page: Page) -> None:
    page.goto("/processes/orders/")
    awake(page)
    page.locator(".map-overlays").get_by_text("Total").click()
    expect(page.locator(".map-title")).to_have_text(
        "Time that all cases together spend from each step to the next"
    )
    expect(page).to_have_url(re.compile("show=total"))


def test_the_map_is_walked_by_keyboard(page: Page) -> None:
    page.goto("/processes/orders/")
    awake(page)
    step = page.locator(".map-step").first
    expect(step).to_be_visible(timeout=PATIENCE)
    step.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/cases/\?through=Order\+arrives"))


def test_the_picture_is_saved(page: Page) -> None:
    page.goto("/processes/orders/")
    awake(page)
    expect(page.locator(".map-step").first).to_be_visible(timeout=PATIENCE)
    for kind, begin in (("SVG", b"<svg"), ("PNG", b"\x89PNG"), ("PDF", b"%PDF-")):
        page.locator(".head summary", has_text="Export").click()
        with page.expect_download() as saved:
            page.get_by_text(f"Picture as {kind}").click()
        assert saved.value.suggested_filename == f"Orders.{kind.lower()}"
        assert saved.value.path().read_bytes().startswith(begin)


def test_a_model_is_looked_at_closer(page: Page) -> None:
    page.goto("/processes/orders/model/")
    awake(page)
    picture = page.locator(".zoom-frame > svg")
    expect(page.locator(".zoom-acts")).to_be_visible(timeout=PATIENCE)
    expect(picture).to_have_attribute("style", re.compile("width"))  # it stands as wide as its frame lets it
    before = picture.evaluate("each => each.style.width")
    page.locator(".zoom-frame").press("+")
    expect(picture).not_to_have_css("width", before)
    assert picture.evaluate("each => parseFloat(each.style.width)") > 1.2 * float(before.removesuffix("px"))


@pytest.mark.parametrize(
    ("size", "scheme", "language"), [("desk", "dark", "en"), ("phone", "light", "zh-hans")]
)
def test_every_tab_can_be_used_by_everybody(page: Page, size: str, scheme: str, language: str) -> None:
    look_as(page, size, scheme, language)
    for tab in ("", "variants/", "cases/", "times/", "compare/"):
        page.goto(f"/processes/orders/{tab}")
        awake(page)
        if tab == "times/":
            expect(page.locator("flow-chart svg").first).to_be_visible(timeout=PATIENCE)
        assert_accessible(page)


def test_on_a_phone_the_open_tab_is_in_sight(page: Page) -> None:
    look_as(page, size="phone")
    page.goto("/processes/orders/settings/")
    awake(page)
    tab = page.locator(".views > .on")
    expect(tab).to_have_text("Settings")
    expect(tab).to_be_in_viewport(ratio=1)
