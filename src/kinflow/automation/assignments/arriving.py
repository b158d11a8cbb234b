"""Work that arrives finds its person: a reader of the log, within the worker's next look."""

import logging

from django.db.models import Model
from django.utils import timezone

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.records.faces import registry

from ..scorings.models import Scoring
from ..scorings.using import scorings_for
from .actions import assign_by_scoring, is_open
from .events import WorkHandedBack

log = logging.getLogger(__name__)
arrivals = reader("automation.arrivals")
NOBODY_SCORES = Actor("rule", "no-scoring", "Kinflow")


def rule_actor(scoring: Scoring | None, entry: Entry) -> Actor:
    """The scoring as who acts, because of the entry."""
    who = Actor("rule", f"scoring:{scoring.pk}", scoring.name) if scoring else NOBODY_SCORES
    return who.because_of(entry.pk, entry.depth)


def item_of_entry(entry: Entry) -> Model | None:
    """The work item an entry is about: the one mentioned in the role of its kind (or as "record")."""
    for mention in entry.mentions.all():
        face = registry.get(mention.kind)
        if face is not None and face.work is not None and mention.role in (mention.kind, "record"):
            found: Model | None = face.model._default_manager.filter(pk=mention.object_id).first()
            return found
    return None


def assign_arrival(entry: Entry) -> None:
    """Give the item that arrived its person, unless it has one, is closed, or is gone."""
    row = item_of_entry(entry)
    if row is None or getattr(row, "owner_id", None) or not is_open(row):
        return
    scoring = scorings_for(str(row._meta.model_name), [row.pk]).get(row.pk)
    assign_by_scoring(record=row, scoring=scoring, now=timezone.now(), by=rule_actor(scoring, entry))


def follow_arrivals() -> None:
    """Follow the arrivals that all kinds of work name, and items that are handed back."""
    names = {n for face in registry.values() if face.work is not None for n in face.work.arrivals}
    arrivals.on(*sorted({*names, WorkHandedBack.name} - set(arrivals.handlers)))(assign_arrival)
