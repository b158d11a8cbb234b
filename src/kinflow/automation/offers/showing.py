"""Offers as My work and record pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.records.faces import RecordType, registry
from kinflow.records.pages.composing import register_side_part, side_parts

from ..assignments.cards import points_words
from ..scorings.models import Scoring
from .models import STATUSES, Offer
from .queries import offers_to, open_offer
from .terms import REASONS


@dataclass(frozen=True)
class Offered:
    """One offer with its item."""

    offer: Offer
    face: RecordType
    row: Any
    title: str
    subtitle: str
    why: str


def offered_to(person_id: int) -> list[Offered]:
    """What is offered to the person now and still needs somebody, the most pressing first: a query for each kind."""
    offers = offers_to(person_id)
    found: dict[tuple[str, int], Any] = {}
    for kind in {offer.kind for offer in offers}:
        face = registry[kind]
        assert face.work is not None
        rows = face.model._default_manager.filter(
            pk__in=[o.object_id for o in offers if o.kind == kind], owner=None, **face.work.open
        )
        found |= {(kind, row.pk): row for row in rows.select_related(*face.with_related)}
    return [shown(o, found[o.kind, o.object_id]) for o in offers if (o.kind, o.object_id) in found]


def shown(offer: Offer, row: Any) -> Offered:
    """An offer ready to be shown."""
    face = registry[offer.kind]
    subtitle = str(face.subtitle(row) or "") if face.subtitle else ""
    return Offered(offer, face, row, str(face.title(row)), subtitle, why_me(offer.card))


def why_me(card: Mapping[str, Any]) -> str:
    """Why it is offered to its person: points, and the runner-up's."""
    winner, others = card.get("winner") or {}, card.get("others") or []
    if not winner:
        return ""
    points = points_words(winner["total"])
    if not others:
        return _("%(points)s points, nobody else is eligible") % {"points": points}
    told = {"points": points, "name": others[0]["name"], "theirs": points_words(others[0]["total"])}
    return _("%(points)s points, before %(name)s with %(theirs)s") % told


def offer_card(face: RecordType, record: Any, by: Actor) -> str:
    """On a record's page: to whom it is offered until when; "" where it is not."""
    if face.work is None or record.owner_id is not None:
        return ""
    offer = open_offer(face.name, record.pk)
    if offer is None:
        return ""
    told = {"offer": offer, "is_mine": offer.person_id == by.person_id}
    return render_to_string("automation/offer_card.html", told)


def show_offer_cards() -> None:
    """Put the card into the right pane of all record pages."""
    if offer_card not in side_parts:
        register_side_part(offer_card)


@dataclass(frozen=True)
class OfferReport:
    """How a scoring's offers were answered: by status, and why people declined, the most frequent first."""

    total: int
    by_status: list[tuple[str, Any, int]]
    reasons: list[tuple[str, Any, int]]


def offer_report(scoring: Scoring, since: datetime) -> OfferReport:
    """The answers to what the scoring offered since then: two queries."""
    rows = Offer.objects.filter(scoring=scoring, offered_at__gte=since).order_by()
    statuses = dict(rows.values_list("status").annotate(n=Count("pk")))
    reasons = dict(rows.exclude(reason="").values_list("reason").annotate(n=Count("pk")))
    told = [(value, label, reasons[value]) for value, label in REASONS if value in reasons]
    return OfferReport(
        sum(statuses.values()),
        [(value, label, statuses.get(value, 0)) for value, label in STATUSES],
        sorted(told, key=lambda one: -one[2]),
    )
