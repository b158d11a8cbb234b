"""The log's entries in words, with fields called as their faces call them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.event import personal_fields
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import Told, narrate

from .access import may_read
from .changing import plain
from .faces import Field, RecordType, registry

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
    """The entries as sentences; changes name their fields in the active language.

    Values that the reader `by` may not read in the records, they do not read here either.
    """
    for entry in entries:
        if not may_read(by, "personal"):
            hidden = personal_fields(entry.name) - {"changes"}
            entry.data = {k: HIDDEN if k in hidden and v else v for k, v in entry.data.items()}
        changes = entry.data.get("changes")
        face = changed_face(entry)
        if isinstance(changes, dict) and face is not None:
            entry.data = {**entry.data, "changes": worded(face, changes, by)}
        if unread := _unread(entry, by):
            entry.data = {k: HIDDEN if k in unread and v else v for k, v in entry.data.items()}
    return narrate(entries)


def changed_face(entry: Entry) -> RecordType | None:
    """The record type whose fields the entry's changes are: of what the actor's command is about."""
    for mention in entry.mentioned:
        face = registry.get(mention.kind)
        if face is not None and mention.role in (face.name, "record"):
            return face
    return None


def _unread(entry: Entry, by: Actor) -> set[str]:
    """The fields of the records that the entry is about, which the reader may not read."""
    faces = [registry[m.kind] for m in entry.mentioned if m.kind in registry and m.role == m.kind]
    return {f.name for face in faces for f in face.fields if not may_read(by, f.sensitivity)}


def worded(face: RecordType, changes: dict[str, Any], by: Actor = SYSTEM) -> dict[str, Any]:
    """The changes by the fields' labels, choices by theirs; of fields the reader may not read only the labels."""
    found = {}
    by_column = {f.column: f for f in face.fields}
    for name, pair in changes.items():
        field = face.by_name.get(name) or by_column.get(name)
        label = str(field.label) if field is not None else name
        if field is not None and not may_read(by, field.sensitivity):
            found[label] = [HIDDEN, HIDDEN]
        else:
            found[label] = [_word(field, v) for v in pair] if isinstance(pair, list) else pair
    return found


def _word(field: Field | None, value: Any) -> Any:
    if field is None or not isinstance(value, str | int):
        return plain(value)
    return str(field.word(value)) if field.choices else value
