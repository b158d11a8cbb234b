"""What becomes of held items as time goes by: warned, sent back, kept by work on them; and all of it in the log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import give, hand_back
from kinflow.automation.clock import run_due
from kinflow.automation.clock.models import Moment
from kinflow.automation.messages.models import Message
from kinflow.automation.pool.claiming import LockedOut, claim
from kinflow.automation.pool.models import PoolHolding
from kinflow.automation.pool.policies import change_pool, switch_pool
from kinflow.automation.pool.returning import end_lock_out, let_time_pass, pool_actor
from kinflow.automation.pool.touches import last_touch
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up_all
from kinflow.kit.problem import Refused
from kinflow.sales.leads.actions import contact_lead, disqualify_lead
from kinflow.sales.leads.models import Lead

from . import given
from .pools_given import lead_pool

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held():
    """A lead that was claimed 28 days ago: warned after 27, returned after 30, nobody worked on it since."""
    catch_up_all(timezone.now())
    pool = lead_pool(neglect_days=30, warning_days=3, locked_days=10)
    me, lead = given.person("孙", given.unit()), given.lead()
    claim(record=lead, person=me, now=timezone.now(), by=given.actor(me))
    return PoolHolding.objects.get(pool=pool)


def pass_to(held, days):
    held.refresh_from_db()
    let_time_pass(holding=held, now=held.since + days * DAY, by=pool_actor(held.pool))
    held.refresh_from_db()
    return held


def names():
    return list(Entry.objects.filter(command="automation.let_time_pass").values_list("name", flat=True))


def test_the_owner_is_warned_and_then_it_goes_back_and_is_locked_for_them(held):
    assert pass_to(held, 26).warned_at is None
    assert pass_to(held, 27.1).returns_at == held.since + 30.1 * DAY
    pass_to(held, 29)
    pass_to(held, 31)
    assert (held.ended_by, held.is_resting, held.locked_until) == ("neglected", True, held.since + 41 * DAY)
    assert Lead.objects.get().owner is None
    assert names() == [
        "automation.return_announced",
        "sales.lead_assigned",
        "automation.item_returned",
    ]
    catch_up_all(timezone.now())
    run_due(timezone.now() + timedelta(minutes=2))
    told = [m.subject["en"] for m in Message.objects.filter(person=held.person)]
    assert sorted(words.partition(":")[0] for words in told) == [
        "Goes back into the pool",
        "Went back into the pool",
    ]
    end_lock_out(holding=held, by=pool_actor(held.pool))
    assert Entry.objects.filter(name="automation.lock_out_ended").count() == 1


def test_work_on_it_keeps_it(held):
    pass_to(held, 27.1)
    contact_lead(lead=Lead.objects.get(), by=given.actor(held.person))
    touched = last_touch(Lead.objects.get())
    held.since, held.warned_at = held.since - 30 * DAY, held.since - 3 * DAY
    held.returns_at = held.warned_at + 3 * DAY
    held.save()
    let_time_pass(holding=held, now=touched + DAY, by=pool_actor(held.pool))
    held.refresh_from_db()
    assert (held.ended_at, held.returns_at) == (None, None)
    assert Lead.objects.get().owner == held.person


def test_what_machines_do_is_no_work_on_it(held):
    before = last_touch(Lead.objects.get())
    contact_lead(lead=Lead.objects.get(), by=SYSTEM)
    assert last_touch(Lead.objects.get()) == before


def test_what_is_done_or_somebody_elses_is_watched_no_more(held):
    disqualify_lead(lead=Lead.objects.get(), reason="no_need", by=SYSTEM)
    assert pass_to(held, 40).ended_by == "done"
    assert names() == []


def test_who_gets_it_by_other_ways_holds_it_from_then_on(held):
    boss = given.person("周", given.unit("Boss"), roles=("team_lead",))
    give(record=Lead.objects.get(), person=boss, reason="Key account", by=SYSTEM)
    catch_up_all(timezone.now())
    held.refresh_from_db()
    assert held.ended_by == "moved"
    assert PoolHolding.objects.get(ended_at=None).person == boss


def test_a_changed_policy_holds_for_what_people_have(held):
    change_pool(pool=held.pool, changes={"policy": {"neglect_days": 90}}, by=given.OWNER)
    pass_to(held, 31)
    assert (held.ended_at, held.warned_at) == (None, None)
    switch_pool(pool=held.pool, is_active=False, by=given.OWNER)
    assert pass_to(held, 200).ended_by == "left"
    assert Lead.objects.get().owner == held.person


def test_people_do_not_let_time_pass(held):
    with pytest.raises(Refused):
        let_time_pass(holding=held, now=timezone.now() + 90 * DAY, by=given.OWNER)


def test_the_clock_keeps_the_moments_and_a_worker_lets_them_pass(held):
    run_due(held.since + 26 * DAY)
    held.refresh_from_db()
    assert held.warned_at is None
    run_due(held.since + 28 * DAY)
    held.refresh_from_db()
    assert held.returns_at == held.since + 31 * DAY
    run_due(held.returns_at)
    held.refresh_from_db()
    assert held.ended_by == "neglected"
    assert Lead.objects.get().owner is None
    run_due(held.locked_until)
    assert Entry.objects.filter(name="automation.lock_out_ended").count() == 1
    assert Moment.objects.filter(handler__startswith="automation.pool").count() == 0


def test_a_new_pool_takes_in_what_people_have_and_warns_before_it_sends_back(held):
    person, since = held.person, held.since
    switch_pool(pool=held.pool, is_active=False, by=given.OWNER)
    other = given.lead(name="Other", owner=person)
    catch_up_all(timezone.now())
    assert not PoolHolding.objects.filter(object_id=other.pk).exists()
    switch_pool(pool=held.pool, is_active=True, by=given.OWNER)
    catch_up_all(timezone.now())
    run_due(timezone.now())
    assert PoolHolding.objects.get(object_id=other.pk, ended_at=None).person == person
    late = since + 300 * DAY
    run_due(late)
    held.refresh_from_db()
    assert held.returns_at == late + 3 * DAY
    assert Lead.objects.filter(owner=person).count() == 2


def test_who_has_many_neglected_items_is_told_of_all_of_them_at_once(held):
    person = held.person
    switch_pool(pool=held.pool, is_active=False, by=given.OWNER)
    for n in range(12):
        given.lead(name=f"Lead {n}", owner=person)
    switch_pool(pool=held.pool, is_active=True, by=given.OWNER)
    catch_up_all(timezone.now())
    run_due(timezone.now())
    run_due(timezone.now() + 28 * DAY)
    assert Entry.objects.filter(name="automation.return_announced").count() == 13
    catch_up_all(timezone.now())
    run_due(timezone.now() + timedelta(minutes=2))
    told = Message.objects.get(person=person)
    assert told.subject["en"] == "13 items go back into the pool “Leads”"
    assert told.subject["zh-hans"] == "13项将退回公海池“Leads”"
    assert told.text["en"].splitlines()[-1] == "and 3 more"
    assert told.url == "/pool/mine/"


def test_who_hands_an_item_back_cannot_claim_it_at_once(held):
    hand_back(record=Lead.objects.get(), reason="Not my language", by=given.actor(held.person))
    catch_up_all(timezone.now())
    held.refresh_from_db()
    assert (held.ended_by, held.is_resting) == ("handed_back", False)
    assert held.locked_until == held.ended_at + 10 * DAY
    with pytest.raises(LockedOut):
        claim(
            record=Lead.objects.get(),
            person=held.person,
            now=held.ended_at + DAY,
            by=given.actor(held.person),
        )
