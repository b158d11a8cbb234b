"""Changing fields of a record: checked against its face, refused when stale, told as old and new values."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kinflow.kit.lines import straight
from kinflow.kit.problem import Conflict, FieldError, Invalid

from .faces import face_of


class Stale(Conflict):
    """Somebody else changed the field since it was read; `extra` holds both values."""

    code = "stale-edit"


def plain(value: Any) -> Any:
    """A field's value as it stands in events and over the API."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def apply_changes(
    record: models.Model, changes: Mapping[str, Any], *, seen: Mapping[str, Any] | None = None
) -> dict[str, list[Any]]:
    """Set the fields on the (locked, unsaved) record; returns {field: [old, new]} of those that really differ.

    `seen` are the values the editor saw: where the record has another value meanwhile, Stale is raised.
    Raises Invalid naming each field that is unknown, not editable or wrong; then nothing is set.
    """
    face = face_of(record)
    errors: list[FieldError] = []
    cleaned: dict[str, Any] = {}
    for name, value in changes.items():
        field = face.by_name.get(name)
        if field is None or not field.editable:
            errors.append(FieldError(f"/{name}", _("This field cannot be changed.")))
            continue
        try:
            cleaned[_attribute(record, field.column)] = _clean(record, field.column, value)
        except ValidationError as error:
            errors.append(FieldError(f"/{name}", " ".join(error.messages)))
    if errors:
        raise Invalid(errors=errors)
    _refuse_stale(record, seen or {})
    return _set(record, cleaned)


def _attribute(record: models.Model, column: str) -> str:
    return str(record._meta.get_field(column).attname)  # type: ignore[union-attr]


def _clean(record: models.Model, column: str, value: Any) -> Any:
    model_field = record._meta.get_field(column)
    assert isinstance(model_field, models.Field)
    if isinstance(value, models.Model):
        value = value.pk
    if (
        value is None
        and not model_field.null
        and isinstance(model_field, models.CharField | models.TextField)
    ):
        value = ""
    if value == "" and model_field.null:
        value = None
    if isinstance(value, str):
        is_line = isinstance(model_field, models.CharField)
        value = (straight(value) if is_line else value).replace("\x00", "").strip()
    return model_field.clean(value, record)


def _refuse_stale(record: models.Model, seen: Mapping[str, Any]) -> None:
    for name, old in seen.items():
        field = face_of(record).by_name.get(name)
        if field is None or "__" in field.column:
            continue
        now = plain(getattr(record, _attribute(record, field.column)))
        if str(now if now is not None else "") != str(plain(old) if old is not None else ""):
            raise Stale(
                _("Somebody else changed “%(field)s” meanwhile.") % {"field": field.label},
                field=f"/{name}",
                remedy=_("Look at both values, and enter yours again if it is still right."),
                now=now,
                seen=plain(old),
            )


def _set(record: models.Model, cleaned: Mapping[str, Any]) -> dict[str, list[Any]]:
    changed: dict[str, list[Any]] = {}
    for attribute, new in cleaned.items():
        old = getattr(record, attribute)
        if old != new:
            changed[attribute.removesuffix("_id")] = [plain(old), plain(new)]
            setattr(record, attribute, new)
    return changed
