"""Event sub-processes in operation: what begins them, what they end and tell, what people see and may do with them."""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from kinflow.automation.clock.models import Moment
from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid
from kinflow.processes.deployments.running import waiting_by_element
from kinflow.processes.execution.actions import move_token, skip_step, start_process
from kinflow.processes.execution.batch import Batch
from kinflow.processes.execution.going_on import Happened, go_on
from kinflow.processes.execution.models import ProcessWait
from kinflow.processes.execution.showing import standings
from kinflow.sales.leads.actions import change_lead
from tests.automation.given import lead
from tests.processes.deployments.test_moving import changed, move

from .given import DAY, at, by_of, design, follow, owner
from .test_instances import finish

pytestmark = pytest.mark.django_db
ON_CHANGE = {"event": "sales.lead_changed"}
WATCHED = (
    "s start; a task; t border timer on=a; b task; w sub by_event; w.s start {how}; w.c task",
    "s a; a b; t b; w.s w.c",
)


@pytest.fixture
def me():
    return owner()


def watched(me, how="message", bindings=None):
    """A design that does a task, unless or beside that something happens; an instance of it, and its lead."""
    bindings = {"t": DAY, "w.s": ON_CHANGE} if bindings is None else bindings
    made = design(me, WATCHED[0].format(how=how), WATCHED[1], bindings)
    about = lead(owner=me)
    return start_process(design=made, about=about, by=by_of(me)), about


def told_of(name):
    return [entry.data for entry in Entry.objects.filter(name=f"processes.process_{name}").order_by("pk")]


def test_a_message_takes_back_the_task_and_the_timer_of_what_it_interrupts(me):
    started, about = watched(me)
    assert (at(started), Moment.objects.filter(handler="processes.timer").count()) == (["a", "w.s"], 1)
    change_lead(lead=about, changes={"notes": "otherwise"}, by=SYSTEM)
    follow()
    assert at(started) == ["w", "w.c"]
    tasks = Activity.objects.order_by("pk").values_list("subject", "status")
    assert list(tasks) == [("a", "cancelled"), ("w.c", "planned")]
    assert not Moment.objects.filter(handler="processes.timer").exists()
    assert not ProcessWait.objects.exists()
    (told,) = told_of("event_caught")
    assert (told["step"], told["happened"], told["ended"]) == ("w", "w.s", ["a"])
    finish()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("done", [])


def test_one_that_lets_the_rest_go_on_comes_with_each_message_and_ends_with_it(me):
    started, about = watched(me, "message lets")
    for notes in ("one", "two"):
        change_lead(lead=about, changes={"notes": notes}, by=SYSTEM)
        follow()
    assert at(started) == ["a", "w", "w", "w.c", "w.c", "w.s"]
    assert Activity.objects.filter(status="cancelled").count() == 0
    for task in ("w.c", "a", "b", "w.c"):
        open_one = Activity.objects.filter(subject=task, status="planned")[:1].get()
        finish_activity(activity=open_one, result="done", by=SYSTEM)
        follow()
    started.refresh_from_db()
    assert (started.state, ProcessWait.objects.count()) == ("done", 0)


def test_a_time_runs_while_its_scope_goes_on(me):
    started, _about = watched(
        me, "timer lets", {"t": DAY, "w.s": {"duration": {"amount": 1, "unit": "hours"}}}
    )
    follow(timezone.now() + timedelta(hours=2))
    assert at(started) == ["a", "w", "w.c"]
    (moment,) = Moment.objects.filter(handler="processes.timer")
    assert moment.key.endswith(":t")


def test_a_condition_that_holds_already_begins_it_at_once(me):
    started, _about = watched(
        me, "conditional", {"t": DAY, "w.s": {"condition": {"field": "need", "op": "is_filled"}}}
    )
    assert at(started) == ["w", "w.c"]


def test_an_error_is_taken_by_its_own_scope_before_the_border(me):
    made = design(
        me,
        "s start; u sub; u.s start; u.a task; u.e end error; u.w sub by_event; u.w.s start error; u.w.c task;"
        "t border error on=u; c task; e end",
        "s u; u.s u.a; u.a u.e; u e; t c; c e; u.w.s u.w.c",
    )
    started = start_process(design=made, about=lead(), by=by_of(me))
    finish()
    assert at(started) == ["u", "u.w", "u.w.c"]


