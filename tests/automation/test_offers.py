"""Work that is offered: accepted by one, declined with a reason, run out; then the next best is asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import NotOpen, assign_by_scoring, give, take
from kinflow.automation.assignments.batch import assign_batch
from kinflow.automation.clock import run_due
from kinflow.automation.messages.models import Message
from kinflow.automation.my_work.across import next_of_all
from kinflow.automation.offers.answering import OfferOver, accept_offer, decline_offer
from kinflow.automation.offers.models import Offer
from kinflow.automation.offers.showing import offer_report
from kinflow.automation.offers.terms import Terms, due_at, read_terms
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up_all
from kinflow.kit.problem import Invalid, Problem, Refused
from kinflow.sales.leads.actions import assign_lead, disqualify_lead
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import lead_scoring
from .test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HALF_AN_HOUR = {"minutes": 30, "working_time": False}


@pytest.fixture
def cast():
    """The best, the next and the third for leads of a product; the scoring offers for half an hour."""
    catch_up_all(timezone.now())
    east, feed = given.unit(), given.skill()
    people = [given.person(name, east, skills={feed: n}) for name, n in (("孙", 5), ("陈", 4), ("李", 3))]
    return people, given.pump(feed), lead_scoring(offer=HALF_AN_HOUR)


def arrive(pump, **where):
    lead = given.lead(product=pump, **where)
    catch_up_all(timezone.now())
    return lead


def open_to(lead):
    """To whom the lead is offered now, as the worker leaves it."""
    catch_up_all(timezone.now())
    return Offer.objects.filter(object_id=lead.pk, status="open").select_related("person").first()


def test_the_best_is_asked_and_has_it_when_they_accept(cast):
    (best, other, _third), pump, scoring = cast
    lead = arrive(pump)
    offer = open_to(lead)
    assert (offer.person, offer.card["winner"]["person"]) == (best, best.pk)
    assert Lead.objects.get(pk=lead.pk).owner is None
    assert Message.objects.get(key__startswith="offer:").person == best
    with pytest.raises(Refused):
        accept_offer(offer=offer, by=given.actor(other))
    with pytest.raises(NotOpen):
        take(record=lead, person=other, by=given.actor(other))
    accept_offer(offer=offer, by=given.actor(best))
    assert Lead.objects.get(pk=lead.pk).owner == best
    entry = Entry.objects.filter(name="sales.lead_assigned").latest("pk")
    assert entry.data["card"]["scoring"]["id"] == scoring.pk
    assert Entry.objects.filter(name="automation.offer_accepted").count() == 1
    with pytest.raises(OfferOver):
        accept_offer(offer=offer, by=given.actor(best))


def test_whoever_declines_is_not_asked_again_and_after_the_last_the_leads_are_told(cast):
    people, pump, scoring = cast
    lead = arrive(pump)
    for reason, note in (("no_time", ""), ("no_time", ""), ("other", "My cousin works there")):
        offer = open_to(lead)
        assert offer.person == people.pop(0)
        decline_offer(offer=offer, reason=reason, note=note, by=given.actor(offer.person))
    assert open_to(lead) is None
    told = Entry.objects.filter(name="automation.work_left_over").latest("pk")
    assert told.data["reasons"] == {"declined": 3}
    assign_by_scoring(record=lead, by=SYSTEM)
    assert open_to(lead) is None
    report = offer_report(scoring, timezone.now() - timedelta(days=1))
    assert [(value, n) for value, _label, n in report.reasons] == [("no_time", 2), ("other", 1)]
    assert {value: n for value, _label, n in report.by_status}["declined"] == 3


def test_a_reason_is_needed_and_other_needs_words(cast):
    (best, *_rest), pump, _scoring = cast
    offer = open_to(arrive(pump))
    for reason in ("", "bored", "other"):
        with pytest.raises(Invalid):
            decline_offer(offer=offer, reason=reason, by=given.actor(best))


def test_an_offer_runs_out_at_its_minute_and_the_next_is_asked(cast):
    (_best, other, _third), pump, _scoring = cast
    lead = arrive(pump)
    first = open_to(lead)
    run_due(first.due_at - timedelta(seconds=1))
    assert open_to(lead) == first
    run_due(first.due_at)
    assert open_to(lead).person == other
    first.refresh_from_db()
    assert first.status == "timed_out"
    for _again in range(2):
        run_due(open_to(lead).due_at)
    assert open_to(lead) is None
    assert Entry.objects.filter(name="automation.offer_timed_out").count() == 3


def test_what_is_offered_fills_a_capacity_and_declining_frees_it(cast):
    people, pump, _scoring = cast
    for person in people:
        person.takes_work = False
    given.put(rows=people, by=SYSTEM)
    star = given.person("吴", given.unit("West"), skills={pump.skill: 5}, limit=1)
    one, two = arrive(pump), arrive(pump, name="Two")
    assert open_to(one).person == star
    assert open_to(two) is None
    decline_offer(offer=open_to(one), reason="no_time", by=given.actor(star))
    assert open_to(two).person == star


def test_two_who_accept_and_decline_at_once_one_counts(cast):
    (best, *_rest), pump, _scoring = cast
    offer = open_to(arrive(pump))
    refused = []

    def trying(run, **more):
        def call():
            try:
                run(offer=offer, by=given.actor(best), **more)
            except Problem as problem:
                refused.append(type(problem))

        return call

    at_once(trying(accept_offer), trying(accept_offer), trying(decline_offer, reason="no_time"))
    assert refused == [OfferOver, OfferOver]
    assert Offer.objects.exclude(status="open").count() == 1


def test_what_goes_by_other_ways_is_offered_no_more(cast):
    (best, other, third), pump, _scoring = cast
    given_away, assigned, closed = (arrive(pump, name=f"C{n}") for n in range(3))
    give(record=given_away, person=other, reason="Key account", by=SYSTEM)
    assert Offer.objects.get(object_id=given_away.pk).status == "withdrawn"
    assign_lead(lead=assigned, person=third, by=SYSTEM)
    disqualify_lead(lead=closed, reason="no_need", by=SYSTEM)
    assert (open_to(assigned), open_to(closed)) == (None, None)
    assert run_due(timezone.now() + timedelta(days=9)) == 0


def test_batches_offer_and_pulling_leaves_what_is_on_offer(cast):
    (best, other, _third), pump, _scoring = cast
    leads = [given.lead(product=pump, name=f"C{n}") for n in range(2)]
    outcome = assign_batch("lead", [lead.pk for lead in leads], by=SYSTEM)
    assert (outcome.given, set(outcome.offered)) == ({}, {lead.pk for lead in leads})
    assert assign_batch("lead", [lead.pk for lead in leads], by=SYSTEM).passed == [lead.pk for lead in leads]
    assert next_of_all(other, given.actor(other)) is None


def test_terms_count_in_working_time_or_by_the_clock():
    person = given.person("孙", given.unit(), calendar=given.office_hours())
    friday = given.MONDAY_10 + timedelta(days=4, hours=6, minutes=30)
    assert due_at(Terms(60), person, friday) == given.MONDAY_10 + timedelta(days=6, hours=23, minutes=30)
    assert due_at(Terms(60, working_time=False), person, friday) == friday + timedelta(hours=1)


@pytest.mark.parametrize(
    ("offer", "pointer"),
    [
        ({"minutes": 0}, "/offer/minutes"),
        ({"minutes": "soon"}, "/offer/minutes"),
        ({"minutes": 1e9}, "/offer/minutes"),
        ({"minutes": 5, "working_time": "yes"}, "/offer/working_time"),
        ({"minutes": 5, "hours": 1}, "/offer/hours"),
        ([5], "/offer"),
    ],
)
def test_what_is_wrong_with_terms_is_named(offer, pointer):
    errors = []
    read_terms(offer, "/offer", errors)
    assert [e.pointer for e in errors] == [pointer]
