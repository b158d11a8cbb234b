"""When time alone can change who belongs: the next moment of each record."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from kinflow.conditions import Condition, to_q
from kinflow.conditions.boundaries import depends_on_time, next_flip, timeless
from kinflow.conditions.earliest import Earliest, earliest, first_of

from ..faces import registry
from .models import Segment, SegmentDue
from .rules import neutral

CHUNK = 2_000
NEVER = timedelta(days=36_500)
"""What changes later than this is not kept."""
_KEEP = f"""
INSERT INTO {SegmentDue._meta.db_table} AS d (segment_id, object_id, at)
SELECT %s, f.id, min(f.at) FROM ({{found}}) AS f (id, at) WHERE f.at < %s GROUP BY f.id
ON CONFLICT (segment_id, object_id) DO UPDATE SET at = least(d.at, excluded.at)
"""  # noqa: S608


def keep_moments(
    segment: Segment, condition: Condition, now: datetime, among: QuerySet[Any] | None = None
) -> None:
    """Keep the next moment of every record (or of those among which) that time alone may move, after a founding.

    The database works them out, the set at once. Where clocks or months make one uncertain it is kept as early as it
    can be; whoever looks at the record then keeps the exact one.
    """
    if among is None:
        SegmentDue.objects.filter(segment=segment).delete()
    if not depends_on_time(condition):
        return
    context = neutral(now)
    rows = registry[segment.kind].model._default_manager.all() if among is None else among
    rows = rows.filter(to_q(timeless(condition), context)).order_by()
    by_way: dict[str, list[Earliest]] = defaultdict(list)
    for each in earliest(condition, context):
        by_way[each.along].append(each)
    for those in by_way.values():
        found = rows.annotate(due_at=first_of(those, context)).values_list("pk", "due_at")
        try:
            sql, params = found.query.sql_with_params()
        except EmptyResultSet:
            return
        with connection.cursor() as cursor:
            cursor.execute(_KEEP.format(found=sql), [segment.pk, *params, now + NEVER])


def moments_of(segment: Segment, condition: Condition, ids: Iterable[int], now: datetime) -> None:
    """Keep the exact next moments of some records."""
    wanted = list(ids)
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
