"""What the pool's page shows: what lies there, what is mine of it, and what a policy would send back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kinflow.organisation.people.models import Person
from kinflow.records.faces import RecordType, face_of, registry

from ..offers.queries import on_offer
from .models import Pool, PoolHolding
from .policy import Policy, protected_until
from .touches import untouched
from .using import items_of, policy_of

PAGE = 50
MOST_COUNTED = 10_000
MOST_MINE = 200


@dataclass(frozen=True)
class Lying:
    """One item in a pool: since when it lies there, who had it last, and until when the reader may not claim it."""

    row: Any
    title: str
    subtitle: str
    since: datetime
    former: str
    locked_until: datetime | None = None


def lying_in(pool: Pool, filters: Mapping[str, str], now: datetime) -> QuerySet[Any]:
    """What lies in the pool and meets the filters (`q`, `industry`, `province`), the newest first."""
    rows = items_of(pool, now).filter(owner=None).exclude(on_offer(pool.kind)).order_by("-pk")
    known = {f.name for f in rows.model._meta.get_fields()}
    text = filters.get("q", "").strip()[:100]
    if text:
        wanted = Q()
        for column in ("name", "need", "account__name"):
            if column.partition("__")[0] in known:
                wanted |= Q(**{f"{column}__icontains": text})
        rows = rows.filter(wanted)
    for name in ("industry", "province"):
        if value := filters.get(name, ""):
            rows = rows.filter(**{name if name in known else f"account__{name}": value[:60]})
    return rows


def shown(rows: Sequence[Any], person: Person | None, now: datetime) -> list[Lying]:
    """The rows ready to be shown: one query for all of them."""
    if not rows:
        return []
    face = face_of(rows[0])
    ended = PoolHolding.objects.filter(kind=face.name, object_id__in=[row.pk for row in rows])
    last: dict[int, PoolHolding] = {}
    locked: dict[int, datetime] = {}
    for held in ended.exclude(ended_at=None).select_related("person").order_by("pk"):
        last[held.object_id] = held
        if person and held.person_id == person.pk and held.locked_until and held.locked_until > now:
            locked[held.object_id] = held.locked_until
    return [_lying(face, row, last.get(row.pk), locked.get(row.pk)) for row in rows]


def _lying(face: RecordType, row: Any, last: PoolHolding | None, locked: datetime | None) -> Lying:
    since = last.ended_at if last and last.ended_at else row.created_at
    subtitle = str(face.subtitle(row) or "") if face.subtitle else ""
    return Lying(row, str(face.title(row)), subtitle, since, last.person.name if last else "", locked)


@dataclass(frozen=True)
class Mine:
    """One item of mine from a pool: until when it is protected, and when it goes back if nobody works on it."""

    face: RecordType
    row: Any
    title: str
    pool: Pool
    protected_until: datetime
    returns_at: datetime | None

    def days_left(self, now: datetime) -> int:
        """Whole days of protection that are left; 0 when it is over."""
        return max(0, -(-(self.protected_until - now) // timedelta(days=1)))


def mine(person: Person, now: datetime) -> list[Mine]:
    """What the person holds of pools: what goes back first, then what is protected for the shortest time."""
    held = PoolHolding.objects.filter(person=person, ended_at=None, pool__is_active=True)
    rows = list(held.select_related("pool").order_by("-pk")[:MOST_MINE])
    found: list[Mine] = []
    for kind in sorted({one.kind for one in rows}):
        face = registry[kind]
        ids = [one.object_id for one in rows if one.kind == kind]
        items = face.model._default_manager.select_related(*face.with_related).in_bulk(ids)
        found += [
            _mine(face, items[one.object_id], one)
            for one in rows
            if one.kind == kind and one.object_id in items
        ]
    last = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda m: (m.returns_at or last, m.protected_until, m.row.pk))


def _mine(face: RecordType, row: Any, held: PoolHolding) -> Mine:
    until = protected_until(policy_of(held.pool), held.since)
    return Mine(face, row, str(face.title(row)), held.pool, until, held.returns_at)


@dataclass(frozen=True)
class WouldReturn:
    """How many items people have of a pool, and how many of them nobody worked on for as long as a policy says.

    Counted among the `MOST_COUNTED` that people have for the longest time.
    """

    held: int
    neglected: int


def would_return(pool: Pool, policy: Policy, now: datetime) -> WouldReturn:
    """What the policy would send back of what people have now, each after its warning; nothing is written."""
    rows = items_of(pool, now).filter(owner__isnull=False)
    held = rows[:MOST_COUNTED].count()
    if policy.neglect_days is None:
        return WouldReturn(held, 0)
    begun = now - timedelta(days=policy.protected_days)
    old = rows.filter(Q(assigned_at=None) | Q(assigned_at__lt=begun))
    longest = old.order_by("assigned_at", "pk")[:MOST_COUNTED].values("pk")
    looked_at = rows.model._default_manager.filter(pk__in=longest)
    neglected = untouched(looked_at, pool.kind, now - timedelta(days=policy.neglect_days))
    return WouldReturn(held, neglected.count())
