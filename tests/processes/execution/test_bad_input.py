"""What files and designs could do to the program, and do not: scripts, loops without an end."""

import pytest

from kinflow.automation.clock.models import Moment
from kinflow.processes.designs.actions import add_design, change_design, put_into_operation
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.models import ProcessInstance
from kinflow.processes.execution.moving import CannotGoOn
from tests.automation.given import lead

from .drawn import bpmn
from .given import MARK_HOT, by_of, design, owner

pytestmark = pytest.mark.django_db


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
    never = {"condition": {"field": "score", "op": "at_least", "value": 99}}
    made = design(
        me,
        "s start; m xor; a auto; x xor; e end",
        "s m; m a; a x; x m default; x e",
        {"a": MARK_HOT, "x_e": never},
    )
    with pytest.raises(CannotGoOn, match="without ever waiting"):
        start_process(design=made, about=about, by=by_of(me))
    about.refresh_from_db()
    assert (ProcessInstance.objects.count(), Moment.objects.count(), about.notes) == (0, 0, "")
