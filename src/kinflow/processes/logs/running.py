"""Reading an imported log from its file to its columns: by the worker, or by a command in the foreground."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Actor
from kinflow.eventlog.actor import Cause
from kinflow.eventlog.models import Mention
from kinflow.kit.problem import Problem
from kinflow.records.importing.storing import path_of as file_of
from kinflow.records.long_work.faults import said_with
from kinflow.records.long_work.works import Told, Work

from ..columns.keeping import keep
from ..objects.keeping import keep_objects, log_of_read
from ..objects.log import ObjectLog
from .actions import JOB, fail_log, finish_log
from .events import LogStarted
from .growing import Read
from .keeping import forget, fresh_folder, path_of
from .kinds import OBJECT_CENTRIC, LogKind
from .models import ImportedLog
from .reading import objects_in, read

READ = 0.8
"""So much is done when the file is read."""


STAGES = {"read": _("The file is read"), "kept": _("What was read is kept")}
FAULTS = {"gone": _("The file is no longer there."), "memory": _("There is not enough memory for this log.")}


class NothingRead(Problem):
    """The file holds no event that can be told."""


def _columns(imported: ImportedLog, told: Told) -> dict[str, Any] | None:
    """Read the file and keep its columns; None where it was told to stop."""
    folder = fresh_folder()
    try:
        with translation.override(_language(imported)):
            if not told(0.0, "read"):
                return None
            done, objects = _read(imported)
            if not done.columns.events:
                raise NothingRead(_nothing(done.counts))
        if told(READ, "kept"):
            keep(done.columns, path_of(folder))
            if objects is not None:
                keep_objects(objects, path_of(folder))
            return {"columns": done.columns, "counts": done.counts, "folder": folder}
    except BaseException:
        forget(folder)
        raise
    return None


def _finish(imported: ImportedLog, found: dict[str, Any]) -> None:
    try:
        finish_log(importedlog=imported, **found, by=actor_of(imported))
    except BaseException:
        forget(found["folder"])
        raise


def _fail(imported: ImportedLog, fault: str) -> None:
    """Faults of logs are kept in words: they tell of the file, in the language of who had it read."""
    with translation.override(_language(imported)):
        words = str(said_with(FAULTS)(fault, {}))
    fail_log(importedlog=imported, fault=words, by=actor_of(imported))


def _language(imported: ImportedLog) -> str:
    return str(imported.started_by.get("language", "en"))


def _said(problem: Problem) -> str:
    return f"{problem} {problem.remedy}".strip()


def _read(imported: ImportedLog) -> tuple[Read, ObjectLog | None]:
    """The log, and with all its kinds of objects where it is object-centric."""
    path, kind = file_of(imported.place), LogKind(imported.kind)
    if kind not in OBJECT_CENTRIC:
        return read(path, imported.file, imported.reads), None
    found = objects_in(path, kind)
    return found.flattened(imported.reads.object_type), log_of_read(found)


def _nothing(counts: Mapping[str, int]) -> str:
    left_out = sum(
        counts.get(key, 0) for key in ("without_case", "without_activity", "without_time", "outside")
    )
    if left_out:
        told = {"count": f"{left_out:,}"}
        return (
            gettext("None of the %(count)s events has a case, an activity and a time that could be read.")
            % told
        )
    return gettext("This log has no events.")


def actor_of(imported: ImportedLog) -> Actor:
    """The import as who acts, in the name and with the rights of who started it, caused by that."""
    who = imported.started_by
    cause = (
        Mention.objects.filter(kind="importedlog", object_id=imported.pk, entry__name=LogStarted.name)
        .order_by("-entry_id")
        .values_list("entry_id", "entry__depth")
        .first()
    )
    return Actor(
        "import",
        f"log:{imported.pk}",
        who.get("name", ""),
        person_id=who.get("person_id"),
        unit_id=who.get("unit_id"),
        roles=frozenset(who.get("roles", ())),
        unit_ids=tuple(who.get("unit_ids", ())),
        cause=Cause(*cause) if cause else None,
    )


WORK = Work(
    JOB,
    ImportedLog,
    does=_columns,
    finish=_finish,
    fail=_fail,
    faults={
        Problem: _said,
        FileNotFoundError: lambda _error: "gone",
        MemoryError: lambda _error: "memory",
    },
    fault_words=FAULTS,
    stage_words=STAGES,
)
