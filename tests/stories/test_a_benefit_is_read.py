"""A process owner reads what a deployment brought: the figure that is judged, then another, on a desk and a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.processes.benefits.actions import expect_benefit
from kinflow.processes.definitions.shipped import add_shipped_processes
from kinflow.processes.execution.actions import start_process
from kinflow.sales.leads.actions import disqualify_lead
from tests.automation.given import lead
from tests.browser import SIZES, assert_accessible, sign_in
from tests.processes.deployments.test_deploying import deployed, two_versions
from tests.processes.execution.given import by_of

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PROMISE = [{"figure": "record_hours", "value": -9, "low": -12, "high": -6}]


def test_the_figure_that_is_judged_stands_first_and_a_link_shows_another(browser_page: Page) -> None:
    page = browser_page
    me = company()["process"]
    add_shipped_processes(by=SYSTEM)
    running = deployed(me, two_versions(me), way="share", share=50)
    expect_benefit(deployment=running, horizon_days=14, promise=PROMISE, by=by_of(me))
    sign_in(page, "process")
    address = f"/process-design/{running.design_id}/live/{running.pk}/benefit/"
    page.goto(address)
    expect(page.locator(".notice.warn")).to_contain_text("No record has come to either group yet")
    rows = [lead(owner=me) for _ in range(4)]
    for row in rows:
        start_process(design=running.design, about=row, by=by_of(me))
    disqualify_lead(lead=rows[0], reason="no_need", by=SYSTEM)
    page.reload()
    figures = page.get_by_role("navigation", name="Which figure is shown")
    expect(figures.locator("[aria-current]")).to_have_text("Hours until the record ends")
    expect(page.locator("#figure .picture .wide svg").first).to_be_visible()
    expect(page.locator("#figure table").first).to_contain_text("Half within")
    assert_accessible(page)
    figures.get_by_text("Share with an overdue task").click()
    expect(page).to_have_url(re.compile(r"\?figure=late#figure$"))
    expect(figures.locator("[aria-current]")).to_have_text("Share with an overdue task")
    expect(page.locator("#figure")).to_contain_text("nothing to draw of this figure yet")
    expect(page.get_by_role("link", name="Story as PDF")).to_have_attribute(
        "href", re.compile("figure=late$")
    )
    figures.get_by_text("Hours until the record ends").click()
    page.set_viewport_size(SIZES["phone"])
    expect(page.locator("#figure .picture .narrow svg").first).to_be_visible()
    expect(page.locator("#figure .picture .wide svg").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    assert not page.errors  # type: ignore[attr-defined]
