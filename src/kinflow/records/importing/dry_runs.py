"""Trying an import: the very run, rolled back, so that its counts are what would be."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from kinflow.eventlog import Actor

from .actions import start_import
from .models import ImportReject, ImportRun
from .running import CHUNK, Stop, Told, run_import

SHOWN = 20


@dataclass(frozen=True)
class DryRun:
    """What would become of the rows read; `made` by kind, `faults` the commonest reasons, `rejects` the first ones."""

    read: int
    created: int
    matched: int
    rejected: int
    made: dict[str, int]
    faults: list[tuple[str, int]]
    rejects: list[ImportReject]
    is_whole: bool
    fault: str = ""


def dry_run(run: ImportRun, *, by: Actor, most: int = 0, told: Told | None = None) -> DryRun:
    """Import the file and undo it at once; `most` rows suffice where it is above 0.

    Other imports wait meanwhile. Nothing is kept, nobody is told.
    """
    tried = run
    with transaction.atomic():
        started = start_import(importrun=run, by=by)
        tried = run_import(
            started, told=_remembering(told, seen := [started]), stop=_enough(seen, most), size=most or CHUNK
        )
        rejects = list(ImportReject.objects.filter(run_id=run.pk).order_by("number")[:SHOWN])
        reasons = Counter(
            ImportReject.objects.filter(run_id=run.pk).values_list("reason", flat=True)[:10_000]
        )
        transaction.set_rollback(True)
    return DryRun(
        tried.read,
        tried.created,
        tried.matched,
        tried.rejected,
        {kind: count for kind, count in tried.made.items() if count},
        reasons.most_common(SHOWN),
        rejects,
        is_whole=tried.state == "done",
        fault=tried.fault,
    )


def _remembering(told: Told | None, seen: list[ImportRun]) -> Told:
    def hear(run: ImportRun) -> None:
        seen[0] = run
        if told is not None:
            told(run)

    return hear


def _enough(seen: list[ImportRun], most: int) -> Stop:
    return lambda: bool(most) and seen[0].read >= most
