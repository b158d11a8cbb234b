"""The planted approval is found, tried, removed under a policy, deployed to half; weeks pass, and the benefit is real."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinflow.demo.passing.weeks import deal_with_the_past, pass_weeks
from kinflow.demo.seeding.founding import read_so_far
from kinflow.demo.seeding.history import take_over_history
from kinflow.demo.sign_ins import PASSWORD
from kinflow.demo.volumes import Volumes
from kinflow.demo.world import build
from kinflow.eventlog import SYSTEM
from kinflow.organisation.models import Person
from kinflow.organisation.users.actions import create_user
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.shipped import shipped_processes
from kinflow.processes.diagnosis.telling import findings_of
from kinflow.processes.simulation.calibrating.models import Calibration
from kinflow.processes.simulation.calibrating.running import WORK as CALIBRATING
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.running import WORK as PLAYING
from kinflow.records.access import PROCESS_OWNER
from tests.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SEED, WEEKS = 20, 8
SALES = Volumes(
    accounts=100,
    contacts=150,
    known=60,
    strangers=2,
    returning=640,
    cases=0,
    parts=0,
    needless_mails=0,
)
LATER = replace(SALES, accounts=60, contacts=90, known=0, returning=900)
"""Of the weeks that pass: so many that the gain is seen whichever half of them falls to the new version."""
FINDING = "a[href*='one_outcome:customers.activity_finished:discount_approval']"
WORDS = re.compile(r"Hours until “Quote written”: −\d+\.\d hours \(−\d+\.\d to −\d+\.\d\)\. Better\.")  # noqa: RUF001


@pytest.fixture(autouse=True)
def small_demo(settings: object, tmp_path: Path) -> None:
    """Ten weeks of the demo company's sales, with the troubles that were planted there."""
    settings.MEDIA_ROOT = settings.DATA = str(tmp_path)  # type: ignore[attr-defined]
    world = build(SEED, timezone.now(), days=70, volumes=SALES)
    take_over_history(world=world, told=lambda _what: None, by=SYSTEM)
    shipped_processes(SYSTEM)
    owner = next(each for each in Person.objects.order_by("pk") if PROCESS_OWNER in each.roles)
    create_user(login="process", person=owner, password=PASSWORD, language="en", by=SYSTEM)
    read_so_far()
    findings_of(Process.objects.get(key="opportunity"), SYSTEM)  # found once, kept for the pages


def test_from_the_finding_to_the_measured_benefit(browser_page: Page) -> None:
    page = browser_page
    page.set_default_timeout(60_000)
    sign_in(page, "process")
    page.goto("/processes/opportunity/findings/")
    page.locator(FINDING).first.click()
    page.get_by_role("button", name="Calibrate").click()
    expect(page).to_have_url(re.compile("/simulation/$"))
    CALIBRATING.run(Calibration.objects.get(), stop=lambda: False)
    page.reload()
    page.get_by_text("Try moves for the findings").click()
    page.locator(FINDING).first.click()
    page.get_by_role("button", name="under a policy").click()
    expect(page).to_have_url(re.compile(r"/what-ifs/\d+/$"))
    PLAYING.run(WhatIf.objects.get(), stop=lambda: False)
    page.reload()
    expect(page.locator("h2", has_text="95 % interval")).to_contain_text("less time on average")
    page.get_by_text("Make this the design").click()
    page.get_by_text("+ Add condition").click()
    page.get_by_label("Field", exact=True).select_option(label="Discount")
    page.get_by_label("Comparison", exact=True).select_option(label="at most")
    page.get_by_label("Value", exact=True).fill("12")
    page.get_by_role("button", name="Make this the design").click()
    page.get_by_role("link", name="Deploy to a share of new cases").click()
    page.get_by_role("button", name="Deploy", exact=True).click()
    page.get_by_role("link", name="Benefit").click()
    expect(page.locator(".benefit-table")).to_contain_text("Cannot tell yet")
    now = timezone.now()
    deal_with_the_past(now)
    pass_weeks(WEEKS, now, seed=SEED, volumes=LATER)
    page.reload()
    expect(page.locator(".lead")).to_have_text(WORDS)
    row = page.locator(".benefit-table tr", has_text="Hours until “Quote written”")
    expect(row).to_contain_text("agrees with the promise")
    expect(page.locator(".figure-links [aria-current]")).to_have_text("Hours until “Quote written”")
    expect(page.locator("#figure table").first).to_contain_text("Mean as promised")
    assert not page.errors  # type: ignore[attr-defined]
