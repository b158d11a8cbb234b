"""Claiming out of a pool, putting back, taking back: quotas hold, also for two at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import NotOpen
from kinflow.automation.pool.claiming import (
    InNoPool,
    LockedOut,
    QuotaUsedUp,
    claim,
    put_back,
    quota_of,
    take_back,
)
from kinflow.automation.pool.models import PoolHolding
from kinflow.automation.pool.policies import change_pool, restore_pool, switch_pool
from kinflow.automation.pool.using import items_of
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up_all
from kinflow.kit.problem import Invalid, Problem, Refused
from kinflow.records.changing import Stale
from kinflow.sales.leads.models import Lead

from . import given
from .pools_given import lead_pool
from .scorings_given import lead_scoring
from .test_concurrency import at_once

db = pytest.mark.django_db
apart = pytest.mark.django_db(transaction=True)


@pytest.fixture
def east():
    return given.unit()


def by(person):
    return given.actor(person)


def told(name, lead):
    return Entry.objects.filter(
        name=f"automation.{name}", mentions__object_id=lead.pk, mentions__role="record"
    )


@db
def test_whoever_claims_has_it_protected_and_the_log_says_so(east):
    pool, me, lead = lead_pool(protected_days=14), given.person("孙", east), given.lead()
    claim(record=lead, person=me, by=by(me))
    held = PoolHolding.objects.get(object_id=lead.pk)
    assert Lead.objects.get(pk=lead.pk).owner == me
    assert (held.pool, held.is_claim, held.ended_at) == (pool, True, None)
    assert told("item_claimed", lead).get().data["protected_until"][:10] == str(
        (held.since + timedelta(days=14)).date()
    )
    with pytest.raises(NotOpen):
        claim(record=lead, person=me, by=by(me))


@db
def test_quota_and_cap_are_kept_and_told(east):
    pool = lead_pool(claims=2, period_days=7, holding_cap=3)
    me = given.person("孙", east)
    leads = [given.lead(name=f"C{n}") for n in range(5)]
    long_ago = timezone.now() - timedelta(days=8)
    claim(record=leads[0], person=me, now=long_ago, by=by(me))
    for lead in leads[1:3]:
        claim(record=lead, person=me, by=by(me))
    quota = quota_of(pool, me, timezone.now())
    assert (quota.claimed, quota.held, quota.left) == (2, 3, 0)
    with pytest.raises(QuotaUsedUp, match="You claimed 2 of 2"):
        claim(record=leads[3], person=me, by=by(me))
    change_pool(pool=pool, changes={"policy": {"claims": None}}, by=given.OWNER)
    with pytest.raises(QuotaUsedUp, match="You hold 3 of this pool"):
        claim(record=leads[3], person=me, by=by(me))


@apart
def test_two_at_once_one_gets_it_and_no_quota_is_exceeded(east):
    lead_pool(claims=2)
    me, other = given.person("孙", east), given.person("陈", east)
    leads = [given.lead(name=f"C{n}") for n in range(5)]
    refused = []

    def trying(person, lead):
        def run():
            try:
                claim(record=lead, person=person, by=by(person))
            except Problem as problem:
                refused.append(type(problem))

        return run

    at_once(trying(me, leads[0]), trying(other, leads[0]))
    assert refused == [NotOpen]
    at_once(*(trying(me, lead) for lead in leads[1:]))
    assert Lead.objects.filter(owner=me).count() == 2
    assert PoolHolding.objects.filter(person=me, is_claim=True).count() == 2


@db
def test_who_put_it_back_is_locked_out_and_others_are_not(east):
    lead_pool(locked_days=30)
    me, other, lead = given.person("孙", east), given.person("陈", east), given.lead()
    claim(record=lead, person=me, by=by(me))
    with pytest.raises(Invalid):
        put_back(record=lead, reason=" ", by=by(me))
    put_back(record=lead, reason="No budget this year", by=by(me))
    assert told("item_put_back", lead).get().data["reason"] == "No budget this year"
    with pytest.raises(LockedOut):
        claim(record=lead, person=me, by=by(me))
    claim(record=lead, person=other, by=by(other))
    assert not PoolHolding.objects.filter(is_resting=True).exists()
    with pytest.raises(Refused):
        put_back(record=lead, reason="Mine!", by=by(me))


@db
def test_after_the_lock_out_the_former_owner_claims_again(east):
    lead_pool(locked_days=5)
    me, lead = given.person("孙", east), given.lead()
    before = timezone.now() - timedelta(days=6)
    claim(record=lead, person=me, now=before, by=by(me))
    put_back(record=lead, reason="Later", now=before, by=by(me))
    claim(record=lead, person=me, by=by(me))
    assert Lead.objects.get(pk=lead.pk).owner == me


@db
def test_a_team_lead_takes_back_what_is_protected_and_says_why(east):
    lead_pool()
    boss, me = given.person("周", east, roles=("team_lead",)), given.person("孙", east)
    lead = given.lead(owner=me)
    with pytest.raises(Refused):
        take_back(record=lead, reason="Mine now", by=by(given.person("陈", east)))
    take_back(record=lead, reason="She moves to another team", by=by(boss))
    assert Lead.objects.get(pk=lead.pk).owner is None
    assert told("item_taken_back", lead).get().data["reason"] == "She moves to another team"


@db
def test_an_item_belongs_to_the_first_pool_that_it_meets_and_who_may_claim_is_asked(east):
    zhejiang = {"field": "province", "op": "is", "value": "CN-ZJ"}
    seniors = {"field": "seniority", "op": "at_least", "value": 4}
    lead_pool(name="Zhejiang", condition=zhejiang, position=1, may_claim=seniors)
    inland = lead_pool(name="All", position=2)
    junior, senior = given.person("孙", east, seniority=2), given.person("陈", east, seniority=5)
    near, far = given.lead(), given.lead(province="CN-SC", name="Far")
    assert list(items_of(inland, timezone.now())) == [far]
    with pytest.raises(Refused):
        claim(record=near, person=junior, by=by(junior))
    claim(record=near, person=senior, by=by(senior))
    claim(record=far, person=junior, by=by(junior))
    assert PoolHolding.objects.get(object_id=far.pk).pool == inland
    switch_pool(pool=inland, is_active=False, by=given.OWNER)
    with pytest.raises(InNoPool):
        claim(record=given.lead(province="CN-SC", name="X"), person=junior, by=by(junior))


@apart
def test_scorings_leave_what_came_back_into_a_pool_to_be_claimed(east):
    catch_up_all(timezone.now())
    lead_pool()
    me = given.person("孙", east)
    lead_scoring()
    lead = given.lead()
    catch_up_all(timezone.now())
    put_back(record=lead, reason="Not for me", by=by(me))
    given.person("陈", east)
    fresh = given.lead(name="Fresh")
    catch_up_all(timezone.now())
    assert Lead.objects.get(pk=lead.pk).owner is None
    assert Lead.objects.get(pk=fresh.pk).owner is not None


@db
def test_a_policy_is_kept_in_versions():
    pool = lead_pool()
    with pytest.raises(Invalid):
        lead_pool()
    changed = change_pool(
        pool=pool, changes={"policy": {"claims": 3}, "name": "Ours"}, seen=1, by=given.OWNER
    )
    assert (changed.number, changed.policy["claims"], changed.policy["period_days"]) == (2, 3, 7)
    with pytest.raises(Stale):
        change_pool(pool=pool, changes={"policy": {"claims": 4}}, seen=1, by=given.OWNER)
    assert change_pool(pool=pool, changes={"position": 3}, by=given.OWNER).number == 2
    assert restore_pool(pool=pool, number=1, by=given.OWNER).policy["claims"] == 10
