"""Whoever is asked may leave: then others are asked."""

from django.utils import timezone

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.organisation.people.events import PersonLeft

from ..rules.running import go_on_at
from .models import OPEN, Approval

it = reader("automation.approvals")


@it.on(PersonLeft.name)
def wake_runs(entry: Entry) -> None:
    """Have the runs go on that wait for somebody who leaves: their steps ask others."""
    ids = [m.object_id for m in entry.mentioned if m.role == "person"]
    waiting = Approval.objects.filter(person__in=ids, state=OPEN).exclude(run=None).order_by("run_id")
    for run_id in waiting.values_list("run_id", flat=True):
        go_on_at(run_id, timezone.now())
