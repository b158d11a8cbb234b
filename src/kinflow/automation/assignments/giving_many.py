"""Giving many items of a kind to people at once: rows and entries in bulk, as its own assign action does singly."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kinflow.eventlog.bulk import record_many, speaking_for, update
from kinflow.eventlog.event import registry as events
from kinflow.organisation.models import Person
from kinflow.records.faces import registry

from ..offers.models import OPEN, Offer
from ..offers.offering import settle
from .past import assigned_event

AT_ONCE = 2000


@dataclass(frozen=True)
class Gift:
    """One item (held by the running action), who has it, who gets it, and the score card that explains it."""

    row: Any
    before: Person
    person: Person
    card: Mapping[str, Any]


def give_many(kind: str, gifts: Sequence[Gift], *, reason: str, at: datetime) -> None:
    """Give each item to its person at the moment: owner, the owner's unit, and one event for each item.

    Runs within an action that was permitted and holds the rows. Open offers of the items end.
    """
    model: Any = registry[kind].model
    event: Any = events[assigned_event(kind)]
    by_person: dict[int, list[Gift]] = defaultdict(list)
    for gift in gifts:
        by_person[gift.person.pk].append(gift)
    with speaking_for(model._meta.app_label):
        for own in by_person.values():
            person = own[0].person
            for start in range(0, len(own), AT_ONCE):
                rows = model.objects.filter(pk__in=[gift.row.pk for gift in own[start : start + AT_ONCE]])
                update(rows, owner_id=person.pk, unit_id=person.unit_id, assigned_at=at)
    record_many(
        (
            event(
                **{kind: gift.row},
                person=gift.person,
                before=gift.before,
                card=dict(gift.card),
                reason=reason,
            ),
            None,
        )
        for gift in gifts
    )
    _settle(kind, {gift.row.pk: gift for gift in gifts})


def _settle(kind: str, gifts: Mapping[int, Gift]) -> None:
    """Let the open offers of these items end: there are few, for what has an owner is not offered."""
    offered = Offer.objects.filter(kind=kind, status=OPEN, object_id__in=list(gifts))
    for pk in list(offered.values_list("object_id", flat=True)):
        settle(gifts[pk].row, gifts[pk].person)
