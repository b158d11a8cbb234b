"""What the pool's pages say of records they know only by their face."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from kinflow.records.faces import RecordType, face_of
from kinflow.records.pages.shown import shower

register = template.Library()


@register.simple_tag
def field_value(face: RecordType, row: Any, name: str) -> SafeString:
    """One field of a record as lists show it."""
    return mark_safe(shower(face, face.by_name[name])(row))  # noqa: S308 - it escapes what it shows


@register.simple_tag
def field_label(face: RecordType, name: str) -> Any:
    """What a field is called."""
    return face.by_name[name].label


@register.filter
def pool_url(row: Any) -> str:
    """Where an item's page is."""
    return face_of(row).url(row.pk)


@register.filter
def face_url(face: RecordType, pk: int) -> str:
    """Where the page of a record of the type is."""
    return face.url(pk)
