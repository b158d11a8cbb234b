"""Where other packages add to record pages: the composer above the timeline, and what stands in the panes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kinflow.eventlog import Actor

from ..faces import Label, RecordType

Logging = Callable[..., Any]
Part = Callable[[RecordType, Any, Actor], str]
"""From face, record and reader to HTML that goes into a pane; "" for nothing."""


@dataclass(frozen=True)
class Composer:
    """How a person notes what happened: an action `(*, kind, subject, about, by)` and the kinds to choose from."""

    action: Logging
    kinds: tuple[tuple[str, Label, str], ...]


_composers: list[Composer] = []
side_parts: list[Part] = []
middle_parts: list[Part] = []


def register(action: Logging, kinds: tuple[tuple[str, Label, str], ...] = ()) -> None:
    """Let record pages log what happened with this action; `kinds` are (value, label, icon), the first is usual."""
    _composers[:] = [Composer(action, kinds)]


def register_side_part(part: Part) -> None:
    """Let a function add HTML to the right pane of all record pages (the next step, a score card)."""
    side_parts.append(part)


def register_middle_part(part: Part) -> None:
    """Let a function add HTML above the timeline of all record pages."""
    middle_parts.append(part)


def composer() -> Composer | None:
    """The composer there is."""
    return _composers[0] if _composers else None
