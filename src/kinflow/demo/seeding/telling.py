"""From what happened in the world to the events that the log keeps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from kinflow.eventlog import Event
from kinflow.eventlog.actor import DEEPEST_CHAIN, Cause
from kinflow.eventlog.bulk import done_by

from ..happenings import Happening
from . import telling_customers, telling_sales, telling_service  # noqa: F401 (each registers its tellers)
from .book import Book
from .tellers import TELLERS


def events_of(
    book: Book, everything: Sequence[tuple[Event | Happening, datetime]], ids: Sequence[int]
) -> Iterator[tuple[Event, datetime]]:
    """The events of what happened, in order, with who did it and because of what; `ids` are their entries' ids."""
    entries = book.causes
    for (what, at), entry_id in zip(everything, ids, strict=True):
        if isinstance(what, Event):
            yield what, at
            continue
        by, cause = book.actor(what.actor), entries.get(-1 if what.cause is None else what.cause)
        if cause is not None:
            by = replace(by, cause=cause)
        entries[what.number] = Cause(entry_id, min(by.depth, DEEPEST_CHAIN - 1))
        yield done_by(_event(book, what), by), at


def _event(book: Book, happening: Happening) -> Event:
    subjects = {role: book.of(role, key) for role, key in happening.subjects.items()}
    return TELLERS[happening.kind](book, subjects, happening.details)
