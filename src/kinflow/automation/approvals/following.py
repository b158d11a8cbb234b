"""Whoever is asked may leave: then others are asked."""

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.organisation.people.events import PersonLeft

from ..rules.live import rule_actor
from .answering import hand_on_approval
from .models import OPEN, Approval

it = reader("automation.approvals")


@it.on(PersonLeft.name)
def ask_others(entry: Entry) -> None:
    """Ask others what somebody who leaves was asked."""
    ids = [m.object_id for m in entry.mentioned if m.role == "person"]
    rows = Approval.objects.filter(person__in=ids, state=OPEN).select_related("run__rule")
    for approval in rows.order_by("pk"):
        rule: Actor = rule_actor(approval.run.rule, approval.run.number)
        hand_on_approval(approval=approval, by=rule.because_of(entry.pk, entry.depth))
