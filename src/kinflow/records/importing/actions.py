"""All that can be done with an import, but taking rows and undoing."""

from collections.abc import Mapping as AnyMapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict

from ..access import ADMINISTRATOR, permit
from ..jobs import defer
from .access import permit_kind
from .events import (
    ImportCancelled,
    ImportFailed,
    ImportFinished,
    ImportMapped,
    ImportPrepared,
    ImportStarted,
    ImportUndoStarted,
)
from .giving import Given
from .kinds import importable
from .mapping import guess
from .models import ACTIVE, ImportRun
from .reading import open_table
from .storing import discard, path_of
from .telling import tell_of

JOB = "records.import"


class WrongState(Conflict):
    """The import stands where this cannot be done."""

    code = "wrong-state"


def _stands(run: ImportRun, *states: str) -> None:
    if run.state not in states:
        raise WrongState(
            _("The import of “%(name)s” is “%(state)s”.")
            % {"name": run.name, "state": run.get_state_display()},
            remedy=_("Look at the import again: it went on meanwhile."),
        )


@action
def prepare_import(*, kind: str, given: Given, by: Actor) -> ImportRun:
    """Take in a file and guess what becomes of its columns; nothing is imported yet.

    `kind` is the name of a record type. Raises NoSuchKind, UnreadableFile, FileTooLarge.
    """
    one = importable(kind)
    permit_kind(by, one)
    with open_table(path_of(given.stored.place), given.name) as table:
        headers = table.headers
        mapping = guess(headers, table.columns(), one.targets())
    run = ImportRun(
        kind=kind,
        name=given.name[:200] or "?",
        place=given.stored.place,
        digest=given.stored.digest,
        size=given.stored.size,
        headers=list(headers),
        mapping=mapping.as_json(),
        language=translation.get_language() or "en",
        zone=timezone.get_current_timezone_name(),
        owner_id=by.person_id,
        unit_id=by.unit_id,
        started_by=_who(by),
    )
    run.save()
    record(ImportPrepared(importrun=run, kind=kind))
    return run


def _who(by: Actor) -> dict[str, Any]:
    return {
        "id": by.id,
        "name": by.name,
        "person_id": by.person_id,
        "unit_id": by.unit_id,
        "roles": sorted(by.roles) or ([ADMINISTRATOR] if by.kind == "system" else []),
        "unit_ids": list(by.unit_ids),
    }


@action
def map_import(*, importrun: ImportRun, choices: AnyMapping[str, str], by: Actor) -> ImportRun:
    """Decide what becomes of columns: by header a field's name, "+" (kept in the notes) or "" (left out).

    Raises Invalid for unknown headers or fields, and where two columns claim one field.
    """
    run = hold(importrun)
    permit(by, run)
    _stands(run, "draft")
    targets = importable(run.kind).targets()
    mapping = guess(run.headers, [[] for _ in run.headers], targets).changed(
        {**run.mapping, **choices}, targets
    )
    if mapping.as_json() != run.mapping:
        run.mapping = mapping.as_json()
        run.save()
        record(ImportMapped(importrun=run, columns=len(run.headers)))
    return run


@action
def start_import(*, importrun: ImportRun, by: Actor) -> ImportRun:
    """Let the import begin: the worker takes it up as soon as it is free."""
    run = hold(importrun)
    permit(by, run)
    _stands(run, "draft")
    run.state, run.started_at, run.started_by = "waiting", timezone.now(), _who(by)
    run.save()
    record(ImportStarted(importrun=run))
    defer(JOB, run=run.pk)
    tell_of(run)
    return run


@action
def cancel_import(*, importrun: ImportRun, by: Actor) -> ImportRun:
    """End the import before its end; what it has made stays, and can be undone."""
    run = hold(importrun)
    permit(by, run)
    _stands(run, "draft", "waiting", "running")
    run.state, run.ended_at = "cancelled", timezone.now()
    run.save()
    record(ImportCancelled(importrun=run))
    transaction.on_commit(lambda: discard(run.place))
    tell_of(run)
    return run


@action
def undo_import(*, importrun: ImportRun, by: Actor) -> ImportRun:
    """Take back all that the import made, but for what somebody has worked on since."""
    run = hold(importrun)
    permit(by, run)
    _stands(run, "done", "cancelled", "failed")
    run.state, run.progress = "undoing", 0.0
    run.save()
    record(ImportUndoStarted(importrun=run))
    defer(JOB, run=run.pk)
    tell_of(run)
    return run


@action
def finish_import(*, importrun: ImportRun, by: Actor) -> ImportRun:
    """Note that all rows were read."""
    run = hold(importrun)
    permit(by, run)
    if run.state in ACTIVE:
        run.state, run.progress, run.ended_at = "done", 1.0, timezone.now()
        run.save()
        record(ImportFinished(importrun=run, read=run.read, created=run.created, rejected=run.rejected))
        transaction.on_commit(lambda: discard(run.place))
        tell_of(run)
    return run


@action
def fail_import(*, importrun: ImportRun, fault: str, by: Actor) -> ImportRun:
    """Note that the import cannot go on, and why; what it has made stays."""
    run = hold(importrun)
    permit(by, run)
    if run.state in ACTIVE:
        run.state, run.fault, run.ended_at = "failed", fault[:2000], timezone.now()
        run.save()
        record(ImportFailed(importrun=run, fault=run.fault))
        transaction.on_commit(lambda: discard(run.place))
        tell_of(run)
    return run
