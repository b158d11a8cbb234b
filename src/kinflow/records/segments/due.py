"""Membership that time alone changes: records are looked at when their moment has come."""

import logging
import threading
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import Min
from django.utils import timezone

from kinflow.eventlog.working import work_on

from .models import Segment, SegmentDue
from .upkeep import look_at

log = logging.getLogger(__name__)
AT_ONCE = 500
LONGEST_SLEEP = 15.0
"""Seconds a sleeping worker overlooks that another process kept an earlier moment."""


def work_off(now: datetime) -> int:
    """Look at up to `AT_ONCE` records whose moment has come; how many."""
    with transaction.atomic():
        due = SegmentDue.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            at__lte=now, segment__is_active=True
        )
        rows = list(due.order_by("at")[:AT_ONCE])
        by_segment: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            by_segment[row.segment_id].append(row.object_id)
        SegmentDue.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for segment in Segment.objects.filter(pk__in=by_segment):
            look_at(segment, by_segment[segment.pk], now)
    return len(rows)


def sleep_seconds(now: datetime) -> float:
    """How long nothing is due."""
    found = SegmentDue.objects.filter(segment__is_active=True).aggregate(at=Min("at"))
    left = (found["at"] - now) / timedelta(seconds=1) if found["at"] else LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(0.05, left))


@work_on
def follow_time(stop: threading.Event) -> None:
    """Look at what is due until told to stop."""
    while not stop.is_set():
        pause = LONGEST_SLEEP
        try:
            while not stop.is_set() and work_off(timezone.now()):
                pass
            pause = sleep_seconds(timezone.now())
        except Exception:
            log.warning("segments cannot be looked at; trying again", exc_info=True)
        close_old_connections()
        stop.wait(pause)
