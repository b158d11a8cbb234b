"""Every screen, by axe: in one language, light or dark, at a desk or on a phone; and no script complains."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kinflow.automation.messages.channels import add_channel
from kinflow.automation.messages.models import Channel
from kinflow.automation.offers.models import Offer
from kinflow.automation.pool.claiming import take_back
from kinflow.automation.pool.models import Pool
from kinflow.automation.pool.policies import add_pool
from kinflow.automation.scorings.models import Scoring
from kinflow.catalogue.models import Product
from kinflow.eventlog import SYSTEM
from kinflow.organisation.models import Person
from kinflow.organisation.skills.actions import add_territory
from kinflow.sales.territories.plans import propose_territory_plan
from tests import factories
from tests.browser import assert_accessible, awake, look_as, sign_in

from .company import company, customers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCREENS = (
    "/",
    "/leads/",
    "/leads/?q=nothing-like-this",
    "/leads/board/",
    "/leads/{lead}/",
    "/accounts/{account}/",
    "/contacts/{contact}/",
    "/opportunities/board/",
    "/opportunities/{opportunity}/",
    "/activities/{activity}/",
    "/cases/",
    "/cases/board/",
    "/cases/{case}/",
    "/accounts/",
    "/contacts/",
    "/opportunities/",
    "/activities/",
    "/emails/",
    "/emails/{email}/",
    "/import/",
    "/products/",
    "/products/{product}/",
    "/organisation/",
    "/organisation/skills/",
    "/organisation/calendars/",
    "/organisation/load/",
    "/processes/objects/",
    "/processes/new/",
    "/processes/new/?kind=lead",
    "/why/lead/{lead}/",
    "/scorings/",
    "/scorings/{scoring}/",
    "/scorings/{scoring}/report/",
    "/scorings/{scoring}/report/items/?what=given",
    "/offers/{offer}/",
    "/offers/{offer}/decline/",
    "/duplicates/?kind=account",
    "/notices/",
    "/pool/",
    "/pool/policies/",
    "/pool/mine/",
    "/pool/policies/{pool}/",
    "/rules/",
    "/rules/new/?kind=lead",
    "/segments/",
    "/segments/new/?kind=account",
    "/messages/settings/",
    "/reached/",
    "/deliveries/",
    "/templates/",
    "/templates/new/?kind=lead",
    "/channels/",
    "/channels/{channel}/",
    "/webhooks/",
    "/webhooks/new/",
    "/rebalancing/",
    "/territories/map/",
    "/territories/{territory}/rule/",
    "/territories/plans/",
    "/territories/plans/{plan}/",
    "/search/?q=haitian",
    "/log/",
    "/log/1/",
    "/settings/",
    "/settings/users/",
    "/settings/tokens/",
    "/me/",
    "/help/",
    "/help/search/",
    "/help/roles/",
    "/nothing-is-here/",
)


@pytest.fixture
def page(browser_page: Page) -> Page:
    company()
    sign_in(browser_page, "admin")
    return browser_page


MIXES = (
    ("en", "light", "desk"),
    ("en", "dark", "phone"),
    ("zh-hans", "dark", "phone"),
    ("zh-hans", "light", "desk"),
)
"""Each screen is looked at in one of these, its neighbours in the others; what screens are made of is looked at in all
languages, schemes and sizes by itself (`tests.web.test_frame_in_the_browser`)."""


@pytest.mark.parametrize("mix", range(len(MIXES)))
def test_no_screen_has_a_fault(page, mix):
    known = known_records()
    language, scheme, size = MIXES[mix]
    look_as(page, size=size, scheme=scheme, language=language)
    assert_without_fault(page, [screen.format_map(known) for screen in SCREENS[mix :: len(MIXES)]])


def known_records() -> dict[str, int]:
    """The records that the addresses name."""
    for _time in range(2):
        factories.account("Known twice")
    known = {name: made.pk for name, made in customers().items()}
    products = Product.objects.values_list("pk", flat=True)
    scoring = Scoring.objects.get(kind="lead")
    return known | {
        "scoring": scoring.pk,
        "product": products[0],
        "pool": pool_with_an_account().pk,
        "offer": offered(known["lead"], scoring).pk,
        "channel": channel().pk,
        **planned_territory(),
    }


def offered(lead: int, scoring: Scoring) -> Offer:
    """An offer of the lead to whoever looks at the screens."""
    now = timezone.now()
    return Offer.objects.create(
        kind="lead",
        object_id=lead,
        person=Person.objects.get(user__username="admin"),
        scoring=scoring,
        offered_at=now,
        due_at=now + timedelta(hours=1),
        card={},
    )


def planned_territory() -> dict[str, int]:
    """A territory of the accounts in Ningbo's province, and a plan that would give it all of the country."""
    territory = add_territory(name="East", places=("CN-ZJ",), by=SYSTEM)
    plan = propose_territory_plan(changes={territory.pk: {"places": ["CN"]}}, by=SYSTEM)
    return {"territory": territory.pk, "plan": plan.pk}


def channel() -> Channel:
    """A channel of a chat service."""
    return add_channel(name="Sales", service="wecom", address="wecombot://0123456789abcdef0123", by=SYSTEM)


def pool_with_an_account() -> Pool:
    """A pool in which an account lies that was taken back."""
    pool = add_pool(kind="account", name="Accounts", by=SYSTEM)
    take_back(
        record=factories.account("Gone quiet", owner=factories.person()), reason="Nobody calls", by=SYSTEM
    )
    return pool


def assert_without_fault(page: Page, addresses: Iterable[str]) -> None:
    """Neither axe nor a script of the pages complains; tells all faults together."""
    faults = []
    for address in addresses:
        page.goto(address)
        awake(page)
        try:
            assert_accessible(page)
        except AssertionError as fault:
            faults.append(f"{address}: {fault}")
    assert not faults, "\n\n".join(faults)
    assert page.errors == []  # type: ignore[attr-defined]


def test_dialogs_and_menus_have_no_fault(page):
    known = customers()
    look_as(page, size="phone")
    page.goto(f"/contacts/{known['contact'].pk}/")
    awake(page)
    page.locator(".head menu-button summary").click()
    page.wait_for_function(
        """() => {
            const { left, right, width } = document.querySelector(".head menu-button .popover").getBoundingClientRect();
            return width > 0 && left >= 0 && right <= document.documentElement.clientWidth;
        }"""
    )
    look_as(page)
    page.goto("/leads/")
    awake(page)
    for opener in (
        ".head a[href='/leads/new/']",
        ".filters a[href^='/leads/filter/']",
        "a[href='/assign/lead/']",
    ):
        page.locator(opener).click()
        expect(page.locator("#dialog form")).to_be_visible()
        awake(page)
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("#dialog")).to_be_hidden()
    page.locator("tbody .pick input").first.check()
    expect(page.locator(".picked")).to_be_visible()
    assert_accessible(page)


def test_a_broken_page_says_a_number_and_nothing_else(page, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("kinflow.automation.my_work.pages.my_items", broken)
    page.goto("/")
    expect(page.locator("[role=alert]")).to_contain_text("number")
    assert "secret" not in page.content()
    assert_accessible(page)


def test_what_one_may_not_do_is_told_with_a_way_on(browser_page):
    company()
    sign_in(browser_page, "chen")
    browser_page.goto("/log/")
    expect(browser_page.locator("[role=alert]")).to_contain_text("administrators")
    expect(browser_page.get_by_role("link", name="My work").last).to_be_visible()
    assert_accessible(browser_page)
