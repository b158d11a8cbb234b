"""Reading notices: always those of one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from kinflow.eventlog import Actor
from kinflow.eventlog.models import Entry
from kinflow.eventlog.narration import Told
from kinflow.records.telling import tell

from .kinds import ICONS, TONES
from .models import Notice

MOST_COUNTED = 100


@dataclass(frozen=True)
class Shown:
    """A notice with its entry in words."""

    notice: Notice
    told: Told | None
    icon: str
    tone: str


def unread(person_id: int) -> int:
    """How many notices the person has not read, counted up to 100."""
    return len(Notice.objects.filter(person_id=person_id, read_at=None).values_list("pk")[:MOST_COUNTED])


def notices_of(person_id: int, *, before: int | None = None, limit: int = 30) -> list[Notice]:
    """The person's notices, newest first; `before` is the last one's id of the page above."""
    rows = Notice.objects.filter(person_id=person_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def shown(notices: Sequence[Notice], by: Actor) -> list[Shown]:
    """The notices ready to be shown to their person, in the active language, without a query for each."""
    entries = Entry.objects.prefetch_related("mentions").in_bulk({notice.entry_id for notice in notices})
    told = {each.entry.pk: each for each in tell(list(entries.values()), by)}
    return [
        Shown(notice, told.get(notice.entry_id), ICONS.get(notice.kind, "bell"), TONES.get(notice.kind, ""))
        for notice in notices
    ]
