"""What waits for a person: open, and nobody's."""

from typing import Any

from django.db.models import QuerySet

from kinflow.records.faces import registry


def waiting(kind: str) -> QuerySet[Any]:
    """The open items of a kind that are nobody's and may be given out, the oldest first."""
    face = registry[kind]
    assert face.work is not None
    return face.model._default_manager.filter(owner=None, **face.work.open).order_by("pk")
