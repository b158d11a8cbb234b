"""A process owner takes a reference process into operation; it runs for a lead, and a person's result leads it on."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import catch_up_all
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.sales.leads.models import Lead
from tests.browser import assert_accessible, awake, look_as

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_from_a_reference_process_to_an_instance_that_goes_on(page: Page) -> None:
    page.goto("/process-design/")
    page.locator(".design-shipped form", has_text="Follow up a lead").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Follow up a lead")).to_be_visible()
    page.get_by_role("button", name="Put into operation").click()
    expect(page.locator(".head .chip.good")).to_contain_text("version 1 in operation")
    assert_accessible(page)
    page.locator("table").get_by_role("link", name="What came out?").click()
    expect(page.get_by_role("heading", name="To “Qualify the lead”")).to_be_visible()
    awake(page)
    assert_accessible(page)

    lead = Lead.objects.order_by("pk").first()
    started = start_process(design=ProcessDesign.objects.get(), about=lead, by=SYSTEM)
    page.goto(f"/leads/{lead.pk}/")
    page.locator(".side").get_by_role("link", name="Follow up a lead").click()
    expect(page).to_have_url(re.compile(f"/process-instance/{started.pk}/"))
    expect(page.locator(".standing")).to_contain_text("Call the lead")
    finish_activity(activity=Activity.objects.get(subject="Call the lead"), result="reached", by=SYSTEM)
    while catch_up_all(timezone.now()):
        pass
    look_as(page, "phone", "dark", "zh-hans")
    page.goto(f"/process-instance/{started.pk}/")
    expect(page.locator(".standing b")).to_have_text("确认线索资格")
    awake(page)
    assert_accessible(page)
    page.get_by_text("取消整个流程").click()
    page.locator("#in-cancel").fill("客户已撤回")
    page.get_by_role("button", name="取消", exact=True).click()
    expect(page.locator(".head .chip", has_text="已取消")).to_be_visible()
    assert ProcessInstance.objects.get().state == "cancelled"


def test_what_an_element_does_is_said_with_the_keys_alone(page: Page) -> None:
    page.goto("/process-design/")
    page.locator(".design-shipped form", has_text="Follow up a lead").get_by_role("button").press("Enter")
    page.locator("table").get_by_role("link", name="What came out?").press("Enter")
    awake(page)
    chosen = page.get_by_role("combobox", name="Chosen by").first
    chosen.focus()
    page.keyboard.type("a condition")
    expect(page.get_by_role("button", name="Add condition").first).to_be_visible()
    expect(chosen).to_be_focused()
    expect(chosen).to_have_value("condition")
