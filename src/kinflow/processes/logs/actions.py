"""All that can be done with imported logs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import ADMINISTRATOR, permit
from kinflow.records.importing.giving import Given
from kinflow.records.importing.storing import discard, path_of
from kinflow.records.long_work.acting import begin, cancel, fail, finish
from kinflow.records.long_work.models import WAITING

from ..columns import EventColumns
from ..definitions.actions import add_process, switch_process
from ..definitions.drafts import PLACES
from ..definitions.models import Process
from .events import LogCancelled, LogFailed, LogGiven, LogMapped, LogRead, LogRemoved, LogStarted
from .keeping import forget
from .kinds import OBJECT_CENTRIC, LogKind
from .lifecycles import EACH, JOINED
from .models import OPEN, ImportedLog
from .reading import Looked, look_at
from .roles import LABELS, MANY, checked

JOB = "processes.read_log"


class WrongState(Conflict):
    """The log stands where this cannot be done."""

    code = "wrong-state"


def _stands(log: ImportedLog, *states: str) -> None:
    if log.state not in states:
        raise WrongState(
            _("The log “%(name)s” is “%(state)s”.") % {"name": log.name, "state": log.get_state_display()},
            remedy=_("Look at the log again: it went on meanwhile."),
        )


@action
def give_log(*, name: str = "", given: Given, by: Actor) -> ImportedLog:
    """Take in a file, and guess how it is read; nothing is read yet.

    `name` is what its process will be called; the file's name where it is empty. Raises UnreadableFile, FileTooLarge,
    Invalid for a name that another process has.
    """
    permit(by, kind="importedlog")
    name = " ".join((name or given.name.partition(".")[0]).split())[:120] or "?"
    _refuse_taken(name)
    looked = look_at(path_of(given.stored.place), given.name)
    log = ImportedLog(
        name=name,
        file=given.name[:200] or "?",
        kind=looked.kind,
        place=given.stored.place,
        size=given.stored.size,
        look={
            "columns": [{"header": one.header, "role": one.role} for one in looked.columns],
            "object_types": [asdict(one) for one in looked.object_types],
        },
        how=_first_guess(looked),
        started_by=_who(by),
    )
    log.save()
    record(LogGiven(importedlog=log, kind=log.kind))
    return log


def _first_guess(looked: Looked) -> dict[str, Any]:
    is_table = looked.kind == LogKind.TABLE
    return {
        "roles": {one.header: one.role for one in looked.columns},
        "zone": timezone.get_current_timezone_name() if is_table else "UTC",
        "lifecycle": JOINED,
        "object_type": looked.object_types[0].name if looked.object_types else "",
    }


def _refuse_taken(name: str, log: ImportedLog | None = None) -> None:
    """Raise Invalid where another process, or a log on its way, has the name."""
    others = ImportedLog.objects.filter(name=name, state__in=("draft", WAITING))
    if log is not None:
        others = others.exclude(pk=log.pk)
    has_log = ~Q(case_kind="") | Q(logs__isnull=False)
    if Process.objects.filter(has_log, name=name).exists() or others.exists():
        raise Invalid(
            errors=[FieldError("/name", _("Another process or log has this name: choose another."))]
        )


def _who(by: Actor) -> dict[str, Any]:
    return {
        "id": by.id,
        "name": by.name,
        "person_id": by.person_id,
        "unit_id": by.unit_id,
        "roles": sorted(by.roles) or ([ADMINISTRATOR] if by.kind == "system" else []),
        "unit_ids": list(by.unit_ids),
        "language": translation.get_language() or "en",
    }


@action
def map_log(
    *,
    importedlog: ImportedLog,
    name: str | None = None,
    roles: Mapping[str, str] | None = None,
    zone: str | None = None,
    lifecycle: str | None = None,
    object_type: str | None = None,
    by: Actor,
) -> ImportedLog:
    """Decide how the file is read; what is not given stays as it is.

    `roles` says by header what a column is (a key of `roles.LABELS`); `zone` where times without an offset are meant;
    `lifecycle` "joined" or "each". Raises Invalid, naming what is wrong. A table may stay without a case, an activity
    or a time until the reading is started.
    """
    log = hold(importedlog)
    permit(by, log)
    _stands(log, *OPEN)
    how = {**log.how, "roles": {**log.how["roles"], **(roles or {})}}
    chosen = {"zone": zone, "lifecycle": lifecycle, "object_type": object_type}
    how |= {key: value for key, value in chosen.items() if value is not None}
    _check(log, how)
    name = log.name if name is None else " ".join(name.split())[:120]
    if name != log.name:
        if not name:
            raise Invalid(errors=[FieldError("/name", _("Give it a name."))])
        _refuse_taken(name, log)
    if (name, how) != (log.name, log.how):
        log.name, log.how = name, how
        log.save()
        record(LogMapped(importedlog=log))
    return log


def _check(log: ImportedLog, how: Mapping[str, Any]) -> None:
    errors = []
    headers = [column["header"] for column in log.look["columns"]]
    for header, role in how["roles"].items():
        if header not in headers:
            errors.append(FieldError(f"/roles/{header}", _("There is no such column.")))
        elif role not in LABELS:
            errors.append(FieldError(f"/roles/{header}", _("A column cannot be this.")))
    errors += _doubles({header: how["roles"].get(header, "") for header in headers})
    if how["zone"] not in available_timezones():
        errors.append(FieldError("/zone", _("There is no such time zone.")))
    if how["lifecycle"] not in (JOINED, EACH):
        errors.append(FieldError("/lifecycle", _("This is “joined” or “each”.")))
    if log.kind in OBJECT_CENTRIC and how["object_type"] not in _object_types(log):
        errors.append(FieldError("/object_type", _("The log has no objects of this type.")))
    if errors:
        raise Invalid(errors=errors)


def _doubles(roles: Mapping[str, str]) -> Sequence[FieldError]:
    used: dict[str, str] = {}
    errors = []
    for header, role in roles.items():
        if role in used and role not in MANY:
            told = {"first": used[role]}
            errors.append(
                FieldError(
                    f"/roles/{header}", _("“%(first)s” is already this: only one column can be.") % told
                )
            )
        used.setdefault(role, header)
    return errors


def _object_types(log: ImportedLog) -> list[str]:
    return [one["name"] for one in log.look["object_types"]]


@action
def start_log(*, importedlog: ImportedLog, by: Actor) -> ImportedLog:
    """Let the file be read: the worker takes it up as soon as it is free.

    Raises Invalid where a table has no case, no activity or no time yet.
    """
    log = hold(importedlog)
    permit(by, log)
    _stands(log, *OPEN)
    if log.kind == LogKind.TABLE:
        checked([column["header"] for column in log.look["columns"]], log.how["roles"])
    log.state, log.fault, log.started_by = WAITING, "", _who(by)
    return begin(log, JOB, LogStarted)


@action
def cancel_log(*, importedlog: ImportedLog, by: Actor) -> ImportedLog:
    """End the reading before its end; the file stays, and can be read again. Raises NotRunning where it ended already."""
    return cancel(importedlog, LogCancelled, by=by)


@action
def finish_log(
    *, importedlog: ImportedLog, columns: EventColumns, counts: Mapping[str, int], folder: str, by: Actor
) -> ImportedLog:
    """Note what was read, and make a process of it; `folder` is where the columns are kept."""
    log = hold(importedlog)
    permit(by, log)
    _stands(log, WAITING)
    kept = {
        "process": _process_for(log, by),
        "folder": folder,
        "cases": columns.cases,
        "events": columns.events,
        "activities": len(columns.activities),
        "first_at": _moment(columns.at.min()),
        "last_at": _moment(columns.at.max()),
        "counts": dict(counts),
    }
    log = finish(log, LogRead, kept, by=by)
    transaction.on_commit(lambda: discard(log.place))
    return log


def _process_for(log: ImportedLog, by: Actor) -> Process:
    """The process that the log becomes: a new one, or the one that an earlier log of this name has left."""
    left = Process.objects.filter(name=log.name, case_kind="", logs=None).first()
    if left is None:
        return add_process(key=_free_key(log.name), name=log.name, by=by)
    return switch_process(process=left, is_active=True, by=by)


def _free_key(name: str) -> str:
    """A key for a process of this name that no other has."""
    start = slugify(name).strip("-_")[:50] or "log"
    key, number = start, 1
    while key in PLACES or Process.objects.filter(key=key).exists():
        number += 1
        key = f"{start}-{number}"
    return key


def _moment(at: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(at) / 1e6, UTC)
    except (OverflowError, ValueError, OSError):
        return None


@action
def fail_log(*, importedlog: ImportedLog, fault: str, by: Actor) -> ImportedLog:
    """Note that the file could not be read, and why; it can be read in another way still."""
    return fail(importedlog, fault, LogFailed, by=by)


@action
def remove_log(*, importedlog: ImportedLog, by: Actor) -> None:
    """Remove the log, and put the process aside that it was; a log of the same name takes it up again."""
    log = hold(importedlog)
    permit(by, log)
    _stands(log, "ready", *OPEN)
    place, folder, process = log.place, log.folder, log.process
    record(LogRemoved(importedlog=log, name_given=log.name))
    log.delete()
    if process is not None:
        switch_process(process=process, is_active=False, by=by)
    transaction.on_commit(lambda: discard(place))
    transaction.on_commit(lambda: forget(folder))
