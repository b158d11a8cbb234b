"""The frame as people meet it: keys, menus, dialogs, themes, languages, phones; without a fault that axe finds."""

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from tests.browser import assert_accessible, awake, look_as, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page, settings) -> Page:
    settings.SIGN_INS_SHOWN = "kinflow.demo.sign_ins.SIGN_INS"
    create_user(login="zhou", password="pumps-and-valves-7", is_superuser=True, by=SYSTEM)
    sign_in(browser_page, "zhou")
    browser_page.goto("/_components/")
    awake(browser_page)
    return browser_page


def test_every_component_is_accessible_in_every_language_scheme_and_size(page):
    for language, scheme, size in product(("en", "zh-hans"), ("light", "dark"), ("desk", "phone")):
        look_as(page, size=size, scheme=scheme, language=language)
        page.reload()
        awake(page)
        assert_accessible(page)
    assert page.errors == []


def test_ctrl_k_opens_the_palette_and_escape_closes_it(page):
    page.keyboard.press("Control+k")
    expect(page.locator(".palette input")).to_be_focused()
    expect(page.locator(".palette [role=option]").first).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator(".palette")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator(".keyboard-sheet")).to_be_visible()


def test_the_palette_goes_to_what_is_chosen_without_loading_the_frame_anew(page):
    page.evaluate("window.kept = true")
    page.keyboard.press("/")
    page.keyboard.type("settings")
    option = page.locator(".palette a[role=option][href='/settings/']")
    expect(option).to_be_visible()
    option.click()
    page.wait_for_url("**/settings/")
    expect(page.locator(".rail .place.on > a")).to_have_attribute("href", "/settings/")
    assert page.evaluate("window.kept")


def test_a_question_mark_shows_the_keys(page):
    page.keyboard.press("?")
    expect(page.locator(".keyboard-sheet")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator(".keyboard-sheet")).to_be_hidden()


def test_the_bell_shows_its_list_without_leaving_the_page(page):
    page.locator("live-bell > a").click()
    expect(page.locator(".bell-list")).to_be_visible()
    assert_accessible(page)
    assert page.url.endswith("/_components/")
    page.keyboard.press("Escape")
    expect(page.locator(".bell-list")).to_be_hidden()
    expect(page.locator("live-bell > a")).to_be_focused()


def test_new_opens_a_dialog_over_the_page_which_keeps_what_is_wrong(page):
    page.keyboard.press("c")
    page.locator(".top .popover a[href='/leads/new/']").click()
    form = page.locator("#dialog form")
    expect(form).to_be_visible()
    assert page.url.endswith("/_components/")
    form.get_by_role("button").last.click()
    expect(page.locator("#dialog [role=alert], #dialog .error").first).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")  # closes the list of the field that has the focus
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()


def test_single_keys_are_ignored_while_somebody_types(page):
    page.locator("#p-1").fill("")
    page.locator("#p-1").press("?")
    expect(page.locator("#p-1")).to_have_value("?")
    expect(page.locator(".keyboard-sheet")).to_have_count(0)


def test_g_and_a_letter_go_to_a_place(page):
    letter, address = page.locator(".rail [data-go]").first.evaluate("a => [a.dataset.go, a.pathname]")
    page.keyboard.press("g")
    page.keyboard.press(letter)
    page.wait_for_url(f"**{address}")


def test_the_theme_changes_at_once_and_stays(page):
    page.locator(".top .tools menu-button summary").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_language_changes_where_one_is(page):
    page.locator(".top .tools menu-button summary").click()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert page.url.endswith("/_components/")


def test_a_dialog_keeps_the_focus_and_gives_it_back(page):
    opener = page.locator("#open-dialog")
    opener.click()
    expect(page.locator("#p-4")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_a_menu_is_walked_by_arrows_and_closed_by_escape(page):
    summary = page.locator(".parts menu-button summary")
    summary.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".parts menu-button .item").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()


def test_a_toast_is_said_politely(page):
    page.locator("[data-toast]").click()
    expect(page.get_by_role("status").filter(has_text="It is done")).to_be_visible()


def test_on_a_phone_the_rail_is_a_bar_below_with_everything_behind_more(page):
    look_as(page, size="phone")
    page.reload()
    awake(page)
    assert page.locator(".rail > :visible").count() <= 5
    bar = page.locator(".rail").bounding_box()
    assert bar["y"] > 700
    page.locator(".rail .more").click()
    expect(page.locator("#sheet").get_by_role("link", name="Settings", exact=True)).to_be_visible()
    assert_accessible(page)
