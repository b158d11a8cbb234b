"""The reader of the log that writes notices: after the fact, once for each entry and person."""

from kinflow.eventlog.event import registry as events
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader, readers
from kinflow.organisation.users.models import User
from kinflow.web.live import tell

from .kinds import GIVEN, TURNS
from .models import Notice
from .telling import NOTES, tellings_of

NAME = "notices"


def names_followed() -> list[str]:
    """The events that may mean a notice."""
    return sorted(name for name in events if name.endswith((GIVEN, *TURNS)) or name in NOTES)


def follow(entry: Entry) -> None:
    """Write the notices of an entry, and tell the open pages; an entry read again writes none."""
    told = tellings_of(entry)
    rows = [
        Notice(
            person_id=each.person_id,
            entry_id=entry.pk,
            kind=each.kind,
            params={"kind": each.record_kind, "id": each.record_id},
            url=each.url,
        )
        for each in told
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        people = [row.person_id for row in rows]
        tell(User.objects.filter(person_id__in=people).values_list("pk", flat=True), "notices")


def follow_log() -> None:
    """Let the reader follow the log from now on."""
    if NAME not in readers:
        reader(NAME).on(*names_followed())(follow)
