"""What waits for a person: open, and nobody's."""

from typing import Any

from django.db.models import QuerySet

from kinflow.records.faces import registry

from ..offers.queries import on_offer
from ..pool.policy import KINDS
from ..pool.using import resting


def waiting(kind: str) -> QuerySet[Any]:
    """The open items of a kind that are nobody's and may be given out, the oldest first.

    What is offered to somebody waits for their answer, what came back into a pool for who claims it.
    """
    face = registry[kind]
    assert face.work is not None
    rows = face.model._default_manager.filter(owner=None, **face.work.open).order_by("pk")
    rows = rows.exclude(on_offer(kind))
    return rows.exclude(resting(kind)) if kind in KINDS else rows
