"""The follower of the log that keeps segments up."""

from collections.abc import Iterator, Mapping

from kinflow.eventlog import event
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import Handler, Reader, readers

from .upkeep import follow_entries


class _Always(Mapping[str, Handler]):
    """One handler for every event there is."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __iter__(self) -> Iterator[str]:
        return iter(event.registry)

    def __len__(self) -> int:
        return len(event.registry)

    def __getitem__(self, name: str) -> Handler:
        return self.handler


def follow(entry: Entry) -> None:
    """Keep up what one entry can move."""
    follow_entries([entry])


READER = readers.setdefault(
    "segments",
    Reader("segments", _Always(follow), together=follow_entries),  # type: ignore[arg-type]
)
