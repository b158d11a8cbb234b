"""The follower of the log that keeps segments up."""

from kinflow.eventlog import event
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import OneHandler, Reader, readers

from .upkeep import follow_entries


def follow(entry: Entry) -> None:
    """Keep up what one entry can move."""
    follow_entries([entry])


READER = readers.setdefault(
    "segments",
    Reader("segments", OneHandler(follow, event.registry.keys), together=follow_entries),
)
