"""Offers on My work, on the record, in the scoring's editor and over the API."""

import re

import pytest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from kinflow.automation.api import router
from kinflow.automation.offers.models import Offer
from kinflow.automation.offers.showing import offer_card
from kinflow.automation.scorings.using import current_version
from kinflow.eventlog.readers import catch_up_all
from kinflow.records.faces import registry
from kinflow.sales.leads.models import Lead

from . import given
from .given import OWNER
from .scorings_given import lead_scoring
from .test_api import ask
from .test_pages import visit, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def client():
    """A client of the router alone."""
    NinjaAPI(urls_namespace="offers-alone").add_router("", router)
    return TestClient(router)


@pytest.fixture
def cast():
    """Two representatives, and a lead that is offered to the better one."""
    catch_up_all(timezone.now())
    east, feed = given.unit(), given.skill()
    best, other = (given.person(name, east, skills={feed: n}) for name, n in (("孙", 5), ("陈", 4)))
    scoring = lead_scoring(offer={"minutes": 30, "working_time": False})
    lead = given.lead(product=given.pump(feed))
    catch_up_all(timezone.now())
    return best, other, scoring, lead


def test_an_offer_stands_on_top_of_my_work_and_is_answered_there(cast):
    best, other, _scoring, lead = cast
    said = words(visit(given.actor(best), "/"))
    assert "Offered to you 1" in said
    assert re.search(r"25 points, before 陈 with \d+", said)
    assert "Offered to you" not in words(visit(given.actor(other), "/"))
    offer = Offer.objects.get()
    assert "Product knowledge" in words(visit(given.actor(best), f"/offers/{offer.pk}/"))
    assert "Offered to 孙" in offer_card(registry["lead"], lead, given.actor(other))
    decline = f"/offers/{offer.pk}/decline/"
    assert visit(given.actor(best), decline, reason="other").status_code == 422
    visit(given.actor(best), decline, htmx=True, reason="away", note="From Monday")
    catch_up_all(timezone.now())
    again = Offer.objects.get(status="open")
    assert visit(given.actor(other), f"/offers/{again.pk}/accept/", htmx=True, _post=True).status_code == 204
    assert Lead.objects.get(pk=lead.pk).owner == other


def test_the_editor_says_whether_it_offers_and_how_offers_were_answered(cast):
    best, _other, scoring, _lead = cast
    visit(given.actor(best), f"/offers/{Offer.objects.get().pk}/decline/", reason="no_time")
    said = words(visit(OWNER, f"/scorings/{scoring.pk}/"))
    assert "No time for it now: 1" in said
    form = {"name": "Leads", "c0-name": "load", "c0-weight": "10", "condition": "{}"}
    offers = {"offers": "true", "offer_minutes": "45", "offer_time": "working"}
    visit(OWNER, f"/scorings/{scoring.pk}/", **form, **offers)
    scoring.refresh_from_db()
    assert current_version(scoring).offer == {"minutes": 45, "working_time": True}
    wrong = visit(OWNER, f"/scorings/{scoring.pk}/", **form, offers="true", offer_minutes="soon")
    assert wrong.status_code == 422
    visit(OWNER, f"/scorings/{scoring.pk}/", **form)
    scoring.refresh_from_db()
    assert current_version(scoring).offer is None
    assert "gives at once" in words(visit(OWNER, f"/scorings/{scoring.pk}/"))


def test_offers_are_answered_over_the_api(client, cast):
    best, other, scoring, lead = cast
    told = ask(client, "GET", "/offers", given.actor(best))
    assert [(one["kind"], one["item"]) for one in told] == [("lead", lead.pk)]
    declined = ask(client, "POST", f"/offers/{told[0]['id']}/decline", given.actor(best), reason="no_skill")
    assert declined == {"kind": "lead", "item": lead.pk, "owner": None}
    catch_up_all(timezone.now())
    (next_one,) = ask(client, "GET", "/offers", given.actor(other))
    accepted = ask(client, "POST", f"/offers/{next_one['id']}/accept", given.actor(other))
    assert accepted["owner"] == other.pk
    report = ask(client, "GET", f"/offers/report/{scoring.pk}")
    assert (report["total"], report["by_status"]["accepted"], report["reasons"]) == (2, 1, {"no_skill": 1})
    shown = ask(client, "GET", f"/scorings/{scoring.pk}")
    assert shown["offer"] == {"minutes": 30, "working_time": False}
