"""The tab “Model” in a browser: readable by all, the slider moves, a file leads to the cases that deviate."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kinflow.eventlog import SYSTEM
from kinflow.organisation.users.actions import create_user
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.conformance.actions import add_reference_model
from kinflow.processes.definitions.models import Process
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.trees import parse_tree
from kinflow.records.access import PROCESS_OWNER
from tests import factories
from tests.browser import assert_accessible, look_as, sign_in
from tests.processes.studio.given import orders, process_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULE = "->( 'Order arrives', 'Check credit', X( 'Ask again', tau ), 'Pack', 'Deliver' )"


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(orders(60)) as made:
        yield made


@pytest.fixture
def page(browser_page: Page, process: Process) -> Page:
    create_user(
        login="owner",
        password="pumps-and-valves-7",
        person=factories.person(roles=(PROCESS_OWNER,)),
        by=SYSTEM,
    )
    sign_in(browser_page, "owner")
    return browser_page


def rule() -> bytes:
    return write_bpmn(model_of_tree(parse_tree(RULE), name="The rule"))


@pytest.mark.parametrize(
    ("size", "scheme", "language"), [("desk", "light", "en"), ("phone", "dark", "zh-hans")]
)
def test_the_pages_can_be_read_by_all(
    page: Page, process: Process, size: str, scheme: str, language: str
) -> None:
    row = add_reference_model(process=process, content=rule(), by=SYSTEM)
    look_as(page, size, scheme, language)
    for place in ("", f"{row.pk}/", f"{row.pk}/cases/?kind=skipped&step=Check+credit"):
        page.goto(f"/processes/orders/model/{place}")
        assert_accessible(page)
    assert not page.errors  # type: ignore[attr-defined]


def test_moving_the_slider_shows_less(page: Page) -> None:
    page.goto("/processes/orders/model/?noise=0")
    flows = page.locator(".bpmn-sequenceFlow")
    before = flows.count()
    page.get_by_label("Leave out ways rarer than").fill("50")
    expect(page).to_have_url("/processes/orders/model/?noise=50")
    expect(flows).not_to_have_count(before)
    assert not page.errors  # type: ignore[attr-defined]


def test_from_a_given_file_to_the_cases_that_deviate(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "rule.bpmn"
    file.write_bytes(rule())
    page.goto("/processes/orders/model/")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name="Check credit", exact=True).first.click()
    expect(page.locator(".beside.skipped").first).to_be_visible()
    page.locator(".deviating a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not page.errors  # type: ignore[attr-defined]
