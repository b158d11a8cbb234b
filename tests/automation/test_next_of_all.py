"""One button over all kinds of work: points made comparable, and what presses goes first."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from kinflow.automation.assignments.pulling import Fitting, share_of
from kinflow.automation.criteria import registry as criteria
from kinflow.automation.my_work.across import best_of, next_of_all, take_next_of_all
from kinflow.automation.scorings.actions import add_scoring
from kinflow.automation.scorings.drafts import Draft, Weighted
from kinflow.eventlog import SYSTEM
from kinflow.kit.problem import NotFound, Refused
from kinflow.records.faces import registry
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import RULES, lead_scoring, weights


def draft(**given_weights):
    return Draft(tuple(Weighted(criteria[name](), weight) for name, weight in given_weights.items()))


def test_points_stand_between_the_least_and_the_most_that_a_scoring_can_give():
    by_load = draft(product_knowledge=30, load=10)
    assert share_of(30, by_load) == 1.0
    assert share_of(-10, by_load) == 0.0
    assert share_of(10, by_load) == 0.5
    assert share_of(3, draft(territory=6)) == 0.5
    assert share_of(7, Draft(())) == 0.0


def row(pk, **fields):
    now = timezone.now()
    return SimpleNamespace(pk=pk, created_at=now, assigned_at=None, changed_at=now, **fields)


def test_what_presses_goes_before_what_suits_a_little_better():
    lead = row(1, stage="contacted", score=10)
    mail = row(2)
    found = [(registry["lead"], Fitting(lead, 80, 0.8)), (registry["email"], Fitting(mail, 3, 0.6))]
    best = best_of(found, timezone.now())
    assert best.row is mail
    assert (best.suits, best.worth) == (60, 90)
    assert best.reason == "Suits you to 60 %. Waiting for an answer"
    assert best_of([], timezone.now()) is None


@pytest.mark.django_db
def test_the_best_of_all_kinds_becomes_mine_with_its_reason():
    feed = given.skill()
    me = given.person("孙", given.unit(), skills={feed: 5})
    given.lead(name="Plain")
    wanted = given.lead(name="Fits", product=given.pump(feed))
    lead_scoring()
    add_scoring(kind="account", name="A", criteria=weights(fairness=5), eligibility=RULES, by=given.OWNER)
    best = take_next_of_all(person=me, by=given.actor(me))
    assert best.row == wanted
    assert Lead.objects.get(pk=wanted.pk).owner == me
    assert best.reason.startswith("Suits you to 100 %")


@pytest.mark.django_db
def test_whoever_takes_no_work_is_refused_and_nothing_waiting_is_said():
    me = given.person("孙", given.unit())
    with pytest.raises(NotFound):
        take_next_of_all(person=me, by=given.actor(me))
    auditor = given.person("审", given.unit("B"), roles=("auditor",))
    with pytest.raises(Refused):
        take_next_of_all(person=auditor, by=given.actor(auditor))
    assert next_of_all(me, SYSTEM) is None
