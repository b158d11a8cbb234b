"""Records as JSON: only the fields that the caller may read."""

import json
import zlib
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Manager, Model
from django.http import JsonResponse

from kinflow.conditions import Kind
from kinflow.eventlog import Actor

from ..access import may_see
from ..changing import plain
from ..faces import Field, RecordType, registry
from ..pages.shown import value_reader
from ..pages.verbs import offered
from ..pages.wanted import readable_fields

Told = dict[str, Any]
Teller = Callable[[Any], Told]


def json_answer(value: Any, status: int = 200) -> JsonResponse:
    """The value as an answer; Chinese stays Chinese."""
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})


def teller(face: RecordType, fields: Sequence[Field], by: Actor) -> Teller:
    """From a record to its JSON with these fields; made once for many records."""
    readers = [(field.name, value_of(field, by)) for field in fields]

    def tell(row: Any) -> Told:
        return {
            "id": row.pk,
            "kind": face.name,
            "number": face.number(row),
            "title": str(face.title(row) or ""),
            "url": face.url(row.pk),
            "version": version_of(row),
            "fields": {name: read(row) for name, read in readers},
        }

    return tell


def told_whole(face: RecordType, row: Any, by: Actor) -> Told:
    """A record with every field the caller may read, and what they can do with it now."""
    told = teller(face, list(readable_fields(face, by).values()), by)(row)
    return told | {"verbs": [verb.name for verb in offered(face, row, by)]}


def value_of(field: Field, by: Actor) -> Callable[[Any], Any]:
    """From a record to the field's value as JSON."""
    read = value_reader(field)
    if field.many:
        return lambda row: [_related(each, by) for each in _all(read(row))]
    if field.kind is Kind.RELATION:
        return lambda row: _related(read(row), by)
    if field.kind in (Kind.TEXT_LIST, Kind.CHOICE_LIST):
        return lambda row: [str(each) for each in read(row) or ()]
    return lambda row: plain(read(row))


def _all(related: Any) -> Collection[Any]:
    return related.all() if isinstance(related, Manager) else related or ()


def _related(row: Any, by: Actor) -> Told | None:
    return None if row is None else reference(row, by)


def reference(row: Model, by: Actor) -> Told:
    """A record as others point at it; what it is called is not for tokens that may not read its kind."""
    kind = str(row._meta.model_name)
    face = registry.get(kind)
    is_open = by.scopes is None or may_see(by, row)
    title = str((face.title(row) if face is not None else row) or "") if is_open else ""
    return {"kind": kind, "id": row.pk, "title": title}


def version_of(row: Any) -> int:
    """A number that is another after each change of the record."""
    version = getattr(row, "version", None)
    if version is not None:
        return int(version)
    values = {f.attname: str(plain(getattr(row, f.attname))) for f in row._meta.concrete_fields}
    return zlib.crc32(json.dumps(values, sort_keys=True).encode(errors="replace"))


def tag_of(row: Any) -> str:
    """The version as an ETag."""
    return f'"{version_of(row)}"'
