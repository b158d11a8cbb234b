"""Work that arrives finds its person, and can say why."""

import pytest
from django.utils import timezone

from kinflow.automation.assignments.actions import assign_by_scoring, give, hand_back
from kinflow.automation.assignments.arriving import item_of_entry
from kinflow.automation.assignments.batch import assign_batch
from kinflow.automation.messages.models import Message
from kinflow.automation.scorings.shipped import shipped_scorings
from kinflow.customers.accounts.actions import add_account
from kinflow.customers.activities.actions import plan_activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import catch_up_all
from kinflow.kit.problem import Invalid, Refused
from kinflow.organisation.people.actions import set_capacity
from kinflow.sales.leads.actions import disqualify_lead
from kinflow.sales.leads.models import Lead

from . import given
from .scorings_given import RULES, lead_scoring

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def east():
    """A unit."""
    catch_up_all(timezone.now())
    return given.unit()


def arrive():
    """Let the worker look."""
    return catch_up_all(timezone.now())


def assigned(lead):
    """The last assignment of the lead."""
    return Entry.objects.filter(
        name="sales.lead_assigned", mentions__kind="lead", mentions__object_id=lead.pk
    ).latest("pk")


def test_a_new_lead_goes_to_who_knows_the_product(east):
    feed = given.skill()
    given.person("陈", east)
    expert = given.person("孙", east, skills={feed: 5})
    scoring = lead_scoring()
    lead = given.lead(product=given.pump(feed))
    arrive()
    lead.refresh_from_db()
    assert lead.owner == expert
    entry = assigned(lead)
    assert (entry.actor_kind, entry.actor_name) == ("rule", "Leads")
    assert entry.caused_by == Entry.objects.get(name="sales.lead_captured").pk
    card = entry.data["card"]
    assert card["scoring"] == {"id": scoring.pk, "name": "Leads", "name_zh": "", "version": 1}
    assert card["winner"]["person"] == expert.pk
    assert card["winner"]["total"] == 25.0
    assert [o["name"] for o in card["others"]] == ["陈"]


def test_the_card_speaks_both_languages(east):
    feed = given.skill()
    given.person("孙", east, skills={feed: 4})
    given.absent(given.person("李", east), timezone.now())
    lead_scoring()
    lead = given.lead(product=given.pump(feed))
    arrive()
    card = assigned(lead).data["card"]
    line = card["winner"]["lines"][0]
    assert line["text"]["en"] == "Product knowledge: Boiler feed (level 4)"
    assert line["text"]["zh-hans"] == "产品知识：Boiler feed（4 级）"
    assert card["excluded"] == [
        {"reason": "present", "count": 1, "text": {"en": "absent", "zh-hans": "缺勤"}}
    ]
    assert card["considered"] == 2


def test_items_with_an_owner_and_closed_items_are_left_alone(east):
    given.person("孙", east)
    other = given.person("陈", east)
    lead_scoring()
    owned, closed = given.lead(owner=other), given.lead(name="Other")
    disqualify_lead(lead=closed, reason="no_need", by=SYSTEM)
    arrive()
    owned.refresh_from_db()
    closed.refresh_from_db()
    assert owned.owner == other
    assert closed.owner is None


def test_people_without_a_calendar_get_work(east):
    anybody = given.person("孙", east)
    lead_scoring(criteria=[{"criterion": "working_now", "weight": 10}])
    lead = given.lead()
    arrive()
    lead.refresh_from_db()
    assert lead.owner == anybody
    assert assigned(lead).data["card"]["winner"]["total"] == 10.0


def test_nobody_eligible_goes_to_the_fallback_and_leads_are_told(east):
    boss = given.person("周", east, roles=("team_lead",))
    full = given.person("孙", east, limit=0)
    lead_scoring(fallback=boss)
    lead = given.lead()
    arrive()
    lead.refresh_from_db()
    assert lead.owner == boss
    told = Entry.objects.get(
        name="automation.work_left_over", mentions__kind="lead", mentions__object_id=lead.pk
    )
    assert told.data["reasons"] == {"has_role": 1, "has_room": 1}
    assert list(told.mentions.filter(role="told").values_list("object_id", flat=True)) == [boss.pk]
    assert full.pk != boss.pk
    message = Message.objects.get(key=f"left_over:{told.pk}")
    assert (message.person, message.url) == (boss, f"/leads/{lead.pk}/")
    assert message.subject["en"].startswith("Nobody was found for L-")


