"""What ties people to customers: who owns or owned them, works with them, won their orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min

from kinflow.eventlog.models import Mention
from kinflow.records.faces import registry

from .situation import Situation


@dataclass
class Tie:
    """What one person had to do with one customer; `since` is the first time."""

    owns: bool = False
    owned: bool = False
    activities: int = 0
    won: int = 0
    since: datetime | None = None

    def from_then(self, at: datetime | None) -> None:
        """It reaches back to `at` at least."""
        if at is not None and (self.since is None or at < self.since):
            self.since = at


Ties = dict[tuple[str, int, int], Tie]
"""By ("account" or "contact", its id, the person's id)."""


def load_ties(situation: Situation, years: int) -> Ties:
    """All ties between the items' customers and people in the last years: four queries for each of both kinds."""
    ties: Ties = {}
    since = situation.now - timedelta(days=365 * years)
    for kind, ids in (
        ("account", {i.account_id for i in situation.items if i.account_id}),
        ("contact", {i.contact_id for i in situation.items if i.contact_id}),
    ):
        if ids:
            _owners(ties, kind, ids)
            _earlier_owners(ties, kind, ids, since)
            _activities(ties, kind, ids, since)
            _won(ties, kind, ids, since)
    return ties


def _tie(ties: Ties, kind: str, customer: int, person: int) -> Tie:
    return ties.setdefault((kind, customer, person), Tie())


def _owners(ties: Ties, kind: str, ids: set[int]) -> None:
    rows: Any = registry[kind].model._default_manager.filter(pk__among=list(ids), owner__isnull=False)
    for pk, owner_id, at in rows.values_list("pk", "owner_id", "assigned_at"):
        tie = _tie(ties, kind, pk, owner_id)
        tie.owns = True
        tie.from_then(at)


def _earlier_owners(ties: Ties, kind: str, ids: set[int], since: datetime) -> None:
    """Whoever the log says the customer was given to."""
    given = Mention.objects.filter(
        kind=kind, object_id__among=list(ids), entry__name=f"customers.{kind}_assigned", entry__at__gte=since
    )
    entries = {
        entry_id: (pk, at) for entry_id, pk, at in given.values_list("entry_id", "object_id", "entry__at")
    }
    people = Mention.objects.filter(kind="person", role="person", entry_id__among=list(entries))
    for entry_id, person_id in people.values_list("entry_id", "object_id"):
        customer, at = entries[entry_id]
        tie = _tie(ties, kind, customer, person_id)
        tie.owned = True
        tie.from_then(at)


def _activities(ties: Ties, kind: str, ids: Iterable[int], since: datetime) -> None:
    if "activity" not in registry:
        return
    rows: Any = registry["activity"].model._default_manager.filter(
        **{f"{kind}_id__among": list(ids)}, owner__isnull=False, status="done", created_at__gte=since
    )
    grouped = rows.order_by().values_list(f"{kind}_id", "owner_id")
    for customer, person, n, first in grouped.annotate(n=Count("pk"), first=Min("created_at")):
        tie = _tie(ties, kind, customer, person)
        tie.activities = n
        tie.from_then(first)


def _won(ties: Ties, kind: str, ids: Iterable[int], since: datetime) -> None:
    if "opportunity" not in registry:
        return
    rows: Any = registry["opportunity"].model._default_manager.filter(
        **{f"{kind}_id__among": list(ids)}, owner__isnull=False, outcome="won", created_at__gte=since
    )
    grouped = rows.order_by().values_list(f"{kind}_id", "owner_id")
    for customer, person, n, first in grouped.annotate(n=Count("pk"), first=Min("created_at")):
        tie = _tie(ties, kind, customer, person)
        tie.won = n
        tie.from_then(first)
