"""A process owner has work collected before a step: the move, its design, what waits there, and the way back."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinflow.automation.clock import run_due
from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.organisation.models import Person
from kinflow.organisation.users.actors import actor_of_person
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.designs.actions import add_design, change_design
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.simulation.calibrating.actions import finish_calibration, start_calibration
from kinflow.processes.simulation.calibrating.written import told_scenario
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.running import WORK as PLAYING
from kinflow.sales.leads.models import Lead
from tests.browser import assert_accessible, awake, look_as
from tests.processes.execution.drawn import bpmn
from tests.processes.simulation.whatif.given import office

from .company import go_on

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BINDINGS = {"a": {"kind": "call", "assign": "owner"}, "b": {"kind": "task", "assign": "owner"}}


@pytest.fixture
def design() -> ProcessDesign:
    """A design of two tasks, and a calibration of its process."""
    owner = Person.objects.get(given_name="峰")
    by = actor_of_person(owner)
    made = add_design(
        file=bpmn("s start; a task; b task; e end", "s a; a b; b e"), kind="lead", name="Two", by=by
    )
    made = change_design(processdesign=made, bindings=BINDINGS, by=by)
    add_shipped_processes(by=SYSTEM)
    finish_calibration(
        calibration=start_calibration(process=Process.objects.get(key="lead"), by=SYSTEM),
        scenario=told_scenario(office(weeks=1)),
        facts={"cases": 50, "people": [{"name": "Ann"}], "kinds": {"attribute": "size"}},
        holdout={"verdict": "good", "reasons": []},
        by=SYSTEM,
    )
    return made


def test_work_is_collected_from_the_move_to_the_cases_that_wait(page: Page, design: ProcessDesign) -> None:
    page.goto("/processes/lead/what-ifs/new/")
    page.locator("#in-move").select_option(label="Change how work is collected")
    page.locator("#in-step").select_option(index=1)
    step = page.locator("#in-step option:checked").inner_text()
    page.locator("#in-size").fill("0")
    page.get_by_role("button", name="Add this move").click()
    expect(page.locator("#in-size")).to_have_attribute("aria-invalid", "true")
    page.locator("#in-size").fill("3")
    page.locator("#in-hours").fill("36")
    assert_accessible(page)
    page.get_by_role("button", name="Add this move").click()
    expect(page.locator("#what-if-form ol")).to_contain_text(
        f"Begin “{step}” for 3 cases together, at most after 36 hours"
    )
    page.get_by_role("button", name="Play before and after").click()
    expect(page).to_have_url(re.compile(r"/what-ifs/\d+/$"))
    PLAYING.run(WhatIf.objects.get(), stop=lambda: False)
    page.reload()
    tried = page.url
    make(page, step)
    rows = page.locator("table.told-rows")
    expect(rows).to_contain_text("until 3 cases wait here, for 36 hours at most")
    expect(page.locator("svg", has_text="Collect for").first).to_be_visible()
    assert_accessible(page)
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Take the moves back").click()
    expect(rows).not_to_contain_text("cases wait here")
    page.goto(tried)
    make(page, step)
    rows.get_by_role("link", name="Collect for “b”").click()
    together = page.get_by_label("Cases together")
    expect(together).to_have_value("3")
    together.fill("1001")
    page.get_by_role("button", name="Save").click()
    expect(together).to_be_focused()
    expect(together).to_have_value("1001")
    expect(together).to_have_accessible_description(re.compile("Give a number from 1 to 1000"))
    together.fill("2")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("table.told-rows")).to_contain_text("until 2 cases wait here, for 36 hours at most")
    page.goto(f"/process-design/{design.pk}/")
    page.get_by_role("button", name="Put into operation").click()
    expect(page.locator(".head .chip.good")).to_contain_text("in operation")
    live, leads = ProcessDesign.objects.get(), Lead.objects.order_by("pk")[:2]
    first = start_process(design=live, about=leads[0], by=SYSTEM)
    done_with(first)
    look_as(page, "phone", "dark", "zh-hans")
    page.goto(f"/process-instance/{first.pk}/")
    expect(page.locator(".standing")).to_contain_text("等待其他业务：2 件中已有 1 件到达。")
    awake(page)
    assert_accessible(page)
    page.goto(f"/process-design/{design.pk}/running/")
    expect(page.locator("tr", has_text="凑齐 2 件")).to_contain_text("“b”")
    assert_accessible(page)
    done_with(start_process(design=live, about=leads[1], by=SYSTEM))
    page.goto(f"/process-instance/{first.pk}/")
    expect(page.locator(".standing b")).to_have_text("b")


def make(page: Page, step: str) -> None:
    """Make the move in the design; the step of the process is the second task."""
    page.get_by_text("Make this the design").click()
    expect(page).to_have_url(re.compile("/design/$"))
    page.locator("#in-base").select_option(index=1)
    page.get_by_label(step, exact=True).select_option(label="b")
    page.get_by_role("button", name="Make this the design").click()
    expect(page.get_by_role("heading", name="Two", exact=True)).to_be_visible()


def done_with(instance: ProcessInstance) -> None:
    """The first task of an instance is finished, and it goes on."""
    task = Activity.objects.get(pk=instance.tokens.get().activity_id)
    finish_activity(activity=task, by=SYSTEM)
    go_on()
    while run_due(timezone.now()):
        go_on()
