"""Imports in the worker: run as jobs, and taken up again where a worker died."""

from ..alone import IMPORTS, nobody_at
from ..jobs import defer, is_stopping, job, look_after
from .actions import JOB
from .models import ACTIVE, ImportRun
from .running import run_import


@job(JOB)
def run_in_background(*, run: int) -> None:
    """Take an import to its end, or to the next chunk's end where the worker stops."""
    found = ImportRun.objects.filter(pk=run, state__in=ACTIVE).first()
    if found is not None:
        run_import(found, stop=is_stopping)


@look_after
def take_up_left_over() -> None:
    """Defer imports that should be running and are run by nobody; a double job does nothing."""
    for run_id in ImportRun.objects.filter(state__in=ACTIVE).values_list("pk", flat=True):
        if nobody_at(IMPORTS, run_id):
            defer(JOB, run=run_id)
