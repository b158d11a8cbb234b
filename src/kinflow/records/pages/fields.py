"""Fields as inputs: what is asked for to change one, and who may."""

import json
from typing import Any

from kinflow.conditions import Kind
from kinflow.eventlog import Actor

from ..access import may_read
from ..asking import Input
from ..changing import plain
from ..faces import Field, RecordType
from .shown import value_reader
from .verbs import may_run

KINDS = {
    Kind.TEXT: "text",
    Kind.LONG_TEXT: "long",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.MONEY: "decimal",
    Kind.BOOLEAN: "flag",
    Kind.DATE: "date",
    Kind.YEARLY: "text",
    Kind.MOMENT: "moment",
    Kind.CHOICE: "choice",
    Kind.RELATION: "record",
    Kind.IDENTIFIER: "text",
    Kind.TEXT_LIST: "text",
    Kind.CHOICE_LIST: "choice",
}
_LISTS = (Kind.TEXT_LIST, Kind.CHOICE_LIST)
_TEXTS = (Kind.TEXT, Kind.LONG_TEXT, Kind.IDENTIFIER, Kind.YEARLY)


def editable_fields(face: RecordType) -> list[Field]:
    """The fields that the face's change action may set."""
    return [f for f in face.fields if f.editable and not f.many and "__" not in f.column]


def can_edit(face: RecordType, field: Field, record: Any, by: Actor) -> bool:
    """Whether this person can change this field of this record."""
    return (
        field.editable
        and not field.many
        and "__" not in field.column
        and may_read(by, field.sensitivity)
        and may_run(by, face, face.change, record)
    )


def input_for(face: RecordType, field: Field) -> Input:
    """What is asked for to change the field; its name is "value"."""
    model_field = face.model._meta.get_field(field.column)
    return Input(
        name="value",
        label=field.label,
        kind=KINDS[field.kind],
        python=str,
        help=field.help,
        target=field.target,
        many=field.kind in _LISTS,
        nullable=True,
        default="" if field.kind in _TEXTS else None,
        offered=tuple(field.choices),
        max_length=getattr(model_field, "max_length", None),
    )


def seen_text(field: Field, record: Any) -> str:
    """The field's value now, as JSON for the form to send back."""
    return json.dumps(plain(value_reader(field)(record)), ensure_ascii=False)
