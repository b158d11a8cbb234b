"""What a record is found by: the texts of its search fields, those of sensitive fields apart."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kinflow.conditions import Kind
from kinflow.kit.tokens import index_tokens

from ..faces import Field, RecordType, registry

MOST_RELATED = 50
KNOWN_TEXTS = 8192
SHORT = 120
"""Characters of a text whose tokens are remembered: what records are called stands in many other records."""


@dataclass(frozen=True)
class Texts:
    """A record's words: `plain` for all who see it, `sensitive` for those who may read such fields, `long` notes."""

    plain: tuple[str, ...]
    sensitive: tuple[str, ...]
    long: tuple[str, ...]

    def tokens(self) -> tuple[set[str], set[str] | None]:
        """All tokens, and the tokens without the sensitive ones where these differ."""
        open_tokens: set[str] = set()
        for text in self.plain:
            open_tokens |= _tokens_of(text)
        for text in self.long:
            open_tokens |= index_tokens(text, sound_limit=0)
        hidden: set[str] = set()
        for text in self.sensitive:
            hidden |= _tokens_of(text)
        return (open_tokens | hidden, open_tokens) if hidden - open_tokens else (open_tokens, None)


def _tokens_of(text: str) -> Set[str]:
    return _remembered(text) if len(text) <= SHORT else index_tokens(text)


@lru_cache(maxsize=KNOWN_TEXTS)
def _remembered(text: str) -> frozenset[str]:
    return frozenset(index_tokens(text))


def texts_of(face: RecordType, row: Any) -> Texts:
    """The texts of the record, with its title and subtitle."""
    plain = [face.title(row), face.subtitle(row) if face.subtitle else ""]
    sensitive: list[str] = []
    long: list[str] = []
    for name in face.search:
        field = face.by_name.get(name)
        words = list(_words(field, row, name))
        if field is not None and field.sensitivity:
            sensitive += words
        elif field is not None and field.kind is Kind.LONG_TEXT:
            long += words
        else:
            plain += words
    return Texts(_clean(plain), _clean(sensitive), _clean(long))


def _clean(words: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for word in words if (text := str(word or "").strip())))


def _words(field: Field | None, row: Any, name: str) -> Iterable[str]:
    value = row
    for part in (field.column if field is not None else name).split("__"):
        if value is None:
            return
        value = getattr(value, part, None)
    if isinstance(value, models.Manager):
        for related in value.all()[:MOST_RELATED] if not _prefetched(row, name) else value.all():
            yield _called(related)
    elif isinstance(value, models.Model):
        yield _called(value)
    elif isinstance(value, list | tuple):
        yield from map(str, value)
    elif value is not None:
        yield str(field.word(value) if field is not None and field.kind is Kind.CHOICE else value)


def _prefetched(row: Any, name: str) -> bool:
    return name in getattr(row, "_prefetched_objects_cache", {})


def _called(related: models.Model) -> str:
    face = registry.get(str(related._meta.model_name))
    return face.title(related) if face is not None else str(related)


def rows_for_indexing(face: RecordType) -> models.QuerySet[Any]:
    """The records with all that their texts need, in a few queries however many there are."""
    joined, many = list(face.with_related), []
    for name in face.search:
        field = face.by_name.get(name)
        path = field.column if field is not None else name
        kind = _relation(face.model, path)
        if kind == "one":
            joined.append(path)
        elif kind == "many":
            many.append(path)
    rows = face.model._default_manager.select_related(*dict.fromkeys(joined))
    return rows.prefetch_related(*many) if many else rows


def _relation(model: type[models.Model], path: str) -> str:
    try:
        found = model._meta.get_field(path.split("__")[0])
    except FieldDoesNotExist:
        return ""
    if not found.is_relation:
        return ""
    return "one" if found.many_to_one or (found.one_to_one and found.concrete) else "many"


def dependants(kind: str) -> Sequence[tuple[RecordType, str]]:
    """The record types found by the names of records of this kind, with the relation that leads there."""
    return [
        (face, field.column)
        for face in registry.values()
        for name in face.search
        if (field := face.by_name.get(name)) and field.target == kind and not field.many
    ]
