"""No write without an action, no change without an event, and all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.db.utils import DatabaseError

from kinflow.eventlog import (
    SYSTEM,
    Actor,
    SilentChange,
    Trespass,
    WriteOutsideAction,
    action,
    attempt,
    record,
)
from kinflow.eventlog.actor import ChainTooDeep
from kinflow.eventlog.bulk import record_many
from kinflow.eventlog.command import SwallowedFailure
from kinflow.eventlog.models import Entry, Mention
from kinflow.organisation.models import Skill
from kinflow.organisation.skills.actions import add_territory

from .. import factories
from .small_world import SkillTried, in_domain, try_skill, write_silently

pytestmark = pytest.mark.django_db


@contextmanager
def refused(why: str) -> Iterator[CursorWrapper]:
    """A cursor, past the models, whose statement the database must refuse."""
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        yield cursor


def test_an_action_writes_its_rows_and_its_events_together():
    skill = try_skill(code="sealing", note="went well", by=SYSTEM)
    entry = Entry.objects.get()
    assert entry.name == "organisation.skill_tried"
    assert (entry.actor_kind, entry.actor_id, entry.command) == (
        "system",
        "kinflow",
        "organisation.try_skill",
    )
    assert entry.data == {"note": "went well"}
    mention = Mention.objects.get()
    assert (mention.kind, mention.object_id, mention.role) == ("skill", skill.pk, "skill")


def test_a_row_cannot_be_saved_outside_an_action():
    with pytest.raises(WriteOutsideAction):
        Skill(code="x", name="x").save()
    skill = try_skill(code="x", by=SYSTEM)
    with pytest.raises(WriteOutsideAction):
        skill.delete()


@pytest.mark.parametrize("write", ["update", "bulk_create", "bulk_update", "delete"])
def test_set_based_writes_are_refused(write):
    with pytest.raises(WriteOutsideAction):
        getattr(Skill.objects.all(), write)()


def test_the_database_refuses_what_goes_around_the_models():
    with refused("write outside an action") as cursor:
        cursor.execute("DELETE FROM organisation_skill")


def test_a_change_without_an_event_leaves_nothing():
    with pytest.raises(SilentChange, match="organisation.write_silently"):
        write_silently(code="secret", by=SYSTEM)
    assert not Skill.objects.exists()


@pytest.mark.parametrize(
    "table", ["organisation_skill", "organisation_person_territories", "eventlog_mention"]
)
def test_nothing_is_ever_emptied(table):
    with refused("never emptied") as cursor:
        cursor.execute("SET LOCAL kinflow.emptying = ''")
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_links_between_records_obey_the_laws():
    person, here = factories.person(), add_territory(name="Zhejiang", places=["CN-ZJ"], by=SYSTEM)
    with pytest.raises(WriteOutsideAction), transaction.atomic():
        person.territories.add(here)
    with refused("write outside an action") as cursor:
        cursor.execute("DELETE FROM organisation_person_territories")

    @action
    @in_domain("organisation")
    def link_silently(*, by: Actor) -> None:
        person.territories.add(here)

    with pytest.raises(SilentChange):
        link_silently(by=SYSTEM)
    assert not person.territories.exists()


@pytest.mark.parametrize("statement", ["UPDATE organisation_skill SET name = 'other'", "the queryset's own"])
def test_a_write_around_the_models_is_found_on_a_table_that_was_written_lawfully_too(statement):
    skill = try_skill(code="sealing", by=SYSTEM)

    @action
    @in_domain("organisation")
    def both_ways(*, by: Actor) -> None:
        try_skill(code="pumps", by=by)
        if statement.startswith("UPDATE"):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        else:
            QuerySet.update(Skill.objects.filter(code="sealing"), name="other")

    with pytest.raises(SilentChange, match="organisation_skill"):
        both_ways(by=SYSTEM)
    skill.refresh_from_db()
    assert skill.name == "sealing"


def test_a_change_behind_the_log_by_plain_sql_is_found():
    skill = try_skill(code="sealing", by=SYSTEM)

    @action
    @in_domain("organisation")
    def by_hand(*, by: Actor) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE organisation_skill SET name = 'other'")

    with pytest.raises(SilentChange, match="organisation_skill"):
        by_hand(by=SYSTEM)
    skill.refresh_from_db()
    assert skill.name == "sealing"


def test_the_guard_closes_again_behind_an_action():
    try_skill(code="sealing", by=SYSTEM)
    with refused("write outside an action") as cursor:
        cursor.execute("UPDATE organisation_skill SET name = 'other'")


def test_another_domain_may_not_write():
    @action
    @in_domain("sales")
    def trespass(*, by: Actor) -> None:
        Skill(code="x", name="x").save()

    with pytest.raises(Trespass, match="sales may not write organisation.Skill"):
        trespass(by=SYSTEM)


def test_a_nested_action_joins_its_caller():
    @action
    @in_domain("sales")
    def outer(*, by: Actor) -> None:
        try_skill(code="one", by=by)
        try_skill(code="two", by=by)

    outer(by=SYSTEM)
    assert set(Entry.objects.values_list("command", flat=True)) == {"sales.outer"}
    assert Entry.objects.values("command_id").distinct().count() == 1


def test_a_failed_action_leaves_nothing():
    @action
    @in_domain("sales")
    def outer(*, by: Actor) -> None:
        try_skill(code="one", by=by)
        raise LookupError("no")

    with pytest.raises(LookupError):
        outer(by=SYSTEM)
    assert not Skill.objects.exists()
    assert not Entry.objects.exists()


def test_a_swallowed_failure_is_no_success():
    @action
    @in_domain("sales")
    def outer(*, by: Actor) -> None:
        try_skill(code="one", by=by)
        with suppress(LookupError):
            write_nothing(by=by)

    @action
    @in_domain("organisation")
    def write_nothing(*, by: Actor) -> None:
        raise LookupError("no")

    with pytest.raises(SwallowedFailure):
        outer(by=SYSTEM)
    assert not Skill.objects.exists()


def test_an_attempt_that_fails_is_undone_alone():
    @action
    @in_domain("organisation")
    def broken(*, code: str, by: Actor) -> None:
        skill = Skill(code=code, name=code)
        skill.save()
        record(SkillTried(skill=skill))
        raise LookupError("no")

    @action
    @in_domain("sales")
    def outer(*, by: Actor) -> None:
        try_skill(code="kept", by=by)
        with pytest.raises(LookupError), attempt():
            broken(code="lost", by=by)

    outer(by=SYSTEM)
    assert list(Skill.objects.values_list("code", flat=True)) == ["kept"]
    assert Entry.objects.count() == 1


def test_an_attempt_that_fails_leaves_the_events_from_before_it():
    @action
    @in_domain("organisation")
    def outer(*, by: Actor) -> None:
        skill = try_skill(code="kept", note="before", by=by)
        with suppress(LookupError), attempt():
            record_many([(SkillTried(skill=skill, note="within"), None)])  # writes what waits, too
            raise LookupError("no")

    outer(by=SYSTEM)
    assert [entry.data["note"] for entry in Entry.objects.all()] == ["before"]


def test_an_attempt_does_not_excuse_a_failure_from_before_it():
    @action
    @in_domain("organisation")
    def broken(*, by: Actor) -> None:
        raise LookupError("no")

    @action
    @in_domain("sales")
    def outer(*, by: Actor) -> None:
        with suppress(LookupError):
            broken(by=by)
        with suppress(LookupError), attempt():
            broken(by=by)

    with pytest.raises(SwallowedFailure):
        outer(by=SYSTEM)


def test_the_log_can_be_neither_changed_nor_shortened():
    try_skill(code="sealing", by=SYSTEM)
    for statement in ("UPDATE eventlog_entry SET name = 'x'", "DELETE FROM eventlog_mention"):
        with refused("append-only") as cursor:
            cursor.execute(statement)
    with pytest.raises(TypeError):
        Entry.objects.get().delete()


def test_positional_arguments_are_refused():
    with pytest.raises(TypeError, match="keyword"):
        try_skill("sealing")


def test_causes_chain_and_stop_at_depth_eight():
    by, depths = SYSTEM, []
    for step in range(9):
        try_skill(code=f"s{step}", by=by)
        entry = Entry.objects.latest("pk")
        depths.append(entry.depth)
        if step < 8:
            by = by.because_of(entry.pk, entry.depth)
    with pytest.raises(ChainTooDeep):
        by.because_of(entry.pk, entry.depth)
    assert depths == list(range(9))
    assert Entry.objects.latest("pk").caused_by == Entry.objects.order_by("-pk")[1].pk


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("a\x00b", "ab"),
        (r"a\u0000b", r"a\u0000b"),
        ("\\\x00b", "\\b"),
        ("a\ud800b", "a?b"),
        ("\ud83d\ude00", "??"),
    ],
    ids=["NUL", "as escaped", "behind a backslash", "half a character", "two halves"],
)
def test_characters_that_are_none_do_no_harm(note, kept):
    try_skill(code="x", note=note, by=SYSTEM)
    assert Entry.objects.get().data["note"] == kept
