"""Who handed an item back, by the log."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Model

from kinflow.eventlog.models import Mention

from .events import WorkHandedBack


def handed_back_pairs(kind: str, ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """Which of these items were handed back by whom, as (item, person): two queries."""
    about = Mention.objects.filter(
        kind=kind, object_id__among=list(ids), role="record", entry__name=WorkHandedBack.name
    )
    items = dict(about.values_list("entry_id", "object_id"))
    if not items:
        return frozenset()
    people = Mention.objects.filter(kind="person", role="person", entry_id__among=list(items))
    return frozenset((items[entry], person) for entry, person in people.values_list("entry_id", "object_id"))


def handed_back_by(row: Model) -> frozenset[int]:
    """The ids of all people who handed this item back."""
    return frozenset(person for _item, person in handed_back_pairs(str(row._meta.model_name), [row.pk]))


def was_handed_back(row: Model, person_id: int, since: datetime) -> bool:
    """Whether the person handed this item back since then."""
    about = Mention.objects.filter(
        kind=str(row._meta.model_name),
        object_id=row.pk,
        role="record",
        entry__name=WorkHandedBack.name,
        entry__at__gte=since,
    )
    people = Mention.objects.filter(kind="person", object_id=person_id, role="person")
    return people.filter(entry_id__in=about.values("entry_id")).exists()
