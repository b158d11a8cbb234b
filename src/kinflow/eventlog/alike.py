"""Events that many records have alike: their words are checked and made into JSON once, and told of each record."""

from collections.abc import Iterable, Sequence

from .command import Row, Waiting, WriteOutsideAction, running
from .copying import Alike, Crowd, Mentioned
from .event import Event
from .recording import encode_data, mentions_of

__all__ = ["Alike", "Crowd", "alike", "record_alike", "record_crowd"]


def alike(event: Event) -> Alike:
    """What an event tells, to be told of other records than those that it mentions."""
    _mentions, _rows, plain = mentions_of(event)
    return Alike(event.name, plain, encode_data(plain))


def record_alike(told: Iterable[Alike], mentions: Sequence[Mentioned], rows: Iterable[Row]) -> None:
    """Append these to the log as `record` does; each mentions the same, which are these rows."""
    command = running()
    if command is None:
        raise WriteOutsideAction("record_alike")
    command.mentioned.update(rows)
    by = command.by
    command.pending += [Waiting(by, name, None, data, mentions, text) for name, data, text in told]


def record_crowd(crowd: Crowd, rows: Iterable[Row]) -> None:
    """Append to the log, as `record` does, what many records have alike; these rows are mentioned."""
    command = running()
    if command is None:
        raise WriteOutsideAction("record_crowd")
    command.mentioned.update(rows)
    if crowd.entries:
        command.pending.append(crowd)
