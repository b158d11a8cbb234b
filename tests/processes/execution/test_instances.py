"""Instances in operation: tasks of people, steps of the program, the clock, conditions; what goes wrong says so."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.utils import timezone

from kinflow.automation.messages.models import Message
from kinflow.customers.activities.actions import cancel_activity, finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused
from kinflow.processes.designs.actions import change_design, put_into_operation, take_off
from kinflow.processes.designs.fitness import NotFitForOperation
from kinflow.processes.designs.kept import forget
from kinflow.processes.execution.actions import (
    cancel_process,
    choose_way,
    move_token,
    retry_step,
    skip_step,
    start_once,
    start_process,
)
from kinflow.processes.execution.models import ProcessInstance, ProcessWait
from kinflow.processes.execution.moving import CannotGoOn
from kinflow.processes.execution.showing import standings
from kinflow.sales.leads.actions import change_lead
from tests.automation.given import lead, person, put, unit
from tests.automation.rules_given import rule, work

from .drawn import bpmn
from .given import DAY, MARK_HOT, at, by_of, design, follow, owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return owner()


APPROVAL = (
    "s start; a task; x xor; ok auto; no task; m xor; e end",
    "s a; a x; x ok; x no default; ok m; no m; m e",
)
APPROVED = {
    "a": {"subject": {"en": "Approve it", "zh-hans": "请审批"}, "kind": "approval", "assign": "owner"},
    "x_ok": {"results": ["approved"]},
    "ok": MARK_HOT,
}


def finish(result: str = "done") -> None:
    """A person finishes the only open task."""
    finish_activity(activity=Activity.objects.get(status="planned"), result=result, by=SYSTEM)
    follow()


def test_a_task_of_a_person_and_what_follows_from_its_result(me):
    made = design(me, *APPROVAL, APPROVED)
    about = lead(owner=me)
    started = start_process(design=made, about=about, by=by_of(me))
    task = Activity.objects.get()
    assert (task.subject, task.kind, task.owner, task.about_id) == ("Approve it", "approval", me, about.pk)
    assert at(started) == ["a"]
    finish("approved")
    started.refresh_from_db()
    about.refresh_from_db()
    assert (started.state, about.notes, at(started)) == ("done", "Looked at", [])
    told = Entry.objects.filter(name__startswith="processes.process_").order_by("pk")
    assert [e.name.removeprefix("processes.process_") for e in told] == [
        "started", "step_began", "step_done", "step_done", "ended",
    ]  # fmt: skip
    assert told[2].caused_by is not None


def test_another_result_takes_the_other_way(me):
    started = start_process(design=design(me, *APPROVAL, APPROVED), about=lead(owner=me), by=by_of(me))
    finish("refused")
    assert at(started) == ["no"]
    assert Activity.objects.filter(status="planned").get().subject == "no"


def test_a_rule_starts_a_process_once_for_each_cause(me):
    made = design(me, "s start; a task; e end", "s a; a e")
    rule(me, steps=[{"step": "start_process", "parameters": {"design": str(made.pk)}}])
    about = lead(owner=me)
    work()
    work()
    started = ProcessInstance.objects.get()
    assert (started.about_kind, started.about_id) == ("lead", about.pk)
    same = start_once(design=made, about=about, key=started.key, by=SYSTEM)
    assert same.pk == started.pk


def test_a_rule_cannot_start_what_is_not_in_operation_or_for_other_records(me):
    made = design(me, "s start; a task; e end", "s a; a e", live=False)
    with pytest.raises(Invalid) as refused:
        rule(me, steps=[{"step": "start_process", "parameters": {"design": str(made.pk)}}])
    assert refused.value.errors[0].pointer == "/steps/0/parameters/design"


def test_a_timer_lets_an_instance_go_on_at_its_time(me):
    made = design(me, "s start; t catch timer; a task; e end", "s t; t a; a e", {"t": DAY})
    started = start_process(design=made, about=lead(), by=by_of(me))
    now = timezone.now()
    follow(now + timedelta(hours=23))
    assert at(started) == ["t"]
    follow(now + timedelta(hours=25))
    assert at(started) == ["a"]


def test_a_task_that_takes_too_long_is_taken_back(me):
    made = design(me, "s start; a task; t border timer on=a; b task; e end", "s a; a e; t b; b e", {"t": DAY})
    started = start_process(design=made, about=lead(), by=by_of(me))
    follow(timezone.now() + timedelta(days=2))
    assert at(started) == ["b"]
    assert list(Activity.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "planned"]
    follow()
    assert at(started) == ["b"]


def test_a_task_done_in_time_takes_its_timer_away(me):
    made = design(
        me,
        "s start; a task; t border timer on=a; b task; c task; e end",
        "s a; a c; c e; t b; b e",
        {"t": DAY},
    )
    started = start_process(design=made, about=lead(), by=by_of(me))
    finish()
    follow(timezone.now() + timedelta(days=2))
    assert at(started) == ["c"]


def test_an_event_of_the_record_or_a_condition_lets_it_go_on(me):
    made = design(
        me,
        "s start; f and; v catch message; c catch conditional; j and; a task; e end",
        "s f; f v; f c; v j; c j; j a; a e",
        {
            "v": {"event": "sales.lead_changed"},
            "c": {"condition": {"field": "notes", "op": "contains", "value": "ready"}},
        },
    )
    about, other = lead(), lead()
    started = start_process(design=made, about=about, by=by_of(me))
    change_lead(lead=other, changes={"notes": "ready"}, by=SYSTEM)
    follow()
    assert at(started) == ["c", "v"]
    change_lead(lead=about, changes={"notes": "soon"}, by=SYSTEM)
    follow()
    assert at(started) == ["c", "j"]
    change_lead(lead=about, changes={"notes": "ready"}, by=SYSTEM)
    follow()
    assert at(started) == ["a"]
    assert not ProcessWait.objects.exists()


def test_a_person_chooses_where_the_model_leaves_it_open(me):
    made = design(me, "s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    assert Message.objects.get().person == me
    number = started.tokens.get().number
    with pytest.raises(Invalid):
        choose_way(processinstance=started, token=number, way="nowhere", by=by_of(me))
    choose_way(processinstance=started, token=number, way="x_b", by=by_of(me))
    assert at(started) == ["b"]
    with pytest.raises(Conflict):
        choose_way(processinstance=started, token=number, way="x_a", by=by_of(me))


WRONG = {"record_type": "activity", "values": {"subject": "x", "kind": "nonsense"}}
FAILS = {"a": {"do": [{"step": "create_record", "parameters": WRONG}]}}


def test_a_step_that_fails_leaves_the_instance_stuck_until_somebody_mends_it(me):
    made = design(me, "s start; a auto; b task; e end", "s a; a b; b e", FAILS)
    started = start_process(design=made, about=lead(), by=by_of(me))
    assert (started.state, at(started)) == ("stuck", ["a"])
    token = started.tokens.get()
    assert token.fault
    assert not Activity.objects.exists()
    assert Message.objects.get().person == me
    retry_step(processinstance=started, token=token.number, by=by_of(me))
    assert ProcessInstance.objects.get().state == "stuck"
    skip_step(processinstance=started, token=token.number, reason="done by hand", by=by_of(me))
    started.refresh_from_db()
    assert (started.state, at(started)) == ("running", ["b"])
    assert Entry.objects.get(name="processes.process_step_skipped").data["reason"] == "done by hand"


def test_no_way_out_of_a_gateway_is_stuck_where_it_came_from_and_goes_on_when_mended(me):
    holds = {"x_ok": {"condition": {"field": "notes", "op": "contains", "value": "ready"}},
             "x_no": {"condition": {"field": "notes", "op": "contains", "value": "never"}}, "ok": MARK_HOT}  # fmt: skip
    nodes, flows = APPROVAL
    made = design(me, nodes, flows.replace(" default", ""), holds)
    about = lead(owner=me)
    started = start_process(design=made, about=about, by=by_of(me))
    finish()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("stuck", ["a"])
    change_lead(lead=about, changes={"notes": "ready"}, by=SYSTEM)
    retry_step(processinstance=started, token=started.tokens.get().number, by=by_of(me))
    started.refresh_from_db()
    assert started.state == "done"


def test_a_cancelled_task_does_not_stop_its_process(me):
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    cancel_activity(activity=Activity.objects.get(), reason="not needed", by=SYSTEM)
    follow()
    started.refresh_from_db()
    assert (at(started), started.results) == (["b"], {"a": "cancelled"})


def test_cancelling_takes_the_tasks_back(me):
    made = design(me, "s start; f and; a task; b task; j and; e end", "s f; f a; f b; a j; b j; j e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    with pytest.raises(Invalid):
        cancel_process(processinstance=started, reason=" ", by=by_of(me))
    cancel_process(processinstance=started, reason="no need", by=by_of(me))
    started.refresh_from_db()
    assert (started.state, at(started)) == ("cancelled", [])
    assert set(Activity.objects.values_list("status", flat=True)) == {"cancelled"}
    with pytest.raises(Conflict):
        cancel_process(processinstance=started, reason="again", by=by_of(me))


def test_an_instance_is_moved_with_a_reason(me):
    made = design(me, "s start; a task; b task; c task; e end", "s a; a b; b c; c e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    token = started.tokens.get().number
    with pytest.raises(Invalid):
        move_token(processinstance=started, token=token, to="nowhere", reason="x", by=by_of(me))
    move_token(processinstance=started, token=token, to="c", reason="known customer", by=by_of(me))
    assert at(started) == ["c"]
    assert Activity.objects.filter(status="cancelled").count() == 1


def test_running_instances_finish_by_their_version(me):
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    changed = change_design(processdesign=made, file=bpmn("s start; a task; e end", "s a; a e"), by=by_of(me))
    put_into_operation(processdesign=changed, by=by_of(me))
    finish()
    assert at(started) == ["b"]
    changed.refresh_from_db()
    assert start_process(design=changed, about=lead(), by=by_of(me)).number == 2


def test_a_design_out_of_operation_starts_nothing(me):
    made = take_off(processdesign=design(me, "s start; a task; e end", "s a; a e"), by=by_of(me))
    with pytest.raises(Invalid):
        start_process(design=made, about=lead(), by=by_of(me))


def test_a_design_calls_another_and_waits_for_it(me):
    inner = design(me, "s start; a task; e end", "s a; a e", name="Inner")
    outer = design(
        me, "s start; c call; b task; e end", "s c; c b; b e", {"c": {"design": inner.pk}}, name="Outer"
    )
    started = start_process(design=outer, about=lead(), by=by_of(me))
    assert at(started) == ["c"]
    finish()
    assert at(started) == ["b"]


def test_designs_that_call_each_other_round_and_round_are_refused(me):
    inner = design(me, "s start; a task; e end", "s a; a e", name="Inner")
    outer = design(me, "s start; c call; e end", "s c; c e", {"c": {"design": inner.pk}}, name="Outer")
    changed = change_design(
        processdesign=inner,
        file=bpmn("s start; c call; e end", "s c; c e"),
        bindings={"c": {"design": outer.pk}},
        by=by_of(me),
    )
    with pytest.raises(NotFitForOperation):
        put_into_operation(processdesign=changed, by=by_of(me))


def test_only_leads_and_process_owners_correct_instances(me):
    rep = person("Qian", unit("West"))
    started = start_process(
        design=design(me, "s start; a task; e end", "s a; a e"), about=lead(owner=rep), by=by_of(rep)
    )
    for correct in (
        lambda: skip_step(processinstance=started, token=1, reason="x", by=by_of(rep)),
        lambda: cancel_process(processinstance=started, reason="x", by=by_of(rep)),
        lambda: start_process(design=started.design, about=lead(owner=me), by=by_of(rep)),
    ):
        with pytest.raises(Refused):
            correct()


def test_what_follows_a_decision_is_the_designs_doing(me):
    inner = design(me, "s start; a task; e end", "s a; a e", name="Inner")
    made = design(
        me,
        "s start; x xor; c call; b task; e end",
        "s x; x c; x b; c e; b e",
        {"c": {"design": inner.pk}},
        name="Outer",
    )
    owner_only = person("Li", unit("North"), roles=("process_owner",))
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    choose_way(processinstance=started, token=started.tokens.get().number, way="x_c", by=by_of(owner_only))
    assert Activity.objects.get().subject == "a"
    assert Entry.objects.get(name="processes.process_way_chosen").actor_id == str(owner_only.pk)


def _gone(kind, plan, given, errors, **how):
    errors.append(FieldError("/bindings/x_b", "The field is gone."))
    return {}


def test_a_version_whose_fields_are_gone_is_stuck_and_can_be_cancelled(me):
    made = design(me, "s start; a task; b task; e end", "s a; a b; b e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    forget()
    with mock.patch("kinflow.processes.designs.kept.read_bindings", _gone):
        finish()
        started.refresh_from_db()
        assert (started.state, at(started)) == ("stuck", ["a"])
        assert "gone" in started.tokens.get().fault
        with pytest.raises(Conflict):
            retry_step(processinstance=started, token=started.tokens.get().number, by=by_of(me))
        cancel_process(processinstance=started, reason="start anew", by=by_of(me))
    assert ProcessInstance.objects.get().state == "cancelled"


def test_what_a_person_said_is_kept_where_it_led_nowhere(me):
    nodes, flows = APPROVAL
    ways = {"x_ok": {"results": ["approved"]}, "x_no": {"condition": NEVER}, "ok": MARK_HOT}
    made = design(me, nodes, flows.replace(" default", ""), ways)
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    with mock.patch(
        "kinflow.processes.execution.tokens.MOST_MOVES", 0
    ):  # as if the model went round and round
        finish("approved")
    started.refresh_from_db()
    assert (started.state, started.results, at(started)) == ("stuck", {"a": "approved"}, ["a"])
    retry_step(processinstance=started, token=started.tokens.get().number, by=by_of(me))
    started.refresh_from_db()
    assert started.state == "done"


NEVER = {"field": "notes", "op": "contains", "value": "never"}


def test_an_event_that_led_nowhere_is_taken_up_where_it_happened_and_leaves_the_task_alone(me):
    made = design(
        me,
        "s start; a task; t border timer on=a lets; x xor; b task; c task; e end",
        "s a; a e; t x; x b; x c; b e; c e",
        {"t": DAY, "x_b": {"condition": NEVER}, "x_c": {"condition": {**NEVER, "value": "ready"}}},
    )
    about = lead()
    started = start_process(design=made, about=about, by=by_of(me))
    follow(timezone.now() + timedelta(days=2))
    token = started.tokens.get()
    assert (token.node, token.happened) == ("a", "t")
    change_lead(lead=about, changes={"notes": "ready"}, by=SYSTEM)
    retry_step(processinstance=started, token=token.number, by=by_of(me))
    started.refresh_from_db()
    assert (started.state, at(started)) == ("running", ["a", "c"])
    assert set(Activity.objects.values_list("status", flat=True)) == {"planned"}


def test_nobody_goes_on_with_what_they_may_not_see(me):
    made = design(me, "s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
    started = start_process(design=made, about=lead(owner=me), by=by_of(me))
    stranger = person("Qian", unit("West"))
    with pytest.raises(Refused):
        choose_way(processinstance=started, token=started.tokens.get().number, way="x_a", by=by_of(stranger))


def test_a_design_whose_owner_left_does_nothing_by_itself(me):
    made = design(me, "s start; a task; b auto; e end", "s a; a b; b e", {"b": MARK_HOT})
    started = start_process(design=made, about=lead(), by=by_of(me))
    me.left_on = date(2026, 1, 1)
    put(rows=[me], by=SYSTEM)
    finish()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("stuck", ["b"])
    assert "left" in started.tokens.get().fault


def test_designs_that_set_themselves_off_are_stuck_with_the_reason(me):
    made = design(
        me,
        "s start; m xor; v catch message; a auto; e end; x xor",
        "s m; m v; v a; a x; x m; x e default",
        {
            "v": {"event": "sales.lead_changed"},
            "a": {
                "do": [
                    {
                        "step": "change_fields",
                        "parameters": {"values": {"notes": "=concat(record.notes, 'x')"}},
                    }
                ]
            },
            "x_m": {"condition": {"field": "need", "op": "is_filled"}},
        },
    )
    about = lead()
    started = start_process(design=made, about=about, by=by_of(me))
    change_lead(lead=about, changes={"notes": "go"}, by=SYSTEM)
    follow()
    started.refresh_from_db()
    assert started.state == "stuck"
    assert "chain" in started.tokens.get().fault


def test_an_error_goes_on_where_it_is_caught_by_its_code(me):
    made = design(
        me,
        "s start; u sub; u.s start; u.a task; u.e end error=late; x border error=gone on=u; y border error=late on=u;"
        "c task; d task; e end",
        "s u; u.s u.a; u.a u.e; u e; x c; y d; c e; d e",
    )
    started = start_process(design=made, about=lead(), by=by_of(me))
    finish()
    assert at(started) == ["d"]


def test_an_instance_whose_record_is_gone_ends(me):
    made = design(me, "s start; a task; e end", "s a; a e")
    started = start_process(design=made, about=lead(), by=by_of(me))
    with mock.patch("kinflow.processes.execution.held.Held.has_record", False):
        finish()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("cancelled", [])


def test_a_task_is_given_as_often_as_the_record_says_until_that_is_enough(me):
    model = ("s start; a task parallel:length(record.need):event.done>=2; b task; e end", "s a; a b; b e")
    started = start_process(design=design(me, *model), about=lead(owner=me), by=by_of(me))
    tasks = list(Activity.objects.filter(status="planned").order_by("pk"))
    assert (at(started), len(tasks)) == (["a"] * 6, len("pumps"))
    finish_activity(activity=tasks[3], result="done", by=SYSTEM)
    follow()
    assert standings(started, by_of(me))[0].told == "Done 1 of 5 times."
    finish_activity(activity=tasks[1], result="done", by=SYSTEM)
    follow()
    assert at(started) == ["b"]
    assert Activity.objects.filter(status="cancelled").count() == 3


def test_a_task_is_given_again_while_its_result_says_so(me):
    model = ('s start; a task loop::event.result="refused"; b task; e end', "s a; a b; b e")
    started = start_process(design=design(me, *model), about=lead(owner=me), by=by_of(me))
    for often in (1, 2):
        finish("refused")
        assert (at(started), standings(started, by_of(me))[0].told.startswith(f"Done {often} time")) == (
            ["a", "a"],
            True,
        )
    finish("approved")
    assert at(started) == ["b"]
    assert Activity.objects.filter(status="done").count() == 3


def test_a_number_of_times_that_is_none_is_said_where_the_instance_would_stand(me):
    made = design(me, "s start; a task sequential:record.score-1; e end", "s a; a e")
    with pytest.raises(CannotGoOn, match="no number from 0 to 1000"):
        start_process(design=made, about=lead(owner=me), by=by_of(me))
