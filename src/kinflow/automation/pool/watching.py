"""Following who gets what: holdings begin and end with the log, and with pools that come into use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.eventlog.recorded import hold
from kinflow.records.faces import registry

from ..assignments.arriving import item_of_entry
from ..assignments.handed_back import was_handed_back
from ..assignments.past import assigned_event
from ..clock import at_moment, set_moment
from .events import PoolAdded, PoolChanged, PoolRestored, PoolSwitchedOn
from .holdings import begin, end, first_look, holding_of
from .models import Pool, PoolHolding
from .policy import KINDS
from .using import active_pools, items_of, policy_of, pools_for

watch = reader("automation.pool")
TAKE_IN = "automation.pool.take_in"
AT_ONCE = 500


def watch_item(entry: Entry) -> None:
    """Somebody got an item, or nobody has it any more: its holding begins or ends."""
    row: Any = item_of_entry(entry)
    if row is None:
        return
    kind = str(row._meta.model_name)
    if not active_pools(kind) and not PoolHolding.objects.filter(kind=kind, object_id=row.pk).exists():
        return
    row = hold(row)
    held = holding_of(row)
    if held is not None and held.person_id != row.owner_id:
        how = "handed_back" if was_handed_back(row, held.person_id, held.since) else "moved"
        end(held, how, timezone.now(), policy_of(held.pool))
        held = None
    if row.owner_id is None or held is not None:
        return
    PoolHolding.objects.filter(kind=kind, object_id=row.pk, is_resting=True).update(is_resting=False)
    pool = pools_for(kind, [row.pk]).get(row.pk)
    if pool is not None:
        begin(pool, row, row.owner, row.assigned_at or timezone.now())


@watch.on(PoolAdded.name, PoolChanged.name, PoolRestored.name, PoolSwitchedOn.name)
def pool_counts(entry: Entry) -> None:
    """A pool came into use, or is another now: what people have of it is looked at anew, bit by bit."""
    pool_id = next((m.object_id for m in entry.mentioned if m.kind == "pool"), None)
    set_moment(TAKE_IN, str(pool_id), timezone.now(), {"pool": pool_id, "after": 0})


@at_moment(TAKE_IN)
def take_in(payload: Mapping[str, Any], now: datetime) -> None:
    """Let the holdings of what people have of a pool begin, `AT_ONCE` items in one transaction, until all are in."""
    pool = Pool.objects.filter(pk=payload["pool"], is_active=True).first()
    if pool is None:
        return
    with transaction.atomic():
        rows = items_of(pool, now).filter(owner__isnull=False, pk__gt=payload["after"]).order_by("pk")
        found = list(rows.select_related("owner").select_for_update(of=("self",), no_key=True)[:AT_ONCE])
        _hold_all(pool, found, now)
    if len(found) == AT_ONCE:
        more = {"pool": pool.pk, "after": found[-1].pk}
        set_moment(TAKE_IN, str(pool.pk), now, more)


def _hold_all(pool: Pool, rows: list[Any], now: datetime) -> None:
    """Holdings that go on are looked at by the pool's present policy; missing ones begin."""
    going_on = PoolHolding.objects.filter(
        kind=pool.kind, object_id__in=[row.pk for row in rows], ended_at=None
    )
    known = {held.object_id: held for held in going_on}
    policy = policy_of(pool)
    for row in rows:
        held = known.get(row.pk)
        if held is None:
            begin(pool, row, row.owner, row.assigned_at or now)
            continue
        if held.pool_id != pool.pk:
            held.pool = pool
            held.save(update_fields=["pool"])
        first_look(held, policy, now)


def follow_pools() -> None:
    """Follow who gets the items that pools can have."""
    names = {assigned_event(kind) for kind in KINDS if kind in registry}
    watch.on(*sorted(names - set(watch.handlers)))(watch_item)
