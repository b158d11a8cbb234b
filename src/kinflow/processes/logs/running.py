"""Reading an imported log from its file to its columns: by the worker, or by a command in the foreground."""

import logging
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.eventlog.actor import Cause
from kinflow.eventlog.models import Mention
from kinflow.kit.problem import Problem
from kinflow.records.alone import LOGS, alone_at
from kinflow.records.importing.storing import path_of as file_of

from ..columns.keeping import keep
from ..objects.keeping import keep_objects, log_of_read
from ..objects.log import ObjectLog
from .actions import fail_log, finish_log
from .events import LogStarted
from .growing import Read
from .keeping import forget, fresh_folder, path_of
from .kinds import OBJECT_CENTRIC, LogKind
from .models import ACTIVE, ImportedLog
from .reading import objects_in, read

log = logging.getLogger(__name__)


def read_log(imported: ImportedLog) -> ImportedLog:
    """Read the file of a log that waits, keep its columns, and make a process of it; returns it as it stands then.

    Does nothing where another process is at it. What goes wrong is noted on the log.
    """
    with alone_at(LOGS, imported.pk) as is_ours:
        found = ImportedLog.objects.filter(pk=imported.pk, state__in=ACTIVE).first()
        if not is_ours or found is None:
            return found or imported
        by = actor_of(found)
        folder = fresh_folder()
        try:
            done, objects = _read(found)
            if not done.columns.events:
                return fail_log(importedlog=found, fault=_nothing(done.counts), by=by)
            keep(done.columns, path_of(folder))
            if objects is not None:
                keep_objects(objects, path_of(folder))
            return finish_log(
                importedlog=found, columns=done.columns, counts=done.counts, folder=folder, by=by
            )
        except Problem as problem:
            forget(folder)
            return fail_log(importedlog=found, fault=f"{problem} {problem.remedy}".strip(), by=by)
        except FileNotFoundError:
            forget(folder)
            return fail_log(importedlog=found, fault=_("The file is no longer there."), by=by)
        except MemoryError:
            forget(folder)
            return fail_log(importedlog=found, fault=_("There is not enough memory for this log."), by=by)
        except Exception:
            forget(folder)
            log.exception("log %s could not be read", found.pk)
            fault = _("The file could not be read, for a reason that is noted in the program's own log.")
            return fail_log(importedlog=found, fault=fault, by=by)


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
        return _("None of the %(count)s events has a case, an activity and a time that could be read.") % told
    return _("This log has no events.")


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
