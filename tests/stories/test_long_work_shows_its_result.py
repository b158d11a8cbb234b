"""A what-if ends while its owner waits: the page shows it by itself, but never over what somebody types."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.whatif.actions import cancel_what_if, start_what_if
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.running import WORK
from tests.browser import assert_accessible, awake, look_as, sign_in
from tests.processes.given import traces
from tests.processes.simulation.whatif.test_pages import ADDRESS, EMPOWER, calibrate
from tests.processes.studio.given import process_of

from .company import company

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIELD = "<textarea id=note aria-label=Note></textarea>"


@pytest.fixture
def page(browser_page: Page) -> Page:
    company()
    sign_in(browser_page, "process")
    return browser_page


@pytest.fixture
def process(page: Page) -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield made


def begun(page: Page, process: Process) -> WhatIf:
    """A what-if whose page waits for it."""
    row = start_what_if(process=process, moves=[EMPOWER], times=2, by=SYSTEM)
    page.goto(f"{ADDRESS}{row.pk}/")
    awake(page)
    expect(page.locator("progress")).to_be_visible()
    return row


def with_a_field(page: Page) -> None:
    """A field on the page that waits."""
    page.evaluate(
        "words => document.querySelector('#main section').insertAdjacentHTML('beforeend', words)", FIELD
    )


def play(row: WhatIf) -> None:
    assert WORK.run(row, stop=lambda: False).state == "done"


def test_the_result_comes_by_itself_is_said_and_leaves_the_focus_where_it_was(
    page: Page, process: Process
) -> None:
    row = begun(page, process)
    page.evaluate("window.kept = true")
    assert_accessible(page)
    link = page.locator("#main a[href='/processes/office/what-ifs/']").first
    link.focus()
    play(row)
    expect(page.get_by_role("heading", name="Before and after", exact=True)).to_be_visible()
    expect(page.locator("toast-stack[aria-live=polite]")).to_contain_text("Here is the result")
    expect(link).to_be_focused()
    expect(page.locator("long-work, progress")).to_have_count(0)
    assert page.evaluate("window.kept")
    assert page.url.endswith(f"{ADDRESS}{row.pk}/")
    assert_accessible(page)
    assert not page.errors  # type: ignore[attr-defined]


def test_the_button_keeps_the_focus_while_it_asks_and_who_had_it_is_on_the_page_afterwards(
    page: Page, process: Process
) -> None:
    row = begun(page, process)
    cancel = page.get_by_role("button", name="Cancel")
    cancel.focus()
    with page.expect_response("**/?part=state"):
        pass
    expect(cancel).to_be_focused()
    play(row)
    expect(page.get_by_role("heading", name="Before and after", exact=True)).to_be_visible()
    expect(page.locator("#main")).to_be_focused()


def test_what_somebody_typed_stays_with_the_link(page: Page, process: Process) -> None:
    row = begun(page, process)
    with_a_field(page)
    page.locator("#note").fill("half a thought")
    play(row)
    done = page.get_by_role("link", name="The what-if is done. Show it")
    expect(done).to_be_visible()
    page.locator("#note").blur()
    expect(done).to_be_visible()
    expect(page.locator("#note")).to_have_value("half a thought")
    done.click()
    expect(page.get_by_role("heading", name="Before and after", exact=True)).to_be_visible()


def test_it_waits_until_a_field_is_left_or_a_dialog_closed(page: Page, process: Process) -> None:
    row = begun(page, process)
    with_a_field(page)
    page.locator("#note").focus()
    play(row)
    expect(page.get_by_role("link", name="The what-if is done. Show it")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="Before and after", exact=True)).to_be_visible()
    row = begun(page, process)
    page.keyboard.press("Control+k")
    expect(page.locator(".palette input")).to_be_focused()
    play(row)
    expect(page.locator("#main a", has_text="The what-if is done. Show it")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Before and after", exact=True)).to_be_visible()


def test_what_another_cancelled_shows_what_can_be_done_now(page: Page, process: Process) -> None:
    row = begun(page, process)
    cancel_what_if(whatif=row, by=SYSTEM)
    expect(page.locator("#main")).to_contain_text("This what-if was cancelled.")
    expect(page.get_by_role("button", name="Remove")).to_be_visible()
    expect(page.locator("toast-stack")).to_be_empty()


def test_it_is_said_in_chinese(page: Page, process: Process) -> None:
    look_as(page, size="phone", scheme="dark", language="zh-hans")
    row = begun(page, process)
    play(row)
    expect(page.locator("toast-stack")).to_contain_text("已完成，结果如下。")
    assert_accessible(page)


def test_without_scripts_a_link_looks_again(page: Page, process: Process) -> None:
    row = start_what_if(process=process, moves=[EMPOWER], times=2, by=SYSTEM)
    browser = page.context.browser
    assert browser
    context = browser.new_context(
        java_script_enabled=False,
        base_url=page.site,  # type: ignore[attr-defined]
        storage_state=page.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto(f"{ADDRESS}{row.pk}/")
    play(row)
    plain.get_by_role("link", name="Look again").click()
    expect(plain.get_by_role("heading", name="Before and after", exact=True)).to_be_visible()
    context.close()
