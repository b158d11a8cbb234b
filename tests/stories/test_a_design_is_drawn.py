"""A process owner draws in the editor: what is wrong appears, is mended, a version is saved, and what changed is told."""

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.people.models import Person
from kinflow.processes.designs.actions import add_shipped_design
from kinflow.processes.designs.kept import forget
from tests.browser import assert_accessible, sign_in

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_from_a_fault_to_a_saved_version_and_its_differences(browser_page: Page) -> None:
    page = browser_page
    forget()
    company()
    made = add_shipped_design(key="quote", owner=Person.objects.order_by("pk").first(), by=SYSTEM)
    sign_in(page, "process")
    page.goto(f"/process-design/{made.pk}/edit/")
    expect(page.locator("bpmn-editor[data-ready]")).to_be_visible()
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    assert_accessible(page)
    page.locator(".editor-canvas svg[tabindex]").focus()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("#editor-beside h2")).to_contain_text("Write the quote")
    page.keyboard.press("Enter")
    expect(page.locator(".djs-context-pad .entry:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    expect(page.locator("#editor-beside form")).to_have_count(0)
    expect(page.locator(".editor-found [data-element]").first).to_be_visible()
    expect(page.locator(".editor-fault").first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".editor-fit")).to_be_visible()
    page.locator("[data-element-id=ask] .djs-hit").first.click(force=True)
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Ask for a decision")
    page.locator("[data-element-id=send] .djs-hit").first.click(force=True)
    page.keyboard.press("r")
    page.locator(".djs-popup .entry", has_text="Service task").first.click()
    expect(page.locator("#editor-beside")).to_contain_text("drawn as another kind of element now")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#editor-beside form")).to_have_count(1)
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.locator("[data-editor-number]")).to_have_text("v2")
    page.goto(f"/process-design/{made.pk}/differences/?from=1&to=2")
    expect(page.locator(".design-differences li")).to_contain_text(
        ["“Ask what they think of it” is called “Ask for a decision” now."]
    )
    assert not page.errors  # type: ignore[attr-defined]
