"""A pytest plugin: the product behind a loopback address, and pages of a headless Chromium that look at it.

Fixtures: `site` (its address), `browser_page` (a page that knows the address). Helpers: `sign_in`, `look_as`, `awake`,
`assert_accessible`. Chromium is the one of KINFLOW_CHROMIUM, or what the system has.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from config.building import build
from config.commands.browser import SETTING, chromium

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"desk": {"width": 1440, "height": 860}, "phone": {"width": 390, "height": 844}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BACKEND = "kinflow.organisation.users.backend.Backend"
PATIENCE = 15_000
"""Milliseconds the browser waits for what should come."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may paint or load too late: what it refuses is asked once more, and that is told."""
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of one file of tests, so that other tests have their thread without its loop; builds the assets."""
    (ROOT / ".build").mkdir(exist_ok=True)
    with (ROOT / ".build" / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of one run share the built files
        list(build(ROOT))
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in the thread of the tests
    with sync_playwright() as player:
        found = os.environ.get(SETTING) or chromium()
        started = player.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(browser: Browser, live_server: Any) -> str:
    """The address of the product, served from this process."""
    return str(live_server.url)


@pytest.fixture
def browser_page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a fresh browser profile at the product's address."""
    with page_at(browser, site) as page:
        yield page


@contextmanager
def page_at(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a fresh browser profile, in English, at a desk; `page.errors` keeps what its scripts complained of."""
    context = browser.new_context(
        base_url=site, locale="en-GB", viewport=SIZES["desk"], reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.site = site  # type: ignore[attr-defined]
    page.errors = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda said: _keep_refusals(page, said.text))
    try:
        yield page
    finally:
        context.close()


def _keep_refusals(page: Page, words: str) -> None:
    if re.search("Content Security Policy", words):
        page.errors.append(words)  # type: ignore[attr-defined]


def sign_in(page: Page, login: str) -> None:
    """Give the browser the session of this user, as if they had come in by the door."""
    client = Client()
    client.force_login(get_user_model()._default_manager.get(username=login), BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    _give(page, settings.SESSION_COOKIE_NAME, cookie)


def look_as(page: Page, size: str = "desk", scheme: str = "light", language: str = "en") -> None:
    """Look with another window, in light or dark, in another language; holds from the next page on."""
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    _give(page, settings.LANGUAGE_COOKIE_NAME, language)


def _give(page: Page, name: str, value: str) -> None:
    page.context.add_cookies([{"name": name, "value": value, "url": page.site}])  # type: ignore[attr-defined]


def awake(page: Page) -> None:
    """Wait until every custom element of the page is there."""
    expect(page.locator(":not(:defined)")).to_have_count(0)


def assert_accessible(page: Page) -> None:
    """No fault that axe finds, by WCAG 2.2 AA; and nothing is wider than the window."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    faults = [
        f"{fault['id']}: {fault['help']}: {node['target']} {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    assert not faults, "\n".join(faults)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} pixels too wide"
