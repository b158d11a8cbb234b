"""Who may have open work rebalanced: team leads within their units, process owners and administrators everywhere."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.organisation.models import Person
from kinflow.records.access import (
    ALL,
    PROCESS_OWNER,
    TEAM_LEAD,
    UNIT,
    accesses,
    grant,
    in_token_scope,
    may,
    scope_of,
)

from .models import Rebalancing

PROPOSE = "automation.propose_rebalancing"
APPLY, UNDO = "automation.apply_rebalancing", "automation.undo_rebalancing"

grant(
    "rebalancing",
    owned=False,
    see={TEAM_LEAD: UNIT, PROCESS_OWNER: ALL},
    run={(PROPOSE, APPLY, UNDO): {TEAM_LEAD: UNIT, PROCESS_OWNER: ALL}},
)


def may_rebalance(by: Actor) -> bool:
    """Whether proposing and applying moves is for this actor at all."""
    return may(by, PROPOSE, kind="rebalancing")


def sees_rebalancing(by: Actor) -> bool:
    """Whether proposals are for this actor at all."""
    return bool(scope_of(by, accesses["rebalancing"].see)) and in_token_scope(by, "rebalancing", "read")


def units_of(by: Actor) -> Collection[int] | None:
    """The units among whose people the actor may move work; None: all."""
    return None if scope_of(by, accesses["rebalancing"].see) == ALL else by.unit_ids


def seen_rebalancings(by: Actor) -> QuerySet[Rebalancing]:
    """The proposals that the actor may see."""
    rows = Rebalancing.objects.all()
    if not sees_rebalancing(by):
        return rows.none()
    units = units_of(by)
    return rows if units is None else rows.filter(unit_id__in=list(units))


def permit_people(by: Actor, ids: Collection[int]) -> None:
    """Raise Refused where one of the people belongs to no unit within which the actor may move work."""
    units = units_of(by)
    if units is None:
        return
    beyond: Any = Person.objects.filter(pk__in=list(ids)).exclude(unit_id__in=list(units)).first()
    if beyond is not None:
        raise Refused(
            _("%(name)s belongs to no unit of yours.") % {"name": beyond.name},
            remedy=_("Choose people of your units, or ask a process owner."),
        )
