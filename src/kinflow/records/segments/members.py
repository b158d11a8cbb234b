"""Writing members: rows, size, the day's figures and the events, in one transaction under the two laws."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from kinflow.eventlog import Actor, action, bulk, hold
from kinflow.eventlog.recorded import permitted_command

from ..access import permit
from ..faces import registry
from .events import SegmentJoined, SegmentLeft
from .models import Segment, SegmentMember, SegmentSize

_MEMBERS, _SEGMENTS = SegmentMember._meta.db_table, Segment._meta.db_table
_JOIN = f"""
INSERT INTO {_MEMBERS} (segment_id, object_id) SELECT %s, unnest(%s::bigint[])
ON CONFLICT DO NOTHING RETURNING object_id
"""  # noqa: S608
_LEAVE = f"DELETE FROM {_MEMBERS} WHERE segment_id = %s AND object_id = ANY(%s) RETURNING object_id"  # noqa: S608
_RESIZE = f"UPDATE {_SEGMENTS} SET size = greatest(0, size + %s) WHERE id = %s RETURNING size"  # noqa: S608
_DAY = f"""
INSERT INTO {SegmentSize._meta.db_table} (segment_id, day, size, joined, "left") VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (segment_id, day) DO UPDATE SET size = excluded.size,
joined = {SegmentSize._meta.db_table}.joined + excluded.joined,
"left" = {SegmentSize._meta.db_table}."left" + excluded."left"
"""  # noqa: S608


@action
def settle_members(
    *,
    segment: Segment,
    joined: Collection[int],
    left: Collection[int],
    causes: Mapping[int, Actor] | None = None,
    generation: int | None = None,
    by: Actor,
) -> tuple[list[int], list[int]]:
    """Let records join and leave, one event for each that really does; returns their ids.

    `causes` names by record whom the event is of. Where the segment was founded anew since `generation`, nothing
    happens: its founding has seen the facts.
    """
    segment = hold(segment)
    permit(by, kind="segment")
    if generation is not None and segment.generation != generation:
        return [], []
    return write_members(segment, joined, left, by, causes or {})


def write_members(
    segment: Segment, joined: Collection[int], left: Collection[int], by: Actor, causes: Mapping[int, Actor]
) -> tuple[list[int], list[int]]:
    """Write what changes of a held segment, inside the running action."""
    command = permitted_command(SegmentMember)
    with command.writes_rows(), connection.cursor() as cursor:
        cursor.execute(_JOIN, [segment.pk, list(joined)])
        came = sorted(row[0] for row in cursor.fetchall())
        cursor.execute(_LEAVE, [segment.pk, list(left)])
        went = sorted(row[0] for row in cursor.fetchall())
    command.tables.add(_MEMBERS)
    if came or went:
        resize(segment, len(came), len(went))
        _tell(segment, came, went, by, causes)
    return came, went


def count_anew(segment: Segment, came: int, went: int) -> None:
    """Make the size what the members are, and keep the day's figures."""
    size = SegmentMember.objects.filter(segment=segment).count()
    _write_size(segment, size - segment.size, came, went)


def resize(segment: Segment, came: int, went: int) -> None:
    """Let so many have come and gone, and keep the day's figures."""
    _write_size(segment, came - went, came, went)


def _write_size(segment: Segment, more: int, came: int, went: int) -> None:
    command = permitted_command(Segment)
    with command.writes_rows(), connection.cursor() as cursor:
        cursor.execute(_RESIZE, [more, segment.pk])
        segment.size = cursor.fetchone()[0]
        cursor.execute(_DAY, [segment.pk, today(), segment.size, came, went])
    command.changed.add((segment._meta.label, segment.pk))
    command.tables.add(_SEGMENTS)


def today() -> date:
    """The day of the house."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def _tell(
    segment: Segment, came: Sequence[int], went: Sequence[int], by: Actor, causes: Mapping[int, Actor]
) -> None:
    model: Any = registry[segment.kind].model
    events = [
        (bulk.done_by(kind(segment=segment, member=model(pk=pk)), causes.get(pk, by)), None)
        for kind, ids in ((SegmentJoined, came), (SegmentLeft, went))
        for pk in ids
    ]
    bulk.record_many(events)
