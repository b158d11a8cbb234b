"""The open work people hold, weighted by kind: one grouped query for each kind of work."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count

from kinflow.records.faces import RecordType, registry


def work_kinds() -> dict[str, RecordType]:
    """The record types that are work, by name."""
    return {name: face for name, face in registry.items() if face.work is not None}


def loads(person_ids: Collection[int] | None = None) -> dict[int, dict[str, float]]:
    """The weight of the open work of each person by kind; people and kinds without any are left out.

    `person_ids` are the people asked for; None is everybody.
    """
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for kind, face in work_kinds().items():
        assert face.work is not None
        rows = face.model._default_manager.filter(**face.work.open, owner_id__isnull=False)
        if person_ids is not None:
            rows = rows.filter(owner_id__in=person_ids)
        for owner_id, count in rows.order_by().values_list("owner_id").annotate(n=Count("pk")):
            found[owner_id][kind] = count * face.work.weight
    return dict(found)
