"""Records of any kind that rows of a list are about: named with a query for each kind, and only to who may see them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from kinflow.eventlog import Actor

from ..access import visible
from ..faces import Field, registry
from .rows import loading


def tell_records(rows: Sequence[Any], field: Field, by: Actor) -> None:
    """Note with each row, for its cell, number and title of the record that the field is about."""
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        ids[getattr(row, field.kind_in)].add(getattr(row, field.column))
    told = {(kind, pk): words for kind, wanted in ids.items() for pk, words in _told(kind, wanted, by)}
    for row in rows:
        words = told.get((getattr(row, field.kind_in), getattr(row, field.column)), "")
        row.__dict__.setdefault("told_records", {})[field.name] = words


def _told(kind: str, ids: set[int], by: Actor) -> list[tuple[int, str]]:
    face = registry.get(kind)
    if face is None:
        return []
    found = loading(visible(by, face.model._default_manager.filter(pk__in=ids)), face, ())
    return [(row.pk, f"{face.number(row)} · {face.title(row)}") for row in found]
