"""Where cases are collected, as people see it: how many of how many are there."""

from django.db.models import Count

from ..designs.bindings import Timer
from ..designs.kept import NotFit, kept
from .models import OPEN, TOGETHER, ProcessInstance, ProcessWait


def collected_with(instance: ProcessInstance) -> dict[int, tuple[int, int]]:
    """By number the tokens that wait for others: how many are there with it, and how many are to go on together."""
    if not instance.is_open:
        return {}
    mine = dict(instance.waits.filter(what=TOGETHER).values_list("token", "event"))
    if not mine:
        return {}
    waiting = ProcessWait.objects.filter(
        what=TOGETHER,
        event__in=mine.values(),
        instance__design=instance.design_id,
        instance__is_shadow=instance.is_shadow,
        instance__state__in=OPEN,
    )
    there = dict(waiting.order_by().values_list("event").annotate(n=Count("pk")))
    return {token: (there.get(event, 0), _size(event)) for token, event in mine.items()}


def _size(event: str) -> int:
    """For how many cases are collected where waits are named so."""
    return int(event.split()[1])


def together_at(design_id: int, number: int) -> dict[str, int]:
    """By element of a version how many cases go on together there; only where they are collected."""
    try:
        bindings = kept(design_id, number).bindings
    except NotFit:
        return {}
    return {
        key: each.together for key, each in bindings.items() if isinstance(each, Timer) and each.together > 1
    }
