"""Pools in use: to which an item belongs, what lies in one, and who may claim from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kinflow.conditions import EVERYTHING, ConditionError, Context, Not, parse, to_q
from kinflow.kit.problem import Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.faces import VOCABULARY, registry

from .models import Pool, PoolHolding
from .policy import Policy


def policy_of(pool: Pool) -> Policy:
    """The pool's policy as it is now."""
    return Policy(**(vars(Policy()) | pool.policy))


def active_pools(kind: str) -> list[Pool]:
    """The pools of a kind that are in use, in their order."""
    return list(Pool.objects.filter(kind=kind, is_active=True).order_by("position", "pk"))


def meets(kind: str, condition: Any, now: datetime, *, is_not: bool = False) -> Q | None:
    """What filters the items that a condition is for (with `is_not` all others).

    None where it speaks of fields that are gone: then it is for no item.
    """
    try:
        parsed = parse(condition, kind, VOCABULARY) if condition else EVERYTHING
        wanted = Not(parsed) if is_not else parsed
        return to_q(wanted, Context(now, timezone.get_current_timezone()))
    except (ConditionError, Invalid):
        return None


def pools_for(kind: str, ids: Sequence[int], now: datetime | None = None) -> dict[int, Pool]:
    """The pool that each item of the kind belongs to; items of no pool are left out."""
    left, found = set(ids), {}
    for pool in active_pools(kind):
        wanted = meets(kind, pool.condition, now or timezone.now())
        if not left or wanted is None:
            continue
        rows = registry[kind].model._default_manager.filter(pk__in=left).filter(wanted)
        for pk in rows.values_list("pk", flat=True):
            found[pk] = pool
            left.discard(pk)
    return found


def items_of(pool: Pool, now: datetime) -> QuerySet[Any]:
    """The open items that belong to the pool, whoever has them: its own, less those of the pools before it."""
    rows = registry[pool.kind].model._default_manager.filter(**open_of(pool.kind))
    wanted = meets(pool.kind, pool.condition, now)
    if wanted is None:
        return rows.none()
    for other in active_pools(pool.kind):
        if other.pk == pool.pk:
            break
        if (others := meets(pool.kind, other.condition, now, is_not=True)) is not None:
            rows = rows.filter(others)
    return rows.filter(wanted)


def open_of(kind: str) -> dict[str, Any]:
    """What an item of the kind must be like to be open."""
    work = registry[kind].work
    assert work is not None
    return dict(work.open)


def resting(kind: str) -> Exists:
    """Whether an item (of the outer query) lies in the pool since it came back there."""
    rows = PoolHolding.objects.filter(kind=kind, object_id=OuterRef("pk"), is_resting=True)
    return Exists(rows.filter(pool__is_active=True))


def may_claim(pool: Pool, person: Person, now: datetime) -> bool:
    """Whether the pool's policy lets the person claim at all."""
    wanted = meets("person", policy_of(pool).may_claim, now)
    return wanted is not None and Person.objects.filter(pk=person.pk, left_on=None).filter(wanted).exists()
