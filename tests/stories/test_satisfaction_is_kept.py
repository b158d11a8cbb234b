"""A process owner tries other numbers for expected satisfaction, keeps them for the process, and goes back."""

import re

import pytest
from playwright.sync_api import Page, expect

from kinflow.processes.simulation.satisfaction.keeping import kept_of
from tests.browser import assert_accessible, sign_in
from tests.processes.given import traces
from tests.processes.simulation.whatif.test_pages import ADDRESS, calibrate, done
from tests.processes.studio.given import process_of

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_numbers_are_tried_kept_for_the_process_and_given_up_again(browser_page: Page) -> None:
    page = browser_page
    company()
    with process_of(traces("abc"), key="office") as process:
        calibrate(process)
        row = done(process)
        sign_in(page, "process")
        page.goto(f"{ADDRESS}{row.pk}/")
        model = page.locator("#satisfaction")
        expect(model).to_contain_text("reckons with the stated ones")
        model.get_by_label("Base").fill("9")
        model.get_by_role("button", name="Reckon with these").click()
        expect(page).to_have_url(re.compile(r"\?base=9&"))
        assert "csrf" not in page.url
        expect(model).to_contain_text("which are not kept")
        assert_accessible(page)
        model.get_by_label("Less for each hand-off").fill("0.3")
        model.get_by_role("button", name="Keep these for this process").click()
        expect(page).to_have_url(re.compile(r"/\d+/#satisfaction$"))
        expect(model).to_contain_text("kept numbers for this process on")
        expect(model.get_by_label("Less for each hand-off")).to_have_value("0.3")
        assert (kept_of(process).model.base, kept_of(process).model.handover) == (9, 0.3)
        model.get_by_role("button", name="Back to the stated ones").click()
        expect(model).to_contain_text("went back to the stated numbers")
        expect(model.get_by_label("Base")).to_have_value("1.5")
        assert_accessible(page)
    assert kept_of(process).is_stated
    assert not page.errors  # type: ignore[attr-defined]
