"""Imported logs in the worker: read as jobs, and taken up again where a worker died."""

from kinflow.records.alone import LOGS, nobody_at
from kinflow.records.jobs import defer, job, look_after

from .actions import JOB
from .models import ACTIVE, ImportedLog
from .running import read_log


@job(JOB)
def read_in_background(*, log: int) -> None:
    """Read a log to its end."""
    found = ImportedLog.objects.filter(pk=log, state__in=ACTIVE).first()
    if found is not None:
        read_log(found)


@look_after
def take_up_left_over() -> None:
    """Defer logs that should be read and are read by nobody; a double job does nothing."""
    for pk in ImportedLog.objects.filter(state__in=ACTIVE).values_list("pk", flat=True):
        if nobody_at(LOGS, pk):
            defer(JOB, log=pk)