def test_without_any_scoring_team_leads_are_told(east):
    boss = given.person("周", east, roles=("team_lead",))
    lead = given.lead()
    arrive()
    lead.refresh_from_db()
    assert lead.owner is None
    told = Entry.objects.get(name="automation.work_left_over", mentions__kind="lead", mentions__role="record")
    assert told.data["reasons"] == {"no_scoring": 1}
    assert told.mentions.filter(role="told", object_id=boss.pk).exists()


def test_a_scoring_without_people_leaves_the_item_over(east):
    lead_scoring(rules=RULES)
    lead = given.lead()
    arrive()
    lead.refresh_from_db()
    assert lead.owner is None
    assert Entry.objects.filter(name="automation.work_left_over").exists()


def test_the_first_scoring_whose_condition_holds_counts(east):
    web, rest = given.person("孙", east), given.person("陈", east, seniority=5)
    lead_scoring(
        name="Web",
        condition={"field": "source", "op": "is", "value": "web"},
        position=1,
        criteria=[{"criterion": "fairness", "weight": -1}],
    )
    chosen = lead_scoring(name="Rest", position=2)
    lead = given.lead()
    arrive()
    assert assigned(lead).data["card"]["scoring"]["id"] == chosen.pk
    assert {web.pk, rest.pk} >= {assigned(lead).data["card"]["winner"]["person"]}


def test_what_is_handed_back_goes_to_the_next_best(east):
    feed = given.skill()
    best = given.person("孙", east, skills={feed: 5})
    second = given.person("陈", east, skills={feed: 2})
    lead_scoring()
    lead = given.lead(product=given.pump(feed))
    arrive()
    lead.refresh_from_db()
    assert lead.owner == best
    with pytest.raises(Invalid):
        hand_back(record=lead, reason=" ", by=given.actor(best))
    hand_back(record=lead, reason="knows my cousin", by=given.actor(best))
    arrive()
    lead.refresh_from_db()
    assert lead.owner == second
    card = assigned(lead).data["card"]
    assert {"handed_back"} <= {part["reason"] for part in card["excluded"]}


def test_an_override_needs_a_reason_and_is_remembered(east):
    boss = given.person("周", east, roles=("team_lead",))
    other = given.person("陈", east)
    lead_scoring()
    lead = given.lead(owner=other)
    mine = given.actor(boss)
    with pytest.raises(Invalid):
        give(record=lead, person=boss, reason="", by=mine)
    give(record=lead, person=boss, reason="old friend", by=mine)
    lead.refresh_from_db()
    assert lead.owner == boss
    assert Entry.objects.get(name="automation.assignment_overridden").data["reason"] == "old friend"


def test_representatives_may_not_give_work_to_others(east):
    other, mine = given.person("陈", east), given.person("孙", east)
    lead = given.lead(owner=other)
    with pytest.raises(Refused):
        give(record=lead, person=mine, reason="I want it", by=given.actor(mine))
    with pytest.raises(Refused):
        hand_back(record=lead, reason="not mine", by=given.actor(mine))


def test_a_failure_in_the_middle_leaves_nothing_and_is_made_good(east, monkeypatch):
    given.person("孙", east)
    lead_scoring()
    lead = given.lead()
    from kinflow.automation.assignments import actions, batch

    real = actions.give_to
    for module in (actions, batch):
        monkeypatch.setattr(module, "give_to", lambda *a, **k: (real(*a, **k), 1 / 0))
    arrive()
    lead.refresh_from_db()
    assert lead.owner is None
    assert not Entry.objects.filter(name="sales.lead_assigned").exists()
    monkeypatch.undo()
    from datetime import timedelta

    from kinflow.eventlog.readers import retry_failures

    assert retry_failures(timezone.now() + timedelta(minutes=1))
    lead.refresh_from_db()
    assert lead.owner is not None
    assert Entry.objects.filter(name="sales.lead_assigned").count() == 1


