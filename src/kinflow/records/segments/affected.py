"""Which records of a segment's type a change can move: the record itself, and those whose condition looks at it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kinflow.conditions import Condition, Has, Kind, Test
from kinflow.conditions.dependence import nodes_of
from kinflow.conditions.fields import Step
from kinflow.eventlog.models import Entry

from ..faces import registry
from .models import Segment

Mentions = Mapping[str, set[int]]
"""Ids by kind of record."""
MOST = 10_000
"""So many records are looked at for one change; where more are affected, the segment is worked out as a whole."""


def prefixes(condition: Condition, kind: str) -> dict[str, set[str]]:
    """By kind of record the ORM paths from the segment's type to it; "" is the record itself."""
    found: dict[str, set[str]] = defaultdict(set)
    found[kind].add("")
    _gather(condition, "", found)
    return found


def _gather(condition: Condition, before: str, found: dict[str, set[str]]) -> None:
    for node in nodes_of(condition):
        if not isinstance(node, Test | Has):
            continue
        end = _along(node.steps, before, found)
        if isinstance(node, Has) and node.steps[-1].field.target:
            found[node.steps[-1].field.target].add(end)
            _gather(node.where, end, found)


def _along(steps: Iterable[Step], before: str, found: dict[str, set[str]]) -> str:
    """Note each record on the way; returns the path to the end."""
    path = before
    for step in steps:
        found[step.type_name].add(path)
        path = "__".join(filter(None, (path, step.field.path)))
    return path


def affected(segment: Segment, condition: Condition, mentions: Mentions) -> set[int] | None:
    """The ids of the records that may join or leave because these were mentioned; None where they are too many."""
    model: Any = registry[segment.kind].model
    ids: set[int] = set()
    for kind, paths in prefixes(condition, segment.kind).items():
        given = mentions.get(kind)
        if not given:
            continue
        for path in paths:
            if path:
                rows = model._default_manager.filter(**{f"{path}__in": given}).order_by()
                ids.update(rows.values_list("pk", flat=True)[: MOST + 1])
            else:
                ids |= given
        if len(ids) > MOST:
            return None
    return ids


def mentions_in(entries: Iterable[Entry]) -> tuple[dict[str, set[int]], dict[tuple[str, int], Entry]]:
    """What the entries mention, by kind, with the entry that did so last; related records as they were, too."""
    found: dict[str, set[int]] = defaultdict(set)
    last: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        for mention in entry.mentioned:
            found[mention.kind].add(mention.object_id)
            last[mention.kind, mention.object_id] = entry
            for kind, pk in _former(mention.kind, entry.data):
                found[kind].add(pk)
                last[kind, pk] = entry
    return found, last


def _former(kind: str, data: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    """Records that a changed relation led to before."""
    face, changes = registry.get(kind), data.get("changes")
    if face is None or not isinstance(changes, Mapping):
        return
    for name, pair in changes.items():
        field = face.by_name.get(name)
        if field is None or field.kind is not Kind.RELATION or not field.target:
            continue
        if isinstance(pair, list) and pair and isinstance(pair[0], int):
            yield field.target, pair[0]
