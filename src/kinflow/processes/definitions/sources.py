"""Logs of other systems as processes: whoever keeps them says which log belongs to a process without a case kind."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from ..columns import EventColumns
from .models import Process


@dataclass(frozen=True)
class Source:
    """A log: `state` is another value whenever it is another log, `read` reads it."""

    state: Hashable
    read: Callable[[], EventColumns]


Finder = Callable[[Process], Source | None]
finders: list[Finder] = []


def register_source(finder: Finder) -> None:
    """Let a function find the logs of processes that it knows."""
    if finder not in finders:
        finders.append(finder)


def source_of(process: Process) -> Source | None:
    """The log of another system that the process is."""
    return next((found for finder in finders if (found := finder(process)) is not None), None)
