"""What follows on answers: the next best person is asked; what went by other ways is offered no more."""

from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader
from kinflow.records.faces import registry

from ..assignments.actions import assign_by_scoring
from ..assignments.arriving import arrivals, item_of_entry, rule_actor
from ..assignments.past import assigned_event
from ..assignments.unowned import waiting
from ..scorings.using import scorings_for
from .answering import offer_actor, withdraw_offer
from .events import OfferDeclined, OfferTimedOut
from .queries import open_offer

it = reader("automation.offers")


@arrivals.on(OfferDeclined.name, OfferTimedOut.name)
def ask_next(entry: Entry) -> None:
    """Somebody does not take it: the next best by the same scoring is asked, after the last the fallback person."""
    row = item_of_entry(entry)
    if row is None:
        return
    kind = str(row._meta.model_name)
    if waiting(kind).filter(pk=row.pk).exists():
        scoring = scorings_for(kind, [row.pk]).get(row.pk)
        assign_by_scoring(record=row, scoring=scoring, by=rule_actor(scoring, entry))


def went_elsewhere(entry: Entry) -> None:
    """An item got its person, or is done: whoever it was offered to is told no more of it."""
    row = item_of_entry(entry)
    offer = open_offer(str(row._meta.model_name), row.pk) if row is not None else None
    if offer is not None:
        withdraw_offer(offer=offer, by=offer_actor(offer).because_of(entry.pk, entry.depth))


def follow_offers(ends: dict[str, str]) -> None:
    """Follow what gives items to people and what ends them; `ends` are the events that end an item."""
    names = {assigned_event(face.name) for face in registry.values() if face.work is not None}
    it.on(*sorted((names | set(ends)) - set(it.handlers)))(went_elsewhere)
