"""The left pane of a record page: its fields in sections, each with its pencil where it can be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.eventlog import Actor

from ..access import may_see
from ..faces import Field, RecordType, registry
from .fields import can_edit
from .shown import NONE, Show, is_number, shower, value_reader
from .wanted import readable_fields

EMPTY = f'<span class="value">{NONE}</span>'
"""A field without a value that this person cannot fill: nothing to see, nothing to do."""
PEN = "M3 13l.6-2.8L11 2.8 13.2 5l-7.4 7.4z"


@dataclass(frozen=True)
class Fact:
    """One field as a line: its words, its value as HTML, and how it is edited ("" where it is not)."""

    field: Field
    html: SafeString
    is_wide: bool


@dataclass(frozen=True)
class Section:
    """Some facts under a heading."""

    label: Any
    facts: Sequence[Fact]


def sections_of(face: RecordType, record: Any, by: Actor) -> list[Section]:
    """The sections with the fields this person may read; empty values are shown where they could be filled."""
    readable = readable_fields(face, by)
    found = []
    for label, names in face.facts:
        facts = [
            fact
            for name in names
            if name in readable and (fact := _fact(face, readable[name], record, by)) is not None
        ]
        if facts:
            found.append(Section(label, facts))
    return found


def _fact(face: RecordType, field: Field, record: Any, by: Actor) -> Fact | None:
    html = fact_html(face, field, record, by)
    if html == EMPTY:
        return None
    return Fact(field, mark_safe(html), field.kind is Kind.LONG_TEXT)  # noqa: S308


def fact_html(face: RecordType, field: Field, record: Any, by: Actor, show: Show | None = None) -> str:
    """The field's value in its place: linked where it is a record, with a pencil where it can be changed."""
    html = (show or shower(face, field))(record)
    if field.kind is Kind.RELATION and not field.many:
        html = _linked(field, value_reader(field)(record), html, by)
    if field.name == "owner" and face.work is not None:
        html += _why(face, record)
    if field.kind is Kind.LONG_TEXT and html != NONE:
        html = f'<span class="long">{html}</span>'
    if can_edit(face, field, record, by):
        html += _pencil(face, field, record)
    return f'<span class="value{" num" if is_number(field) and html != NONE else ""}">{html}</span>'


def _linked(field: Field, related: Any, html: str, by: Actor) -> str:
    target = registry.get(field.target)
    if related is None or target is None or not may_see(by, related):
        return html
    return f'<a class="link plain" href="{escape(target.url(related.pk))}">{html}</a>'


def _why(face: RecordType, record: Any) -> str:
    """The way to the reasons of an assignment."""
    owner = getattr(record, "owner", None)
    words = _("Why %(who)s?") % {"who": owner} if owner is not None else _("Why nobody?")
    return f' <a class="link small" data-dialog hx-boost="false" href="/why/{face.name}/{record.pk}/">{escape(words)}</a>'


def _pencil(face: RecordType, field: Field, record: Any) -> str:
    label = escape(_("Change %(field)s") % {"field": field.label})
    return (
        f'<button type="button" class="pencil" aria-label="{label}" title="{label}" '
        f'hx-get="{face.url(record.pk)}edit/{field.name}/" hx-target="closest .cell" '
        'hx-select="unset" hx-swap="innerHTML settle:0ms">'
        f'<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d="{PEN}"/></svg></button>'
    )
