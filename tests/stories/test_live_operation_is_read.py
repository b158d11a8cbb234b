"""A process owner deploys a version: the form asks only what counts, and the pages of live operation are accessible."""

import re

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.models import Person
from kinflow.processes.deployments.background import move_in_background
from kinflow.processes.deployments.models import VersionMove
from kinflow.processes.designs.actions import (
    add_shipped_design,
    change_design,
    put_into_operation,
    rename_design,
)
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.sales.leads.models import Lead
from tests.browser import assert_accessible, awake, look_as

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def design() -> ProcessDesign:
    """A design in operation for a lead, and a second version with another step."""
    owner = Person.objects.filter(roles__contains=["process_owner"]).first()
    made = put_into_operation(processdesign=add_shipped_design(key="lead", owner=owner, by=SYSTEM), by=SYSTEM)
    for lead in Lead.objects.order_by("pk")[:3]:
        start_process(design=made, about=lead, by=SYSTEM)
    content = bytes(made.versions.get(number=1).content).replace(b'"qualify"', b'"check"')
    return change_design(processdesign=made, file=content, by=SYSTEM)


def test_the_form_to_deploy_asks_only_what_counts(page: Page, design: ProcessDesign) -> None:
    page.goto(f"/process-design/{design.pk}/live/")
    page.get_by_label("For", exact=True).select_option(label="All new cases")
    expect(page.get_by_label("Share in percent")).to_be_hidden()
    expect(page.get_by_label("Compared with")).to_be_hidden()
    expect(page.get_by_text("Only where a condition holds")).to_be_hidden()
    page.get_by_label("For", exact=True).select_option(label="New cases for which a condition holds")
    expect(page.get_by_text("Only where a condition holds")).to_be_visible()
    page.get_by_label("For", exact=True).select_option(label="A random share of new cases")
    page.get_by_label("Share in percent").fill("30")
    page.get_by_role("button", name="Deploy", exact=True).click()
    expect(page.get_by_text("A random share of new cases · 30 %")).to_be_visible()
    look_as(page, "phone", "dark", "zh-hans")
    page.reload()
    awake(page)
    assert_accessible(page)


def test_what_stays_behind_is_told_before_instances_are_moved(page: Page, design: ProcessDesign) -> None:
    page.goto(f"/process-design/{design.pk}/moving/")
    expect(page.locator(".head .chip")).to_have_text("v1 → v2")
    assert_accessible(page)
    page.get_by_label("Reason").fill("Checked before it is qualified")
    page.get_by_role("button", name="Move 3 instances").click()
    moved = page.locator("#moved-instances")
    expect(moved).to_contain_text("0 of 3 moved")
    move_in_background(move=VersionMove.objects.get().pk)
    expect(moved).to_contain_text("3 of 3 moved")  # the page sees it by itself
    expect(moved).not_to_have_attribute("hx-get", re.compile("."))
    page.goto(f"/process-design/{design.pk}/running/")
    look_as(page, "phone", "dark", "zh-hans")
    page.reload()
    awake(page)
    assert_accessible(page)


def test_who_is_refused_is_brought_to_what_is_wrong(page: Page, design: ProcessDesign) -> None:
    look_as(page, "phone", "light", "zh-hans")
    page.goto(f"/process-design/{design.pk}/live/")
    page.locator("#in-way").select_option("share")
    page.locator("#in-share").fill("0")
    page.locator(".design-form .btn.main").click()
    expect(page.locator("#in-share")).to_be_focused()
    expect(page.locator("#in-share-error")).to_be_in_viewport()
    page.goto(f"/process-instance/{ProcessInstance.objects.earliest('pk').pk}/")
    page.locator(".standing-more summary").first.click()
    page.locator("form[action$='/skip/'] button").click()
    reason = page.locator("input[id^=in-skip]")
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description("请说明原因。")
    expect(page).to_have_url(re.compile(r"/process-instance/\d+/$"))
    page.keyboard.type("已经电话联系过")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/process-instance/\d+/$"))
    expect(page.locator(".tl")).to_contain_text("已经电话联系过")
    page.goto("/decisions/")
    page.locator("details.card summary").click()
    page.locator("form[action='/decisions/import/'] button").click()
    expect(page.locator("#in-file")).to_be_focused()
    assert_accessible(page)


def test_a_name_without_an_end_stays_within_a_phone(page: Page, design: ProcessDesign) -> None:
    name = "Wasserversorgungsunternehmensgeschäftsführungssekretariatsangelegenheitenbearbeitung"
    rename_design(processdesign=design, changes={"name": name, "name_zh": ""}, by=SYSTEM)
    start_process(design=design, about=Lead.objects.order_by("pk")[3], by=SYSTEM)
    look_as(page, "phone", "light", "en")
    for address in (f"/process-instance/{ProcessInstance.objects.latest('pk').pk}/", "/process-design/"):
        page.goto(address)
        expect(page.get_by_text(name).first).to_be_visible()
        wide = "at => [...at.querySelectorAll('h1, p, li, a, .ev, .sentence')].filter(e => !e.closest('.wide-table')"
        wide += " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className + e.textContent.trim())"
        assert page.locator("main").evaluate(wide) == []
