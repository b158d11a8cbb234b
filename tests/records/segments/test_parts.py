"""Large segments are counted in parts: what is written stays, others go on, and upkeep goes on meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.records.access import ADMINISTRATOR
from kinflow.records.models import Segment, SegmentFounding, SegmentMember
from kinflow.records.segments import founding
from kinflow.records.segments.actions import (
    change_segment,
    create_segment,
    switch_off_segment,
    switch_on_segment,
)
from kinflow.records.segments.founding import look_for_left_over
from kinflow.records.segments.parts import found_part, percent_of
from kinflow.sales.leads.actions import change_lead

from ..small_world import actor, lead
from .test_segments import HOT, latest, work

pytestmark = pytest.mark.django_db
ADMIN = actor(ADMINISTRATOR)


@pytest.fixture
def leads():
    return [lead(f"No. {n}", score=90 if n % 2 else 10) for n in range(6)]


def part(of: Segment) -> bool:
    return found_part(segment=of, now=timezone.now(), size=2, by=SYSTEM)


def hot() -> Segment:
    return create_segment(kind="lead", name="Hot", condition=HOT, by=ADMIN)


def members(of: Segment) -> list[int]:
    return sorted(SegmentMember.objects.filter(segment=of).values_list("object_id", flat=True))


def test_part_after_part_comes_to_the_whole_with_one_event(leads):
    made = hot()
    assert percent_of(made) == 0
    assert part(made)
    assert members(made) == [leads[1].pk]
    assert 0 < (percent_of(made) or 0) < 100
    while part(made):
        pass
    made.refresh_from_db()
    assert (made.state, made.size, members(made)) == ("ready", 3, [leads[n].pk for n in (1, 3, 5)])
    assert percent_of(made) is None
    [told] = Entry.objects.filter(name="records.segment_founded")
    assert (told.data["joined"], told.data["left"], told.data["size"]) == (3, 0, 3)


def test_what_changes_behind_and_before_the_part_counts_once(leads):
    made = hot()
    part(made)
    since = latest()
    change_lead(lead=leads[0], changes={"score": 95}, by=ADMIN)
    change_lead(lead=leads[5], changes={"score": 5}, by=ADMIN)
    work(since)
    while part(made):
        pass
    made.refresh_from_db()
    assert (members(made), made.size) == ([leads[n].pk for n in (0, 1, 3)], 3)


def test_another_condition_begins_anew_and_leaves_nothing_of_the_former(leads):
    made = hot()
    part(made)
    cold = {"field": "score", "op": "at_most", "value": 20}
    made = change_segment(segment=made, changes={"condition": cold}, by=ADMIN)
    while part(made):
        pass
    made.refresh_from_db()
    assert (members(made), made.size) == ([leads[n].pk for n in (0, 2, 4)], 3)


def test_switched_off_it_stops_and_says_so_and_switched_on_it_is_counted_anew(leads):
    made = hot()
    part(made)
    made = switch_off_segment(segment=made, by=ADMIN)
    assert not part(made)
    assert (made.state, made.size, bool(made.fault)) == ("failed", 1, True)
    made = switch_on_segment(segment=made, by=ADMIN)
    while part(made):
        pass
    made.refresh_from_db()
    assert (made.state, made.size, made.fault) == ("ready", 3, "")


def test_who_comes_after_a_dead_worker_goes_on_where_it_was(leads, monkeypatch):
    monkeypatch.setattr(founding, "is_large", lambda _segment: True)
    made = hot()
    part(made)
    look_for_left_over()
    assert members(made) == [leads[1].pk]
    monkeypatch.setattr(founding, "LEFT_AFTER", -timedelta(minutes=1))
    look_for_left_over()
    made.refresh_from_db()
    assert (made.state, made.size) == ("ready", 3)
    assert not SegmentFounding.objects.exists()
