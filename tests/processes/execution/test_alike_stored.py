"""Whether moves are made out once for all or made by each instance, rows, timers and the log are the same."""

from contextlib import ExitStack
from unittest import mock

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.following import act_on_all, time_is_up
from kinflow.sales.leads.actions import contact_lead
from tests.automation.given import lead

from .given import DAY, at, by_of, design, owner, rows_of
from .test_batches import changed

BY_ITSELF = ("going_on.moved_alike", "moving.moved_alike")
NODES = "s start; v catch message; t catch timer; x xor; w catch message; u catch message; f sub; f.s start; "
NODES += "f.a catch message; f.e end; b border on=f timer; e end"
FLOWS = "s v; v x; x t; x w; t f; w f; f u; u e; b u; f.s f.a; f.a f.e"
BOUND = {
    "v": {"event": "sales.lead_changed"},
    "t": DAY,
    "b": DAY,
    "w": {"event": "sales.lead_changed"},
    "f.a": {"event": "sales.lead_changed"},
    "u": {"event": "sales.lead_contacted"},
    "x_w": {"condition": {"field": "notes", "op": "contains", "value": "go"}},
    "x_t": {"condition": {"field": "notes", "op": "contains", "value": "wait"}},
}


@pytest.mark.django_db
@pytest.mark.parametrize("notes", ["go", "wait", "stay"])
def test_in_the_database_and_the_log_both_are_the_same(notes) -> None:
    me = owner()
    made = design(me, NODES, FLOWS, BOUND)
    both = []
    for is_alike in (True, False):
        with ExitStack() as stack:
            for name in () if is_alike else BY_ITSELF:
                stack.enter_context(mock.patch(f"kinflow.processes.execution.{name}", return_value=False))
            about = lead()
            one = start_process(design=made, about=about, by=by_of(me))
            act_on_all(changed(about, notes=notes))
            stood = [at(one)]
            for token in one.tokens.filter(node="t"):
                time_is_up([{"instance": one.pk, "token": token.number, "node": "t"}], timezone.now())
            act_on_all(changed(about, notes=f"{notes} on"))
            act_on_all(changed(about, notes=f"{notes} once more"))
            stood.append(at(one))
            contact_lead(lead=about, note="", by=SYSTEM)
            act_on_all([Entry.objects.filter(name="sales.lead_contacted").latest("pk")])
            both.append((stood, rows_of(one)))
    assert both[0] == both[1]
    assert both[0][1][0] == ("stuck" if notes == "stay" else "done")
