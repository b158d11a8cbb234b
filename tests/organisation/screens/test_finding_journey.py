"""Finding somebody in the chart, in a real browser: by keyboard at a desk, by touch width on a phone, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from kinflow.organisation.calendars.actions import add_calendar, change_calendar
from kinflow.organisation.people.actions import add_absence
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import ADMINISTRATOR
from kinflow.records.search.indexing import rebuild
from tests import factories
from tests.browser import assert_accessible, awake, look_as, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sought():
    """Somebody four levels down, in a unit that is folded at first."""
    at = None
    for name in ("鲸川泵业", "销售中心", "华东大区", "浙江组"):
        at = factories.unit(name, parent=at)
    for number in range(30):
        factories.unit(f"其他{number}", parent=factories.unit("鲸川泵业"))
    return factories.person("毕", "长博", unit=at)


@pytest.fixture
def page(browser_page: Page, sought) -> Page:
    admin = factories.person("何", "静", roles=(ADMINISTRATOR,))
    create_user(login="admin", person=admin, by=factories.admin())
    rebuild()
    sign_in(browser_page, "admin")
    return browser_page


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_typing_pinyin_unfolds_the_chart_and_marks_the_person(page, sought, size):
    look_as(page, size=size)
    page.goto("/organisation/")
    awake(page)
    card = page.locator(f"#person-{sought.pk}")
    expect(card).to_be_hidden()
    page.locator("#in-find").fill("bichang")
    expect(page.get_by_role("option", selected=True)).to_contain_text("毕长博")
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(card).to_be_in_viewport()
    expect(card).to_have_class("found")
    expect(card.locator("a")).to_be_focused()
    expect(page).to_have_url(f"{page.site}/organisation/?find=person-{sought.pk}#person-{sought.pk}")
    assert_accessible(page)
    page.reload()
    expect(card).to_be_in_viewport()
    assert page.errors == []


def test_without_scripts_an_absence_is_removed_and_a_person_found(browser_page, page, sought):
    absence = add_absence(
        person=sought,
        starts_at="2099-01-04T00:00Z",
        ends_at="2099-01-09T00:00Z",
        by=factories.admin(),
    )
    context = browser_page.context.browser.new_context(
        java_script_enabled=False, base_url=page.site, storage_state=browser_page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto("/organisation/")
    plain.locator("#in-find").fill("长博")
    plain.keyboard.press("Enter")
    plain.locator("li.found a").click()
    plain.locator(f"a[href='/organisation/absences/{absence.pk}/remove/']").click()
    plain.get_by_role("button", name="Remove").click()
    expect(plain.locator("body")).not_to_contain_text("2099-01-04 08:00 –")
    assert not sought.absences.exists()
    context.close()


def test_hours_changed_by_two_show_both_in_the_browser(page):
    week = {"1": [["08:30", "17:30"]]}
    row = add_calendar(name="Office", week=week, by=factories.admin())
    page.goto(f"/organisation/calendars/{row.pk}/2026/")
    awake(page)
    change_calendar(calendar=row, changes={"week": {"1": [["07:00", "15:00"]]}}, by=factories.admin())
    page.fill("#day1", "09:00-18:00")
    page.locator("section:has(#hours) button.main").click()
    expect(page.locator("#other1")).to_contain_text("07:00–15:00")
    expect(page.locator("#day1")).to_have_value("09:00-18:00")
    assert_accessible(page)
    page.locator("section:has(#hours) button.main").click()
    expect(page.locator("#other1")).to_have_count(0)
    row.refresh_from_db()
    assert row.week["1"] == [["09:00", "18:00"]]
