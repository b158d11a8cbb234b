"""Who handed an item back, by the log."""

from django.db.models import Model

from kinflow.eventlog.models import Mention

from .events import WorkHandedBack


def handed_back_by(row: Model) -> frozenset[int]:
    """The ids of all people who handed this item back."""
    about = Mention.objects.filter(
        kind=row._meta.model_name, object_id=row.pk, role="record", entry__name=WorkHandedBack.name
    )
    people = Mention.objects.filter(kind="person", role="person", entry_id__in=about.values("entry_id"))
    return frozenset(people.values_list("object_id", flat=True))
