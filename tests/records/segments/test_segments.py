"""Segments live: members follow from facts and from time, by the log, with events, and conditions ask about them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from kinflow.conditions import ConditionError, Context, holds, parse, sentence, to_q
from kinflow.customers.accounts.actions import change_account
from kinflow.customers.contacts.erasure import erase_contact
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Conflict, Invalid, NotFound, Refused
from kinflow.records.access import ADMINISTRATOR, MARKETER, REPRESENTATIVE
from kinflow.records.faces import VOCABULARY, registry
from kinflow.records.models import Segment, SegmentDue, SegmentMember, SegmentSize
from kinflow.records.segments.actions import (
    add_members,
    change_segment,
    create_segment,
    switch_off_segment,
    switch_on_segment,
    take_members,
)
from kinflow.records.segments.comparing import members_of, overlap_of, sizes_of
from kinflow.records.segments.due import work_off
from kinflow.records.segments.founding import found_segment
from kinflow.records.segments.upkeep import follow_entries
from kinflow.sales.leads.actions import change_lead

from ..small_world import account, actor, contact, lead, person

pytestmark = pytest.mark.django_db
HOT = {"field": "score", "op": "at_least", "value": 80}
NOW = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
ADMIN = actor(ADMINISTRATOR)


def segment(condition: Any = HOT, kind: str = "lead", **more: Any) -> Segment:
    """A segment that is founded."""
    made = create_segment(kind=kind, name=more.pop("name", "Hot"), condition=condition, by=ADMIN, **more)
    return found_segment(segment=made, now=timezone.now(), by=SYSTEM)


def ids(of: Segment) -> set[int]:
    return set(SegmentMember.objects.filter(segment=of).values_list("object_id", flat=True))


def work(since: int) -> list[str]:
    """Let segments follow what was recorded since; the names of what they recorded."""
    last = Entry.objects.latest("pk").pk
    follow_entries(list(Entry.objects.filter(pk__gt=since).order_by("pk")))
    return list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("name", flat=True))


def latest() -> int:
    return int(Entry.objects.latest("pk").pk)


def test_founding_is_one_event_with_the_count():
    hot, _cold = lead(score=90), lead(score=10)
    made = segment()
    assert ids(made) == {hot.pk}
    assert (made.size, made.state) == (1, "ready")
    founded = Entry.objects.get(name="records.segment_founded")
    assert (founded.data["size"], founded.data["joined"]) == (1, 1)
    assert not Entry.objects.filter(name="records.segment_joined").exists()


def test_members_join_and_leave_because_facts_change():
    one = lead(score=10)
    made, since = segment(), latest()
    change_lead(lead=one, changes={"score": 95}, by=ADMIN)
    cause = latest()
    assert work(since) == ["records.segment_joined"]
    assert ids(made) == {one.pk}
    joined = Entry.objects.get(name="records.segment_joined")
    assert (joined.caused_by, joined.depth) == (cause, 1)
    since = latest()
    change_lead(lead=one, changes={"score": 5}, by=ADMIN)
    assert work(since) == ["records.segment_left"]
    made.refresh_from_db()
    assert (made.size, ids(made)) == (0, set())
    assert work(since) == []


def test_a_change_of_a_related_record_moves_those_that_look_at_it():
    company = account()
    one = lead(contact=contact(account=company))
    made = segment({"field": "contact.account.industry", "op": "is", "value": "water"})
    since = latest()
    change_account(account=company, changes={"industry": "water"}, by=ADMIN)
    assert work(since) == ["records.segment_joined"]
    assert ids(made) == {one.pk}


def test_conditions_ask_about_segments_alike_in_sql_and_memory():
    hot, cold = lead(score=90), lead(score=10)
    made = segment(name_zh="热线索")
    context = Context(NOW, UTC)
    for condition, meant in (
        ({"field": "segments", "op": "any_of", "value": [made.pk]}, {hot.pk}),
        ({"field": "segments", "op": "all_of", "value": [made.pk]}, {hot.pk}),
        ({"field": "segments", "op": "none_of", "value": [made.pk]}, {cold.pk}),
        ({"field": "segments", "op": "is_empty"}, {cold.pk}),
        ({"not": {"field": "segments", "op": "is_empty"}}, {hot.pk}),
        ({"field": "contact.segments", "op": "is_empty"}, {hot.pk, cold.pk}),
    ):
        parsed = parse(condition, "lead", VOCABULARY)
        rows = registry["lead"].model._default_manager.filter(to_q(parsed, context))
        assert set(rows.values_list("pk", flat=True)) == meant, condition
        assert {one.pk for one in (hot, cold) if holds(parsed, one, context)} == meant, condition
    asked = parse({"field": "segments", "op": "any_of", "value": [made.pk]}, "lead", VOCABULARY)
    assert sentence(asked) == "Segments are any of Hot" or "Hot" in sentence(asked)
    with translation.override("zh-hans"):
        assert "热线索" in sentence(asked)
    with pytest.raises(ConditionError):
        parse({"field": "segments", "op": "any_of", "value": [999_999]}, "lead", VOCABULARY)
    with pytest.raises(ConditionError):
        parse({"field": "segments.name", "op": "is", "value": "Hot"}, "lead", VOCABULARY)


def test_a_segment_of_segments_follows_them():
    one = lead(score=10)
    hot = segment()
    none = segment({"not": {"field": "segments", "op": "any_of", "value": [hot.pk]}}, name="Not hot")
    assert ids(none) == {one.pk}
    since = latest()
    change_lead(lead=one, changes={"score": 99}, by=ADMIN)
    told = work(since)
    told += work(latest() - len(told))
    assert sorted(told) == ["records.segment_joined", "records.segment_left"]
    assert ids(none) == set()


def test_no_segment_depends_on_itself():
    hot = segment()
    other = segment({"field": "segments", "op": "any_of", "value": [hot.pk]}, name="Also hot")
    for asked in (hot, other):
        with pytest.raises(Invalid):
            change_segment(
                segment=hot,
                changes={"condition": {"field": "segments", "op": "any_of", "value": [asked.pk]}},
                by=ADMIN,
            )


def test_time_alone_moves_members_at_the_kept_moment():
    one = lead()
    made = segment({"field": "created_at", "op": "more_than_ago", "value": {"days": 30}})
    assert ids(made) == set()
    due = SegmentDue.objects.get(segment=made)
    assert abs(due.at - (one.created_at + timedelta(days=30))) < timedelta(hours=2)
    assert work_off(due.at - timedelta(seconds=1)) == 0
    at = one.created_at + timedelta(days=30, hours=2)
    while work_off(at):
        pass
    assert ids(made) == {one.pk}
    assert Entry.objects.filter(name="records.segment_joined").count() == 1


def test_another_condition_founds_the_segment_anew_and_late_news_do_not_spoil_it():
    one, two = lead(score=90), lead(score=40)
    made = segment()
    before = made.generation
    change_segment(
        segment=made, changes={"condition": {"field": "score", "op": "at_most", "value": 50}}, by=ADMIN
    )
    made.refresh_from_db()
    assert (made.state, made.generation) == ("founding", before + 1)
    found_segment(segment=made, now=NOW, by=SYSTEM)
    assert ids(made) == {two.pk}
    since = latest()
    change_lead(lead=one, changes={"score": 20}, by=ADMIN)
    work(since)
    assert ids(made) == {one.pk, two.pk}


def test_what_is_switched_off_stays_as_it_is_and_catches_up_when_switched_on():
    one = lead(score=90)
    made = segment()
    switch_off_segment(segment=made, by=ADMIN)
    since = latest()
    change_lead(lead=one, changes={"score": 1}, by=ADMIN)
    assert work(since) == []
    switch_on_segment(segment=made, by=ADMIN)
    found_segment(segment=made, now=NOW, by=SYSTEM)
    assert ids(made) == set()
    assert Entry.objects.filter(name="records.segment_left").exists()


def test_hand_kept_segments_take_what_their_keeper_sees():
    me, other = actor(REPRESENTATIVE, person()), actor(REPRESENTATIVE, person("李伟"))
    mine, theirs = lead(), lead()
    kept = create_segment(kind="lead", name="Mine", way="by_hand", by=me)
    with pytest.raises(NotFound):
        add_members(segment=kept, ids=[theirs.pk + 1000], by=me)
    assert add_members(segment=kept, ids=[mine.pk], by=ADMIN) == 1
    assert add_members(segment=kept, ids=[mine.pk], by=ADMIN) == 0
    with pytest.raises(Refused):
        take_members(segment=kept, ids=[mine.pk], by=other)
    assert take_members(segment=kept, ids=[mine.pk], by=ADMIN) == 1
    assert [e.name for e in Entry.objects.order_by("-pk")[:2]] == [
        "records.segment_left",
        "records.segment_joined",
    ]
    with pytest.raises(Conflict):
        add_members(segment=segment(), ids=[mine.pk], by=ADMIN)


def test_sizes_are_kept_by_day_and_two_segments_can_be_compared():
    one, two = lead(score=90), lead(score=50)
    hot, warm = segment(), segment({"field": "score", "op": "at_least", "value": 40}, name="Warm")
    found = overlap_of(hot, warm, ADMIN)
    assert (found.first, found.both, found.second, found.alike) == (0, 1, 1, 50)
    assert overlap_of(hot, warm, actor(REPRESENTATIVE, person("李伟"))).both in (0, 1)
    since = latest()
    change_lead(lead=two, changes={"score": 85}, by=ADMIN)
    work(since)
    day = sizes_of(hot)[-1]
    assert (day.size, day.joined, day.left) == (2, 2, 0)
    assert SegmentSize.objects.filter(segment=hot).count() == 1
    assert set(members_of(hot)) == {one, two}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nothing"},
        {"kind": "segment"},
        {"name": " "},
        {"name": "x" * 121},
        {"way": "magic"},
        {"condition": {"field": "owner", "op": "is", "value": {"me": True}}},
    ],
)
def test_what_makes_no_segment_is_refused(wrong):
    with pytest.raises(Invalid):
        create_segment(**({"kind": "lead", "name": "Hot", "condition": HOT} | wrong), by=ADMIN)


def test_a_condition_whose_field_is_gone_stops_the_segment_and_says_so(monkeypatch):
    one = lead(score=90)
    made, since = segment(), latest()
    face = registry["lead"]
    fields = tuple(f for f in face.fields if f.name != "score")
    monkeypatch.setitem(registry, "lead", type(face)(**{**_parts(face), "fields": fields}))
    change_lead(lead=one, changes={"need": "Valves"}, by=ADMIN)
    assert work(since) == ["records.segment_stopped"]
    made.refresh_from_db()
    assert made.state == "failed"
    assert "score" in made.fault
    assert ids(made) == {one.pk}


def _parts(face: Any) -> dict[str, Any]:
    from dataclasses import fields

    return {f.name: getattr(face, f.name) for f in fields(face)}


def test_marketers_make_segments_and_change_all():
    by = actor(MARKETER)
    made = create_segment(kind="lead", name="Hot", condition=HOT, by=ADMIN)
    assert change_segment(segment=made, changes={"name": "Hottest"}, by=by).name == "Hottest"


def test_who_is_forgotten_leaves_the_segments_that_are_kept_by_hand():
    stays, goes = contact(), contact()
    kept = create_segment(kind="contact", name="Guests", way="by_hand", by=ADMIN)
    add_members(segment=kept, ids=[stays.pk, goes.pk], by=ADMIN)
    since = latest()
    erase_contact(contact=goes, reason="asked for it", by=ADMIN)
    assert "records.segment_left" in work(since)
    assert ids(kept) == {stays.pk}
