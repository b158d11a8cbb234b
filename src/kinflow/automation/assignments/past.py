"""Assignments as the log tells them: why somebody has an item, and who had it before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kinflow.eventlog.models import Entry, Mention
from kinflow.records.faces import registry

from ..said import shown
from .events import AssignmentOverridden, WorkHandedBack, WorkLeftOver


@dataclass(frozen=True)
class Given:
    """One assignment of an item: to whom (None: handed back), by whom, with which card or reason."""

    entry_id: int
    at: datetime
    by: str
    actor_kind: str
    person_id: int | None
    card: Mapping[str, Any]
    reason: str


def assigned_event(kind: str) -> str:
    """The name of the event that says an item of the kind was given to somebody."""
    return f"{registry[kind].model._meta.app_label}.{kind}_assigned"


def last_given(kind: str, ids: Collection[int]) -> dict[int, Given]:
    """The last assignment of each item: two queries, however many there are."""
    mentions = Mention.objects.filter(
        kind=kind, object_id__in=list(ids), role=kind, entry__name=assigned_event(kind)
    )
    latest = dict(mentions.order_by("entry_id").values_list("object_id", "entry_id"))
    entries = Entry.objects.prefetch_related("mentions").in_bulk(list(latest.values()))
    return {pk: given_by(entries[entry_id]) for pk, entry_id in latest.items() if entry_id in entries}


def given_by(entry: Entry) -> Given:
    """The assignment that an entry tells."""
    to = next((m.object_id for m in entry.mentioned if m.role == "person"), None)
    return Given(
        entry.pk,
        entry.at,
        entry.actor_name or entry.actor_id,
        entry.actor_kind,
        to,
        entry.data.get("card") or {},
        shown(entry.data.get("reason") or ""),
    )


def story_of(kind: str, pk: int, *, limit: int = 30) -> list[Entry]:
    """All that the log says of the item's assignments, newest first."""
    names = [assigned_event(kind), AssignmentOverridden.name, WorkHandedBack.name, WorkLeftOver.name]
    about = Mention.objects.filter(kind=kind, object_id=pk, role__in=[kind, "record"], entry__name__in=names)
    found = Entry.objects.filter(pk__in=about.values("entry_id"))
    return list(found.order_by("-pk").prefetch_related("mentions")[:limit])
