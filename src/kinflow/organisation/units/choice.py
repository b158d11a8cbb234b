"""The unit a screen is narrowed to: chosen from the tree, with all units below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from .models import Unit
from .rules import depth_of
from .tree import subtree_ids


@dataclass(frozen=True)
class Choice:
    """The chosen unit ("" for all), what can be chosen, and the units it means (None: all)."""

    value: str
    options: Sequence[tuple[str, str]]
    unit_ids: tuple[int, ...] | None


def choice_of(request: HttpRequest) -> Choice:
    """What `?unit=` chooses; anything that is no open unit chooses all."""
    units = {u.pk: u for u in Unit.objects.filter(is_closed=False)}
    ways = {
        pk: [units[int(part)].name for part in u.path.strip("/").split("/") if int(part) in units]
        for pk, u in units.items()
    }
    ordered = sorted(units.values(), key=lambda u: ways[u.pk])
    options = [(str(u.pk), "\u2003" * (depth_of(u.path) - 1) + u.name) for u in ordered]
    value = request.GET.get("unit", "")
    if value not in dict(options):
        return Choice("", options, None)
    return Choice(value, options, subtree_ids(int(value)))
