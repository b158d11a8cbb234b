"""The organisation's screens in a real browser: a level set by keyboard, a special day, an absence."""

import pytest
from playwright.sync_api import Page, expect

from kinflow.organisation.calendars.actions import add_calendar
from kinflow.organisation.calendars.models import CalendarDay
from kinflow.organisation.models import PersonSkill
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import ADMINISTRATOR
from tests import factories
from tests.browser import assert_accessible, awake, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page) -> Page:
    admin = factories.person("何", "静", roles=(ADMINISTRATOR,))
    create_user(login="admin", person=admin, by=factories.admin())
    sign_in(browser_page, "admin")
    return browser_page


def test_a_level_is_set_by_keyboard_and_the_cell_takes_its_colour(page):
    factories.skill()
    page.goto("/organisation/skills/")
    awake(page)
    page.locator("td.level button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("td.level select")).to_be_focused()
    page.keyboard.press("4")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("td.level.l4 button")).to_have_text("4")
    assert PersonSkill.objects.get().level == 4
    assert_accessible(page)
    assert page.errors == []


def test_a_special_day_is_chosen_in_the_year_and_named(page):
    week = {str(day): [["08:30", "17:30"]] for day in range(1, 6)}
    row = add_calendar(
        name="Office", week=week, time_zone="Asia/Shanghai", country="CN", by=factories.admin()
    )
    page.goto(f"/organisation/calendars/{row.pk}/2026/")
    page.locator("table.month").nth(11).get_by_role("link", name="24", exact=True).click()
    expect(page.locator("#on")).to_have_value("2026-12-24")
    page.fill("#day-name", "Stocktaking")
    page.locator("section:has(#special-day) button.main").click()
    expect(page.locator("table.specials")).to_contain_text("Stocktaking")
    assert CalendarDay.objects.get().works_as is None
    assert_accessible(page)


def test_a_units_people_unfold_in_the_chart(page):
    page.goto("/organisation/")
    expect(page.locator(".chart .staff")).to_contain_text("何静")
    page.locator(".chart summary").first.press("Enter")
    expect(page.locator(".chart .staff")).to_be_hidden()
    assert page.errors == []
