"""Who holds what of a pool: begun, ended, and when to look at it next."""

from datetime import datetime, timedelta
from typing import Any

from kinflow.organisation.people.models import Person
from kinflow.records.faces import face_of

from ..clock import drop_moment, set_moment
from .models import Pool, PoolHolding
from .policy import Policy, Wait, Warn, next_step
from .using import policy_of

LOOK, UNLOCK = "automation.pool.look", "automation.pool.unlock"
GOES_BACK = ("put_back", "taken_back", "neglected")
LOCKS = (*GOES_BACK, "handed_back")
"""What ends a holding in such a way that its owner may not claim the item again at once."""


def holding_of(row: Any) -> PoolHolding | None:
    """The holding of the item that goes on."""
    kind = face_of(row).name
    return PoolHolding.objects.filter(kind=kind, object_id=row.pk, ended_at=None).first()


def begin(pool: Pool, row: Any, person: Person, since: datetime, *, is_claim: bool = False) -> PoolHolding:
    """Let a person's time with an item begin, and keep the moment when it must be looked at."""
    kind = face_of(row).name
    PoolHolding.objects.filter(kind=kind, object_id=row.pk, is_resting=True).update(is_resting=False)
    held = PoolHolding.objects.create(
        pool=pool, kind=kind, object_id=row.pk, person=person, since=since, is_claim=is_claim
    )
    first_look(held, policy_of(pool), since)
    return held


def first_look(held: PoolHolding, policy: Policy, now: datetime) -> None:
    """Keep the moment when the item must be looked at first; none where it never goes back by itself."""
    step = next_step(policy, since=held.since, touched_at=None, warned_at=None, returns_at=None, now=now)
    if isinstance(step, Wait):
        look_at(held, step.until)
    elif isinstance(step, Warn):
        look_at(held, now)


def look_at(held: PoolHolding, at: datetime) -> None:
    """Keep the moment when the holding must be looked at next."""
    set_moment(LOOK, str(held.pk), at, {"holding": held.pk})


def end(held: PoolHolding, how: str, now: datetime, policy: Policy | None = None) -> None:
    """Let a holding end; what goes back into the pool rests there, and what was let go is locked for who had it."""
    drop_moment(LOOK, str(held.pk))
    held.ended_at, held.ended_by = now, how
    held.is_resting = how in GOES_BACK
    if how in LOCKS and policy is not None and policy.locked_days:
        held.locked_until = now + timedelta(days=policy.locked_days)
        set_moment(UNLOCK, str(held.pk), held.locked_until, {"holding": held.pk})
    held.save()
