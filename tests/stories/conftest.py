"""What stories begin with that say nothing else: the small company, and its process owner at the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from kinflow.processes.designs.kept import forget
from tests.browser import sign_in

from .company import company, customers


@pytest.fixture
def page(browser_page: Page) -> Iterator[Page]:
    """The process owner's; without a fault of the browser at the end."""
    forget()
    company()
    customers()
    sign_in(browser_page, "process")
    yield browser_page
    assert not browser_page.errors  # type: ignore[attr-defined]
