"""Offering an item, and what becomes of its offer when the item goes to somebody: parts of the actions that do it."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kinflow.eventlog import record
from kinflow.organisation.people.models import Person
from kinflow.records.faces import face_of

from ..clock import drop_moment, set_moment
from ..scorings.models import Scoring
from .events import OfferAccepted, OfferWithdrawn, WorkOffered
from .models import ACCEPTED, OPEN, WITHDRAWN, Offer
from .terms import Terms, due_at

RUNS_OUT = "automation.offers"


def offer_to(
    row: Model, person: Person, *, terms: Terms, scoring: Scoring, card: Any, now: datetime
) -> Offer:
    """Offer an item to the person, and keep the moment when the offer runs out."""
    offer = Offer.objects.create(
        kind=face_of(row).name,
        object_id=row.pk,
        person=person,
        scoring=scoring,
        offered_at=now,
        due_at=due_at(terms, person, now),
        card=card,
    )
    set_moment(RUNS_OUT, str(offer.pk), offer.due_at, {"offer": offer.pk})
    told = offer.due_at.isoformat()
    record(WorkOffered(record=row, person=person, scoring=scoring, due_at=told, card=card))
    return offer


def close(offer: Offer, status: str, *, reason: str = "") -> None:
    """Let an open offer end."""
    offer.status, offer.reason, offer.ended_at = status, reason, timezone.now()
    offer.save(update_fields=["status", "reason", "ended_at"])
    drop_moment(RUNS_OUT, str(offer.pk))


def settle(row: Model, person: Person | None) -> None:
    """The item goes to the person (None: to nobody): its open offer is accepted by them, or withdrawn."""
    rows = Offer.objects.select_for_update().filter(kind=face_of(row).name, object_id=row.pk, status=OPEN)
    offer = rows.first()
    if offer is None:
        return
    whom, scoring = offer.person, offer.scoring
    if person is not None and person.pk == whom.pk:
        close(offer, ACCEPTED)
        record(OfferAccepted(record=row, person=whom, scoring=scoring))
    else:
        close(offer, WITHDRAWN)
        record(OfferWithdrawn(record=row, person=whom, scoring=scoring))
