"""The log's entries in words, with fields called as their faces call them."""

from collections.abc import Sequence
from typing import Any

from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import Told, narrate

from .changing import plain
from .faces import Field, RecordType, registry


def tell(entries: Sequence[Entry]) -> list[Told]:
    """The entries as sentences; changes name their fields in the active language."""
    for entry in entries:
        changes = entry.data.get("changes")
        face = changed_face(entry)
        if isinstance(changes, dict) and face is not None:
            entry.data = {**entry.data, "changes": worded(face, changes)}
    return narrate(entries)


def changed_face(entry: Entry) -> RecordType | None:
    """The record type whose fields the entry's changes are: of what the actor's command is about."""
    for mention in entry.mentions.all():
        face = registry.get(mention.kind)
        if face is not None and mention.role in (face.name, "record"):
            return face
    return None


def worded(face: RecordType, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes by the fields' labels, choices by theirs."""
    found = {}
    by_column = {f.column: f for f in face.fields}
    for name, pair in changes.items():
        field = face.by_name.get(name) or by_column.get(name)
        label = str(field.label) if field is not None else name
        found[label] = [_word(field, v) for v in pair] if isinstance(pair, list) else pair
    return found


def _word(field: Field | None, value: Any) -> Any:
    if field is None or not isinstance(value, str | int):
        return plain(value)
    return str(field.word(value)) if field.choices else value
