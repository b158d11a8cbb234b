"""Two segments beside each other, and the sizes of one over time: always of what the reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from kinflow.eventlog import Actor

from ..access import visible
from ..faces import registry
from .members import today
from .models import Segment, SegmentMember, SegmentSize

DAYS = 90


def members_of(segment: Segment, by: Actor | None = None) -> QuerySet[Any]:
    """The records in the segment; with `by` those that the actor sees."""
    rows = registry[segment.kind].model._default_manager.filter(
        pk__in=SegmentMember.objects.filter(segment=segment).values("object_id")
    )
    return rows if by is None else visible(by, rows)


@dataclass(frozen=True)
class Overlap:
    """How many are only in the one, in both, only in the other; and how alike the two are (0 to 100)."""

    first: int
    both: int
    second: int

    @property
    def alike(self) -> int:
        """The share of both in all that are in one of them, in percent."""
        whole = self.first + self.both + self.second
        return round(100 * self.both / whole) if whole else 0


def overlap_of(one: Segment, other: Segment, by: Actor) -> Overlap:
    """The overlap of two segments of one record type, as far as the actor sees the records."""
    both = members_of(one, by).filter(pk__in=SegmentMember.objects.filter(segment=other).values("object_id"))
    shared = both.count()
    return Overlap(members_of(one, by).count() - shared, shared, members_of(other, by).count() - shared)


@dataclass(frozen=True)
class Day:
    """A day's figures."""

    day: date
    size: int
    joined: int
    left: int


def sizes_of(segment: Segment) -> Sequence[Day]:
    """The sizes of the last days, from the first day that is known; a day without change has the size before it."""
    until, first = today(), today() - timedelta(days=DAYS - 1)
    rows = {row.day: row for row in SegmentSize.objects.filter(segment=segment, day__gte=first)}
    before = SegmentSize.objects.filter(segment=segment, day__lt=first).order_by("-day").first()
    start = first if before is not None else min(rows, default=until)
    size, found = before.size if before is not None else 0, []
    for offset in range((until - start).days + 1):
        day = start + timedelta(days=offset)
        row = rows.get(day)
        size = row.size if row is not None else size
        found.append(Day(day, size, row.joined if row else 0, row.left if row else 0))
    return found
