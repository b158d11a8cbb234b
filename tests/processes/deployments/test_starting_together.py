"""Triggers that come many at once: all in one transaction, each record as if it were alone."""

from contextlib import contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace
from unittest import mock

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kinflow.automation.clock.models import Moment
from kinflow.customers.activities.models import Activity
from kinflow.customers.contacts.actions import change_contact
from kinflow.eventlog.models import Cursor, Entry, Mention
from kinflow.eventlog.readers import catch_up, readers
from kinflow.eventlog.timeline import with_mentions
from kinflow.processes.deployments import following, starting
from kinflow.processes.deployments.actions import place_record
from kinflow.processes.deployments.following import act_on_all
from kinflow.processes.deployments.guards import figures
from kinflow.processes.deployments.models import Placement
from kinflow.processes.deployments.placing import drawn
from kinflow.processes.designs.actions import change_design
from kinflow.processes.execution.actions import start_process
from kinflow.processes.execution.batch import Batch
from kinflow.processes.execution.models import ProcessInstance, ProcessToken, ProcessWait
from kinflow.processes.execution.shadow import Shadow
from tests.automation.given import lead
from tests.automation.test_concurrency import at_once
from tests.processes.execution.drawn import bpmn
from tests.processes.execution.given import DAY, at, by_of, design, owner

from .test_deploying import deployed, two_versions

