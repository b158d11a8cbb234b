"""The append-only log of everything that happened; every change of a domain row is recorded here.

Models are imported when they are asked for, so that the package itself can load before Django's applications have.
"""

from typing import TYPE_CHECKING, Any

from .actor import SYSTEM, Actor, Cause
from .command import SilentChange, Trespass, WriteOutsideAction, action, attempt
from .event import Event, personal, typed
from .recording import record

if TYPE_CHECKING:
    from .recorded import Recorded, RecordedQuerySet, hold

__all__ = [
    "SYSTEM",
    "Actor",
    "Cause",
    "Event",
    "Recorded",
    "RecordedQuerySet",
    "SilentChange",
    "Trespass",
    "WriteOutsideAction",
    "action",
    "attempt",
    "hold",
    "personal",
    "record",
    "typed",
]


def __getattr__(name: str) -> Any:
    """The names that live beside a model."""
    if name in {"Recorded", "RecordedQuerySet", "hold"}:
        from . import recorded

        return getattr(recorded, name)
    raise AttributeError(name)
