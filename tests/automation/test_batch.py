"""Batches to the optimum, previews that write nothing, the next best item."""

import pytest
from django.utils import timezone

from kinflow.automation.assignments.batch import SharesOutOfReach, assign_batch
from kinflow.automation.assignments.preview import preview
from kinflow.automation.assignments.pulling import next_best, take_next_best
from kinflow.automation.scorings.drafts import read_draft
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import NotFound, Refused
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import RULES, lead_scoring, weights

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    """A unit."""
    return given.unit()


def two_skills(east):
    """Two people of whom one knows both products, the other only the first; each can take one lead."""
    feed, fire = given.skill(), given.skill("fire")
    both = given.person("陈", east, skills={feed: 5, fire: 5}, limit=1)
    one = given.person("孙", east, skills={feed: 4}, limit=1)
    return both, one, given.pump(feed), given.pump(fire, "fire")


def test_a_batch_is_better_than_one_after_the_other(east):
    both, one, feed, fire = two_skills(east)
    lead_scoring(criteria=[{"criterion": "product_knowledge", "weight": 10, "parameters": {"needed": 5}}])
    first, second = given.lead(product=feed), given.lead(name="Other", product=fire)
    outcome = assign_batch("lead", [first.pk, second.pk], by=SYSTEM)
    assert outcome.given == {first.pk: one.pk, second.pk: both.pk}


def test_what_nobody_can_take_is_left_over(east):
    given.person("陈", east, limit=1)
    lead_scoring()
    leads = [given.lead(name=f"C{n}") for n in range(3)]
    outcome = assign_batch("lead", [lead.pk for lead in leads], by=SYSTEM)
    assert (len(outcome.given), len(outcome.left_over)) == (1, 2)
    assert Entry.objects.filter(name="automation.work_left_over").count() == 2


def test_items_are_given_even_where_all_points_are_negative(east):
    given.person("陈", east)
    lead_scoring(criteria=weights(fairness=-10))
    lead = given.lead()
    assert assign_batch("lead", [lead.pk], by=SYSTEM).given


def test_minimum_shares_are_kept_or_refused(east):
    feed = given.skill()
    given.person("陈", east, skills={feed: 5})
    weak = given.person("孙", east)
    lead_scoring(criteria=weights(product_knowledge=10))
    ids = [given.lead(name=f"C{n}", product=p).pk for n, p in enumerate([given.pump(feed)] * 4)]
    with pytest.raises(SharesOutOfReach):
        assign_batch("lead", ids, minimum={weak.pk: 5}, by=SYSTEM)
    outcome = assign_batch("lead", ids, minimum={weak.pk: 2}, by=SYSTEM)
    assert list(outcome.given.values()).count(weak.pk) == 2


def test_owned_items_are_passed_over_unless_asked_for(east):
    owner = given.person("陈", east)
    lead_scoring()
    lead = given.lead(owner=owner)
    assert assign_batch("lead", [lead.pk], by=SYSTEM).passed == [lead.pk]
    assert assign_batch("lead", [lead.pk], again=True, by=SYSTEM).given


def test_progress_is_told(east):
    given.person("陈", east)
    lead_scoring()
    told = []
    assign_batch("lead", [given.lead().pk], progress=lambda *n: told.append(n), by=SYSTEM)
    assert told == [(1, 1)]


def test_a_representative_may_not_assign_a_batch(east):
    mine = given.person("陈", east)
    lead_scoring()
    lead = given.lead()
    with pytest.raises(Refused):
        assign_batch("lead", [lead.pk], by=given.actor(mine))


def test_a_preview_tells_who_would_get_what_and_writes_nothing(east):
    feed = given.skill()
    best, other = given.person("陈", east, skills={feed: 5}), given.person("孙", east)
    for n in range(4):
        given.lead(name=f"C{n}", product=given.pump(feed, f"f{n}"), owner=other)
    before = Entry.objects.count()
    draft = read_draft({"criteria": weights(product_knowledge=10), "eligibility": list(RULES)})
    told = preview("lead", draft, {}, timezone.now())
    assert (told.sample, told.unassigned, told.changed, told.mean_points) == (4, 0, 4, 10.0)
    assert [(s.person_id, s.items, s.now_has) for s in told.shares] == [(best.pk, 4, 0), (other.pk, 0, 4)]
    assert Entry.objects.count() == before
    assert set(Lead.objects.values_list("owner_id", flat=True)) == {other.pk}


def test_a_preview_spreads_by_room_and_load(east):
    given.person("陈", east, limit=1)
    given.person("孙", east, limit=2)
    for n in range(4):
        given.lead(name=f"C{n}")
    draft = read_draft({"criteria": weights(load=10), "eligibility": [{"rule": "has_room"}]})
    told = preview("lead", draft, {}, timezone.now())
    assert sorted(s.items for s in told.shares) == [1, 2]
    assert told.unassigned == 1


def test_people_pull_what_suits_them_best(east):
    feed = given.skill()
    me = given.person("陈", east, skills={feed: 5})
    lead_scoring()
    given.lead()
    fitting = given.lead(name="Fits", product=given.pump(feed))
    found = next_best("lead", me)
    assert found is not None
    assert found[0].pk == fitting.pk
    taken = take_next_best(kind="lead", person=me, by=given.actor(me))
    assert Lead.objects.get(pk=taken.pk).owner == me
    assert take_next_best(kind="lead", person=me, by=given.actor(me)).pk != taken.pk
    with pytest.raises(NotFound):
        take_next_best(kind="lead", person=me, by=given.actor(me))
