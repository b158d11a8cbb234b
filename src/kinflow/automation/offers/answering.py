"""Answering an offer: accept, decline with a reason, or let the time run out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, NotFound, Refused
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..assignments.actions import give_to, held_row, is_open
from ..assignments.locking import lock_assignment
from ..clock import at_moment
from .events import OfferDeclined, OfferTimedOut
from .models import DECLINED, OPEN, TIMED_OUT, WITHDRAWN, Offer
from .offering import RUNS_OUT, close, settle
from .terms import REASONS


class OfferOver(Conflict):
    """The offer is not open any more."""

    code = "offer-over"


def offer_actor(offer: Offer) -> Actor:
    """The scoring that made the offer as who acts: time itself is the cause."""
    return Actor("rule", f"scoring:{offer.scoring_id}", offer.scoring.name)


def _held(offer: Offer, by: Actor | None = None) -> tuple[Offer, Any]:
    """The offer and its item, both locked; Refused for whom it was not made to, OfferOver where it is over."""
    lock_assignment()
    row = registry[offer.kind].model._default_manager.filter(pk=offer.object_id).first()
    if row is None:
        raise NotFound(str(offer.object_id))
    row = held_row(row)
    fresh = Offer.objects.select_for_update(of=("self",)).select_related("person", "scoring").get(pk=offer.pk)
    if by is not None and fresh.person_id != by.person_id:
        raise Refused(_("This was not offered to you."))
    return fresh, row


def _refuse_over(offer: Offer, row: Any) -> None:
    if offer.status != OPEN or row.owner_id is not None or not is_open(row):
        raise OfferOver(
            _("The offer is over: it ran out, or went to somebody else."),
            remedy=_("Look at what else is offered to you, or take your next best item."),
        )


@action
def accept_offer(*, offer: Offer, by: Actor) -> Any:
    """Take what was offered to oneself; returns the item.

    The room for it was kept since it was offered. Raises Refused for others, OfferOver where somebody has it, it ran out
    or is closed.
    """
    permit(by, kind=offer.kind)
    held, row = _held(offer, by)
    _refuse_over(held, row)
    give_to(row, held.person, by=by, card=held.card)
    return row


@action
def decline_offer(*, offer: Offer, reason: str, note: str = "", by: Actor) -> Offer:
    """Decline what was offered to oneself, and say why; the next best person is asked as soon as the log is read.

    `reason` is one of REASONS; what is "other" needs a note. Raises Invalid, Refused, OfferOver.
    """
    permit(by, kind=offer.kind)
    held, row = _held(offer, by)
    if reason not in dict(REASONS):
        raise Invalid(errors=[FieldError("/reason", _("Choose one of the reasons."))])
    if reason == "other" and not note.strip():
        raise Invalid(errors=[FieldError("/note", _("Say in a few words what it is."))])
    _refuse_over(held, row)
    close(held, DECLINED, reason=reason)
    told = note.strip()[:1000]
    record(OfferDeclined(record=row, person=held.person, scoring=held.scoring, reason=reason, note=told))
    return held


@action
def time_out_offer(*, offer: Offer, now: datetime, by: Actor) -> Offer:
    """Let an offer run out that nobody answered until `now`; one that is over, or not due yet, stays as it is."""
    permit(by, kind=offer.kind)
    held, row = _held(offer)
    if held.status != OPEN or held.due_at > now:
        return held
    if row.owner_id is not None or not is_open(row):
        settle(row, row.owner)
        return held
    close(held, TIMED_OUT)
    record(OfferTimedOut(record=row, person=held.person, scoring=held.scoring))
    return held


@action
def withdraw_offer(*, offer: Offer, by: Actor) -> Offer:
    """Withdraw an offer whose item has a person by other ways, or needs nobody any more."""
    permit(by, kind=offer.kind)
    held, row = _held(offer)
    if held.status == OPEN and (row.owner_id is not None or not is_open(row)):
        settle(row, row.owner)
    return held


@at_moment(RUNS_OUT)
def run_out(payload: Mapping[str, Any], now: datetime) -> None:
    """An offer is due."""
    offer = Offer.objects.filter(pk=payload["offer"], status=OPEN).select_related("scoring").first()
    if offer is None:
        return
    if not registry[offer.kind].model._default_manager.filter(pk=offer.object_id).exists():
        close(offer, WITHDRAWN)
    else:
        time_out_offer(offer=offer, now=max(now, timezone.now()), by=offer_actor(offer))
