"""Claiming out of a pool, putting back, and taking back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from kinflow.eventlog import Actor, action
from kinflow.eventlog import record as write_down
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit

from ..assignments.actions import NotOpen, give_to, held_row, is_open, permit_work, work_of
from ..assignments.locking import lock_assignment
from ..offers.queries import open_offer
from ..said import kept, said
from .events import ItemClaimed, ItemPutBack, ItemTakenBack
from .holdings import begin, end, holding_of
from .models import Pool, PoolHolding
from .policy import protected_until
from .using import items_of, may_claim, policy_of, pools_for

CLAIMED = gettext_noop("Claimed from the pool")


class InNoPool(Conflict):
    """The item belongs to no pool that is in use."""

    code = "in-no-pool"


class QuotaUsedUp(Conflict):
    """The person claimed as much as they may, or holds as much."""

    code = "quota-used-up"


class LockedOut(Conflict):
    """The person had the item lately, and may not claim it again yet."""

    code = "locked-out"


@dataclass(frozen=True)
class Quota:
    """What a person has of a pool: claims left (None: no limit), items held and the cap, and whether they may at all."""

    pool: Pool
    may: bool
    claimed: int
    claims: int | None
    period_days: int
    held: int
    cap: int | None

    @property
    def left(self) -> int | None:
        """How many more may be claimed now; None where nothing limits it."""
        limits = [
            most - used
            for most, used in ((self.claims, self.claimed), (self.cap, self.held))
            if most is not None
        ]
        return max(0, min(limits)) if limits else None


def quota_of(pool: Pool, person: Person, now: datetime) -> Quota:
    """What the person may still claim from the pool at `now`: three queries."""
    policy = policy_of(pool)
    since = now - timedelta(days=policy.period_days)
    claims = PoolHolding.objects.filter(
        pool=pool, kind=pool.kind, person=person, is_claim=True, since__gt=since
    )
    held = items_of(pool, now).filter(owner=person).count() if policy.holding_cap is not None else 0
    return Quota(
        pool,
        may_claim(pool, person, now),
        claims.count(),
        policy.claims,
        policy.period_days,
        held,
        policy.holding_cap,
    )


def locked_until(kind: str, pk: int, person: Person, now: datetime) -> datetime | None:
    """Until when the person may not claim the item again; None where they may."""
    rows = PoolHolding.objects.filter(kind=kind, object_id=pk, person=person, locked_until__gt=now)
    return rows.order_by("-locked_until").values_list("locked_until", flat=True).first()


@action
def claim(*, record: Model, person: Person, now: datetime | None = None, by: Actor) -> Any:
    """Take an item out of its pool.

    Raises NotOpen where somebody was quicker or it is closed, InNoPool, Refused for who may not claim there, LockedOut
    for its former owner, QuotaUsedUp. Two at once: one gets it, and no quota is exceeded.
    """
    kind, _work = work_of(record)
    permit(by, kind=kind)
    if person.pk != by.person_id:
        raise Invalid(_("Only for oneself."))
    lock_assignment()
    row: Any = held_row(record)
    at = now or timezone.now()
    if getattr(row, "owner_id", None) or not is_open(row):
        raise NotOpen(_("Somebody else has it already, or it is closed."))
    offer = open_offer(kind, row.pk)
    if offer is not None and offer.person_id != person.pk:
        raise NotOpen(_("It is offered to a colleague now."), remedy=_("Claim another one."))
    pool = _pool_of(row, at)
    _refuse_locked(row, person, at)
    _refuse_over(quota_of(pool, person, at))
    give_to(row, person, by=by, reason=kept(said(CLAIMED)))
    begin(pool, row, person, at, is_claim=True)
    until = protected_until(policy_of(pool), at).isoformat()
    write_down(ItemClaimed(record=row, person=person, pool=pool, protected_until=until))
    return row


def _pool_of(row: Any, now: datetime) -> Pool:
    pool = pools_for(work_of(row)[0], [row.pk], now).get(row.pk)
    if pool is None:
        raise InNoPool(_("It belongs to no pool."), remedy=_("Ask a team lead to give it to somebody."))
    return pool


def _refuse_locked(row: Any, person: Person, now: datetime) -> None:
    until = locked_until(work_of(row)[0], row.pk, person, now)
    if until is not None:
        day = date_format(timezone.localtime(until), "DATETIME_FORMAT")
        raise LockedOut(
            _("You had it lately, and may claim it again from %(when)s.") % {"when": day},
            remedy=_("A colleague may claim it now."),
        )


def _refuse_over(quota: Quota) -> None:
    if not quota.may:
        raise Refused(
            _("This pool is not for you to claim from."),
            remedy=_("Ask a process owner: the pool's policy says who may claim."),
        )
    if quota.claims is not None and quota.claimed >= quota.claims:
        told = ngettext(
            "You claimed %(n)d of %(most)d within %(days)d day.",
            "You claimed %(n)d of %(most)d within %(days)d days.",
            quota.period_days,
        )
        told %= {"n": quota.claimed, "most": quota.claims, "days": quota.period_days}
        raise QuotaUsedUp(told, remedy=_("Wait until the first of them is longer ago."))
    if quota.cap is not None and quota.held >= quota.cap:
        told = _("You hold %(n)d of this pool, and %(most)d is the most.")
        told %= {"n": quota.held, "most": quota.cap}
        raise QuotaUsedUp(told, remedy=_("Put back what you do not work on."))


@action
def put_back(*, record: Model, reason: str, now: datetime | None = None, by: Actor) -> Any:
    """Put one's own item back into its pool, and say why. Raises Invalid, NotOpen, InNoPool."""
    work_of(record)
    row: Any = held_row(record)
    permit(by, row)
    owner = _checked(row, reason)
    at = now or timezone.now()
    pool = _pool_of(row, at)
    _let_go(row, owner, pool, "put_back", reason, at, by)
    write_down(ItemPutBack(record=row, person=owner, pool=pool, reason=reason.strip()))
    return row


@action
def take_back(*, record: Model, reason: str, now: datetime | None = None, by: Actor) -> Any:
    """Take somebody's item back into its pool, protected or not, and say why. Raises Invalid, NotOpen, InNoPool."""
    work_of(record)
    row: Any = held_row(record)
    permit_work(by, row)
    owner = _checked(row, reason)
    at = now or timezone.now()
    pool = _pool_of(row, at)
    _let_go(row, owner, pool, "taken_back", reason, at, by)
    write_down(ItemTakenBack(record=row, person=owner, pool=pool, reason=reason.strip()))
    return row


def _checked(row: Any, reason: str) -> Person:
    if not reason.strip():
        raise Invalid(errors=[FieldError("/reason", _("Say why, so that the next person knows."))])
    if row.owner_id is None or not is_open(row):
        raise NotOpen(_("It is nobody's, or closed: there is nothing to put back."))
    owner: Person = row.owner
    return owner


def _let_go(row: Any, owner: Person, pool: Pool, how: str, reason: str, now: datetime, by: Actor) -> None:
    held = holding_of(row) or begin(pool, row, owner, row.assigned_at or now)
    give_to(row, None, by=by, reason=reason.strip())
    end(held, how, now, policy_of(pool))
