"""Versions go live: for all, for a share with a comparison, by a condition, in shadow; each record keeps its group."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.automation.clock import run_due
from kinflow.automation.messages.models import Message
from kinflow.customers.activities.actions import finish_activity, plan_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, Refused
from kinflow.processes.deployments.actions import (
    check_guards,
    deploy,
    give_to_all,
    place_record,
    return_deployment,
    switch_guards,
)
from kinflow.processes.deployments.following import act_on
from kinflow.processes.deployments.guards import figures
from kinflow.processes.deployments.models import Deployment, Placement
from kinflow.processes.deployments.placing import drawn
from kinflow.processes.designs.actions import change_design, put_into_operation, remove_design, take_off
from kinflow.processes.execution.actions import Compared, cancel_process, start_process
from kinflow.processes.execution.models import ProcessInstance
from tests.automation.given import lead, person, unit
from tests.automation.rules_given import rule, work
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import MARK_HOT, at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db

IN_CHINA = {"field": "country", "op": "is", "value": "CN"}
ONE = ("s start; a task; e end", "s a; a e")
TWO = ("s start; b task; a task; e end", "s b; b a; a e")


@pytest.fixture
def me():
    return owner()


def two_versions(me, nodes=TWO, bindings=None):
    """A design whose first version is in operation and whose second is not."""
    made = change_design(processdesign=design(me, *ONE), file=bpmn(*nodes), by=by_of(me))
    return change_design(processdesign=made, bindings=bindings, by=by_of(me)) if bindings else made


def deployed(me, made, **how):
    return deploy(processdesign=made, number=made.number, by=by_of(me), **how)


def test_a_share_is_right_stable_and_independent_between_deployments():
    first = [drawn(1, "lead", pk) for pk in range(4_000)]
    assert first == [drawn(1, "lead", pk) for pk in range(4_000)]
    for share in (0.1, 0.5, 0.9):
        part = sum(x < share for x in first) / len(first)
        assert abs(part - share) < 4 * (share * (1 - share) / len(first)) ** 0.5
    both = sum(x < 0.5 and drawn(2, "lead", pk) < 0.5 for pk, x in enumerate(first)) / len(first)
    assert abs(both - 0.25) < 0.03


def test_half_of_the_records_run_by_the_new_version_and_keep_it(me):
    made = two_versions(me)
    running = deployed(me, made, way="share", share=50)
    rows = [lead() for _ in range(12)]
    began = [start_process(design=made, about=row, by=by_of(me)) for row in rows]
    expected = [2 if drawn(running.pk, "lead", row.pk) < 0.5 else 1 for row in rows]
    assert [i.number for i in began] == expected
    again = [start_process(design=made, about=row, by=by_of(me)).number for row in rows]
    assert again == expected
    groups = dict(Placement.objects.values_list("about_id", "group"))
    assert [groups[row.pk] for row in rows] == ["new" if n == 2 else "comparison" for n in expected]
    assert Entry.objects.filter(name="processes.record_placed").count() == 12
    made.refresh_from_db()
    assert made.live_number == 1


def test_a_condition_says_which_records_run_by_the_new_version(me):
    made = two_versions(me)
    deployed(me, made, way="condition", condition={"field": "contact.province", "op": "is", "value": "CN-ZJ"})
    numbers = {
        province: start_process(design=made, about=lead(province=province), by=by_of(me)).number
        for province in ("CN-ZJ", "CN-BJ")
    }
    assert numbers == {"CN-ZJ": 2, "CN-BJ": 1}


def test_records_compared_with_get_no_process_by_hand_nor_by_rule(me):
    made = two_versions(me)
    never = {"field": "contact.province", "op": "is", "value": "CN-BJ"}
    deployed(me, made, way="condition", condition=never, comparison="none")
    about = lead(province="CN-ZJ")
    place_record(design=made, about=about, by=by_of(me))
    with pytest.raises(Compared):
        start_process(design=made, about=about, by=by_of(me))
    rule(me, steps=[{"step": "start_process", "parameters": {"design": str(made.pk)}}])
    lead(province="CN-ZJ")
    work()
    assert not ProcessInstance.objects.exists()
    assert list(Placement.objects.values_list("group", flat=True)) == ["comparison"] * 2


def test_a_trigger_starts_once_for_each_new_record_that_fits(me):
    made = two_versions(me)
    asked = {
        "event": "sales.lead_captured",
        "condition": {"field": "contact.province", "op": "is", "value": "CN-ZJ"},
    }
    before = lead(province="CN-ZJ")
    deployed(me, made, trigger=asked)
    new, other = lead(province="CN-ZJ"), lead(province="CN-BJ")
    for entry in Entry.objects.filter(name="sales.lead_captured").order_by("pk"):
        act_on(entry)
        act_on(entry)
    assert [(i.about_id, i.number) for i in ProcessInstance.objects.all()] == [(new.pk, 2)]
    assert {before.pk, other.pk}.isdisjoint(Placement.objects.values_list("about_id", flat=True))


def test_a_trigger_leaves_alone_what_somebody_started(me):
    made = two_versions(me)
    deployed(me, made, trigger={"event": "sales.lead_captured"})
    start_process(design=made, about=lead(), by=by_of(me))
    act_on(Entry.objects.filter(name="sales.lead_captured").last())
    assert ProcessInstance.objects.count() == 1


def test_a_shadow_does_nothing_and_tells_what_it_would_have_done(me):
    nodes = ("s start; m auto; a task; b task; e end", "s m; m a; a b; b e")
    made = two_versions(me, nodes, {"m": MARK_HOT})
    deployed(me, made, way="shadow")
    about = lead(owner=me)
    real = start_process(design=made, about=about, by=by_of(me))
    shadow = ProcessInstance.objects.get(is_shadow=True)
    assert (real.number, shadow.number, at(real), at(shadow)) == (1, 3, ["a"], ["a"])
    assert Activity.objects.count() == 1
    about.refresh_from_db()
    assert about.notes == ""
    finish_activity(activity=Activity.objects.get(), result="done", by=SYSTEM)
    follow()
    shadow.refresh_from_db()
    assert (shadow.state, Activity.objects.count()) == ("done", 1)
    told = Entry.objects.filter(name="processes.shadow_would_have").order_by("pk")
    assert [e.data["element"] for e in told] == ["m", "a", "b"]
    assert not any(m.kind == "lead" for e in told for m in e.mentioned)


def test_what_watches_ends_with_its_deployment(me):
    made = two_versions(me, ("s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e"))
    running = deployed(me, made, way="shadow")
    real = start_process(design=made, about=lead(), by=by_of(me))
    return_deployment(deployment=running, reason="Seen enough", by=by_of(me))
    run_due(timezone.now())
    assert ProcessInstance.objects.get(is_shadow=True).state == "cancelled"
    real.refresh_from_db()
    assert real.state == "running"


def test_a_version_in_shadow_that_cannot_begin_harms_nothing(me):
    made = two_versions(
        me,
        ("s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e"),
        {
            "x_a": {"condition": {"field": "contact.province", "op": "is", "value": "CN-BJ"}},
            "x_b": {"condition": {"field": "contact.province", "op": "is", "value": "CN-BJ"}},
        },
    )
    deployed(me, made, way="shadow")
    real = start_process(design=made, about=lead(province="CN-ZJ"), by=by_of(me))
    assert at(real) == ["a"]
    assert ProcessInstance.objects.count() == 1
    assert Entry.objects.filter(name="processes.shadow_failed").count() == 1


def test_a_guard_returns_once_with_its_reason_and_tells_the_owner(me):
    made = two_versions(me)
    running = deployed(me, made, guards=[{"figure": "cancelled", "limit": 50, "least": 5}])
    for n in range(5):
        assert not check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM)
        one = start_process(design=made, about=lead(), by=by_of(me))
        assert one.number == 2, n
        cancel_process(processinstance=one, reason="No use", by=by_of(me))
    run_due(timezone.now() + timedelta(hours=1))
    run_due(timezone.now() + timedelta(hours=2))
    made.refresh_from_db()
    running.refresh_from_db()
    assert (made.live_number, running.state) == (1, "returned")
    told = Entry.objects.get(name="processes.guard_returned")
    assert (told.data["figure"], told.data["value"], told.data["cases"]) == ("cancelled", 100, 5)
    assert Message.objects.filter(key=f"guard:{running.pk}", person=me).count() == 1
    assert not check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM)
    assert start_process(design=made, about=lead(), by=by_of(me)).number == 1


def test_a_guard_returns_a_version_whose_instances_get_stuck(me):
    nodes = ("s start; b auto; a task; e end", "s b; b a; a e")
    wrong = {"record_type": "activity", "values": {"subject": "x", "kind": "nonsense"}}
    made = two_versions(me, nodes, {"b": {"do": [{"step": "create_record", "parameters": wrong}]}})
    running = deployed(me, made, guards=[{"figure": "stuck", "limit": 40, "least": 5}])
    for many in range(5):
        assert not check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM), many
        start_process(design=made, about=lead(), by=by_of(me))
    assert check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM)
    running.refresh_from_db()
    told = Entry.objects.get(name="processes.guard_returned").data
    assert (running.state, told["figure"], told["value"], told["cases"]) == ("returned", "stuck", 100.0, 5)


def test_guards_that_are_off_return_nothing_and_only_with_a_reason(me):
    made = two_versions(me)
    running = deployed(me, made, guards=[{"figure": "late", "limit": 0, "least": 5}])
    with pytest.raises(Invalid):
        switch_guards(deployment=running, is_on=False, reason=" ", by=by_of(me))
    rep = person("Qian", unit("West"))
    with pytest.raises(Refused):
        switch_guards(deployment=running, is_on=False, reason="x", by=by_of(rep))
    switch_guards(deployment=running, is_on=False, reason="A known delay", by=by_of(me))
    assert not check_guards(deployment_id=running.pk, now=timezone.now(), by=SYSTEM)
    assert Entry.objects.get(name="processes.guards_switched").data["switched"] == "off"


def test_only_tasks_that_the_process_gave_count_as_overdue(me):
    made = two_versions(me, bindings={"b": {"due": {"amount": 1, "unit": "hours"}}})
    running, about = deployed(me, made), lead(owner=me)
    start_process(design=made, about=about, by=by_of(me))
    now = timezone.now()
    plan_activity(subject="Else", kind="task", about=about, due_at=now + timedelta(minutes=1), by=by_of(me))
    shares = [figures(running, 3, now + timedelta(minutes=m))["late"].value for m in (30, 90)]
    assert shares == [0, 100]


def test_the_new_version_is_given_to_all_or_taken_back(me):
    made = two_versions(me)
    first = deployed(me, made, way="share", share=10)
    give_to_all(deployment=first, by=by_of(me))
    made.refresh_from_db()
    assert made.live_number == 2
    with pytest.raises(Conflict):
        return_deployment(deployment=first, reason="late", by=by_of(me))
    with pytest.raises(Invalid):
        deployed(me, made, way="share", share=10)


def test_one_deployment_runs_and_putting_into_operation_ends_it(me):
    made = two_versions(me)
    first = deployed(me, made, way="share", share=10)
    second = deployed(me, made, way="share", share=20)
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "running")
    put_into_operation(processdesign=made, by=by_of(me))
    assert not Deployment.objects.filter(state="running").exists()
    deployed(me, made)
    take_off(processdesign=made, by=by_of(me))
    made.refresh_from_db()
    assert made.live_number is None
    assert not Deployment.objects.filter(state="running").exists()
    with pytest.raises(Conflict) as refused:
        remove_design(processdesign=made, by=by_of(me))
    assert "out of operation, and starts nothing" in str(refused.value.remedy)


@pytest.mark.parametrize(
    ("how", "pointer"),
    [
        ({"way": "half"}, "/way"),
        ({"way": "share", "share": 0}, "/share"),
        ({"way": "share", "share": 100}, "/share"),
        ({"way": "condition"}, "/condition"),
        ({"way": "condition", "condition": {"field": "nothing", "op": "is", "value": 1}}, "/condition"),
        ({"comparison": "other"}, "/comparison"),
        ({"trigger": {"event": "sales.nothing"}}, "/trigger/event"),
        ({"guards": [{"figure": "mood", "limit": 1}]}, "/guards/0/figure"),
        ({"guards": [{"figure": {}, "limit": 1}]}, "/guards/0/figure"),
        ({"guards": [{"figure": "stuck", "limit": float("nan")}]}, "/guards/0/limit"),
        ({"guards": [{"figure": "stuck", "limit": float("inf")}]}, "/guards/0/limit"),
        ({"way": "share", "share": 101}, "/share"),
        ({"way": "share", "share": float("nan")}, "/share"),
        ({"guards": [{"figure": "stuck", "limit": 1, "least": 1}]}, "/guards/0/least"),
        ({"number": 9}, "/number"),
        ({"condition": IN_CHINA}, "/condition"),
        ({"way": "share", "share": 50, "condition": IN_CHINA}, "/condition"),
        ({"way": "condition", "condition": IN_CHINA, "share": 50}, "/share"),
        ({"trigger": {"event": "sales.lead_captured", "conditon": IN_CHINA}}, "/trigger/conditon"),
        ({"trigger": {"condition": IN_CHINA}}, "/trigger/event"),
        ({"guards": [{"figure": "stuck", "limit": 1, "leest": 50}]}, "/guards/0/leest"),
    ],
)
def test_what_cannot_be_is_named_at_its_place(me, how, pointer):
    made = two_versions(me)
    with pytest.raises(Invalid) as refused:
        deploy(processdesign=made, by=by_of(me), **({"number": 2} | how))
    assert refused.value.errors[0].pointer.startswith(pointer)
    assert not Deployment.objects.exists()


@pytest.mark.parametrize("role", ["representative", "service_agent", "marketer", "team_lead", "auditor"])
def test_only_process_owners_deploy(me, role):
    made = two_versions(me)
    other = person("Qian", unit("West"), roles=(role,))
    with pytest.raises(Refused):
        deploy(processdesign=made, number=2, by=by_of(other))
