"""All that can be done with pools and their policies."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.conditions import ConditionError, parse
from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import VOCABULARY
from kinflow.records.versions import (
    earlier_version,
    read_position,
    read_text,
    refuse_outdated,
    refuse_strangers,
)

from ..parameters import finite
from .events import PoolAdded, PoolChanged, PoolRestored, PoolSwitchedOff, PoolSwitchedOn
from .models import Pool, PoolVersion
from .policy import KINDS, read_policy

OWN = ("name", "name_zh", "position")
CONTENT = ("condition", "policy")


def checked(kind: str, given: Mapping[str, Any], pool_id: int = 0) -> dict[str, Any]:
    """The pool's values cleaned. Raises Invalid naming each that is wrong."""
    errors: list[FieldError] = []
    names = {which: read_text(given, which, errors) for which in ("name", "name_zh")}
    if kind not in KINDS:
        errors.append(FieldError("/kind", _("Choose one of the kinds of work.")))
    elif not names["name"]:
        errors.append(FieldError("/name", _("Give it a name.")))
    elif Pool.objects.filter(kind=kind, name=names["name"]).exclude(pk=pool_id).exists():
        errors.append(FieldError("/name", _("Another pool has this name.")))
    position = read_position(finite(given.get("position")), errors)
    condition = given.get("condition") or {}
    try:
        if condition and kind in KINDS:
            parse(condition, kind, VOCABULARY)
    except ConditionError as refused:
        errors.append(FieldError(f"/condition{refused.pointer}", refused.message))
    policy: dict[str, Any] = {}
    try:
        policy = vars(read_policy(given.get("policy") or {}))
    except Invalid as invalid:
        errors += [FieldError(f"/policy{e.pointer}", e.message) for e in invalid.errors]
    if errors:
        raise Invalid(errors=errors)
    return {**names, "position": position, "condition": condition, "policy": policy}


def _set(pool: Pool, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(pool, name, value)


def _write_version(pool: Pool, by: Actor) -> None:
    PoolVersion(
        pool=pool,
        number=pool.number,
        condition=pool.condition,
        policy=pool.policy,
        made_by=by.name or by.id,
    ).save()


@action
def add_pool(
    *,
    kind: str,
    name: str,
    name_zh: str = "",
    condition: Mapping[str, Any] | None = None,
    policy: Mapping[str, Any] | None = None,
    position: int = 10,
    is_active: bool = True,
    by: Actor,
) -> Pool:
    """Add a pool for a kind of work, as version 1; what its policy does not name is as it is from the start.

    `condition` says which items belong to it. Raises Invalid naming each value that is wrong.
    """
    permit(by, kind="pool")
    given = {
        "name": name,
        "name_zh": name_zh,
        "condition": condition,
        "policy": policy,
        "position": position,
    }
    pool = Pool(kind=kind, is_active=is_active)
    _set(pool, checked(kind, given))
    pool.save()
    _write_version(pool, by)
    record(PoolAdded(pool=pool, kind=kind))
    return pool


@action
def change_pool(*, pool: Pool, changes: Mapping[str, Any], seen: int | None = None, by: Actor) -> Pool:
    """Change a pool; another condition or policy makes a new version. Of `policy` only what is named changes.

    `seen` is the version the editor began with. Raises Stale where it is another now, Invalid for what is wrong.
    """
    pool = hold(pool)
    permit(by, pool)
    refuse_strangers(changes, (*CONTENT, *OWN))
    refuse_outdated(pool.number, seen)
    old = {name: getattr(pool, name) for name in (*OWN, *CONTENT)}
    given = old | dict(changes)
    if isinstance(changes.get("policy"), Mapping):
        given["policy"] = old["policy"] | changes["policy"]
    new = checked(pool.kind, given, pool.pk)
    changed = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if changed:
        _set(pool, new)
        pool.number += bool(changed.keys() & set(CONTENT))
        pool.save()
        if changed.keys() & set(CONTENT):
            _write_version(pool, by)
        record(PoolChanged(pool=pool, number=pool.number, changes=changed))
    return pool


@action
def switch_pool(*, pool: Pool, is_active: bool, by: Actor) -> Pool:
    """Let a pool's policy hold from now on, or no more."""
    pool = hold(pool)
    permit(by, pool)
    if pool.is_active != is_active:
        pool.is_active = is_active
        pool.save()
        record(PoolSwitchedOn(pool=pool) if is_active else PoolSwitchedOff(pool=pool))
    return pool


@action
def restore_pool(*, pool: Pool, number: int, by: Actor) -> Pool:
    """Let an earlier version count again, as a new one. Raises NotFound where there is no such version."""
    pool = hold(pool)
    permit(by, pool)
    earlier = earlier_version(pool, number)
    if number != pool.number:
        pool.condition, pool.policy = earlier.condition, earlier.policy
        pool.number += 1
        pool.save()
        _write_version(pool, by)
        record(PoolRestored(pool=pool, number=pool.number, restored=number))
    return pool
