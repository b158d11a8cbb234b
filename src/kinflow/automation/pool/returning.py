"""What becomes of held items as time goes by: the warning, the way back, the end of the lock-out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from kinflow.eventlog import Actor, action, record
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..assignments.actions import give_to, held_row, is_open
from ..clock import at_moment
from ..said import kept, said
from .events import ItemReturned, LockOutEnded, ReturnAnnounced
from .holdings import LOOK, UNLOCK, end, look_at
from .models import Pool, PoolHolding
from .policy import Return, Wait, next_step
from .touches import last_touch
from .using import policy_of, pools_for

NOBODY_WORKED = gettext_noop("Nobody worked on it for %(days)d days")


def pool_actor(pool: Pool) -> Actor:
    """The pool as who acts."""
    return Actor("rule", f"pool:{pool.pk}", pool.name)


@at_moment(LOOK)
def look(payload: Mapping[str, Any], now: datetime) -> None:
    """A holding is due to be looked at."""
    held = PoolHolding.objects.filter(pk=payload["holding"], ended_at=None).select_related("pool").first()
    if held is not None:
        let_time_pass(holding=held, now=now, by=pool_actor(held.pool))


@action
def let_time_pass(*, holding: PoolHolding, now: datetime, by: Actor) -> None:
    """Warn the owner of an item that nobody works on, let it go back, or look again later."""
    permit(by, kind="pool")
    row = registry[holding.kind].model._default_manager.filter(pk=holding.object_id).first()
    if row is None:
        end(holding, "done", now)
        return
    row = held_row(row)
    held = PoolHolding.objects.select_for_update().filter(pk=holding.pk, ended_at=None).first()
    if held is None or not _goes_on(held, row, now):
        return
    step = next_step(
        policy_of(held.pool),
        since=held.since,
        touched_at=last_touch(row),
        warned_at=held.warned_at,
        returns_at=held.returns_at,
        now=now,
    )
    if isinstance(step, Wait):
        if step.until != held.returns_at:
            held.warned_at = held.returns_at = None
            held.save(update_fields=["warned_at", "returns_at"])
        look_at(held, step.until)
    elif isinstance(step, Return):
        _return(held, row, step.days, now, by)
    elif step is not None:
        _warn(held, row, step.returns_at, now)


def _goes_on(held: PoolHolding, row: Any, now: datetime) -> bool:
    """Whether the holding still holds: the item is open, its person's, and of a pool in use."""
    if row.owner_id != held.person_id or not is_open(row):
        end(held, "moved" if row.owner_id != held.person_id else "done", now)
        return False
    pool = pools_for(held.kind, [row.pk], now).get(row.pk)
    if pool is None:
        end(held, "left", now)
        return False
    held.pool = pool
    held.save(update_fields=["pool"])
    return True


def _warn(held: PoolHolding, row: Any, returns_at: datetime, now: datetime) -> None:
    held.warned_at, held.returns_at = now, returns_at
    held.save(update_fields=["warned_at", "returns_at"])
    look_at(held, returns_at)
    record(ReturnAnnounced(record=row, person=held.person, pool=held.pool, returns_at=returns_at.isoformat()))


def _return(held: PoolHolding, row: Any, days: int, now: datetime, by: Actor) -> None:
    person: Person = held.person
    give_to(row, None, by=by, reason=kept(said(NOBODY_WORKED, days=days)))
    end(held, "neglected", now, policy_of(held.pool))
    record(ItemReturned(record=row, person=person, pool=held.pool, days=days))


@at_moment(UNLOCK)
def unlock(payload: Mapping[str, Any], now: datetime) -> None:
    """A lock-out is over."""
    held = PoolHolding.objects.filter(pk=payload["holding"]).select_related("pool", "person").first()
    if held is not None and held.locked_until is not None and held.locked_until <= now:
        end_lock_out(holding=held, by=pool_actor(held.pool))


@action
def end_lock_out(*, holding: PoolHolding, by: Actor) -> None:
    """Let a former owner claim the item again, and say so in the log while it lies there."""
    permit(by, kind="pool")
    row: Any = registry[holding.kind].model._default_manager.filter(pk=holding.object_id).first()
    if row is not None and row.owner_id is None:
        record(LockOutEnded(record=row, person=holding.person, pool=holding.pool))
