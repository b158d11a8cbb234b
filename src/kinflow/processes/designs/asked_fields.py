"""The fields of the record that a task of a person asks for: what can be asked, what is, and in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kinflow.kit.problem import FieldError
from kinflow.records.faces import Field, registry
from kinflow.records.pages.fields import editable_fields

MOST_ASKED = 30


def askable(kind: str) -> dict[str, Field]:
    """By name the fields that a task about records of the kind can ask for: those that people can change."""
    face = registry.get(kind)
    if face is None or face.change is None:
        return {}
    return {field.name: field for field in editable_fields(face)}


def read_asked(
    kind: str, one: Mapping[str, Any], *, is_kept: bool
) -> tuple[tuple[str, ...], tuple[str, ...], list[FieldError]]:
    """The fields that a binding asks for, those of them that are required, and what is wrong with either.

    Of a binding that was kept, fields that are gone meanwhile are left out.
    """
    fields, required = one.get("fields") or [], one.get("required") or []
    if is_kept:
        known = askable(kind)
        there = tuple(name for name in fields if name in known)
        return there, tuple(name for name in required if name in there), []
    errors = [
        error
        for pointer, names in (("/fields", fields), ("/required", required))
        if (error := _wrong(kind, pointer, names)) is not None
    ]
    if not errors and (strange := [name for name in required if name not in fields]):
        words = _("“%(field)s” is required, but not asked for.") % {"field": called_field(kind, strange[0])}
        errors.append(FieldError("/required", words))
    return (
        (tuple(dict.fromkeys(fields)), tuple(dict.fromkeys(required)), []) if not errors else ((), (), errors)
    )


def _wrong(kind: str, pointer: str, names: Any) -> FieldError | None:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return FieldError(pointer, _("Give the names of fields as a list."))
    if len(names) > MOST_ASKED:
        return FieldError(pointer, _("At most %(most)d fields.") % {"most": MOST_ASKED})
    known = askable(kind)
    for name in names:
        if name not in known:
            told = {"field": name[:100]}
            return FieldError(
                pointer, _("No task can ask for “%(field)s”: nobody changes such a field.") % told
            )
    return None


def called_field(kind: str, name: str) -> str:
    """What people call a field."""
    field = askable(kind).get(name)
    return str(field.label) if field is not None else name


def asked_words(kind: str, fields: tuple[str, ...], required: tuple[str, ...]) -> str:
    """What a task asks for, in words; "" for nothing."""
    called = [
        _("%(field)s (required)") % {"field": called_field(kind, name)}
        if name in required
        else called_field(kind, name)
        for name in fields
    ]
    return (
        _("asks for %(fields)s") % {"fields": pgettext("between values", ", ").join(called)} if called else ""
    )
