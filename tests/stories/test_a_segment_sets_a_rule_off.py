"""A lead comes into a segment, a rule acts on that, its owner puts the lead into the pool, and a colleague takes it."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from kinflow.automation.pool.policies import add_pool
from kinflow.automation.rules.actions import add_rule, switch_rule
from kinflow.eventlog import SYSTEM
from kinflow.records.models import Segment
from kinflow.records.segments.founding import found_segment
from tests import factories
from tests.browser import page_at, sign_in

from .company import company, go_on
from .serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HOT = '{"field":"score","op":"at_least","value":80}'


@pytest.fixture
def page(browser: Browser, transactional_db: None) -> Iterator[Page]:
    with served() as address, page_at(browser, address) as found:
        yield found


def test_from_the_segment_over_the_rule_into_the_pool(page):
    people = company()
    sign_in(page, "lead")
    page.goto(f"/segments/new/?kind=lead&where={HOT}")
    page.locator("input[name=name]").fill("Hot leads")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/segments/*/")
    segment = found_segment(segment=Segment.objects.get(), now=timezone.now(), by=SYSTEM)
    step = {
        "step": "create_record",
        "parameters": {"record_type": "activity", "values": {"subject": "Call", "kind": "call"}},
    }
    trigger = {"when": "event", "events": ["records.segment_joined"]}
    rule = add_rule(
        kind="lead", name="Call the hot", trigger=trigger, steps=[step], owner=people["admin"], by=SYSTEM
    )
    switch_rule(rule=rule, is_active=True, by=SYSTEM)
    add_pool(kind="lead", name="Leads for all", policy={"locked_days": 0}, by=SYSTEM)
    go_on()
    lead = factories.lead(contact=factories.contact(), need="Two boiler feed pumps", score=90)
    go_on()
    page.goto(f"/segments/{segment.pk}/")
    page.get_by_role("link", name="Show the members").click()
    expect(page.locator("table.rows")).to_contain_text("Two boiler feed pumps")
    page.goto(f"/leads/{lead.pk}/")
    expect(page.locator("main")).to_contain_text("Call")
    page.goto(f"/pool/take-back/lead/{lead.pk}/")
    page.locator("[name=reason]").fill("Nobody called")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Take back").click()
    sign_in(page, "sun")
    page.goto("/pool/?kind=lead")
    page.get_by_role("button", name="Claim Two boiler feed pumps").click()
    expect(page.get_by_role("button", name="Claim Two boiler feed pumps")).to_have_count(0)
    page.goto(f"/leads/{lead.pk}/")
    expect(page.locator("main")).to_contain_text("孙倩")
    assert page.errors == []
