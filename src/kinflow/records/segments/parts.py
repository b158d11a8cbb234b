"""Working out a large segment part by part, each in a transaction of its own.

So progress is seen, it can be stopped, and whoever comes after a worker that died goes on where that one was. Upkeep
goes on meanwhile: a part and an entry of the log both make of a record what the facts are when they look.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.conditions import to_q
from kinflow.eventlog import SYSTEM, Actor, action, hold, record
from kinflow.eventlog.recorded import permitted_command

from ..access import permit
from ..faces import registry
from ..jobs import is_stopping
from .events import SegmentFounded
from .members import count_anew
from .models import FAILED, FOUNDING, READY, Segment, SegmentDue, SegmentFounding, SegmentMember
from .moments import keep_moments
from .rules import condition_of, neutral

PART = 50_000
LARGE = 100_000
LEFT_AFTER = timedelta(minutes=2)
"""Where nothing moved for so long, whoever worked it out is gone."""
_TABLE = SegmentMember._meta.db_table
_LEAVE = f"""
DELETE FROM {_TABLE} WHERE segment_id = %s AND object_id > %s AND object_id <= %s AND object_id NOT IN ({{among}})
"""  # noqa: S608
_JOIN = f"""
INSERT INTO {_TABLE} (segment_id, object_id) SELECT DISTINCT %s, f.id FROM ({{among}}) AS f (id) ON CONFLICT DO NOTHING
"""  # noqa: S608


def is_large(segment: Segment) -> bool:
    """Whether there are so many records of its type that they are looked at in parts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = %s::regclass",
            [registry[segment.kind].model._meta.db_table],
        )
        return float(cursor.fetchone()[0]) > LARGE


def percent_of(segment: Segment) -> int | None:
    """How much of a segment that is being counted is done; None where it is not."""
    if segment.state != FOUNDING:
        return None
    going = SegmentFounding.objects.filter(segment=segment, generation=segment.generation).first()
    return going.percent if going is not None else 0


def found_by_parts(segment: Segment) -> None:
    """Work out part after part until all are, somebody stops it, or the worker is to end. Raises ConditionError."""
    while found_part(segment=segment, now=timezone.now(), by=SYSTEM) and not is_stopping():
        pass


@action
def found_part(*, segment: Segment, now: datetime, size: int = PART, by: Actor) -> bool:
    """Look at the next records of a segment that is being counted; whether there are more. Raises ConditionError."""
    segment = hold(segment)
    permit(by, kind="segment")
    if segment.state != FOUNDING or not segment.is_active:
        return False
    going, condition = _going(segment, now), condition_of(segment)
    model: Any = registry[segment.kind].model
    upper = _upper(model, going.after, size)
    part = model._default_manager.filter(pk__gt=going.after, pk__lte=upper or going.after)
    _write(segment, going, part.filter(to_q(condition, neutral(now))), upper)
    if upper is None:
        _finish(segment, going)
        return False
    keep_moments(segment, condition, now, part)
    going.after, going.moved_at = upper, timezone.now()
    going.save()
    return True


def _going(segment: Segment, now: datetime) -> SegmentFounding:
    """How far it is; another condition begins anew."""
    going = SegmentFounding.objects.filter(segment=segment).first()
    if going is not None and going.generation == segment.generation:
        return going
    SegmentDue.objects.filter(segment=segment).delete()
    last = registry[segment.kind].model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    fresh = {
        "generation": segment.generation,
        "after": 0,
        "last": last or 0,
        "joined": 0,
        "left": 0,
        "moved_at": now,
    }
    return SegmentFounding.objects.update_or_create(segment=segment, defaults=fresh)[0]


def _upper(model: Any, after: int, size: int) -> int | None:
    """The last of the next records; None where there are none."""
    ahead = model._default_manager.filter(pk__gt=after).order_by("pk").values("pk")[:size]
    found: int | None = model._default_manager.filter(pk__in=ahead).aggregate(upper=Max("pk"))["upper"]
    return found


def _write(segment: Segment, going: SegmentFounding, among: QuerySet[Any], upper: int | None) -> None:
    try:
        sql, params = among.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        sql, params = "SELECT NULL::bigint WHERE false", ()
    command = permitted_command(SegmentMember)
    with command.writes_rows(), connection.cursor() as cursor:
        end = 2**63 - 1 if upper is None else upper
        cursor.execute(_LEAVE.format(among=sql), [segment.pk, going.after, end, *params])
        going.left += cursor.rowcount
        cursor.execute(_JOIN.format(among=sql), [segment.pk, *params])
        going.joined += cursor.rowcount
    command.tables.add(_TABLE)


def _finish(segment: Segment, going: SegmentFounding) -> None:
    segment.state, segment.fault = READY, ""
    segment.save(update_fields=["state", "fault"])
    count_anew(segment, going.joined, going.left)
    going.delete()
    record(SegmentFounded(segment=segment, size=segment.size, joined=going.joined, left=going.left))


def leave_off(segment: Segment) -> None:
    """A held segment that is being counted is switched off: what is written stays, and it says so."""
    segment.state = FAILED
    segment.fault = _("It was switched off before all records were looked at.")
    going = SegmentFounding.objects.filter(segment=segment).first()
    count_anew(segment, going.joined if going else 0, going.left if going else 0)
    SegmentFounding.objects.filter(segment=segment).delete()
