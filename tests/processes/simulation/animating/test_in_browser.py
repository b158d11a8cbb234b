"""Watching a play in a browser: Play moves the time, the slider goes to any moment, the tables are there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.processes.definitions.models import Process
from kinflow.records.access import PROCESS_OWNER
from tests import factories
from tests.browser import PATIENCE, assert_accessible, sign_in
from tests.processes.given import traces
from tests.processes.simulation.whatif.test_pages import calibrate
from tests.processes.studio.given import process_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        yield made


def test_play_moves_the_time_and_the_slider_goes_to_any_moment(browser_page: Page, process: Process) -> None:
    calibrate(process)
    person = factories.person(roles=(PROCESS_OWNER,))
    create_user(login="owner", password="pumps-and-valves-7", person=person, by=SYSTEM)
    sign_in(browser_page, "owner")
    browser_page.goto("/processes/office/simulation/animation/")
    play, clock = browser_page.get_by_role("button", name="Play"), browser_page.locator("play-map output")
    expect(play).to_be_enabled(timeout=PATIENCE)
    begins = clock.inner_text()
    assert re.match(r"\w{3}, \d+ \w{3,4} \d{4}, \d\d:\d\d$", begins), "the day before the month, and 24 hours"
    slider = browser_page.get_by_label("Simulated time")
    slider.fill(str(34 * 3600))
    expect(clock).not_to_have_text(begins)
    expect(browser_page.locator(".map-step .number").first).to_contain_text("at work")
    there = clock.inner_text()
    play.press("Enter")
    expect(clock).not_to_have_text(there)
    browser_page.get_by_role("button", name="Pause").press("Enter")
    browser_page.locator("summary", has_text="As a table").first.click()
    expect(browser_page.get_by_role("table").first).to_contain_text("Open cases in all")
    assert_accessible(browser_page)
    assert not browser_page.errors  # type: ignore[attr-defined]