pytestmark = pytest.mark.django_db
CAPTURED = {"event": "sales.lead_captured"}
TIMED = ("s start; t catch timer; e end", "s t; t e")
TIMED_TWICE = ("s start; t catch timer; u catch timer; e end", "s t; t u; u e")
WORKS = ("s start; a task; b task; e end", "s a; a b; b e")
CHOOSES = ("s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
FAILS_LATE = (
    "s start; g and; a task; t catch timer; x xor; b task; c task; e end",
    "s g; g a; g t; g x; x b; x c; a e; t e; b e; c e",
)
FROM_BJ = {"field": "contact.province", "op": "is", "value": "CN-BJ"}
FROM_ZJ = {"condition": {"field": "contact.province", "op": "is", "value": "CN-ZJ"}}


@pytest.fixture(autouse=True)
def no_turn_ends(monkeypatch):
    monkeypatch.setattr(starting, "TURN_SECONDS", float("inf"))


@pytest.fixture
def me():
    return owner()


def captured(*leads):
    about = Mention.objects.filter(kind="lead", object_id__in=[one.pk for one in leads])
    rows = Entry.objects.filter(name="sales.lead_captured", pk__in=about.values("entry_id"))
    return with_mentions(list(rows.order_by("pk")))


def timed(me):
    return two_versions(me, TIMED, {"t": DAY})


def test_many_start_in_one_command_each_by_its_own_group_and_because_of_its_own_entry(me):
    running = deployed(me, timed(me), way="share", share=50, trigger=CAPTURED)
    rows = [lead() for _ in range(9)]
    entries = captured(*rows)
    assert act_on_all(entries) == 9
    began = ProcessInstance.objects.order_by("pk")
    expected = [running.number if drawn(running.pk, "lead", row.pk) < 0.5 else 1 for row in rows]
    assert [(one.about_id, one.number) for one in began] == [
        (row.pk, number) for row, number in zip(rows, expected, strict=True)
    ]
    told = Entry.objects.filter(command="processes.start_asked").order_by("pk")
    assert len({entry.command_id for entry in told}) == 1
    assert {entry.actor_id for entry in told} == {f"design:{running.design_id}"}
    for row, entry in zip(rows, entries, strict=True):
        own = told.filter(mentions__kind="lead", mentions__object_id=row.pk)
        assert [one.name for one in own][:3] == [
            "processes.record_placed", "processes.process_started", "processes.process_step_began",
        ]  # fmt: skip
        assert {one.caused_by for one in own} == {entry.pk}


def test_more_of_them_do_not_ask_more_queries(me):
    deployed(me, timed(me), trigger=CAPTURED)
    asked = []
    for count in (1, 2, 8):  # the first reads the versions, which are kept
        entries = captured(*(lead() for _ in range(count)))
        with CaptureQueriesContext(connection) as queries:
            act_on_all(entries)
        asked.append(len(queries))
    assert (asked[1] == asked[2], ProcessInstance.objects.count()) == (True, 11)


def test_a_worker_starts_them_as_they_come(me):
    deployed(me, timed(me), trigger=CAPTURED)
    catch_up(readers[following.NAME], timezone.now())
    rows = [lead() for _ in range(4)]
    with (
        mock.patch("kinflow.eventlog.readers._begun", side_effect=_all_is_past),
        mock.patch.object(following, "act_on", side_effect=AssertionError),
    ):
        assert catch_up(readers[following.NAME], timezone.now()) == 4
    assert ProcessInstance.objects.count() == len(rows)


def _all_is_past(which):
    return Cursor.objects.get(pk=which.name), 2**62


def test_one_that_cannot_begin_is_told_and_does_not_keep_the_others_from_it(me):
    made = two_versions(me, CHOOSES, {"x_a": FROM_ZJ, "x_b": FROM_ZJ})
    running = deployed(me, made, trigger=CAPTURED)
    rows = [lead(province="CN-ZJ"), lead(province="CN-BJ"), lead(province="CN-ZJ")]
    assert act_on_all(captured(*rows)) == 3
    assert list(ProcessInstance.objects.order_by("pk").values_list("about_id", flat=True)) == [
        rows[0].pk, rows[2].pk,
    ]  # fmt: skip
    (told,) = Entry.objects.filter(name="processes.deployment_could_not_start")
    assert ("No condition holds" in told.data["fault"], told.actor_id) == (True, "kinflow")
    assert {(m.kind, m.object_id) for m in told.mentioned} == {
        ("deployment", running.pk),
        ("lead", rows[1].pk),
    }
    assert not Entry.objects.filter(
        name__startswith="processes.process_", mentions__kind="lead", mentions__object_id=rows[1].pk
    )
    assert Placement.objects.count() == 3  # its group is kept, as where a person's start is refused


def test_of_one_whose_start_fails_late_only_its_group_is_left_and_it_can_be_started_by_that(me):
    """Without those that could not begin, the group with the new version would look better than it is."""
    made = two_versions(me, FAILS_LATE, {"x_b": FROM_ZJ, "x_c": FROM_ZJ, "t": DAY})
    running = deployed(me, made, way="condition", condition=FROM_BJ, trigger=CAPTURED)
    about = lead(province="CN-BJ")
    waiting = Moment.objects.count()
    act_on_all(captured(about))
    (told,) = Entry.objects.filter(name="processes.deployment_could_not_start")
    assert Entry.objects.get(name="processes.record_placed").command_id == told.command_id
    kinds = (ProcessInstance, ProcessToken, ProcessWait, Activity)
    assert not any(kind.objects.exists() for kind in kinds)
    assert Moment.objects.count() == waiting
    placed = Placement.objects.get()
    assert (placed.about_id, placed.group, placed.number) == (about.pk, "new", running.number)
    change_contact(contact=about.contact, changes={"province": "CN-ZJ"}, by=by_of(me))
    assert start_process(design=made, about=about, by=by_of(me)).number == running.number
    assert Entry.objects.filter(name="processes.record_placed").count() == 1


def test_each_has_the_group_that_its_condition_says_and_none_gets_no_process(me):
    how = {"way": "condition", "condition": FROM_ZJ["condition"], "comparison": "none"}
    deployed(me, timed(me), trigger=CAPTURED, **how)
    rows = [lead(province=province) for province in ("CN-ZJ", "CN-BJ", "CN-ZJ")]
    act_on_all(captured(*rows))
    groups = dict(Placement.objects.values_list("about_id", "group"))
    assert [groups[row.pk] for row in rows] == ["new", "comparison", "new"]
    assert set(ProcessInstance.objects.values_list("about_id", flat=True)) == {rows[0].pk, rows[2].pk}


def test_a_version_in_shadow_watches_each_of_them(me):
    deployed(me, timed(me), way="shadow", trigger=CAPTURED)
    rows = [lead() for _ in range(3)]
    act_on_all(captured(*rows))
    found = sorted(ProcessInstance.objects.values_list("about_id", "number", "is_shadow"))
    assert found == sorted([(row.pk, 1, False) for row in rows] + [(row.pk, 3, True) for row in rows])


def test_more_in_shadow_do_not_ask_more_queries(me):
    first = design(me, *TIMED, {"t": DAY})
    second = change_design(processdesign=first, file=bpmn(*TIMED_TWICE), by=by_of(me))
    both = change_design(processdesign=second, bindings={"t": DAY, "u": DAY}, by=by_of(me))
    deployed(me, both, way="shadow", trigger=CAPTURED)
    asked = []
    for count in (1, 2, 8):
        entries = captured(*(lead() for _ in range(count)))
        with CaptureQueriesContext(connection) as queries:
            act_on_all(entries)
        asked.append(len(queries))
    assert (asked[1] == asked[2], ProcessInstance.objects.count()) == (True, 22)


def test_a_task_in_shadow_asks_nothing_of_its_own(me):
    """The tasks of the version in operation are given one by one; what watches them reads once for all."""
    deployed(me, two_versions(me, WORKS), way="shadow", trigger=CAPTURED)
    asked = []
    for count in (1, 8):
        entries, watching = captured(*(lead() for _ in range(count))), []
        with CaptureQueriesContext(connection) as queries, counted_in_shadow(queries, watching):
            act_on_all(entries)
        asked.append((len(watching), sum(watching)))
    assert asked == [(1, asked[0][1]), (8, asked[0][1])]


@contextmanager
def counted_in_shadow(queries, found):
    """How many queries are asked while instances in shadow move."""
    really = Shadow.work

    def work(self, *given):
        before = len(queries)
        try:
            return really(self, *given)
        finally:
            found.append(len(queries) - before)

    with mock.patch.object(Shadow, "work", work):
        yield


def test_what_watches_waits_at_the_task_that_stands_beside_it_and_was_not_written_yet(me):
    deployed(me, two_versions(me, WORKS), way="shadow", trigger=CAPTURED)
    act_on_all(captured(*(lead() for _ in range(3))))
    for one in ProcessInstance.objects.all():
        assert at(one) == ["a"], one.is_shadow


def test_what_was_started_or_placed_before_is_left_as_it_is(me):
    made = timed(me)
    deployed(me, made, way="share", share=50, trigger=CAPTURED)
    started, placed, new = (lead() for _ in range(3))
    start_process(design=made, about=started, by=by_of(me))
    place_record(design=made, about=placed, by=by_of(me))
    before = set(Placement.objects.values_list("about_id", "group", "placed_at"))
    entries = captured(started, placed, new)
    assert act_on_all([*entries, *entries]) == 6
    assert act_on_all(entries) == 3
    assert before < set(Placement.objects.values_list("about_id", "group", "placed_at"))
    assert sorted(ProcessInstance.objects.values_list("about_id", flat=True)) == [
        started.pk, placed.pk, new.pk,
    ]  # fmt: skip


def test_records_that_others_place_at_the_same_moment_keep_that_group(me):
    made = timed(me)
    deployed(me, made, trigger=CAPTURED)
    rows = [lead() for _ in range(3)]
    late = SimpleNamespace(insert=mock.Mock(side_effect=IntegrityError))
    with mock.patch.object(starting, "bulk", late):
        act_on_all(captured(*rows))
    assert (late.insert.call_count, Placement.objects.count(), ProcessInstance.objects.count()) == (1, 3, 3)
    assert Entry.objects.filter(name="processes.record_placed").count() == 3


def test_a_long_turn_ends_with_an_entry_and_goes_on_there(me):
    deployed(me, timed(me), trigger=CAPTURED)
    entries = captured(*(lead() for _ in range(3)))
    with mock.patch.object(starting, "TURN_SECONDS", 0):
        assert (act_on_all(entries), ProcessInstance.objects.count()) == (1, 1)
        assert act_on_all(entries) == 1
    assert (act_on_all(entries[1:]), ProcessInstance.objects.count()) == (2, 3)
    assert Entry.objects.filter(name="processes.record_placed").count() == 3


def test_only_tasks_of_the_own_design_count_as_overdue_though_one_command_starts_many(me):
    other = design(me, "s start; c task; e end", "s c; c e", name="Other")
    running = deployed(me, two_versions(me), trigger=CAPTURED)
    deployed(me, other, trigger=CAPTURED)
    rows = [lead(), lead()]
    act_on_all(captured(*rows))
    assert len({e.command_id for e in Entry.objects.filter(name="processes.process_started")}) == 1
    past = timezone.now() - timedelta(hours=1)
    for subject, late in (("c", 0), ("b", 100)):
        _let_be_due(subject, past)
        assert figures(running, 2, timezone.now())["late"].value == late, subject


def _let_be_due(subject, when):
    with connection.cursor() as sql:
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute("UPDATE customers_activity SET due_at = %s WHERE subject = %s", [when, subject])
        sql.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_start_each_once():
    me = owner()
    deployed(me, timed(me), way="share", share=50, trigger=CAPTURED)
    rows = [lead() for _ in range(6)]
    entries = captured(*rows)
    at_once(lambda: act_on_all(entries), lambda: act_on_all(entries[::-1]), lambda: act_on_all(entries[2:4]))
    assert sorted(ProcessInstance.objects.values_list("about_id", flat=True)) == [row.pk for row in rows]
    assert Placement.objects.count() == len(rows)
    told = Entry.objects.filter(name="processes.record_placed")
    assert told.count() == len(rows)


@pytest.mark.django_db(transaction=True)
def test_dying_in_the_middle_leaves_none_of_them_and_no_group():
    me = owner()
    deployed(me, timed(me), trigger=CAPTURED)
    entries = captured(*(lead() for _ in range(3)))
    told = Entry.objects.count()
    with mock.patch.object(Batch, "_write_waits", side_effect=MemoryError), suppress(MemoryError):
        act_on_all(entries)
    assert (Placement.objects.count(), ProcessInstance.objects.count(), Entry.objects.count()) == (0, 0, told)
    act_on_all(entries)
    assert [at(one) for one in ProcessInstance.objects.all()] == [["t"]] * 3
