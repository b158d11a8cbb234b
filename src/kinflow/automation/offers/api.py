"""The API of offers: what is offered to me, answering, and how a scoring's offers were answered."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from kinflow.eventlog import Actor
from kinflow.records.access import visible
from kinflow.records.api.shapes import Strict

from ..assignments.report import DAYS
from ..scorings.models import Scoring
from .answering import accept_offer, decline_offer
from .models import Offer
from .showing import offer_report, offered_to

router = Router(tags=["offers"])


class OfferOut(Schema):
    """What is offered to the caller, with the score card."""

    id: int
    kind: str
    item: int
    title: str
    scoring: int
    offered_at: datetime
    due_at: datetime
    card: dict[str, Any]


class DeclineIn(Strict):
    """Why: no_time, no_skill, wrong_place, away, conflict, or other with a note."""

    reason: str
    note: str = ""


class AnsweredOut(Schema):
    """The item, and who has it now."""

    kind: str
    item: int
    owner: int | None


class ReportOut(Schema):
    """How the offers of the last 90 days were answered, and why people declined."""

    total: int
    by_status: dict[str, int]
    reasons: dict[str, int]


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.by  # type: ignore[attr-defined]
    return by


def _mine(request: HttpRequest, pk: int) -> Offer:
    return get_object_or_404(Offer, pk=pk, person_id=_by(request).person_id or 0)


@router.get("", response=list[OfferOut], summary="What is offered to me")
def list_offers(request: HttpRequest) -> list[dict[str, Any]]:
    """The most pressing first."""
    names = ("kind", "offered_at", "due_at", "card")
    return [
        {
            "id": one.offer.pk,
            "item": one.row.pk,
            "title": one.title,
            "scoring": one.offer.scoring_id,
            **{name: getattr(one.offer, name) for name in names},
        }
        for one in offered_to(_by(request).person_id or 0)
    ]


@router.post("/{int:pk}/accept", response=AnsweredOut, summary="Accept an offer")
def post_accept(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The item is the caller's from now on."""
    offer = _mine(request, pk)
    row = accept_offer(offer=offer, by=_by(request))
    return {"kind": offer.kind, "item": row.pk, "owner": offer.person_id}


@router.post("/{int:pk}/decline", response=AnsweredOut, summary="Decline an offer")
def post_decline(request: HttpRequest, pk: int, given: DeclineIn) -> dict[str, Any]:
    """The next best person is asked."""
    offer = decline_offer(offer=_mine(request, pk), reason=given.reason, note=given.note, by=_by(request))
    return {"kind": offer.kind, "item": offer.object_id, "owner": None}


@router.get("/report/{int:scoring}", response=ReportOut, summary="How a scoring's offers were answered")
def get_report(request: HttpRequest, scoring: int) -> dict[str, Any]:
    """Counts of the last 90 days."""
    row = get_object_or_404(visible(_by(request), Scoring.objects.all()), pk=scoring)
    told = offer_report(row, timezone.now() - timedelta(days=DAYS))
    return {
        "total": told.total,
        "by_status": {value: n for value, _label, n in told.by_status},
        "reasons": {value: n for value, _label, n in told.reasons},
    }
