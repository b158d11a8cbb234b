"""The whole way of a file in a browser: given, looked at, imported, in the list, corrected, taken back."""

import re

import pytest
from playwright.sync_api import expect

from kinflow.organisation.models import User
from kinflow.records.access import MARKETER
from kinflow.records.importing.background import run_in_background
from kinflow.records.importing.models import ImportRun
from kinflow.sales.models import Lead
from tests.browser import assert_accessible, awake, look_as, sign_in

from ... import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

LEADS = """\
姓名,公司,手机,邮箱,需求,展位
王建国,宁波海天机械有限公司,138 0013 8000,wang@haitian.example,两台锅炉给水泵,A1
李梅,宁波海天机械,13900139000,li@haitian.example,备件,A2
赵强,杭州水务,,not an address,水泵,B7
"""


@pytest.fixture
def page(browser_page):
    """A page of a marketer."""
    who = factories.person("周", "敏", roles=(MARKETER,))
    User.objects.create_user("zhou", password="long-enough-1", person=who)
    sign_in(browser_page, "zhou")
    return browser_page


def give(page, tmp_path):
    file = tmp_path / "展会线索.csv"
    file.write_bytes(LEADS.encode("gb18030"))
    page.goto("/import/")
    assert_accessible(page)
    page.set_input_files("input[type=file]", file)
    page.locator(".give button").click()
    expect(page.locator("h1")).to_have_text("展会线索.csv")
    awake(page)


@pytest.mark.parametrize(("language", "size"), [("en", "desk"), ("zh-hans", "phone")])
def test_from_a_file_to_leads_and_back(page, tmp_path, language, size):
    look_as(page, size, language=language)
    give(page, tmp_path)
    assert_accessible(page)
    expect(page.locator(".counts")).to_contain_text("2")
    with page.expect_response("**/columns/"):
        page.select_option("#column-5", "source_detail")
    expect(page.locator(".first-rows")).to_contain_text("A1")
    assert_accessible(page)
    page.locator("[name=start]").click()
    expect(page.locator("#state progress")).to_be_visible()
    awake(page)
    assert_accessible(page)
    run = ImportRun.objects.get()
    run_in_background(run=run.pk)
    expect(page.locator("#state progress")).to_have_count(0)
    expect(page.locator(".counts .bad b")).to_have_text("1")
    assert_accessible(page)
    with page.expect_download() as loading:
        page.locator("a[href$='rejects.csv']").click()
    assert "赵强" in loading.value.path().read_text(encoding="utf-8-sig")
    assert set(Lead.objects.values_list("source_detail", flat=True)) == {"A1", "A2"}
    page.locator(".counts a[href='/leads/']").click()
    expect(page.locator("main")).to_contain_text("两台锅炉给水泵")
    page.goto(f"/import/{run.pk}/")
    awake(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("form[action$='/undo/'] button").click()
    expect(page).to_have_url(re.compile(f"/import/{run.pk}/"))
    run_in_background(run=run.pk)
    expect(page.locator("#state")).to_contain_text("5")
    expect(page.locator("#state progress")).to_have_count(0)
    assert not Lead.objects.exists()
    assert_accessible(page)
    assert page.errors == []


def test_the_tray_shows_running_imports_on_every_page(page, tmp_path):
    give(page, tmp_path)
    page.locator("[name=start]").click()
    expect(page.locator("work-tray .badge")).to_have_text("1")
    page.goto("/leads/")
    page.locator("work-tray summary").click()
    expect(page.locator("work-tray .item")).to_contain_text("展会线索.csv")
    page.locator("work-tray .item").click()
    expect(page.locator("h1")).to_have_text("展会线索.csv")
    page.locator("form[action$='/cancel/'] button").click()
    expect(page.locator("work-tray .badge")).to_have_count(0)
