"""The structure of the data, read from the declarations of the running system: faces of records, models, estimates."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kinflow.conditions import Kind
from kinflow.eventlog import Recorded
from kinflow.records.faces import Field, RecordType, registry

from .entities import Attribute, End, Entity, Relation, Structure
from .estimates import Estimates, estimates_of, values_of
from .words import AREAS, LOOSELY, PARTS, TYPES

PLUMBING = frozenset({"id", "version", "created_at", "changed_at"})
_KINDS = {
    "CharField": Kind.TEXT,
    "SlugField": Kind.TEXT,
    "TextField": Kind.LONG_TEXT,
    "BooleanField": Kind.BOOLEAN,
    "DateField": Kind.DATE,
    "DateTimeField": Kind.MOMENT,
    "DecimalField": Kind.DECIMAL,
    "FloatField": Kind.DECIMAL,
    "IntegerField": Kind.INTEGER,
    "BigIntegerField": Kind.INTEGER,
    "PositiveIntegerField": Kind.INTEGER,
    "PositiveSmallIntegerField": Kind.INTEGER,
    "SmallIntegerField": Kind.INTEGER,
}
EVERYWHERE = ("person", "unit")
"""Nearly every record belongs to a person and a unit."""


def structure() -> Structure:
    """All kinds of records with their fields and relations, in the reader's language."""
    kinds = kinds_of_records()
    told = estimates_of([model._meta.db_table for model in kinds.values()])
    entities = tuple(_entity(key, model, told) for key, model in kinds.items())
    relations = tuple(each for key, model in kinds.items() for each in _relations(key, model, kinds))
    there = {each.area for each in entities}
    areas = tuple((key, str(label)) for key, label in AREAS.items() if key in there)
    return Structure(areas, entities, relations)


def kinds_of_records() -> dict[str, type[models.Model]]:
    """The kinds of records by their names, whatever has a face or a word; area by area, parts after the others."""
    places = list(AREAS)
    found: dict[str, type[models.Model]] = {}
    known = [model for model in apps.get_models() if model._meta.app_label in AREAS]
    known.sort(key=lambda each: (places.index(each._meta.app_label), each._meta.model_name not in registry))
    for model in known:
        key = str(model._meta.model_name)
        if issubclass(model, Recorded) and (key in registry or key in PARTS):
            found[key] = model
    return found


def _entity(key: str, model: type[models.Model], told: Estimates) -> Entity:
    face, table = registry.get(key), model._meta.db_table
    attributes = _of_face(face, model, told) if face else _of_model(model, told)
    return Entity(
        key=key,
        label=str(face.label if face else PARTS[key]),
        area=model._meta.app_label,
        attributes=tuple(attributes),
        rows=told.rows.get(table),
        url=f"/{face.slug}/" if face else "",
        is_part=face is None,
    )


def _of_face(face: RecordType, model: type[models.Model], told: Estimates) -> Iterator[Attribute]:
    listed = {*face.columns, *face.name_parts}
    for field in face.fields:
        if field.name in PLUMBING:
            continue
        column = _column(model, field)
        yield Attribute(
            name=field.name,
            label=str(field.label),
            type=str(TYPES[field.kind]),
            target=field.target,
            filled=told.filled.get((model._meta.db_table, column)) if column else None,
            is_main=field.name in listed or bool(field.target),
            is_confidential=bool(field.sensitivity),
        )


def _column(model: type[models.Model], field: Field) -> str:
    """The column of the model's own table that a field of its face is kept in; "" for none."""
    try:
        own = model._meta.get_field(field.column)
    except FieldDoesNotExist:  # a field of something related
        return ""
    return str(getattr(own, "column", "") or "")


def _of_model(model: type[models.Model], told: Estimates) -> Iterator[Attribute]:
    """The fields of what has no face: those that have words."""
    for field in model._meta.fields:
        is_relation = field.is_relation and field.related_model is not None
        if field.name in PLUMBING or not (is_relation or _has_words(field)):
            continue
        target = str(field.related_model._meta.model_name) if is_relation else ""  # type: ignore[union-attr]
        yield Attribute(
            name=field.name,
            label=_label(field, target),
            type="" if is_relation else _type(field),
            target=target if target in registry or target in PARTS else "",
            filled=told.filled.get((model._meta.db_table, str(field.column))),
            is_main=True,
        )


def _type(field: models.Field) -> str:
    """What a field of a model holds."""
    kind = Kind.CHOICE if field.choices else _KINDS.get(field.get_internal_type())
    return str(TYPES[kind]) if kind else ""


def _has_words(field: models.Field) -> bool:
    """Whether somebody gave the field a name, rather than Django made one of its own name."""
    return bool(field._verbose_name)  # type: ignore[attr-defined]  # Django keeps what was given


def _label(field: models.Field, target: str) -> str:
    if _has_words(field):
        return str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]
    face = registry.get(target)
    return str(face.label if face else PARTS.get(target, field.name))


def _relations(
    key: str, model: type[models.Model], kinds: dict[str, type[models.Model]]
) -> Iterator[Relation]:
    face = registry.get(key)
    named = {field.column.removesuffix("_id"): str(field.label) for field in face.fields} if face else {}
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        related: Any = field.related_model
        target = str(related._meta.model_name) if field.is_relation and related not in (None, "self") else ""
        if target in kinds:
            label = named.get(field.name) or _label(field, target)
            yield Relation(key, target, field.name, label, _to(field), "one" if field.one_to_one else "many")
    yield from _loose(key, model, kinds)


def _to(field: Any) -> End:
    if field.many_to_many:
        return "many"
    return "none_or_one" if field.null else "one"


def _loose(key: str, model: type[models.Model], kinds: dict[str, type[models.Model]]) -> Iterator[Relation]:
    """Relations kept as kind and number: to the kinds that are there."""
    names = {field.name for field in model._meta.fields}
    for start, label in LOOSELY.items():
        if f"{start}_kind" in names and f"{start}_id" in names:
            for target in values_of(model._meta.db_table, f"{start}_kind"):
                if target in kinds:
                    yield Relation(key, target, start, str(label), "none_or_one", is_open=True)
