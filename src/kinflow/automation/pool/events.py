"""What happens to pools, and to what lies in them."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import WORK_KINDS, Person

from .models import Pool


@dataclass(frozen=True, kw_only=True)
class PoolAdded(Event):
    """There is a new pool for a kind of work."""

    pool: Pool
    kind: str
    icon = "users"
    words = {"kind": dict(WORK_KINDS)}
    sentence = _("{by} added pool {pool} for {kind}")


@dataclass(frozen=True, kw_only=True)
class PoolChanged(Event):
    """A pool got other values; `number` is its version from now on."""

    pool: Pool
    number: int
    changes: dict[str, Any] = field(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed pool {pool}: version {number}")


@dataclass(frozen=True, kw_only=True)
class PoolRestored(Event):
    """An earlier version of a pool counts again, as a new one."""

    pool: Pool
    number: int
    restored: int
    icon = "refresh"
    sentence = _("{by} took version {restored} of pool {pool} up again, as version {number}")


@dataclass(frozen=True, kw_only=True)
class PoolSwitchedOn(Event):
    """A pool's policy holds from now on."""

    pool: Pool
    icon = "play"
    sentence = _("{by} switched pool {pool} on")


@dataclass(frozen=True, kw_only=True)
class PoolSwitchedOff(Event):
    """A pool's policy does not hold any more."""

    pool: Pool
    icon = "pause"
    sentence = _("{by} switched pool {pool} off")


@dataclass(frozen=True, kw_only=True)
class ItemClaimed(Event):
    """Somebody took an item out of a pool."""

    record: Model
    person: Person
    pool: Pool
    protected_until: str = ""
    topic = "assignment"
    icon = "user"
    sentence = _("{person} claimed {record} from pool {pool}")


@dataclass(frozen=True, kw_only=True)
class ItemPutBack(Event):
    """Somebody put their item back into its pool, and why."""

    record: Model
    person: Person
    pool: Pool
    reason: str = typed(default="")
    topic = "assignment"
    icon = "reply"
    sentence = _("{person} put {record} back into pool {pool}: {reason}")


@dataclass(frozen=True, kw_only=True)
class ItemTakenBack(Event):
    """Somebody's item was taken back into its pool, and why."""

    record: Model
    person: Person
    pool: Pool
    reason: str = typed(default="")
    topic = "assignment"
    icon = "undo"
    sentence = _("{by} took {record} from {person} back into pool {pool}: {reason}")


@dataclass(frozen=True, kw_only=True)
class ReturnAnnounced(Event):
    """An item goes back into its pool soon unless somebody works on it; its owner is told."""

    record: Model
    person: Person
    pool: Pool
    returns_at: str
    topic = "assignment"
    icon = "clock"
    sentence = _("{record} of {person} goes back into pool {pool} unless somebody works on it")


@dataclass(frozen=True, kw_only=True)
class ItemReturned(Event):
    """An item that nobody worked on went back into its pool."""

    record: Model
    person: Person
    pool: Pool
    days: int
    topic = "assignment"
    icon = "refresh"
    sentence = _("{record} of {person} went back into pool {pool} after {days} days without work on it")


@dataclass(frozen=True, kw_only=True)
class LockOutEnded(Event):
    """A former owner may claim an item again."""

    record: Model
    person: Person
    pool: Pool
    topic = "assignment"
    icon = "key"
    sentence = _("{person} may claim {record} from pool {pool} again")
