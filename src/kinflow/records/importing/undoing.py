"""Undoing an import, some records at a time: what nobody has touched goes, the rest stays and is counted."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import CASCADE, Q
from django.utils import timezone

from kinflow.eventlog import Actor, action, hold, record
from kinflow.eventlog.models import Mention

from ..access import permit
from ..faces import registry
from .events import ImportTakenBack, ImportUndone
from .kinds import removers
from .models import ImportedRecord, ImportRun
from .telling import tell_of

SOME = 2_000
MACHINES = ("import", "rule", "system")
"""Who may have touched a record without anybody having worked on it."""


@action
def undo_some(*, importrun: ImportRun, by: Actor) -> ImportRun:
    """Take back some of what the import made; where nothing is left, the import is undone."""
    run = hold(importrun)
    permit(by, run)
    if run.state != "undoing":
        return run
    links, kind = _next(run)
    if not links:
        return _end(run)
    going = removable(kind, [link.object_id for link in links])
    if going:
        removers[kind][1](ids=sorted(going), by=by)
    gone = [link.pk for link in links if link.object_id in going]
    ImportedRecord.objects.filter(pk__in=gone).update(state="removed")
    ImportedRecord.objects.filter(pk__in=[link.pk for link in links]).exclude(pk__in=gone).update(
        state="kept"
    )
    run.removed += len(gone)
    run.kept += len(links) - len(gone)
    run.progress = min(0.999, (run.removed + run.kept) / max(1, sum(run.made.values())))
    run.save()
    record(ImportTakenBack(importrun=run, removed=len(gone)))
    tell_of(run)
    return run


def _next(run: ImportRun) -> tuple[list[ImportedRecord], str]:
    """Some records of the first kind that has any: those that need others before the others."""
    for kind in sorted(removers, key=lambda kind: removers[kind][0]):
        links = ImportedRecord.objects.filter(run=run, kind=kind, state="made").order_by("id")[:SOME]
        if found := list(links):
            return found, kind
    return [], ""


def _end(run: ImportRun) -> ImportRun:
    run.state, run.progress, run.ended_at = "undone", 1.0, timezone.now()
    run.save()
    record(ImportUndone(importrun=run, removed=run.removed, kept=run.kept))
    tell_of(run)
    return run


def removable(kind: str, ids: Sequence[int]) -> set[int]:
    """Those of the records that are there, that only machines have touched, and that nothing else needs."""
    model: Any = registry[kind].model
    here = set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
    worked_on = Mention.objects.filter(kind=kind, object_id__in=here).exclude(
        Q(entry__actor_kind__in=MACHINES)
    )
    here -= set(worked_on.values_list("object_id", flat=True))
    return here - needed(model, here)


def needed(model: Any, ids: Collection[int]) -> set[int]:
    """Those of the records that rows of other records lead to; parts, which go with their whole, do not count."""
    found: set[int] = set()
    for relation in model._meta.related_objects:
        if relation.on_delete is CASCADE or not hasattr(relation.field, "attname"):
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids})
        if _is_part(relation.related_model, model):
            continue
        found |= set(rows.values_list(relation.field.attname, flat=True))
    return found


def _is_part(part: Any, whole: Any) -> bool:
    """Whether rows of a model belong to one of the other, and are no records with a page of their own."""
    return part._meta.model_name not in registry and part._meta.app_label == whole._meta.app_label
