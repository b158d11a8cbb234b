"""Questions about the tree of units: what lies below, and who leads from above."""

from .models import Unit
from .rules import ids_on


def subtree_ids(unit_id: int) -> tuple[int, ...]:
    """The unit and all units below it, by rising id; empty where there is no such unit."""
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    if path is None:
        return ()
    below = Unit.objects.filter(path__startswith=path)
    return tuple(below.order_by("pk").values_list("pk", flat=True))


def leads_above(unit_id: int) -> tuple[int, ...]:
    """The ids of those who lead the unit and the units above it, nearest first, each once; who has left is left out."""
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    if path is None:
        return ()
    led = Unit.objects.filter(pk__in=ids_on(path), lead__isnull=False, lead__left_on=None)
    lead_of = dict(led.values_list("pk", "lead_id"))
    nearest = [lead_of[unit] for unit in reversed(ids_on(path)) if unit in lead_of]
    return tuple(dict.fromkeys(nearest))
