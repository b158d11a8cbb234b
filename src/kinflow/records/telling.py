"""The log's entries in words, with fields called as their faces call them."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.event import personal_fields
from kinflow.eventlog.models import About, Entry
from kinflow.eventlog.narration import Told, narrate

from .access import may_read
from .faces import Field, registry
from .recorded import Changed, Known, field_of, known_for, words

HIDDEN = "…"
ACTOR_WORDS = {
    "person": _("a person"),
    "rule": _("a rule"),
    "process": _("a process"),
    "integration": _("an integration"),
    "portal": _("a customer in the portal"),
    "import": _("an import"),
    "system": _("Kinflow itself"),
}


def tell(entries: Sequence[Entry], by: Actor = SYSTEM) -> list[Told]:
    """The entries as sentences; changes name fields and values as the pages of the records do.

    Values that the reader `by` may not read in the records, they do not read here either.
    """
    known = known_for(filter(None, map(_changed, entries)))
    for entry in entries:
        if not may_read(by, "personal"):
            hidden = personal_fields(entry.name) - {"changes"}
            entry.data = {k: HIDDEN if k in hidden and v else v for k, v in entry.data.items()}
        if (changed := _changed(entry)) is not None:
            entry.data = {**entry.data, "changes": worded(changed, known, by)}
        if unread := _unread(entry, by):
            entry.data = {k: HIDDEN if k in unread and v else v for k, v in entry.data.items()}
    return narrate(entries)


def recorded_values(entry: Entry, by: Actor) -> dict[str, Any]:
    """An entry's data as it was recorded, without what the reader may not read."""
    hidden = frozenset() if may_read(by, "personal") else personal_fields(entry.name) - {"changes"}
    hidden |= _unread(entry, by)
    values = {name: HIDDEN if name in hidden and value else value for name, value in entry.data.items()}
    if (changed := _changed(entry)) is not None:
        face, _pk, changes = changed
        values["changes"] = {
            name: pair if _is_readable(field_of(face, name), by) else [HIDDEN, HIDDEN]
            for name, pair in changes.items()
        }
    return values


def _is_readable(field: Field | None, by: Actor) -> bool:
    return field is None or may_read(by, field.sensitivity)


def _changed(entry: Entry) -> Changed | None:
    """What the entry says has changed, and of which record."""
    changes = entry.data.get("changes")
    mention = _changed_mention(entry) if isinstance(changes, dict) else None
    return None if mention is None else (registry[mention.kind], mention.object_id, changes)


def _changed_mention(entry: Entry) -> About | None:
    """The record whose fields the entry's changes are of: what the actor's command is about."""
    return next(
        (m for m in entry.mentioned if m.kind in registry and m.role in (m.kind, "record")),
        None,
    )


def _unread(entry: Entry, by: Actor) -> set[str]:
    """The fields of the records that the entry is about, which the reader may not read."""
    faces = [registry[m.kind] for m in entry.mentioned if m.kind in registry and m.role == m.kind]
    return {f.name for face in faces for f in face.fields if not may_read(by, f.sensitivity)}


def worded(changed: Changed, known: Known, by: Actor = SYSTEM) -> dict[str, Any]:
    """The changes by the fields' labels, values in words; of fields the reader may not read only the labels."""
    face, pk, changes = changed
    found: dict[str, Any] = {}
    for name, pair in changes.items():
        field = field_of(face, name)
        label = str(field.label) if field is not None else name
        if not isinstance(pair, list):
            found[label] = pair
        elif not _is_readable(field, by):
            found[label] = [HIDDEN, HIDDEN]
        else:
            currencies = _currencies(changes, field, known.currencies.get((face.name, pk), ""))
            found[label] = [
                words(field, value, known, currency=currency)
                for value, currency in zip(pair, cycle(currencies), strict=False)
            ]
    return found


def _currencies(changes: Mapping[str, Any], field: Field | None, now: str) -> Sequence[str]:
    """The currencies of the old and the new value: they may have changed with it."""
    pair = changes.get(field.currency) if field is not None else None
    return [str(each) for each in pair] if isinstance(pair, list) and len(pair) == 2 else [now]
