"""Keeping members up: what an entry of the log can move is looked at, and nothing else."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from kinflow.conditions import Condition, ConditionError, to_q
from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.actor import Cause
from kinflow.eventlog.models import Entry

from ..faces import registry
from .affected import affected, mentions_in
from .events import SegmentFounded, SegmentJoined, SegmentLeft
from .founding import found_later, stop_segment
from .members import settle_members
from .models import BY_HAND, CONDITION, FAILED, FOUNDING, Segment, SegmentMember
from .moments import moments_of
from .rules import condition_of, dependents_of, neutral, segments_in

_GONE = ("_taken_back", "_erased")
"""How the names of events end after which a record is not there any more, or is nobody's."""
_MINE = (SegmentJoined.name, SegmentLeft.name)


def look_at(
    segment: Segment, ids: Collection[int], now: datetime, causes: Mapping[int, Actor] | None = None
) -> None:
    """Ask the condition about these records, and let them join or leave."""
    try:
        condition = condition_of(segment)
    except ConditionError as refused:
        if segment.state != FAILED:
            stop_segment(segment=segment, fault=str(refused)[:1000], by=SYSTEM)
        return
    _look(segment, condition, ids, now, causes or {})


def _look(
    segment: Segment, condition: Condition, ids: Collection[int], now: datetime, causes: Mapping[int, Actor]
) -> None:
    model: Any = registry[segment.kind].model
    rows = model._default_manager.filter(pk__in=ids).filter(to_q(condition, neutral(now)))
    meant = set(rows.values_list("pk", flat=True))
    there = set(
        SegmentMember.objects.filter(segment=segment, object_id__in=ids).values_list("object_id", flat=True)
    )
    joined, left = meant - there, there - meant
    if segment.state == FOUNDING:  # its founding may write members that are not to be seen yet
        joined, left = meant, set(ids) - meant
    if joined or left:
        settle_members(
            segment=segment, joined=joined, left=left, causes=causes, generation=segment.generation, by=SYSTEM
        )
    moments_of(segment, condition, ids, now)


def follow_entries(entries: Sequence[Entry]) -> None:
    """Look at all that the entries can move, segment by segment."""
    _follow_foundings(entries)
    _let_go_of_the_gone(entries)
    segments = list(Segment.objects.filter(is_active=True, way=CONDITION).order_by("pk"))
    if not segments:
        return
    others = [entry for entry in entries if entry.name not in _MINE]
    all_of_them, told = mentions_in(entries), mentions_in(others)
    now = timezone.now()
    for segment in segments:
        try:
            condition = condition_of(segment)
        except ConditionError as refused:
            if segment.state != FAILED:
                stop_segment(segment=segment, fault=str(refused)[:1000], by=SYSTEM)
            continue
        mentions, last = all_of_them if segments_in(condition) else told
        ids = affected(segment, condition, mentions)
        if ids is None:
            found_later(segment)
        elif ids:
            _look(segment, condition, ids, now, _causes(segment, ids, last, entries[-1]))


def _causes(
    segment: Segment, ids: Collection[int], last: Mapping[tuple[str, int], Entry], latest: Entry
) -> dict[int, Actor]:
    """By record who lets it join or leave: the house, because of the entry that mentioned it."""
    found = {}
    for pk in ids:
        entry = last.get((segment.kind, pk), latest)
        found[pk] = replace(SYSTEM, cause=Cause(entry.pk, entry.depth))
    return found


def _follow_foundings(entries: Sequence[Entry]) -> None:
    """Segments that ask about one whose members changed as a whole are worked out as a whole, too."""
    for entry in entries:
        if entry.name == SegmentFounded.name and entry.data.get("joined", 0) + entry.data.get("left", 0):
            for mention in entry.mentioned:
                if mention.kind == "segment":
                    for segment in dependents_of(mention.object_id):
                        found_later(segment)


def _let_go_of_the_gone(entries: Sequence[Entry]) -> None:
    """Records that were taken back, and people who were forgotten, leave the segments that are kept by hand."""
    gone: dict[str, dict[int, Actor]] = defaultdict(dict)
    for entry in entries:
        if entry.name.endswith(_GONE):
            for mention in entry.mentioned:
                if mention.role == mention.kind:
                    cause = replace(SYSTEM, cause=Cause(entry.pk, entry.depth))
                    gone[mention.kind][mention.object_id] = cause
    for kind, causes in gone.items():
        held = SegmentMember.objects.filter(
            segment__kind=kind, segment__way=BY_HAND, object_id__in=list(causes)
        )
        by_segment: dict[int, set[int]] = defaultdict(set)
        for segment_id, object_id in held.values_list("segment_id", "object_id"):
            by_segment[segment_id].add(object_id)
        for segment in Segment.objects.filter(pk__in=by_segment).order_by("pk"):
            settle_members(
                segment=segment,
                joined=(),
                left=by_segment[segment.pk],
                causes=causes,
                generation=segment.generation,
                by=SYSTEM,
            )
