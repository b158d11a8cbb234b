"""Running an import from where it stands to its end: by the worker, or by a command in the foreground."""

import gc
import logging
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.eventlog.actor import Cause
from kinflow.eventlog.models import Mention
from kinflow.kit.problem import Problem

from ..alone import IMPORTS, alone_at
from .actions import fail_import, finish_import
from .events import ImportStarted
from .kinds import importable
from .mapping import guess
from .models import ImportRun
from .reading import open_table
from .recipes import Recipe
from .storing import path_of
from .tables import Table
from .taking import take_rows
from .undoing import undo_some

log = logging.getLogger(__name__)
CHUNK = 2_000  # rows of one transaction
FRESH_OBJECTS = 20_000  # so many more objects than were let go, before anybody looks for garbage

Told = Callable[[ImportRun], None]
Stop = Callable[[], bool]


def run_import(
    run: ImportRun, *, told: Told | None = None, stop: Stop = lambda: False, size: int = CHUNK
) -> ImportRun:
    """Take the import, or its undoing, to its end, or until `stop` says so; returns it as it stands then.

    Goes on where an earlier run was broken off. Does nothing where another process is at it.
    `told` hears of the run after each chunk of about `size` rows.
    """
    with alone_at(IMPORTS, run.pk) as is_ours:
        if not is_ours:
            return run
        run = ImportRun.objects.get(pk=run.pk)
        with (
            translation.override(run.language),
            timezone.override(zoneinfo.ZoneInfo(run.zone)),
            garbage_seldom(),
        ):
            return _go_on(run, told or (lambda _run: None), stop, size)


def _go_on(run: ImportRun, told: Told, stop: Stop, size: int) -> ImportRun:
    by = actor_of(run)
    try:
        if run.state == "undoing":
            return _undo(run, by, told, stop)
        if run.state in ("waiting", "running"):
            return _take_all(run, by, told, stop, size)
    except Problem as problem:
        return fail_import(importrun=run, fault=str(problem), by=by)
    except FileNotFoundError:
        return fail_import(importrun=run, fault=_("The file is no longer there."), by=by)
    return run


def actor_of(run: ImportRun) -> Actor:
    """The import as who acts, in the name and with the rights of who started it, caused by that."""
    who = run.started_by
    cause = (
        Mention.objects.filter(kind="importrun", object_id=run.pk, entry__name=ImportStarted.name)
        .values_list("entry_id", "entry__depth")
        .first()
    )
    return Actor(
        "import",
        str(run.pk),
        who.get("name", ""),
        person_id=who.get("person_id"),
        unit_id=who.get("unit_id"),
        roles=frozenset(who.get("roles", ())),
        unit_ids=tuple(who.get("unit_ids", ())),
        cause=Cause(*cause) if cause else None,
    )


def recipe_of(run: ImportRun, table: Table) -> Recipe:
    """How the columns of the run's file are read."""
    one = importable(run.kind)
    targets = one.targets()
    samples = table.columns()
    mapping = guess(table.headers, samples, targets).changed(run.mapping, targets)
    return Recipe(mapping, targets, samples, zone=timezone.get_current_timezone(), noted=one.noted)


def _take_all(run: ImportRun, by: Actor, told: Told, stop: Stop, size: int) -> ImportRun:
    one = importable(run.kind)
    with open_table(path_of(run.place), run.name) as table:
        recipe = recipe_of(run, table)
        for chunk in table.chunks(size):
            numbers = [*chunk.numbers, *(row.number for row in chunk.rejected)]
            if not numbers or max(numbers) <= run.last_row:
                continue
            if stop():
                return run
            rows, rejected = recipe.rows(chunk)
            run = take_rows(
                importrun=run,
                one=one,
                rows=rows,
                rejected=rejected,
                last_row=max(numbers),
                progress=min(chunk.done, 0.999),
                by=by,
            )
            told(run)
            if run.state != "running":
                return run
    return finish_import(importrun=run, by=by)


def _undo(run: ImportRun, by: Actor, told: Told, stop: Stop) -> ImportRun:
    while run.state == "undoing" and not stop():
        run = undo_some(importrun=run, by=by)
        told(run)
    return run


@contextmanager
def garbage_seldom() -> Iterator[None]:
    """Look for garbage less often: the objects of a chunk all live to its end, so that looking costs and finds none."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(FRESH_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
