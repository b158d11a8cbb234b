"""Rules for tests."""

from datetime import datetime
from typing import Any
from unittest import mock

from django.utils.timezone import now as clock

from kinflow.automation.clock import run_due
from kinflow.automation.rules.actions import add_rule, switch_rule
from kinflow.automation.rules.following import NAME
from kinflow.automation.rules.models import Rule
from kinflow.eventlog.models import Cursor, Entry, Failure
from kinflow.eventlog.readers import handle, readers

from .given import OWNER

CALL = {
    "step": "create_record",
    "parameters": {"record_type": "activity", "values": {"subject": "Call them"}},
}
HOT = {"field": "score", "op": "at_least", "value": 80}


def happens(*names: str) -> dict[str, Any]:
    """The trigger of events."""
    return {"when": "event", "events": list(names)}


def holds(amount: int = 0, unit: str = "minutes", calendar: str = "", **more: Any) -> dict[str, Any]:
    """The trigger of a state that has held for so long."""
    return {"when": "state", "for": {"amount": amount, "unit": unit}, "calendar": calendar, **more}


def rule(owner: Any, *, name: str = "Hot leads", is_on: bool = True, **more: Any) -> Rule:
    """A rule for leads that plans a call, switched on."""
    given: dict[str, Any] = {
        "kind": "lead",
        "trigger": happens("sales.lead_captured"),
        "condition": {},
        "steps": [CALL],
        **more,
    }
    made = add_rule(name=name, owner=owner, by=OWNER, **given)
    return switch_rule(rule=made, is_active=True, by=OWNER) if is_on else made


def work(now: datetime | None = None) -> None:
    """Let the rules read what is new in the log (within the test's transaction), and work off what is due."""
    which, done = readers["automation.rules"], -1
    while (seen := _seen()) != done:
        for entry in Entry.objects.filter(pk__gt=seen, name__in=list(which.handlers)).order_by("pk"):
            with mock.patch("kinflow.automation.rules.following.timezone.now", return_value=now or clock()):
                assert handle(which, entry, clock()), Failure.objects.get().error
            Cursor.objects.update_or_create(pk=NAME, defaults={"entry_id": entry.pk})
        run_due(now or clock())
        done = seen


def _seen() -> int:
    return Cursor.objects.filter(pk=NAME).values_list("entry_id", flat=True).first() or 0
