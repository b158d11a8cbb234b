"""The bell rings on an open page when work is given out: real web server, live stream, and the worker's look."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser import assert_accessible, awake, page_at, sign_in

from .company import company, go_on
from .serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, transactional_db: None) -> Iterator[Page]:
    company()
    with served() as address, page_at(browser, address) as found:
        yield found


def test_whoever_gets_work_hears_of_it_without_a_reload(page):
    sign_in(page, "chen")
    with page.expect_response("**/live"):
        page.goto("/help/")
    awake(page)
    expect(page.locator("live-bell .badge i")).to_have_count(0)
    lead = factories.lead(contact=factories.contact(), need="Two boiler feed pumps", score=90)
    go_on()
    lead.refresh_from_db()
    assert lead.owner.given_name == "宇"
    expect(page.locator("live-bell .badge")).to_contain_text("1 unread")
    page.locator("live-bell > a").click()
    expect(page.locator(".bell-list .unread")).to_contain_text("Two boiler feed pumps")
    assert_accessible(page)
    page.locator(".bell-list .unread a").click()
    expect(page.locator("h1")).to_have_text("Two boiler feed pumps")
    expect(page.locator("live-bell .badge i")).to_have_count(0)
    assert page.errors == []
