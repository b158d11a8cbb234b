"""Whole journeys through the pages of records, in a browser, by keyboard and by pointer."""

import re

import pytest
from playwright.sync_api import expect

from kinflow.organisation.models import User
from kinflow.records.access import ADMINISTRATOR
from kinflow.records.search.indexing import rebuild
from tests.browser import assert_accessible, awake, sign_in

from ... import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def page(browser_page):
    """A page of somebody who may do everything, among four leads."""
    who = factories.person("周", "敏", roles=(ADMINISTRATOR,))
    User.objects.create_user("zhou", password="long-enough-1", person=who)
    for n in range(4):
        factories.lead(need=f"Need {n}", score=n * 20)
    rebuild()
    sign_in(browser_page, "zhou")
    return browser_page


def test_from_the_list_over_the_next_record_to_an_edit_and_back(page, site):
    page.goto(f"{site}/leads/?sort=-score")
    assert_accessible(page)
    page.wait_for_function("!!customElements.get('record-list')")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Need 3")
    expect(page.locator(".beside")).to_contain_text("1 / 4")
    page.wait_for_function("!!customElements.get('record-page')")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Need 2")
    page.hover("#fact-score")
    page.click("#fact-score .pencil")
    page.fill("#fact-score input[name=value]", "66")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-score")).to_contain_text("66")
    page.click("toast-stack button >> nth=0")
    expect(page.locator("#fact-score")).to_contain_text("40")
    assert_accessible(page)


def test_cards_move_by_pointer_and_by_keyboard(page, site):
    page.goto(f"{site}/leads/board/")
    assert_accessible(page)
    page.wait_for_function("!!customElements.get('record-board')")
    page.locator("article", has_text="Need 1").drag_to(page.locator("[data-value=qualified]"))
    expect(page.locator("[data-value=qualified] article")).to_contain_text("Need 1")
    page.locator("article", has_text="Need 2").locator("a.name").focus()
    page.keyboard.press("]")
    expect(page.locator("[data-value=contacted] article")).to_contain_text("Need 2")


def test_the_palette_finds_a_chinese_name_by_its_sound(page, site):
    page.goto(f"{site}/leads/")
    awake(page)
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()
    page.fill("dialog.palette input", "wangjianguo")
    expect(page.locator("#palette-found [role=option]").first).to_contain_text("王建国")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/contacts/"))
