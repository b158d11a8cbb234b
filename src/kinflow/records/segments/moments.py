"""When time alone can change who belongs: the next moment of each record."""

import logging
from collections.abc import Iterable
from datetime import datetime

from kinflow.conditions import Condition, to_q
from kinflow.conditions.boundaries import depends_on_time, next_flip, timeless

from ..faces import registry
from .models import Segment, SegmentDue
from .rules import neutral

log = logging.getLogger(__name__)
AT_ONCE = 500
CHUNK = 2_000
LONGEST_SLEEP = 15.0
"""Seconds a sleeping worker overlooks that another process kept an earlier moment."""


def keep_moments(segment: Segment, condition: Condition, now: datetime) -> None:
    """Keep the next moment of every record that time alone may move, after a founding."""
    SegmentDue.objects.filter(segment=segment).delete()
    if not depends_on_time(condition):
        return
    rows = registry[segment.kind].model._default_manager.filter(to_q(timeless(condition), neutral(now)))
    last = 0
    while ids := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True).distinct()[:CHUNK]
    ):
        moments_of(segment, condition, ids, now, replace=False)
        last = ids[-1]


def moments_of(
    segment: Segment, condition: Condition, ids: Iterable[int], now: datetime, *, replace: bool = True
) -> None:
    """Keep the next moments of some records."""
    wanted = list(ids)
    if replace:
        SegmentDue.objects.filter(segment=segment, object_id__in=wanted).delete()
    if not depends_on_time(condition):
        return
    face, context = registry[segment.kind], neutral(now)
    rows = face.model._default_manager.filter(pk__in=wanted)
    dues = [
        SegmentDue(segment=segment, object_id=row.pk, at=at)
        for row in rows
        if (at := next_flip(condition, row, context)) is not None
    ]
    SegmentDue.objects.bulk_create(dues, batch_size=CHUNK, ignore_conflicts=True)
