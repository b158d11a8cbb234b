"""The filter bar: a condition as chips, each of which can be taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kinflow.conditions import EVERYTHING, All, Chip, Condition, chips, related_ids

from ..faces import registry
from .wanted import Wanted


@dataclass(frozen=True)
class FilterChip:
    """One part of the filter, and the address of the page without it."""

    chip: Chip
    without: str


def chips_of(wanted: Wanted, page: str = "") -> list[FilterChip]:
    """The chips of the condition that holds, on the list or on another page of the same records ("board/")."""
    condition = wanted.condition
    return [
        FilterChip(chip, wanted.url(page, where=_without(condition, index)))
        for index, chip in enumerate(chips(condition, names_in(condition)))
    ]


def _without(condition: Condition, index: int) -> Condition:
    if isinstance(condition, All):
        return All(tuple(part for i, part in enumerate(condition.parts) if i != index))
    return EVERYTHING


def names_in(condition: Condition) -> Mapping[tuple[str, int], Any]:
    """What the records are called that the condition names."""
    found: dict[tuple[str, int], Any] = {}
    for kind, ids in related_ids(condition).items():
        face = registry.get(kind)
        if face is None or not ids:
            continue
        rows = face.model._default_manager.select_related(*face.with_related).in_bulk(list(ids))
        found |= {(kind, pk): face.title(row) for pk, row in rows.items()}
    return found
