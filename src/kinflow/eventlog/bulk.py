"""Bulk writes under the same two laws: rows and entries go in with COPY, in the running action's transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.utils import timezone

from . import each
from .actor import Actor
from .command import Command, WriteOutsideAction, running
from .copying import Line, copy, copy_entries, ids_for
from .event import Event
from .recorded import Recorded, permitted_command
from .recording import encode, flush, mentions_of

M = TypeVar("M", bound=Recorded)
_PLAIN_FIELDS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.DecimalField,
    models.ForeignKey,
    models.DateTimeField,
)
_PLAIN_VALUES = frozenset({str, int, bool, Decimal, type(None)})


@contextmanager
def speaking_for(domain: str) -> Iterator[None]:
    """A part of the running action that writes rows of the given package: another system's history, or many at once.

    Both laws hold as ever; only the rule that each package writes its own rows is lifted, since history that comes from
    outside has no action of its own, and an action for each of many rows would take minutes.
    """
    command = running()
    if command is None:
        raise WriteOutsideAction(domain)
    command.domains.append(domain)
    try:
        yield
    finally:
        command.domains.pop()


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Fresh primary keys for `count` rows of the model, in ascending order."""
    return ids_for(model._meta.db_table, count)


def insert(rows: Sequence[M]) -> list[M]:
    """Write unsaved rows of one model with COPY, giving each its primary key; returns the rows.

    The events that mention them (or their wholes) are recorded with `record_many`.
    """
    if not rows:
        return []
    model = type(rows[0])
    command = permitted_command(model)
    for row in rows:
        row.straighten()
    missing = [row for row in rows if row.pk is None]
    for row, pk in zip(missing, reserve_ids(model, len(missing)) if missing else (), strict=True):
        row.pk = pk
    fields = [f for f in model._meta.concrete_fields if not f.generated]
    copy(model._meta.db_table, [str(f.column) for f in fields], _values(fields, rows))
    for row in rows:
        row._state.adding = False
        row._state.db = "default"
        row._note(command)
    return list(rows)


def insert_parts(
    model: type[M], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, wholes: Iterable[Recorded]
) -> None:
    """Write rows that are parts of records with COPY, without making objects of them.

    `columns` are columns of the table, `rows` values that the driver takes as they are; all other columns must have
    defaults in the database. `wholes` are the records the parts belong to, mentioned by events as ever.
    """
    command = permitted_command(model)
    copy(model._meta.db_table, columns, rows)
    command.changed.update((whole._meta.label, whole.pk) for whole in wholes)
    command.tables.add(model._meta.db_table)


def insert_links(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, wholes: Iterable[M]
) -> None:
    """Write links between records (the table behind a many-to-many field) with COPY; `wholes` are whose they are."""
    for whole in wholes:
        command = permitted_command(type(whole))
        whole._note(command)
        command.tables.add(table._meta.db_table)
    copy(table._meta.db_table, columns, rows)


def like(pattern: M, **values: Any) -> M:
    """A fresh unsaved row with the values of a pattern and these; many times faster than making it from nothing.

    For models whose fields hold values that do not change (texts, numbers, moments, records).
    """
    model = type(pattern)
    row, state, links = model.__new__(model), ModelState(), _links(model)
    row.__dict__.update(pattern.__dict__, _state=state)
    for name, value in values.items():
        if name in links:
            row.__dict__[links[name]] = None if value is None else value.pk
            state.fields_cache[name] = value
        else:
            row.__dict__[name] = value
    return row


@cache
def _links(model: type[models.Model]) -> dict[str, str]:
    """The model's fields that hold other records, with the names under which their keys are kept."""
    return {f.name: f.attname for f in model._meta.concrete_fields if f.is_relation}


