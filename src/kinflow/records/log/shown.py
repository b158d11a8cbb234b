"""Entries ready to be shown: in words, with what changed, what they mention, and what caused what."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import Name, Told, names_of

from ..faces import registry
from ..telling import ACTOR_WORDS, recorded_values, tell

MOST_EFFECTS = 50


@dataclass(frozen=True)
class Details:
    """All there is to one entry.

    `changes` are (field, old, new); `mentions` (role, kind in words, name); `causes` the chain of what led to it,
    nearest first; `effects` what it led to; `recorded` the data as text.
    """

    told: Told
    changes: Sequence[tuple[str, Any, Any]]
    mentions: Sequence[tuple[str, Any, Name]]
    causes: Sequence[Told]
    effects: Sequence[Told]
    recorded: str


def who_acted(entry: Entry) -> str:
    """The kind of actor in words, where the name alone does not say it."""
    is_plain = entry.actor_kind in ("person", "system")
    return "" if is_plain else str(ACTOR_WORDS.get(entry.actor_kind, ""))


def details_of(entry: Entry, by: Actor) -> Details:
    """All there is to the entry that the actor may read."""
    recorded = recorded_values(entry, by)
    [told] = tell([entry], by)
    changes = told.details.get("changes")
    pairs = (
        [(k, v[0], v[1]) for k, v in changes.items() if isinstance(v, list) and len(v) == 2]
        if isinstance(changes, dict)
        else []
    )
    effects = Entry.objects.filter(caused_by=entry.pk).order_by("pk").prefetch_related("mentions")
    return Details(
        told,
        pairs,
        _mentions(entry),
        tell(_causes(entry), by),
        tell(list(effects[:MOST_EFFECTS]), by),
        json.dumps(recorded, ensure_ascii=False, indent=2),
    )


def _mentions(entry: Entry) -> list[tuple[str, Any, Name]]:
    names = names_of([entry])
    found = []
    for mention in entry.mentioned:
        face = registry.get(mention.kind)
        label = face.label if face else mention.kind
        number = f"{face.prefix if face else mention.kind}-{mention.object_id}"
        found.append((mention.role, label, names.get((mention.kind, mention.object_id)) or Name(number)))
    return found


def _causes(entry: Entry) -> list[Entry]:
    found: list[Entry] = []
    at, seen = entry.caused_by, {entry.pk}
    while at is not None and at not in seen:
        seen.add(at)
        cause = Entry.objects.filter(pk=at).first()
        if cause is None:
            break
        found.append(cause)
        at = cause.caused_by
    return found
