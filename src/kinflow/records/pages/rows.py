"""The rows of one page of a list: one query with exactly the columns that are shown, from a key onwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import QuerySet, prefetch_related_objects

from kinflow.conditions import EVERYTHING, Kind, to_q
from kinflow.eventlog import Actor

from ..access import visible
from ..faces import Field, RecordType, registry
from ..reads import reads, relations_of
from ..search.finding import matching_ids
from ..seen import SeenQuery
from .order import Order
from .wanted import Wanted, context_of, readable_fields

PAGE = 50
CAP = 1000


@dataclass(frozen=True)
class Page:
    """The rows of a page, and the cursors of the pages around it ("" where there are none)."""

    rows: Sequence[Any]
    before: str = ""
    after: str = ""


def columns_of(wanted: Wanted, by: Actor) -> list[Field]:
    """The fields shown as columns."""
    readable = readable_fields(wanted.face, by)
    return [readable[name] for name in (wanted.columns or wanted.face.columns) if name in readable]


def matching(wanted: Wanted, by: Actor) -> QuerySet[Any]:
    """All records that the address asks for and the actor may see, in no order."""
    rows = visible(by, wanted.face.model._default_manager.all())
    if wanted.text:
        ids = matching_ids(by, wanted.face.name, wanted.text)
        if ids is None:
            return rows.none()
        rows = rows.filter(pk__in=ids)
    asked = to_q(wanted.condition, context_of(by))
    return rows.filter(asked) if asked else rows


def page_of(wanted: Wanted, by: Actor, fields: Sequence[Field], *, size: int = PAGE) -> Page:
    """One page; deep pages cost what the first one costs, because each starts at a key."""
    order = Order(wanted.face, wanted.sort)
    if is_opening(wanted):
        found = opening(wanted, by, fields, (order.column,), size + 1)
        return Page(found[:size], "", order.cursor(found[size - 1]) if len(found) > size else "")
    rows = loading(matching(wanted, by), wanted.face, fields, extra=(order.column,))
    if key := order.key(wanted.before):
        found = list(order.arranged(order.beyond(rows, key, back=True), back=True)[: size + 1])
        more = len(found) > size
        found = found[:size][::-1]
        return Page(found, order.cursor(found[0]) if more else "", order.cursor(found[-1]) if found else "")
    key = order.key(wanted.after)
    found = list(order.arranged(order.beyond(rows, key) if key else rows)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        found,
        order.cursor(found[0]) if key and found else "",
        order.cursor(found[-1]) if more else "",
    )


def is_opening(wanted: Wanted) -> bool:
    """Whether the first page of all records is asked for: what a list opens with."""
    return not (wanted.text or wanted.after or wanted.before) and wanted.condition == EVERYTHING


def opening(
    wanted: Wanted, by: Actor, fields: Sequence[Field], extra: tuple[str, ...], limit: int
) -> list[Any]:
    """The first of all records that the actor may see; its question stands, as everybody asks it all the time."""
    names = tuple(field.name for field in fields)
    found = _opening(wanted.face.name, names, extra, wanted.sort)(by, limit=limit)
    many = _plan(wanted.face.name, names, extra, False)[2]
    if many:
        prefetch_related_objects(found, *many)
    return found


@lru_cache(maxsize=256)
def _opening(kind: str, names: tuple[str, ...], extra: tuple[str, ...], sort: str) -> SeenQuery[Any]:
    face = registry[kind]
    order = Order(face, sort)

    def rows() -> QuerySet[Any]:
        fields = [face.by_name[name] for name in names]
        return order.arranged(loading(face.model._default_manager.all(), face, fields, extra=extra))

    return SeenQuery(kind, rows, 0)


def loading(
    rows: QuerySet[Any],
    face: RecordType,
    fields: Sequence[Field],
    *,
    extra: Iterable[str] = (),
    subtitled: bool = False,
) -> QuerySet[Any]:
    """The rows with just the columns that these fields and the title (and the subtitle) show, relations joined."""
    paths, joined, many = _plan(face.name, tuple(f.name for f in fields), tuple(extra), subtitled)
    rows = rows.select_related(*joined) if joined else rows
    rows = rows.only(*paths)
    return rows.prefetch_related(*many) if many else rows


@lru_cache(maxsize=512)
def _plan(
    kind: str, names: tuple[str, ...], extra: tuple[str, ...], subtitled: bool
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Which columns to load, which relations to join, and which to fetch behind."""
    face = registry[kind]
    own = {f.name for f in face.model._meta.concrete_fields}
    paths = {"pk", *extra} | {name for name in ("owner", "unit", "owner_id", "unit_id") if name in own}
    many: list[str] = []
    for field in (face.by_name[name] for name in names):
        if field.many:
            many.append(field.column)
            continue
        paths.add(field.column)
        paths |= {other for other in (field.currency, field.kind_in) if other}
        if field.kind is Kind.RELATION:
            target = registry.get(field.target)
            model = target.model if target is not None else _related(face.model, field.column)
            title: Any = target.title if target is not None else str
            paths |= {f"{field.column}__{path}" for path in reads(title, model)} | {
                f"{field.column}__{model._meta.pk.name}"
            }
    paths |= reads(face.title, face.model)
    if subtitled and face.subtitle is not None:
        paths |= reads(face.subtitle, face.model)
    joined = relations_of(paths)
    paths |= joined
    return tuple(sorted(p for p in paths if p not in many)), tuple(sorted(joined)), tuple(many)


def _related(model: type[models.Model], path: str) -> type[models.Model]:
    here: Any = model
    for part in path.split("__"):
        here = here._meta.get_field(part).related_model
    found: type[models.Model] = here
    return found


def count_of(wanted: Wanted, by: Actor, *, cap: int | None = CAP) -> int:
    """How many records there are; at most `cap` + 1 are counted, all for None."""
    rows = matching(wanted, by).order_by()
    return rows.count() if cap is None else rows.values("pk")[: cap + 1].count()