def _values(fields: "Sequence[models.Field[Any, Any]]", rows: Iterable[models.Model]) -> Iterator[list[Any]]:
    """The columns' values of each row; what the driver takes as it is goes there without a detour."""
    plain = [isinstance(f, _PLAIN_FIELDS) and not _is_automatic(f) for f in fields]
    straight = list(zip(fields, plain, strict=True))
    values_of = attrgetter(*(f.attname for f in fields), "_state")  # never one only: a tuple in any case
    for row in rows:
        yield [
            value
            if is_plain
            and (type(value) in _PLAIN_VALUES or (type(value) is datetime and value.tzinfo is not None))
            else f.get_db_prep_save(f.pre_save(row, True), connection)
            for (f, is_plain), value in zip(straight, values_of(row), strict=False)
        ]


def _is_automatic(field: "models.Field[Any, Any]") -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def update(rows: models.QuerySet[M], **values: Any) -> list[int]:
    """Set fields of many rows in one statement, counting the change where rows have versions; returns their primary keys.

    The events that mention the rows are recorded with `record_many`.
    """
    model = rows.model
    command = permitted_command(model)
    ids = list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    known = {field.attname for field in model._meta.concrete_fields}
    if "version" in known:
        values = {"version": models.F("version") + 1, "changed_at": timezone.now()} | values
    with command.writes_rows():
        models.QuerySet.update(model._base_manager.filter(pk__in=ids), **values)
    command.changed.update((model._meta.label, pk) for pk in ids)
    command.tables.add(model._meta.db_table)
    return ids


def update_each(rows: Sequence[M], fields: Sequence[str], *, as_told: bool = False) -> None:
    """Write these fields of many rows of one model, each row's own values, in one statement; versions are counted.

    `fields` are columns of the table. Whoever calls it holds the rows. The events that mention them are recorded as ever.
    `as_told` leaves versions and moments to the caller, who writes down what happened at another time.
    """
    if not rows:
        return
    model = type(rows[0])
    command = permitted_command(model)
    now, names = timezone.now(), [*fields]
    if not as_told and "version" in {field.attname for field in model._meta.concrete_fields}:
        for row in rows:
            vars(row).update(version=vars(row)["version"] + 1, changed_at=now)
        names += ["version", "changed_at"]
    with command.writes_rows():
        each.update_each(model, ("id",), names, [(row.pk, *(vars(row)[n] for n in names)) for row in rows])
    for row in rows:
        row._note(command)


def delete(rows: models.QuerySet[M]) -> list[int]:
    """Remove many rows of one model in one statement; returns their primary keys.

    Parts of theirs are removed first, by the caller; the events that mention the rows are recorded with `record_many`.
    """
    model = rows.model
    command = permitted_command(model)
    found = list(rows.select_for_update(of=("self",)))
    for row in found:
        row._note(command)
    ids = [row.pk for row in found]
    with command.writes_rows():
        models.QuerySet._raw_delete(model._base_manager.filter(pk__in=ids), using=rows.db)
    return ids


def record_many(
    events: Iterable[tuple[Event, datetime | None]], *, ids: Iterable[int] | None = None, batch: int = 20_000
) -> int:
    """Append many events with their moments (None: now) with COPY, in order; how many were written.

    `ids` are entry ids from `reserve_ids`, one for each event, where an event is to name another as its cause.
    """
    command = running()
    if command is None:
        raise WriteOutsideAction("record_many")
    flush(command)
    given, numbers, total = iter(events), iter(ids) if ids is not None else None, 0
    while chunk := list(islice(given, batch)):
        lines = [_line(command, event, at) for event, at in chunk]
        own = list(islice(numbers, len(chunk))) if numbers is not None else None
        copy_entries(lines, command.name, str(command.id), own)
        total += len(chunk)
    return total


def _line(command: Command, event: Event, at: datetime | None) -> Line:
    mentions, rows, plain = mentions_of(event)
    command.mentioned.update(rows)
    by: Actor = getattr(event, "_by", None) or command.by
    return Line(by, event.name, at, encode(plain), mentions)


def done_by(event: Event, by: Actor) -> Event:
    """Say that somebody else than the running command's actor did this (history taken over from elsewhere)."""
    object.__setattr__(event, "_by", by)
    return event
