"""Offers as others look at them: what is open, who was asked already, how much is on offer to whom."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef

from kinflow.organisation.people.models import Person

from .models import DECLINED, OPEN, TIMED_OUT, Offer


def open_offer(kind: str, pk: int) -> Offer | None:
    """The offer of the item that waits for its answer."""
    return Offer.objects.filter(kind=kind, object_id=pk, status=OPEN).select_related("person").first()


def on_offer(kind: str) -> Exists:
    """Whether an item (of the outer query) is offered to somebody now."""
    return Exists(Offer.objects.filter(kind=kind, object_id=OuterRef("pk"), status=OPEN))


def asked_pairs(kind: str, ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """Who declined which of these items or let its offer run out, as (item, person): one query."""
    told = Offer.objects.filter(kind=kind, object_id__among=list(ids), status__in=(DECLINED, TIMED_OUT))
    return frozenset(told.values_list("object_id", "person_id"))


def offered_counts(kind: str) -> Iterable[tuple[int, int]]:
    """How many items of the kind are offered to whom now: they count as if they were held."""
    rows = Offer.objects.filter(kind=kind, status=OPEN).order_by().values_list("person_id")
    return rows.annotate(n=Count("pk"))


def offers_to(person: Person | int) -> list[Any]:
    """What is offered to a person now, the most pressing first."""
    number = person.pk if isinstance(person, Person) else person
    rows = Offer.objects.filter(person_id=number, status=OPEN)
    return list(rows.select_related("scoring").order_by("due_at", "pk")[:50])
