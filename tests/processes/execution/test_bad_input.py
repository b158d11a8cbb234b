"""What files and designs could do to the program, and do not: scripts, loops without an end."""

import pytest

from kinflow.automation.clock.models import Moment
from kinflow.customers.activities.actions import finish_activity
from kinflow.customers.activities.models import Activity
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation
from kinflow.processes.execution.actions import cancel_process, skip_step, start_process
from kinflow.processes.execution.going_on import Happened, go_on
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.moving import CannotGoOn
from tests.automation.given import lead

from .drawn import bpmn
from .given import MARK_HOT, by_of, design, follow, owner

pytestmark = pytest.mark.django_db
ROUND = {"a": MARK_HOT, "x_e": {"condition": {"field": "score", "op": "at_least", "value": 99}}}
"""Of a loop through the gateway x, which is never left."""


def test_a_script_is_never_run_what_its_task_is_bound_to_is_done():
    me, about = owner(), lead()
    file = bpmn("s start; a scriptTask; e end", "s a; a e").replace(
        b'name="a">', b'name="a"><script>raise SystemExit("run")</script>'
    )
    assert b"SystemExit" in file
    made = add_design(file=file, kind="lead", name="Scripted", by=by_of(me))
    made = change_design(processdesign=made, bindings={"a": MARK_HOT}, by=by_of(me))
    started = start_process(
        design=put_into_operation(processdesign=made, by=by_of(me)), about=about, by=by_of(me)
    )
    about.refresh_from_db()
    assert (started.state, about.notes) == ("done", "Looked at")


def test_a_loop_that_never_waits_begins_nothing_and_leaves_nothing():
    me, about = owner(), lead()
    made = design(
        me,
        "s start; m xor; a auto; x xor; e end",
        "s m; m a; a x; x m default; x e",
        ROUND,
    )
    with pytest.raises(CannotGoOn, match="without ever waiting"):
        start_process(design=made, about=about, by=by_of(me))
    about.refresh_from_db()
    assert (ProcessInstance.objects.count(), Moment.objects.count(), about.notes) == (0, 0, "")


def test_a_loop_that_begins_while_running_is_stuck_and_told_and_nothing_of_it_is_left():
    me, about = owner(), lead()
    made = design(
        me,
        "s start; w task; m xor; a auto; x xor; e end",
        "s w; w m; m a; a x; x m default; x e",
        ROUND,
    )
    started = start_process(design=made, about=about, by=by_of(me))
    finish_activity(activity=Activity.objects.get(), by=by_of(me))
    follow()
    started.refresh_from_db()
    about.refresh_from_db()
    token = started.tokens.get()
    assert (started.state, token.node, about.notes) == ("stuck", "w", "")
    assert "without ever waiting" in token.fault
    assert "Change the design" in token.remedy


def test_what_comes_for_an_instance_that_has_ended_changes_nothing_and_a_person_is_told():
    me, about = owner(), lead()
    made = design(me, "s start; m catch message; e end", "s m; m e", {"m": {"event": "sales.lead_contacted"}})
    started = start_process(design=made, about=about, by=by_of(me))
    number = started.tokens.get().number
    cancel_process(processinstance=started, reason="No use", by=by_of(me))
    told = Entry.objects.count()
    assert go_on(happenings=[Happened(started.pk, number, "m")], by=SYSTEM) == 0
    assert Entry.objects.count() == told
    with pytest.raises(Conflict, match="has ended") as refused:
        skip_step(processinstance=started, token=number, reason="Too late", by=by_of(me))
    assert refused.value.remedy
