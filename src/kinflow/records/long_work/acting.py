"""What the actions of all long work do: begin, cancel, finish, fail, remove; each package names and permits its own."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, Event, hold, record

from ..access import permit
from ..jobs import defer
from .blocks import forget_blocks
from .models import CANCELLED, FAILED, LongWork, NotRunning
from .progress import forget_progress

W = TypeVar("W", bound=LongWork)
Happened = Callable[[W], Event]


def begin(row: W, job: str, happened: Happened[W]) -> W:
    """Keep a row that is waiting, and have the worker do it."""
    row.save()
    record(happened(row))
    defer(job, number=row.pk)
    return row


def cancel(row: W, happened: Happened[W], *, by: Actor) -> W:
    """End work before its end. Raises NotRunning where it ended already."""
    row = hold(row)
    permit(by, row)
    if not row.is_running:
        raise NotRunning(_("This ended already."), remedy=_("Look at it again."))
    return _end(row, CANCELLED, happened)


def finish(row: W, happened: Happened[W], *, by: Actor, **kept: Any) -> W:
    """Keep what came of it, field by field, unless somebody cancelled it meanwhile."""
    row = hold(row)
    permit(by, row)
    if row.is_running:
        for name, value in kept.items():
            setattr(row, name, value)
        _end(row, row.ENDS_WELL, happened)
    return row


def fail(row: W, fault: str, happened: Happened[W], *, by: Actor) -> W:
    """Keep why it could not be done, unless somebody cancelled it meanwhile."""
    row = hold(row)
    permit(by, row)
    if row.is_running:
        row.fault = fault[:2000]
        _end(row, FAILED, happened)
    return row


def remove(row: W, happened: Happened[W], *, by: Actor) -> None:
    """Remove a row with all that came of it; one that runs ends."""
    row = hold(row)
    permit(by, row)
    record(happened(row))
    forget_progress(row)
    forget_blocks(row)
    row.delete()


def _end(row: W, state: str, happened: Happened[W]) -> W:
    row.state, row.ended_at = state, timezone.now()
    row.save()
    record(happened(row))
    forget_progress(row)
    if not row.KEEPS_BLOCKS:
        forget_blocks(row)
    return row
