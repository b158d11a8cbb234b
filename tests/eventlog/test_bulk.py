"""Bulk writes obey the laws that single ones do."""

from datetime import UTC, datetime

import pytest

from kinflow.eventlog import SYSTEM, Actor, SilentChange, Trespass, WriteOutsideAction, action
from kinflow.eventlog.bulk import delete, done_by, insert, record_many, reserve_ids, speaking_for, update
from kinflow.eventlog.models import Entry, Mention
from kinflow.organisation.models import Skill

from .small_world import SkillTried, in_domain, try_skill

pytestmark = pytest.mark.django_db

THEN = datetime(2025, 1, 7, 9, 30, tzinfo=UTC)


def unsaved(count: int) -> list[Skill]:
    return [Skill(code=f"s{number}", name=f"Skill {number}") for number in range(count)]


@action
@in_domain("organisation")
def write_many(*, count: int, told: int, at: datetime | None = None, by: Actor) -> list[Skill]:
    """Write skills, and tell the first ones."""
    skills = insert(unsaved(count))
    record_many((SkillTried(skill=skill, note=skill.name), at) for skill in skills[:told])
    return skills


@action
@in_domain("organisation")
def rename_all(*, told: bool, by: Actor) -> list[int]:
    """Give all skills one name."""
    ids = update(Skill.objects.all(), name="renamed")
    record_many((SkillTried(skill=skill), None) for skill in Skill.objects.filter(pk__in=ids) if told)
    return ids


@action
@in_domain("organisation")
def remove_all(*, told: bool, by: Actor) -> None:
    """Remove all skills."""
    gone = list(Skill.objects.all())
    delete(Skill.objects.all())
    record_many((SkillTried(skill=skill), None) for skill in gone if told)


def test_bulk_writes_rows_and_one_event_each_under_one_command():
    skills = write_many(count=30, told=30, at=THEN, by=SYSTEM)
    assert Skill.objects.filter(pk__in=[skill.pk for skill in skills]).count() == 30
    entries = list(Entry.objects.order_by("pk"))
    assert [entry.data["note"] for entry in entries] == [skill.name for skill in skills]
    assert {entry.command for entry in entries} == {"organisation.write_many"}
    assert len({(entry.command_id, entry.tx, entry.at) for entry in entries}) == 1
    assert entries[0].at == THEN
    mentioned = Mention.objects.filter(kind="skill", role="skill").values_list("object_id", flat=True)
    assert set(mentioned) == {skill.pk for skill in skills}


def test_one_row_without_an_event_refuses_the_whole_bulk():
    with pytest.raises(SilentChange, match="organisation.write_many"):
        write_many(count=30, told=29, by=SYSTEM)
    assert not Skill.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("write", [rename_all, remove_all])
def test_silent_bulk_changes_are_refused(write):
    try_skill(code="kept", by=SYSTEM)
    with pytest.raises(SilentChange):
        write(told=False, by=SYSTEM)
    assert Skill.objects.get().name == "kept"


def test_bulk_changes_that_are_told_stay():
    write_many(count=3, told=3, by=SYSTEM)
    assert len(rename_all(told=True, by=SYSTEM)) == 3
    assert set(Skill.objects.values_list("name", flat=True)) == {"renamed"}
    remove_all(told=True, by=SYSTEM)
    assert not Skill.objects.exists()
    assert Entry.objects.count() == 9


@pytest.mark.parametrize(
    "write",
    [
        lambda: insert(unsaved(1)),
        lambda: update(Skill.objects.all(), name="x"),
        lambda: delete(Skill.objects.all()),
        lambda: record_many([]),
    ],
    ids=["insert", "update", "delete", "record_many"],
)
def test_no_bulk_write_outside_an_action(write):
    with pytest.raises(WriteOutsideAction):
        write()


@pytest.mark.parametrize(
    "write",
    [
        lambda: insert(unsaved(1)),
        lambda: update(Skill.objects.all(), name="x"),
        lambda: delete(Skill.objects.all()),
    ],
    ids=["insert", "update", "delete"],
)
def test_no_bulk_write_in_another_domain(write):
    @action
    @in_domain("sales")
    def trespass(*, by: Actor) -> None:
        write()

    with pytest.raises(Trespass, match="sales may not write organisation.Skill"):
        trespass(by=SYSTEM)


def test_who_speaks_for_another_domain_still_has_to_tell():
    @action
    @in_domain("sales")
    def take_over(*, told: bool, by: Actor) -> None:
        with speaking_for("organisation"):
            skills = insert(unsaved(2))
        record_many((SkillTried(skill=skill), None) for skill in skills if told)

    with pytest.raises(SilentChange):
        take_over(told=False, by=SYSTEM)
    take_over(told=True, by=SYSTEM)
    assert Skill.objects.count() == 2


def test_a_bulk_that_fails_half_way_leaves_nothing():
    @action
    @in_domain("organisation")
    def broken(*, by: Actor) -> None:
        skills = insert(unsaved(5))
        record_many([(SkillTried(skill=skill), None) for skill in skills])
        raise LookupError("half way")

    with pytest.raises(LookupError):
        broken(by=SYSTEM)
    assert not Skill.objects.exists()
    assert not Entry.objects.exists()


def test_bulk_history_keeps_its_own_actors_and_causes():
    author = Actor("person", "7", "Chen Yu")

    @action
    @in_domain("organisation")
    def take_over(*, by: Actor) -> None:
        skills = insert(unsaved(2))
        first, second = reserve_ids(Entry, 2)
        events = [
            (done_by(SkillTried(skill=skills[0]), author), THEN),
            (done_by(SkillTried(skill=skills[1]), author.because_of(first, 0)), THEN),
        ]
        record_many(events, ids=[first, second])

    take_over(by=SYSTEM)
    cause, effect = Entry.objects.order_by("pk")
    assert (cause.actor_id, cause.actor_name, cause.depth) == ("7", "Chen Yu", 0)
    assert (effect.caused_by, effect.depth) == (cause.pk, 1)
