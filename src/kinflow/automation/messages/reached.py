"""Reached states: which records somebody was told of, and whether anybody has it in hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kinflow.eventlog import Actor
from kinflow.records.access import accesses, may_see, sees_all, visible
from kinflow.records.faces import RecordType, registry

from ..bilingual import in_active_language
from .models import Message

DAYS = 14
MOST = 300
UNREAD, ESCALATED, READ = "unread", "escalated", "read"


@dataclass
class Reached:
    """One record that reached a state once: what was said, by whom, to whom, and who has read it."""

    key: str
    face: RecordType
    row: Any
    subject: str
    by: str
    at: datetime
    urgency: str
    told: list[Message] = field(default_factory=list)

    @property
    def column(self) -> str:
        """In nobody's hands, told to somebody further, or read."""
        if any(m.read_at for m in self.told):
            return READ
        return ESCALATED if any(m.escalated_at for m in self.told) else UNREAD

    @property
    def title(self) -> str:
        """The record's title."""
        return str(self.face.title(self.row))

    @property
    def url(self) -> str:
        """Where the record is."""
        return self.face.url(self.row.pk)

    @property
    def owner(self) -> Any:
        """Who has the record, where records of its kind are somebody's."""
        return getattr(self.row, "owner", None)


def reached(by: Actor, now: datetime) -> list[Reached]:
    """What was reached in the last days and concerns the reader: they were told, or may see the record."""
    rows = Message.objects.filter(created_at__gte=now - timedelta(days=DAYS), object_id__isnull=False)
    rows = _concerning(rows, by).select_related("person").order_by("-pk")[:MOST]
    return _grouped(list(rows), by)


def _concerning(rows: QuerySet[Message], by: Actor) -> QuerySet[Message]:
    seen = Q(person_id=by.person_id or 0)
    for kind in set(rows.order_by().values_list("kind", flat=True)):
        face = registry.get(kind)
        if face is None or kind not in accesses:
            continue
        if sees_all(by, kind):
            seen |= Q(kind=kind)
        else:
            seen |= Q(kind=kind, object_id__in=visible(by, face.model._default_manager.all()).values("pk"))
    return rows.filter(seen)


def _grouped(rows: Sequence[Message], by: Actor) -> list[Reached]:
    records: dict[tuple[str, int], Any] = {}
    for kind in {m.kind for m in rows if m.kind in registry}:
        face = registry[kind]
        ids = [m.object_id for m in rows if m.kind == kind]
        found = face.model._default_manager.filter(pk__in=ids).select_related(*face.with_related)
        records |= {(kind, row.pk): row for row in found if may_see(by, row)}
    groups: dict[str, Reached] = {}
    for message in rows:
        row = records.get((message.kind, message.object_id or 0))
        if row is None:
            continue
        key = message.key.removesuffix(":escalated")
        group = groups.setdefault(
            key,
            Reached(
                key,
                registry[message.kind],
                row,
                in_active_language(message.subject),
                message.by_name,
                message.created_at,
                message.urgency,
            ),
        )
        group.told.append(message)
        group.at = min(group.at, message.created_at)
    return list(groups.values())
