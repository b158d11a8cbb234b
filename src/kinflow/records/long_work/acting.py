"""What the actions of all long work do: begin, cancel, finish, fail, remove; each package names and permits its own.

Each records an event, given by its class: its fields are what the caller tells besides, the row's own of the same name,
and the row itself.
"""

from collections.abc import Mapping
from dataclasses import fields
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


def begin(row: W, job: str, event: type[Event]) -> W:
    """Keep a row that is waiting, and have the worker do it."""
    row.save()
    record(_told(event, row))
    defer(job, number=row.pk)
    return row


def cancel(row: W, event: type[Event], *, by: Actor) -> W:
    """End work before its end. Raises NotRunning where it ended already."""
    row = hold(row)
    permit(by, row)
    if not row.is_running:
        raise NotRunning(_("This ended already."), remedy=_("Look at it again."))
    return _end(row, CANCELLED, event)


def finish(row: W, event: type[Event], kept: Mapping[str, Any], *, by: Actor, **more: Any) -> W:
    """Keep what came of it, field by field, unless somebody cancelled it meanwhile; `more` is told besides."""
    row = hold(row)
    permit(by, row)
    if row.is_running:
        for name, value in kept.items():
            setattr(row, name, value)
        _end(row, row.ENDS_WELL, event, **more)
    return row


def fail(row: W, fault: str, event: type[Event], *, by: Actor) -> W:
    """Keep why it could not be done, unless somebody cancelled it meanwhile."""
    row = hold(row)
    permit(by, row)
    if row.is_running:
        row.fault = fault[:2000]
        _end(row, FAILED, event)
    return row


def remove(row: W, event: type[Event], *, by: Actor) -> None:
    """Remove a row with all that came of it; one that runs ends."""
    row = hold(row)
    permit(by, row)
    record(_told(event, row))
    forget_progress(row)
    forget_blocks(row)
    row.delete()


def _end(row: W, state: str, event: type[Event], **more: Any) -> W:
    row.state, row.ended_at = state, timezone.now()
    row.save()
    record(_told(event, row, **more))
    forget_progress(row)
    if not row.KEEPS_BLOCKS:
        forget_blocks(row)
    return row


def _told(event: type[Event], row: LongWork, **more: Any) -> Event:
    return event(**{part.name: more.get(part.name, getattr(row, part.name, row)) for part in fields(event)})
