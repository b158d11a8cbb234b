"""Rules act once for each cause, with the permissions of their owner, and say truthfully what they did."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.messages.models import Message
from kinflow.automation.rules.actions import change_rule, restore_rule, switch_rule
from kinflow.automation.rules.live import forget
from kinflow.automation.rules.models import RuleHold, RuleRun
from kinflow.automation.rules.runs import dismiss_run, retry_run, take_back_made
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Cursor, Entry
from kinflow.kit.problem import Conflict, Invalid, Refused
from kinflow.sales.leads.actions import change_lead

from . import given
from .given import OWNER
from .rules_given import CALL, HOT, happens, holds, rule, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()
    yield
    forget()


@pytest.fixture
def chen():
    return given.person("陈", given.unit(), roles=("team_lead",), calendar=given.office_hours())


def scored(score, **more):
    lead = given.lead(**more)
    change_lead(lead=lead, changes={"score": score}, by=SYSTEM)
    return lead


def test_a_rule_acts_once_for_an_event_and_its_entries_name_the_cause(chen):
    made = rule(chen)
    work()
    lead = given.lead()
    work()
    Cursor.objects.filter(pk="automation.rules").update(entry_id=0)  # as if everything were told again
    work()
    assert [r.log for r in RuleRun.objects.all() if r.state != "done"] == []
    activity = Activity.objects.get()
    assert (activity.subject, activity.about_id) == ("Call them", lead.pk)
    entry = Entry.objects.get(name="customers.activity_planned")
    assert (entry.actor_kind, entry.actor_name) == ("rule", "Hot leads v1")
    assert Entry.objects.get(pk=entry.caused_by).name == "sales.lead_captured"
    run = RuleRun.objects.get(rule=made)
    assert (run.state, [line["outcome"] for line in run.log]) == ("done", ["done"])


def test_values_are_worked_out_from_what_the_rule_is_about(chen):
    values = {"subject": "Call about {record.need}", "due_at": "=now + days(2)", "kind": "call"}
    rule(chen, steps=[{"step": "create_record", "parameters": {"record_type": "activity", "values": values}}])
    work()
    given.lead()
    work()
    made = Activity.objects.get()
    assert made.subject == "Call about pumps"
    assert timedelta(days=1) < made.due_at - timezone.now() < timedelta(days=3)


def test_a_rule_without_its_condition_met_does_nothing(chen):
    rule(chen, condition=HOT)
    work()
    given.lead()
    work()
    assert not RuleRun.objects.exists()


def test_a_rule_that_is_off_or_over_another_value_is_not_asked(chen):
    other = rule(chen, name="A", condition={"field": "source", "op": "is", "value": "fair"})
    switch_rule(rule=rule(chen, name="B"), is_active=False, by=OWNER)
    work()
    given.lead()
    work()
    assert not RuleRun.objects.exists()
    assert other.is_active


def test_a_state_fires_when_it_begins_and_again_only_after_it_ended(chen):
    rule(chen, trigger=holds(), condition=HOT)
    work()
    lead = scored(90)
    work()
    change_lead(lead=lead, changes={"score": 95}, by=SYSTEM)
    work()
    assert RuleRun.objects.count() == 1
    change_lead(lead=lead, changes={"score": 10}, by=SYSTEM)
    work()
    assert not RuleHold.objects.exists()
    change_lead(lead=lead, changes={"score": 85}, by=SYSTEM)
    work()
    assert RuleRun.objects.count() == 2


def test_a_state_that_has_held_long_enough_fires_to_the_minute(chen):
    rule(chen, trigger=holds(4, "hours"), condition=HOT)
    work()
    scored(90)
    work()
    since = RuleHold.objects.get().since
    work(since + timedelta(hours=3, minutes=59))
    assert not RuleRun.objects.exists()
    work(since + timedelta(hours=4))
    assert RuleRun.objects.get().state == "done"


def test_a_state_that_ends_in_time_never_fires(chen):
    rule(chen, trigger=holds(4, "hours"), condition=HOT)
    work()
    lead = scored(90)
    work()
    change_lead(lead=lead, changes={"score": 1}, by=SYSTEM)
    work(timezone.now() + timedelta(days=2))
    assert not RuleRun.objects.exists()


def test_passing_time_alone_makes_a_state_hold(chen):
    rule(
        chen, trigger=holds(), condition={"field": "created_at", "op": "more_than_ago", "value": {"days": 7}}
    )
    work()
    lead = given.lead()
    work()
    work(lead.created_at + timedelta(days=6, hours=23, minutes=59))
    assert not RuleRun.objects.exists()
    work(lead.created_at + timedelta(days=7, minutes=1))
    assert RuleRun.objects.get().object_id == lead.pk


def test_records_that_were_there_before_are_taken_in_only_where_asked(chen):
    scored(90)
    rule(chen, name="Quiet", trigger=holds(), condition=HOT)
    eager = rule(chen, name="Eager", trigger=holds(existing=True), condition=HOT)
    work()
    assert [run.rule_id for run in RuleRun.objects.all()] == [eager.pk]


def test_a_schedule_acts_each_day_once_on_all_that_meet_the_condition(chen):
    scored(90), scored(85), scored(10)
    rule(chen, trigger={"when": "schedule", "every": "day", "at": "09:00"}, condition=HOT)
    work()
    tomorrow = timezone.now() + timedelta(days=1)
    work(tomorrow)
    work(tomorrow)
    assert RuleRun.objects.count() == 2
    work(tomorrow + timedelta(days=1))
    assert RuleRun.objects.count() == 4


def test_steps_wait_and_go_one_of_two_ways_by_what_holds_then(chen):
    branch = {"step": "branch", "parameters": {"condition": HOT, "then": [CALL], "otherwise": []}}
    change = {"step": "change_fields", "parameters": {"values": {"source_detail": "seen"}}}
    wait = {"step": "wait", "parameters": {"duration": {"amount": 2, "unit": "hours"}}}
    rule(chen, steps=[wait, branch, change])
    work()
    cold, hot = given.lead(), given.lead()
    work()
    assert {r.state for r in RuleRun.objects.all()} == {"waiting"}
    change_lead(lead=hot, changes={"score": 99}, by=SYSTEM)
    work(timezone.now() + timedelta(hours=3))
    assert [a.about_id for a in Activity.objects.all()] == [hot.pk]
    for lead in (cold, hot):
        lead.refresh_from_db()
        assert lead.source_detail == "seen"
    assert {r.state for r in RuleRun.objects.all()} == {"done"}


def test_a_rule_may_do_only_what_its_owner_may_and_says_so(chen):
    clerk = given.person("孙", given.unit("West"), roles=("auditor",))
    made = rule(clerk)
    work()
    given.lead()
    work()
    run = RuleRun.objects.get()
    assert (run.state, Activity.objects.count()) == ("resting", 0)
    assert "孙" in run.log[-1]["words"]
    assert run.log[-1]["remedy"]
    assert Entry.objects.filter(name="automation.rule_failed").exists()
    assert Message.objects.get().person == clerk
    change_rule(rule=made, changes={"owner": chen}, by=OWNER)
    retry_run(rule=made, run=run, by=OWNER)
    work(timezone.now() + timedelta(minutes=1))
    run.refresh_from_db()
    assert (run.state, Activity.objects.count()) == ("done", 1)
    with pytest.raises(Conflict):
        dismiss_run(rule=made, run=run, by=OWNER)


def test_a_failing_step_is_tried_with_growing_pauses_and_then_rests(chen, monkeypatch):
    from kinflow.automation.steps.create_record import CreateRecord

    def breaks(self, doing):
        raise RuntimeError("no luck")

    monkeypatch.setattr(CreateRecord, "run", breaks)
    rule(chen)
    work()
    given.lead()
    work()
    run = RuleRun.objects.get()
    assert (run.state, run.attempts) == ("retrying", 1)
    for hours in range(1, 60, 8):
        work(timezone.now() + timedelta(hours=hours))
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("resting", 6)


def test_rules_that_set_each_other_off_stop_at_the_eighth_step_and_say_why(chen):
    def swings(name, here, there):
        return rule(
            chen,
            name=name,
            trigger=happens("sales.lead_changed"),
            condition={"field": "source_detail", "op": "is", "value": here},
            steps=[{"step": "change_fields", "parameters": {"values": {"source_detail": there}}}],
        )

    swings("Ping", "a", "b")
    swings("Pong", "b", "a")
    work()
    change_lead(lead=given.lead(), changes={"source_detail": "a"}, by=SYSTEM)
    work()
    states = [run.state for run in RuleRun.objects.order_by("pk")]
    assert states == ["done"] * 8 + ["stopped"]
    assert RuleRun.objects.last().log == [{"outcome": "too_deep"}]


def test_a_rule_that_fires_far_too_often_is_switched_off_and_its_owner_told(chen):
    made = rule(chen, hourly_limit=2)
    work()
    for _n in range(4):
        given.lead()
    work()
    made.refresh_from_db()
    assert (made.is_active, made.stopped_why, Activity.objects.count()) == (False, "too_often", 2)
    assert Entry.objects.get(name="automation.rule_stopped").data["fired"] == 3


def test_what_a_rule_made_wrongly_is_taken_back_unless_somebody_worked_on_it(chen):
    from kinflow.customers.activities.actions import change_activity

    made = rule(chen)
    work()
    given.lead(), given.lead()
    work()
    kept = Activity.objects.first()
    change_activity(
        activity=kept, changes={"subject": "Mine"}, by=replace(OWNER, roles=frozenset({"administrator"}))
    )
    told = take_back_made(rule=made, since=made.created_at, by=OWNER)
    assert told == {"removed": 1, "kept": 1}
    assert list(Activity.objects.all()) == [kept]


def test_a_change_makes_a_version_and_an_earlier_one_can_be_taken_up_again(chen):
    made = rule(chen)
    change_rule(rule=made, changes={"condition": HOT}, seen=1, by=OWNER)
    with pytest.raises(Conflict):
        change_rule(rule=made, changes={"condition": {}}, seen=1, by=OWNER)
    restored = restore_rule(rule=made, number=1, by=OWNER)
    assert (restored.number, restored.versions.get(number=3).condition) == (3, {})


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"trigger": {"when": "never"}}, "/trigger/when"),
        ({"trigger": happens("sales.moon_landed")}, "/trigger/events/0"),
        ({"trigger": holds(), "condition": {}}, "/condition"),
        ({"condition": {"field": "gone", "op": "is", "value": 1}}, "/condition/field"),
        (
            {
                "condition": {
                    "all": [
                        {"field": "stage", "op": "is", "value": "new"},
                        {"field": "stage", "op": "is", "value": "qualified"},
                    ]
                }
            },
            "/condition",
        ),
        ({"steps": []}, "/steps"),
        ({"steps": [{"step": "dance"}]}, "/steps/0/step"),
        (
            {"steps": [{"step": "create_record", "parameters": {"record_type": "activity"}}]},
            "/steps/0/parameters/values/subject",
        ),
        (
            {"steps": [{"step": "change_fields", "parameters": {"values": {"gone": 1}}}]},
            "/steps/0/parameters/values/gone",
        ),
        ({"steps": [{"step": "wait"}]}, "/steps/0/parameters/duration"),
        (
            {
                "trigger": happens("sales.lead_changed"),
                "steps": [{"step": "change_fields", "parameters": {"values": {"source_detail": "x"}}}],
            },
            "/condition",
        ),
        ({"trigger": holds(4, "months", "owner"), "condition": HOT}, "/trigger/for/unit"),
        ({"trigger": holds(4, "hours", "999999"), "condition": HOT}, "/trigger/calendar"),
    ],
)
def test_what_can_never_work_is_refused_when_it_is_kept(chen, more, pointer):
    with pytest.raises(Invalid) as refused:
        rule(chen, **more)
    assert pointer in [e.pointer for e in refused.value.errors]


def test_only_an_administrator_lets_a_rule_act_as_one(chen):
    from kinflow.automation.rules.actions import add_rule
    from kinflow.organisation.users.actors import actor_of_person

    admin = given.person("王", given.unit("Top"), roles=("administrator",))
    owner = actor_of_person(given.person("李", given.unit("Process"), roles=("process_owner",)))
    with pytest.raises(Refused):
        add_rule(
            kind="lead",
            name="Mighty",
            trigger=happens("sales.lead_captured"),
            steps=[CALL],
            owner=admin,
            by=owner,
        )


def test_working_time_is_counted_by_the_calendar_of_the_owner(chen):
    from datetime import UTC, datetime

    from kinflow.automation.rules.triggers import Trigger
    from kinflow.automation.rules.working_time import due_after

    friday = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai, an hour before the end
    four = Trigger("state", held={"amount": 4, "unit": "hours"}, calendar="owner")
    assert due_after(friday, four, given.lead(owner=chen), chen) == datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
    two_days = Trigger("state", held={"amount": 2, "unit": "days"}, calendar="owner")
    assert due_after(friday, two_days, given.lead(), chen) == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
