"""Records as JSON: only the fields that the caller may read."""

import json
import zlib
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Manager, Model
from django.http import HttpResponse
from django.utils.functional import Promise

from kinflow.conditions import Kind
from kinflow.eventlog import Actor

from ..access import may_see, sees_all
from ..changing import plain
from ..faces import Field, RecordType, registry
from ..pages.shown import value_reader
from ..pages.verbs import offered
from ..pages.wanted import readable_fields

Told = dict[str, Any]
Teller = Callable[[Any], Told]
_AS_THEY_ARE = frozenset({Kind.TEXT, Kind.CHOICE, Kind.INTEGER, Kind.BOOLEAN})


def json_answer(value: Any, status: int = 200) -> HttpResponse:
    """The value as an answer; Chinese stays Chinese."""
    return HttpResponse(as_json(value), content_type="application/json", status=status)


def as_json(value: Any) -> bytes:
    """The value as JSON; what is strange to the quick encoder (numbers beyond 64 bits), the slow one writes."""
    try:
        return orjson.dumps(value, _worded)
    except orjson.JSONEncodeError:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def _worded(value: Any) -> str:
    if isinstance(value, Promise | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


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
        refer = referrer(by)
        return lambda row: [refer(each) for each in _all(read(row))]
    if field.kind is Kind.RELATION:
        refer = referrer(by)
        return lambda row: None if (related := read(row)) is None else refer(related)
    if field.kind in (Kind.TEXT_LIST, Kind.CHOICE_LIST):
        return lambda row: [str(each) for each in read(row) or ()]
    if field.kind in _AS_THEY_ARE:
        return read
    return lambda row: plain(read(row))


def _all(related: Any) -> Collection[Any]:
    return related.all() if isinstance(related, Manager) else related or ()


def reference(row: Model, by: Actor) -> Told:
    """A record as others point at it; what it is called is not for tokens that may not read its kind."""
    return referrer(by)(row)


def referrer(by: Actor) -> Teller:
    """From a record to how others point at it; made once for many records."""
    known: dict[str, tuple[Callable[[Any], Any], bool]] = {}

    def refer(row: Any) -> Told:
        kind = row._meta.model_name
        if kind not in known:
            face = registry.get(kind)
            known[kind] = (face.title if face is not None else str, by.scopes is None or sees_all(by, kind))
        title, is_open = known[kind]
        words = str(title(row) or "") if is_open or may_see(by, row) else ""
        return {"kind": kind, "id": row.pk, "title": words}

    return refer


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
