"""Working out all members at once, set by set in the database: few differences are told one by one, many by count."""

from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from kinflow.conditions import to_q
from kinflow.eventlog import SYSTEM, Actor, action, hold, record
from kinflow.eventlog.recorded import permitted_command
from kinflow.kit.problem import Problem

from ..access import permit
from ..faces import registry
from ..jobs import defer, job, look_after
from .events import SegmentFounded, SegmentStopped
from .members import resize, write_members
from .models import FAILED, FOUNDING, READY, Segment, SegmentFounding, SegmentMember
from .moments import keep_moments
from .parts import LEFT_AFTER, found_by_parts, is_large
from .rules import condition_of, neutral

JOB = "records.found_segment"
FEW = 1_000
"""So many differences are told one by one; more are told as one event with their count."""
_TABLE = SegmentMember._meta.db_table


def found_later(segment: Segment) -> None:
    """Have the worker work out the members as soon as this transaction is done."""
    defer(JOB, segment=segment.pk)


@job(JOB)
def found_in_background(*, segment: int) -> None:
    """Work out the members of a segment; what goes wrong is kept with it."""
    found = Segment.objects.filter(pk=segment, is_active=True, way="condition").first()
    if found is None:
        return
    try:
        if found.state == FOUNDING and is_large(found) and _is_much(found):
            found_by_parts(found)
        else:
            found_segment(segment=found, now=timezone.now(), by=SYSTEM)
    except Problem as problem:
        stop_segment(segment=found, fault=str(problem)[:1000], by=SYSTEM)


def _is_much(segment: Segment) -> bool:
    """Whether the first counting, one that has begun, or one that moves many is ahead."""
    if not segment.size or SegmentFounding.objects.filter(segment=segment).exists():
        return True
    model: Any = registry[segment.kind].model
    rows = model._default_manager.filter(to_q(condition_of(segment), neutral(timezone.now())))
    return _few_differences(segment, rows)[0] is None


@look_after
def look_for_left_over() -> None:
    """Take up the counting of segments where a worker that died left it."""
    before = timezone.now() - LEFT_AFTER
    rows = Segment.objects.filter(state=FOUNDING, is_active=True, way="condition", changed_at__lt=before)
    for segment in rows.exclude(founding__moved_at__gte=before):
        SegmentFounding.objects.filter(segment=segment).update(moved_at=timezone.now())
        found_in_background(segment=segment.pk)


@action
def found_segment(*, segment: Segment, now: datetime, by: Actor) -> Segment:
    """Make the members those records for which the condition holds now. Raises ConditionError.

    Set-based: the database compares the two sets. The first founding, and one that changes more than `FEW`, is one
    event with the counts.
    """
    segment = hold(segment)
    permit(by, kind="segment")
    condition = condition_of(segment)
    model: Any = registry[segment.kind].model
    rows = model._default_manager.filter(to_q(condition, neutral(now)))
    is_first = segment.state == FOUNDING and not segment.size
    missing, beyond = (None, None) if is_first else _few_differences(segment, rows)
    if missing is None or beyond is None:
        _found_at_once(segment, rows)
    else:
        write_members(segment, missing, beyond, by, {})
    if segment.state != READY or segment.fault:
        segment.state, segment.fault = READY, ""
        segment.save(update_fields=["state", "fault"])
        if missing is not None:
            record(
                SegmentFounded(
                    segment=segment, size=segment.size, joined=len(missing), left=len(beyond or ())
                )
            )
    keep_moments(segment, condition, now)
    return segment


def _sql(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The ids of the rows as a query; of no rows a query without any."""
    try:
        return rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint AS id WHERE false", ()


def _few_differences(segment: Segment, rows: QuerySet[Any]) -> tuple[list[int] | None, list[int] | None]:
    """Who has to join and who has to leave; None where they are many."""
    sql, params = _sql(rows)
    mine = f"SELECT object_id FROM {_TABLE} WHERE segment_id = %s"  # noqa: S608
    found = []
    with connection.cursor() as cursor:
        for first, last, given in ((sql, mine, (*params, segment.pk)), (mine, sql, (segment.pk, *params))):
            cursor.execute(f"({first}) EXCEPT ({last}) LIMIT {FEW + 1}", given)
            found.append([row[0] for row in cursor.fetchall()])
    return (found[0], found[1]) if len(found[0]) + len(found[1]) <= FEW else (None, None)


def _found_at_once(segment: Segment, rows: QuerySet[Any]) -> None:
    sql, params = _sql(rows)
    command = permitted_command(SegmentMember)
    with command.writes_rows(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE segment_now (id bigint PRIMARY KEY) ON COMMIT DROP")
        cursor.execute(f"INSERT INTO segment_now SELECT DISTINCT * FROM ({sql}) AS found", params)  # noqa: S608
        cursor.execute(
            f"DELETE FROM {_TABLE} AS m WHERE segment_id = %s "  # noqa: S608
            "AND NOT EXISTS (SELECT 1 FROM segment_now n WHERE n.id = m.object_id)",
            [segment.pk],
        )
        went = cursor.rowcount
        cursor.execute(
            f"INSERT INTO {_TABLE} (segment_id, object_id) SELECT %s, id FROM segment_now ON CONFLICT DO NOTHING",  # noqa: S608
            [segment.pk],
        )
        came = cursor.rowcount
        cursor.execute("DROP TABLE segment_now")
    command.tables.add(_TABLE)
    resize(segment, came, went)
    record(SegmentFounded(segment=segment, size=segment.size, joined=came, left=went))


@action
def stop_segment(*, segment: Segment, fault: str, by: Actor) -> None:
    """Keep why the members cannot be worked out; those that are there stay."""
    segment = hold(segment)
    permit(by, kind="segment")
    segment.state, segment.fault = FAILED, fault
    segment.save(update_fields=["state", "fault"])
    record(SegmentStopped(segment=segment, fault=fault))
