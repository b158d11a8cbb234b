"""Work that arrives finds its person: a reader of the log, within the worker's next look."""

import logging

from django.db.models import Model
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry, Mention
from kinflow.eventlog.readers import reader
from kinflow.records.faces import registry

from ..scorings.models import Scoring
from ..scorings.using import scorings_for
from .actions import assign_by_scoring
from .batch import assign_many
from .events import WorkHandedBack, WorkLeftOver
from .unowned import waiting

log = logging.getLogger(__name__)
arrivals = reader("automation.arrivals")
MANY, TOGETHER = 20, 500
"""From how many on arrivals are given out together, and how many at once."""
NOBODY_SCORES = Actor("rule", "no-scoring", "Kinflow")


def rule_actor(scoring: Scoring | None, entry: Entry | None) -> Actor:
    """The scoring as who acts, because of the entry; None where time is the cause."""
    who = Actor("rule", f"scoring:{scoring.pk}", scoring.name) if scoring else NOBODY_SCORES
    return who.because_of(entry.pk, entry.depth) if entry is not None else who


def item_of_entry(entry: Entry) -> Model | None:
    """The work item an entry is about: the one mentioned in the role of its kind (or as "record").

    Of several the one that the event is named after: an activity is planned for an account that is work, too.
    """
    told = entry.name.partition(".")[2]
    items = [m for m in entry.mentioned if m.role in (m.kind, "record") and _is_work(m.kind)]
    mention = min(items, key=lambda m: not told.startswith(f"{m.kind}_"), default=None)
    if mention is None:
        return None
    found: Model | None = registry[mention.kind].model._default_manager.filter(pk=mention.object_id).first()
    return found


def _is_work(kind: str) -> bool:
    face = registry.get(kind)
    return face is not None and face.work is not None


def assign_arrival(entry: Entry) -> None:
    """Give the item that arrived its person, unless it has one, is closed, or is gone.

    Where many arrive at once (an import), they are given out together, to the optimum; the entries that follow then
    find theirs done.
    """
    row = item_of_entry(entry)
    if row is None or not waiting(str(row._meta.model_name)).filter(pk=row.pk).exists():
        return
    if _is_left_over(row, entry):
        return
    together = _arrived_with(row)
    if len(together) >= MANY:
        _assign_together(str(row._meta.model_name), together, entry)
        return
    scoring = scorings_for(str(row._meta.model_name), [row.pk]).get(row.pk)
    assign_by_scoring(record=row, scoring=scoring, now=timezone.now(), by=rule_actor(scoring, entry))


def _is_left_over(row: Model, entry: Entry) -> bool:
    """Whether nobody was found for the item since the entry."""
    told = Mention.objects.filter(
        kind=row._meta.model_name, object_id=row.pk, role="record", entry__name=WorkLeftOver.name
    )
    return told.filter(entry_id__gt=entry.pk).exists()


def _arrived_with(row: Model) -> list[int]:
    """The item and those that came in after it and are nobody's, at most `TOGETHER`."""
    later = waiting(str(row._meta.model_name)).filter(pk__gte=row.pk)
    return list(later.values_list("pk", flat=True)[:TOGETHER])


def _assign_together(kind: str, ids: list[int], entry: Entry) -> None:
    chosen = scorings_for(kind, ids)
    groups: dict[int | None, list[int]] = {}
    for pk in ids:
        groups.setdefault(chosen[pk].pk if pk in chosen else None, []).append(pk)
    for members in groups.values():
        by = rule_actor(chosen.get(members[0]), entry)
        assign_many(kind=kind, ids=members, now=timezone.now(), by=by)


def follow_arrivals() -> None:
    """Follow the arrivals that all kinds of work name, and items that are handed back."""
    names = {n for face in registry.values() if face.work is not None for n in face.work.arrivals}
    arrivals.on(*sorted({*names, WorkHandedBack.name} - set(arrivals.handlers)))(assign_arrival)
