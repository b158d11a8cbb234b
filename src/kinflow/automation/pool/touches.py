"""When people last worked on an item, by the log and by what belongs to it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from kinflow.eventlog.models import Entry, Mention
from kinflow.records.faces import face_of, registry


def _parts(kind: str) -> Iterator[tuple[Any, str]]:
    """What belongs to items of a kind and shows that somebody works on them: model and the column that leads there."""
    for panel in registry[kind].panels:
        part = registry.get(panel.kind)
        if part is None or panel.kind == kind:
            continue
        columns = {f.name: f for f in part.model._meta.get_fields()}
        if panel.via in columns and "changed_at" in columns:
            yield part.model, panel.via


def last_touch(row: Any) -> datetime | None:
    """When a person last did something that the log says of the item, or what belongs to it last changed."""
    kind = face_of(row).name
    by_people = Mention.objects.filter(kind=kind, object_id=row.pk, entry__actor_kind="person")
    newest = by_people.order_by("-entry_id").values_list("entry__at", flat=True).first()
    found = [newest] if newest else []
    for model, via in _parts(kind):
        changed = model._default_manager.filter(**{via: row.pk}).aggregate(at=Max("changed_at"))["at"]
        found += [changed] if changed else []
    return max(found, default=None)


def untouched(rows: QuerySet[Any], kind: str, since: datetime) -> QuerySet[Any]:
    """Those of the rows that nobody worked on since then: what `last_touch` says of each, asked of all at once."""
    first = Entry.objects.filter(at__gte=since).order_by("at").values_list("pk", flat=True)[:1000]
    start = min(first, default=None)
    if start is not None:
        told = Mention.objects.filter(kind=kind, object_id=OuterRef("pk"), entry_id__gte=start)
        rows = rows.exclude(Exists(told.filter(entry__actor_kind="person", entry__at__gte=since)))
    for model, via in _parts(kind):
        changed = model._default_manager.filter(**{via: OuterRef("pk")}, changed_at__gte=since)
        rows = rows.exclude(Exists(changed))
    return rows.filter(Q(assigned_at=None) | Q(assigned_at__lt=since))
