"""Many at once: no capacity is exceeded, nothing goes to two people."""

import threading
from collections import Counter
from contextlib import suppress

import pytest
from django.db import connection, transaction

from kinflow.automation.assignments.actions import assign_by_scoring, give
from kinflow.automation.assignments.batch import assign_batch
from kinflow.automation.assignments.pulling import take_next_best
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import NotFound
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import lead_scoring

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def at_once(*calls):
    """Run the calls in threads that start together; the first error is raised."""
    gate, errors = threading.Barrier(len(calls)), []

    def run(call):
        try:
            gate.wait(10)
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_eight_arrivals_at_once_never_exceed_a_capacity():
    east = given.unit()
    people = [given.person(name, east, limit=2) for name in ("陈", "孙", "李")]
    lead_scoring()
    leads = [given.lead(name=f"Customer {n}") for n in range(THREADS)]
    at_once(*(lambda lead=lead: assign_by_scoring(record=lead, by=SYSTEM) for lead in leads))
    held = Counter(Lead.objects.exclude(owner=None).values_list("owner_id", flat=True))
    assert held == {p.pk: 2 for p in people}
    assert Lead.objects.filter(owner=None).count() == 2


def test_eight_looks_at_one_lead_give_it_once():
    east = given.unit()
    given.person("陈", east)
    given.person("孙", east)
    lead_scoring()
    lead = given.lead()
    at_once(*(lambda: assign_by_scoring(record=lead, by=SYSTEM) for _ in range(THREADS)))
    assert Entry.objects.filter(name="sales.lead_assigned").count() == 1


def test_a_batch_and_arrivals_share_the_same_room():
    east = given.unit()
    given.person("陈", east, limit=3)
    lead_scoring()
    leads = [given.lead(name=f"Customer {n}") for n in range(THREADS)]
    ids = [lead.pk for lead in leads]
    at_once(
        lambda: assign_batch("lead", ids[:4], by=SYSTEM),
        *(lambda lead=lead: assign_by_scoring(record=lead, by=SYSTEM) for lead in leads[4:]),
    )
    assert Lead.objects.exclude(owner=None).count() == 3


def test_who_pulls_eight_times_at_once_gets_no_more_than_they_can_take():
    person = given.person("陈", given.unit(), limit=3)
    lead_scoring()
    for n in range(THREADS):
        given.lead(name=f"Customer {n}")
    me = given.actor(person)

    def pull():
        with suppress(NotFound):
            take_next_best(kind="lead", person=person, by=me)

    at_once(*(pull for _ in range(THREADS)))
    assert Lead.objects.filter(owner=person).count() == 3


def test_who_pulls_at_the_same_time_gets_the_next_one_and_no_refusal():
    east = given.unit()
    people = [given.person(name, east) for name in ("陈", "孙", "李", "周")]
    lead_scoring()
    for n in range(len(people)):
        given.lead(name=f"Customer {n}")
    at_once(*(lambda p=p: take_next_best(kind="lead", person=p, by=given.actor(p)) for p in people))
    held = Counter(Lead.objects.values_list("owner_id", flat=True))
    assert held == {p.pk: 1 for p in people}


def test_what_a_person_gave_meanwhile_is_not_given_away_by_the_scoring():
    """The scoring has looked for who is best and waits; a person decides; then the scoring goes on."""
    east = given.unit()
    best, chosen = given.person("陈", east), given.person("孙", east, roles=("marketer",))
    lead_scoring()
    lead = given.lead()
    decided = threading.Event()

    def override():
        with transaction.atomic():
            give(record=lead, person=chosen, reason="They asked for her", by=SYSTEM)
            decided.set()
            time_for_the_scoring_to_come.wait(0.3)

    def score():
        decided.wait(10)
        assign_by_scoring(record=lead, by=SYSTEM)
        time_for_the_scoring_to_come.set()

    time_for_the_scoring_to_come = threading.Event()
    at_once(override, score)
    lead.refresh_from_db()
    assert lead.owner == chosen != best
    assert Entry.objects.filter(name="sales.lead_assigned").count() == 1
