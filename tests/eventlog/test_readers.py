"""Readers lose nothing and do nothing twice, whatever order transactions end in."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from kinflow.eventlog import SYSTEM, Actor, action
from kinflow.eventlog.models import Cursor, Entry, Failure
from kinflow.eventlog.readers import PAUSES, Reader, catch_up, goes_on, is_behind, retry_failures

from .small_world import in_domain, try_skill

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WRITERS, EACH = 8, 25


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, a reader takes all that it is given in one turn."""
    monkeypatch.setattr("kinflow.eventlog.readers.TURN_SECONDS", float("inf"))


def noting(name: str = "noting") -> tuple[Reader, list[int]]:
    """A reader from the first entry on, and the ids of the entries it was given."""
    reader, seen = Reader(name, from_start=True), []
    reader.on("organisation.skill_tried")(lambda entry: seen.append(entry.pk))
    return reader, seen


def beside(work: Callable[[], None]) -> threading.Thread:
    """Do the work in a thread with a database connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def in_order_of_the_log() -> list[int]:
    return list(Entry.objects.order_by("tx", "pk").values_list("pk", flat=True))


@action
@in_domain("organisation")
def try_between(*, code: str, told: threading.Event, go_on: threading.Event, by: Actor) -> None:
    """Write and tell something, and leave the transaction open until somebody lets it end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id(), nextval('eventlog_entry_id_seq')")
    told.set()
    assert go_on.wait(20)
    try_skill(code=code, by=by)


def test_eight_writers_at_once_are_all_read_once_and_in_order():
    reader, seen = noting()
    start = threading.Barrier(WRITERS + 1)

    def write(number: int) -> None:
        start.wait()
        for step in range(EACH):
            try_skill(code=f"{number}-{step}", by=SYSTEM)

    writers = [beside(lambda number=number: write(number)) for number in range(WRITERS)]
    start.wait()
    while any(writer.is_alive() for writer in writers):
        catch_up(reader, NOW, limit=7)
    while catch_up(reader, NOW, limit=7) or is_behind({"noting": reader}):
        pass
    assert len(seen) == WRITERS * EACH
    assert seen == in_order_of_the_log()


def test_what_commits_late_is_neither_skipped_nor_overtaken():
    reader, seen = noting()
    told, go_on = threading.Event(), threading.Event()
    late = beside(lambda: try_between(code="late", told=told, go_on=go_on, by=SYSTEM))
    assert told.wait(20)
    early = try_skill(code="early", by=SYSTEM)
    assert catch_up(reader, NOW) == 0, "the entry of the younger transaction waits for the older one"
    go_on.set()
    late.join()
    assert catch_up(reader, NOW) == 2
    assert seen == in_order_of_the_log()
    assert Entry.objects.get(pk=seen[1]).mentions.get().object_id == early.pk


def test_two_workers_share_a_reader_without_doubling():
    reader, seen = noting()
    for step in range(60):
        try_skill(code=str(step), by=SYSTEM)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        while catch_up(reader, NOW, limit=3) or is_behind({"noting": reader}):
            pass

    workers = [beside(work) for _ in range(2)]
    for worker in workers:
        worker.join()
    assert seen == in_order_of_the_log()


def test_a_reader_that_fails_tries_that_entry_again_and_goes_on_with_the_others():
    reader, healed, seen = Reader("failing", from_start=True), threading.Event(), []

    @reader.on("organisation.skill_tried")
    def take(entry: Entry) -> None:
        Cursor.objects.create(reader=f"effect of {entry.pk}")
        if entry.data["note"] == "bad" and not healed.is_set():
            raise LookupError("not yet")
        seen.append(entry.data["note"])

    for note in ("good", "bad", "better"):
        try_skill(code=note, note=note, by=SYSTEM)
    assert catch_up(reader, NOW) == 3
    assert seen == ["good", "better"]
    failure = Failure.objects.get()
    assert (failure.error, failure.attempts) == ("LookupError: not yet", 1)
    assert not Cursor.objects.filter(reader=f"effect of {failure.entry_id}").exists(), "half an effect stayed"
    healed.set()
    known = {"failing": reader}
    assert retry_failures(NOW, known) == 0, "it waits its pause"
    assert retry_failures(NOW + PAUSES[0], known) == 1
    assert retry_failures(NOW + timedelta(days=9), known) == 0
    assert seen == ["good", "better", "bad"]


def test_an_entry_that_never_succeeds_comes_to_rest():
    reader, now = Reader("hopeless", from_start=True), NOW

    @reader.on("organisation.skill_tried")
    def refuse(entry: Entry) -> None:
        raise LookupError("never")

    try_skill(code="x", by=SYSTEM)
    catch_up(reader, now)
    for pause in PAUSES:
        assert Failure.objects.get().next_at == now + pause
        now += pause
        retry_failures(now, {"hopeless": reader})
    assert Failure.objects.get().next_at is None


def test_a_new_reader_begins_with_what_comes_unless_it_wants_all():
    try_skill(code="before", by=SYSTEM)
    later, seen = Reader("later"), []
    later.on("organisation.skill_tried")(lambda entry: seen.append(entry.pk))
    catch_up(later, NOW)
    try_skill(code="after", by=SYSTEM)
    catch_up(later, NOW)
    assert seen == [Entry.objects.latest("pk").pk]


def test_what_comes_later_is_what_readers_come_to_later_whatever_its_number():
    told, go_on = threading.Event(), threading.Event()
    early = beside(lambda: try_between(code="early", told=told, go_on=go_on, by=SYSTEM))
    assert told.wait(20)
    try_skill(code="late", by=SYSTEM)
    go_on.set()
    early.join(20)
    first, last = Entry.objects.order_by("tx")
    assert first.pk > last.pk
    names = ["organisation.skill_tried"]
    assert goes_on(int(first.tx), first.pk, names)
    assert not goes_on(int(last.tx), last.pk, names)


def test_a_reader_that_takes_long_ends_its_transaction_and_goes_on_in_the_next(monkeypatch):
    reader, seen = noting("slow")
    for code in ("first", "second", "third"):
        try_skill(code=code, by=SYSTEM)
    monkeypatch.setattr("kinflow.eventlog.readers.TURN_SECONDS", 0.0)
    assert [catch_up(reader, NOW) for _turn in range(4)] == [1, 1, 1, 0]
    assert seen == in_order_of_the_log()
