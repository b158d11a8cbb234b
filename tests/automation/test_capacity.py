"""What people can still take: whatever the scoring says, by whichever way the work comes."""

import pytest

from kinflow.automation.assignments.actions import NoRoom, NotOpen, assign_by_scoring, give, take
from kinflow.automation.assignments.arriving import rule_actor
from kinflow.automation.assignments.batch import SharesOutOfReach, assign_batch
from kinflow.automation.assignments.pulling import take_next_best
from kinflow.automation.assignments.waiting import look_again
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, NotFound
from kinflow.sales.leads.actions import disqualify_lead
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import RULES, lead_scoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def east():
    return given.unit()


def leads(count: int, **where: str) -> list[int]:
    return [given.lead(name=f"Customer {n}", **where).pk for n in range(count)]


def test_a_capacity_holds_where_no_rule_speaks_of_it(east):
    person = given.person("陈", east, limit=1)
    lead_scoring(rules=RULES)
    first, second = given.lead(name="A"), given.lead(name="B")
    assert assign_by_scoring(record=first, by=SYSTEM) == person
    assert assign_by_scoring(record=second, by=SYSTEM) is None
    told = Entry.objects.get(name="automation.work_left_over").data
    assert told["reasons"] == {"has_room": 1}
    assert told["card"]["excluded"][0]["text"] == {"en": "full", "zh-hans": "已满额"}


def test_work_that_is_given_out_again_does_not_fill_who_has_it(east):
    person = given.person("陈", east, limit=2)
    lead_scoring()
    ids = leads(2)
    assign_batch("lead", ids, by=SYSTEM)
    assert assign_by_scoring(record=Lead.objects.get(pk=ids[0]), again=True, by=SYSTEM) == person
    assert assign_batch("lead", ids, again=True, by=SYSTEM).given == dict.fromkeys(ids, person.pk)


def test_nobody_takes_more_than_they_can(east):
    person = given.person("陈", east, limit=1)
    lead_scoring()
    first, second = (Lead.objects.get(pk=pk) for pk in leads(2))
    me = given.actor(person)
    take(record=first, person=person, by=me)
    with pytest.raises(NoRoom):
        take(record=second, person=person, by=me)
    with pytest.raises(NotFound):
        take_next_best(kind="lead", person=person, by=me)


def test_what_is_closed_is_given_to_nobody(east):
    lead = given.lead()
    disqualify_lead(lead=lead, reason="no_need", by=SYSTEM)
    with pytest.raises(NotOpen):
        give(record=lead, person=given.person("陈", east), reason="knows them", by=SYSTEM)


def test_many_that_suit_nobody_do_not_hide_one_that_suits_somebody(east, monkeypatch):
    monkeypatch.setattr("kinflow.automation.assignments.waiting.AT_ONCE", 2)
    person = given.person("陈", east, places=("CN-ZJ",))
    lead_scoring(rules=(*RULES, {"rule": "in_territory", "parameters": {"without_territory": False}}))
    leads(5, province="CN-BJ")
    fitting = given.lead(province="CN-ZJ")
    assert look_again("lead", Entry.objects.latest("pk")) == 1
    fitting.refresh_from_db()
    assert fitting.owner == person


def test_items_of_different_scorings_share_capacities_and_minimum_shares(east):
    chen, sun = given.person("陈", east, limit=2), given.person("孙", east)
    lead_scoring(
        name="From Beijing", condition={"field": "province", "op": "is", "value": "CN-BJ"}, position=1
    )
    lead_scoring()
    ids = leads(2, province="CN-BJ") + leads(2)
    outcome = assign_batch("lead", ids, minimum={chen.pk: 2, sun.pk: 2}, by=SYSTEM)
    assert sorted(outcome.given.values()) == [chen.pk, chen.pk, sun.pk, sun.pk]
    scorings = {e.data["card"]["scoring"]["name"] for e in Entry.objects.filter(name="sales.lead_assigned")}
    assert scorings == {"From Beijing", "Leads"}


@pytest.mark.parametrize("share", [-1, 10**30])
def test_a_minimum_share_that_is_none_is_refused_with_its_place(east, share):
    person = given.person("陈", east)
    lead_scoring()
    with pytest.raises(Invalid) as refused:
        assign_batch("lead", leads(1), minimum={person.pk: share}, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == [f"/minimum/{person.pk}"]


def test_a_minimum_share_for_nobody_here_is_refused(east):
    lead_scoring()
    with pytest.raises(Invalid) as refused:
        assign_batch("lead", leads(1), minimum={10**30: 1}, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == [f"/minimum/{10**30}"]


def test_minimum_shares_are_not_forgotten_where_a_batch_is_large(east, monkeypatch):
    monkeypatch.setattr("kinflow.automation.assignments.batch.CHUNK", 1)
    person = given.person("陈", east)
    lead_scoring()
    with pytest.raises(Invalid) as refused:
        assign_batch("lead", leads(2), minimum={person.pk: 1}, by=SYSTEM)
    assert [e.pointer for e in refused.value.errors] == ["/minimum"]


def test_minimum_shares_of_work_without_a_scoring_cannot_be_kept(east):
    person = given.person("陈", east)
    with pytest.raises(SharesOutOfReach):
        assign_batch("lead", leads(1), minimum={person.pk: 1}, by=SYSTEM)


def test_a_rule_acts_in_the_name_of_its_scoring(east):
    scoring = lead_scoring()
    given.lead()
    assert rule_actor(scoring, Entry.objects.latest("pk")).id == f"scoring:{scoring.pk}"