def test_dying_in_the_middle_of_an_interruption_leaves_nothing_of_it(me):
    started, _about = watched(me)
    listens = started.tokens.get(node="w.s").number
    before = (Entry.objects.count(), list(ProcessWait.objects.values_list("node")), Moment.objects.count())
    with mock.patch.object(Batch, "_write_waits", side_effect=MemoryError), pytest.raises(MemoryError):
        go_on(happenings=[Happened(started.pk, listens)], by=SYSTEM)
    after = (Entry.objects.count(), list(ProcessWait.objects.values_list("node")), Moment.objects.count())
    assert (at(started), before) == (["a", "w.s"], after)
    assert list(Activity.objects.values_list("subject", "status")) == [("a", "planned")]
    twice = [Happened(started.pk, listens), Happened(started.pk, listens)]
    assert go_on(happenings=twice, by=SYSTEM) == 1
    assert at(started) == ["w", "w.c"]


def test_what_listens_is_shown_but_neither_counted_nor_skipped_nor_moved(me):
    started, _about = watched(me)
    listens = next(s for s in standings(started, by_of(me)) if s.token.state == "listens")
    assert (listens.told, listens.can_skip, listens.targets) == (
        "Listens: begins a part of its own when it happens.", False, (),
    )  # fmt: skip
    counted = waiting_by_element(started.design, started.number, timezone.now())
    assert [each.element for each in counted] == ["a"]
    number = listens.token.number
    with pytest.raises(Conflict):
        skip_step(processinstance=started, token=number, reason="x", by=by_of(me))
    with pytest.raises(Conflict):
        move_token(processinstance=started, token=number, to="b", reason="x", by=by_of(me))
    task = started.tokens.get(node="a").number
    with pytest.raises(Invalid):
        move_token(processinstance=started, token=task, to="w", reason="x", by=by_of(me))


def test_instances_that_go_to_another_version_listen_as_that_does(me):
    started, about = watched(me)
    after = (
        "s start; a task; b task; v sub by_event; v.s start message; v.d task; x sub by_event; x.s start timer; x.c task",
        "s a; a b; v.s v.d; x.s x.c",
    )
    made = changed(me, started.design, after, {"v.s": ON_CHANGE, "x.s": DAY})
    assert move(me, made, started.number).moved == 1
    assert at(started) == ["a", "v.s", "x.s"]
    change_lead(lead=about, changes={"notes": "otherwise"}, by=SYSTEM)
    follow()
    assert at(started) == ["v", "v.d"]
    made = changed(
        me, made, (f"{after[0]}; z task", after[1].replace("a b", "a z; z b")), {"v.s": ON_CHANGE, "x.s": DAY}
    )
    started.refresh_from_db()
    assert move(me, made, started.number).moved == 1
    assert at(started) == ["v", "v.d"]


def test_what_could_not_begin_is_stuck_where_it_was_heard_and_is_tried_again(me):
    made = design(
        me,
        "s start; a task; w sub by_event; w.s start message; w.x xor; w.c task; w.d task",
        "s a; w.s w.x; w.x w.c; w.x w.d",
        {
            "w.s": ON_CHANGE,
            "w.x_w.c": {"condition": {"field": "notes", "op": "contains", "value": "go"}},
            "w.x_w.d": {"condition": {"field": "notes", "op": "contains", "value": "went"}},
        },
    )
    about = lead(owner=me)
    started = start_process(design=made, about=about, by=by_of(me))
    change_lead(lead=about, changes={"notes": "wait"}, by=SYSTEM)
    follow()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("stuck", ["a", "w.s"])
    assert "No condition holds" in started.tokens.get(node="w.s").fault
    change_lead(lead=about, changes={"notes": "go"}, by=SYSTEM)
    follow()
    started.refresh_from_db()
    assert (started.state, at(started)) == ("running", ["w", "w.c"])