def test_assigning_again_leaves_a_fitting_owner_or_finds_a_better_one(east):
    feed = given.skill()
    weak, best = given.person("陈", east), given.person("孙", east, skills={feed: 5})
    lead_scoring()
    lead = given.lead(product=given.pump(feed), owner=weak)
    assert assign_by_scoring(record=lead, by=SYSTEM) == weak
    assert assign_by_scoring(record=lead, again=True, by=SYSTEM) == best


def test_the_shipped_scorings_come_once():
    first = shipped_scorings(SYSTEM)
    assert {s.kind for s in first} == {"lead", "opportunity", "account", "case", "email", "activity"}
    assert [s.pk for s in shipped_scorings(SYSTEM)] == [s.pk for s in first]


def test_what_waits_goes_to_whoever_gets_room(east):
    someone = given.person("孙", east, limit=0)
    lead_scoring()
    lead = given.lead()
    arrive()
    lead.refresh_from_db()
    assert lead.owner is None
    set_capacity(person=someone, kind="lead", limit=1, by=SYSTEM)
    arrive()
    lead.refresh_from_db()
    assert lead.owner == someone


def test_what_waits_goes_to_whoever_finishes_something(east):
    someone = given.person("孙", east, limit=1)
    held = given.lead(name="Held", owner=someone)
    lead_scoring()
    lead = given.lead()
    arrive()
    told = Entry.objects.filter(name="automation.work_left_over", mentions__object_id=lead.pk).count()
    disqualify_lead(lead=held, reason="no_need", by=SYSTEM)
    arrive()
    lead.refresh_from_db()
    assert lead.owner == someone
    after = Entry.objects.filter(name="automation.work_left_over", mentions__object_id=lead.pk).count()
    assert after == told


def test_every_event_that_gives_another_look_is_known():
    from kinflow.automation.assignments.waiting import another_look
    from kinflow.eventlog.event import registry

    assert set(another_look.handlers) <= set(registry)


def test_many_that_arrive_at_once_are_given_out_together(east):
    someone = given.person("孙", east, limit=18)
    boss = given.person("周", east, roles=("team_lead",))
    lead_scoring()
    leads = [given.lead(name=f"Customer {n}") for n in range(24)]
    arrive()
    assert Lead.objects.filter(owner=someone).count() == 18
    left = Entry.objects.filter(name="automation.work_left_over", mentions__kind="lead")
    assert left.count() == 6
    assert left.filter(mentions__role="told", mentions__object_id=boss.pk).count() == 1
    commands = Entry.objects.filter(name="sales.lead_assigned").values("command_id").distinct()
    assert commands.count() == 1
    assert arrive() is not None
    assert left.count() == 6
    assert leads


def test_a_batch_does_not_return_what_somebody_handed_back(east):
    feed = given.skill()
    best = given.person("孙", east, skills={feed: 5})
    second = given.person("陈", east)
    lead_scoring()
    lead = given.lead(product=given.pump(feed))
    arrive()
    lead.refresh_from_db()
    hand_back(record=lead, reason="cousin", by=given.actor(best))
    outcome = assign_batch("lead", [lead.pk], by=SYSTEM)
    assert outcome.given == {lead.pk: second.pk}


def test_a_burst_of_finished_work_is_looked_at_once(east, monkeypatch):
    from kinflow.automation.assignments import waiting

    given.person("孙", east)
    lead_scoring()
    leads = [given.lead() for _number in range(3)]
    arrive()
    looks = []
    monkeypatch.setattr(waiting, "look_again", lambda kind, entry: looks.append((kind, entry.pk)))
    for lead in leads:
        disqualify_lead(lead=lead, reason="no_need", by=SYSTEM)
    arrive()
    assert looks == [("lead", Entry.objects.filter(name="sales.lead_disqualified").latest("pk").pk)]


def test_work_for_a_customer_is_the_work_and_not_the_customer(east):
    account = add_account(name="华成泵站", by=SYSTEM)
    task = plan_activity(kind="task", subject="Call them", account=account, by=SYSTEM)
    entry = Entry.objects.get(name="customers.activity_planned")
    for order in (1, -1):  # mentions have none
        entry.mentioned = list(entry.mentions.order_by("pk"))[::order]
        assert item_of_entry(entry) == task
