"""The right pane: related records, kind by kind, with a way to add one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from kinflow.eventlog import Actor

from ..asking import inputs_of
from ..faces import Label, Panel, RecordType, registry
from ..places import sees_kind
from ..seen import SeenQuery
from .rows import loading
from .shown import value_shower
from .verbs import may_run

SHOWN = 5


@dataclass(frozen=True)
class Related:
    """One related record: title, what stands beside it, its state as HTML, its page."""

    title: str
    subtitle: str
    state: str
    url: str
    number: str


@dataclass(frozen=True)
class ShownPanel:
    """A panel with its records; `more` are further ones, `add` is the address of the dialog for a new one."""

    label: Label
    face: RecordType
    records: Sequence[Related]
    more: bool
    add: str


def panels_of(face: RecordType, record: Any, by: Actor) -> list[ShownPanel]:
    """The panels of kinds that the person sees."""
    found = []
    for at, panel in enumerate(face.panels):
        target = registry.get(panel.kind)
        if target is not None and sees_kind(by, panel.kind):
            rows = _query(face.name, at)(by, record.pk, limit=SHOWN + 1)
            found.append(_panel(face, panel, target, record, rows, by))
    return found


def related_rows(target: RecordType) -> QuerySet[Any]:
    """The related records of all, newest first, with what a line of a panel shows."""
    shown = [target.by_name[target.board.field]] if target.board is not None else []
    rows = target.model._default_manager.all()
    return loading(rows, target, shown, subtitled=True).order_by("-pk")


@cache
def _query(kind: str, at: int) -> SeenQuery[Any]:
    """The query of a record type's panel."""
    face = registry[kind]
    panel = face.panels[at]
    target = registry[panel.kind]
    rows = related_rows(target)
    return SeenQuery(panel.kind, lambda pk: rows.filter(**_relation(face, panel, target, pk)), 1)


def _relation(face: RecordType, panel: Panel, target: RecordType, pk: int) -> dict[str, Any]:
    """The filter: a foreign key, or a pair of kind and id."""
    try:
        target.model._meta.get_field(panel.via.split("__")[0])
    except FieldDoesNotExist:
        return {f"{panel.via}_kind": face.name, f"{panel.via}_id": pk}
    return {panel.via: pk}


def _panel(
    face: RecordType, panel: Panel, target: RecordType, record: Any, rows: Sequence[Any], by: Actor
) -> ShownPanel:
    return ShownPanel(
        panel.label,
        target,
        [_related(target, row) for row in rows[:SHOWN]],
        len(rows) > SHOWN,
        _add(face, panel, target, record, by),
    )


def _related(target: RecordType, row: Any) -> Related:
    state = ""
    if target.board is not None:
        field = target.by_name[target.board.field]
        state = value_shower(field)(getattr(row, field.column, None))
    subtitle = str(target.subtitle(row) or "") if target.subtitle else ""
    return Related(str(target.title(row)), subtitle, state, target.url(row.pk), target.number(row))


def _add(face: RecordType, panel: Panel, target: RecordType, record: Any, by: Actor) -> str:
    """The address of the dialog for a new related record, this record already filled in."""
    if not panel.create or target.create is None or not may_run(by, target, target.create):
        return ""
    names = {each.name: each for each in inputs_of(target.create, target)}
    given = {}
    via = names.get(panel.via.split("__")[0])
    if via is not None:
        given[via.name] = f"{face.name}:{record.pk}" if via.kind == "any_record" else record.pk
    for name in ("contact", "account"):
        value = record.pk if face.name == name else getattr(record, f"{name}_id", None)
        if name in names and name not in given and value:
            given[name] = value
    return f"/{target.slug}/new/?{urlencode(given)}"
