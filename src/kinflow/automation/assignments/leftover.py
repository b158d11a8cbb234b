"""What becomes of an item that nobody is eligible for: a named fallback person, and team leads who are told why."""

from django.utils import timezone

from kinflow.eventlog import record
from kinflow.organisation.models import Person, Unit
from kinflow.records.access import TEAM_LEAD

from ..criteria.items import Item
from ..scorings.drafts import Draft
from ..scorings.models import Scoring
from .cards import Card
from .events import WorkLeftOver
from .reserved import Reserved

MOST_TOLD = 10


def fallback_person(draft: Draft | None, reserved: Reserved | None = None) -> Person | None:
    """The named fallback person, if they still work here.

    Of what is for the people of a unit or a position alone: the fallback person if they are one of them, else the lead
    of these, else nobody, so that it waits.
    """
    named = _named(draft)
    if reserved is None or (named is not None and reserved.allows(named)):
        return named
    return reserved.lead


def _named(draft: Draft | None) -> Person | None:
    if draft is None or draft.fallback_id is None:
        return None
    person = Person.objects.select_related("unit").filter(pk=draft.fallback_id).first()
    gone = person is not None and person.left_on is not None and person.left_on <= timezone.localdate()
    return None if gone else person


def who_is_told(
    draft: Draft | None, fallback: Person | None, item: Item, reserved: Reserved | None = None
) -> tuple[Person, ...]:
    """The people the scoring names, else the leads of the fallback's and the item's units, else all team leads.

    Of what is for a unit or a position alone, the lead of these instead of the item's unit's.
    """
    present = Person.objects.filter(left_on=None)
    if draft is not None and draft.tell:
        return tuple(present.filter(pk__in=draft.tell).order_by("pk"))
    theirs = reserved.unit if reserved is not None else None
    units = [u for u in (fallback.unit_id if fallback else None, theirs.pk if theirs else item.unit_id) if u]
    leads = set(Unit.objects.filter(pk__in=units, lead__isnull=False).values_list("lead_id", flat=True))
    if not leads:
        by_role = present.filter(roles__contains=[TEAM_LEAD]).order_by("pk")
        leads = set(by_role.values_list("pk", flat=True)[:MOST_TOLD])
    return tuple(present.filter(pk__in=leads).order_by("pk"))


def tell_left_over(
    row: object,
    item: Item,
    *,
    draft: Draft | None,
    scoring: Scoring | None,
    fallback: Person | None,
    card: Card,
    reserved: Reserved | None = None,
    is_told: bool = True,
) -> None:
    """Record that nobody was found, with the counts of why; of many at once people are told only of the first."""
    reasons = {part["reason"]: part["count"] for part in card.get("excluded", [])} or {"no_scoring": 1}
    record(
        WorkLeftOver(
            record=row,  # type: ignore[arg-type]
            scoring=scoring,
            fallback=fallback,
            told=who_is_told(draft, fallback, item, reserved) if is_told else (),
            reasons=reasons,
            card=card,
        )
    )
