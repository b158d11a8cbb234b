"""The tab “Data structure”, and its picture and numbers as files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from kinflow.web.doors import page
from kinflow.web.pictures.files import Kind, picture_file, saves_of

from ....studio.pages.files import csv_file
from ....studio.spans import count, share
from ...frame import reader_of, tab_page
from ...tabs import ROOT
from .drawing import Detail, drawn
from .entities import Attribute, Entity, Relation, Rows, Structure, part_of
from .reading import EVERYWHERE, structure

PLACE = f"{ROOT}data"
DETAILS: dict[Detail, Any] = {
    "main": pgettext_lazy("which fields are drawn", "Main fields"),
    "all": pgettext_lazy("which fields are drawn", "All fields"),
    "none": pgettext_lazy("which fields are drawn", "No fields"),
}
USUAL_AREAS = ("contact_center", "service", "sales", "customers", "catalogue", "organisation")
HEADS = ("area", "record", "field", "holds", "refers_to", "at_most", "filled", "rows", "rows_are_estimated")
ALL_FILLED = 0.9995


@dataclass(frozen=True)
class Wanted:
    """Which areas and fields, and whether lines to people and units are drawn from everywhere."""

    areas: tuple[str, ...]
    detail: Detail
    everywhere: bool

    def query(self, **other: str) -> str:
        """The query that asks for the same, perhaps otherwise."""
        looks = {"fields": self.detail, "people": "1" if self.everywhere else ""} | other
        pairs = [("area", each) for each in self.areas]
        return "?" + urlencode(pairs + [pair for pair in looks.items() if pair[1]])


def wanted(query: QueryDict, whole: Structure) -> Wanted:
    """What the address asks for."""
    there = [key for key, _label in whole.areas]
    areas = tuple(key for key in there if key in query.getlist("area"))
    details: dict[str, Detail] = {"main": "main", "all": "all", "none": "none"}
    return Wanted(
        areas or tuple(key for key in there if key in USUAL_AREAS) or tuple(there),
        details.get(query.get("fields", ""), "main"),
        query.get("people") == "1",
    )


@page
@require_GET
def data_page(request: HttpRequest) -> HttpResponse:
    """The diagram of the areas asked for, with its numbers."""
    reader_of(request)
    whole = structure()
    asked = wanted(request.GET, whole)
    shown = _part(whole, asked)
    context = {
        "asked": asked,
        "areas": [{"key": key, "label": label, "on": key in asked.areas} for key, label in whole.areas],
        "details": [
            {"label": label, "url": asked.query(fields=key), "on": key == asked.detail}
            for key, label in DETAILS.items()
        ],
        "picture": mark_safe(picture_of(shown, asked)),  # noqa: S308  # drawn by us, all escaped
        "entities": [_row(whole, each) for each in whole.entities if each.area in asked.areas],
        "told": _told(shown),
        "saves": saves_of(PLACE, asked.query()),
    }
    return tab_page(request, "data", "processes/structure/diagrams/data.html", **context)


def _part(whole: Structure, asked: Wanted) -> Structure:
    return part_of(whole, asked.areas, () if asked.everywhere else EVERYWHERE)


def title() -> str:
    """What the diagram is called."""
    return _("Data structure")


def picture_of(shown: Structure, asked: Wanted) -> str:
    """The diagram as SVG, in the reader's language."""
    labels = {each.key: each.label for each in shown.entities}
    return drawn(
        shown,
        asked.detail,
        label=title(),
        rows={each.key: rows_word(each.rows) for each in shown.entities},
        more=lambda hidden: (
            ngettext("and %(count)s more field", "and %(count)s more fields", hidden) % {"count": hidden}
        ),
        told=told_of,
        says=lambda relation: relation_words(relation, labels),
    )


def rows_word(rows: Rows | None) -> str:
    """How many rows, with a sign where that is an estimate."""
    if rows is None or rows.number < 0:
        return ""
    return f"≈ {count(rows.number)}" if rows.is_estimate else count(rows.number)


def told_of(attribute: Attribute) -> str:
    """What a field holds, and how far it is filled where it is not always."""
    filled = attribute.filled
    part = "" if filled is None or filled >= ALL_FILLED else share(filled)
    kind = "" if attribute.target else attribute.type
    return " · ".join(each for each in (kind, part) if each)


def relation_words(relation: Relation, labels: dict[str, str]) -> str:
    """What a line means."""
    ends = {
        "one": pgettext("end of a relation", "exactly one"),
        "none_or_one": pgettext("end of a relation", "at most one"),
        "many": pgettext("end of a relation", "any number"),
    }
    return _("%(source)s, %(field)s: %(to)s %(target)s; back: %(back)s %(source)s") % {
        "source": labels[relation.source],
        "field": relation.label,
        "to": ends[relation.to],
        "target": labels[relation.target],
        "back": ends[relation.back],
    }


def _told(shown: Structure) -> str:
    entities = ngettext("%(count)s kind of record", "%(count)s kinds of records", len(shown.entities))
    relations = ngettext("%(count)s relation", "%(count)s relations", len(shown.relations))
    both = (entities % {"count": len(shown.entities)}, relations % {"count": len(shown.relations)})
    return " · ".join(both)


def _row(whole: Structure, entity: Entity) -> dict[str, Any]:
    labels = {each.key: each.label for each in whole.entities}
    return {
        "label": entity.label,
        "area": dict(whole.areas)[entity.area],
        "url": entity.url,
        "rows": rows_word(entity.rows),
        "fields": [
            {
                "label": each.label,
                "holds": each.type,
                "target": labels.get(each.target, ""),
                "filled": "" if each.filled is None else share(each.filled),
                "part": None if each.filled is None else round(100 * each.filled),
            }
            for each in entity.attributes
        ],
        "relations": [
            relation_words(each, labels)
            for each in whole.relations
            if each.source == entity.key or each.target == entity.key
        ],
    }


@page
@require_GET
def data_file(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The diagram as a file."""
    reader_of(request)
    whole = structure()
    asked = wanted(request.GET, whole)
    shown = _part(whole, asked)
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return picture_file(
        picture_of(shown, asked), kind, title(), title=title(), note=f"{_told(shown)} · {day}"
    )


@page
@require_GET
def data_csv(request: HttpRequest) -> HttpResponseBase:
    """All fields of the areas asked for."""
    reader_of(request)
    whole = structure()
    return csv_file("data-structure.csv", HEADS, _cells(whole, wanted(request.GET, whole)))


def _cells(whole: Structure, asked: Wanted) -> Iterator[list[Any]]:
    labels = {each.key: each.label for each in whole.entities}
    to = {(each.source, each.name): each.to for each in whole.relations}
    for entity in whole.entities:
        if entity.area not in asked.areas:
            continue
        rows = entity.rows
        for each in entity.attributes:
            yield [
                dict(whole.areas)[entity.area],
                entity.label,
                each.label,
                each.type,
                labels.get(each.target, ""),
                to.get((entity.key, each.name), ""),
                "" if each.filled is None else round(each.filled, 4),
                rows.number if rows else "",
                rows.is_estimate if rows else "",
            ]
