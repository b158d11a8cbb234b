"""The clock: each moment is worked off once, at its time, whoever dies meanwhile."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from kinflow.automation.clock import at_moment, drop_moment, run_due, set_moment, take_lock
from kinflow.automation.clock.models import Moment
from kinflow.automation.clock.moments import first_held, handlers
from kinflow.automation.clock.working import follow_clock, next_due, work_off

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""Half an hour before the clocks of Berlin are put on."""


@pytest.fixture
def told():
    """What a handler for tests was told; payload {"dies": True} makes it fail."""
    seen = []

    @at_moment("tests.told")
    def tell(payload, now):
        seen.append((payload["n"], now))
        if payload.get("dies"):
            raise RuntimeError("no luck")
        if payload.get("again"):
            set_moment("tests.told", "again", now + timedelta(hours=1), {"n": payload["n"] + 1})

    yield seen
    del handlers["tests.told"]


@pytest.mark.django_db
def test_a_moment_is_worked_off_at_its_time_and_not_before(told):
    set_moment("tests.told", "a", NOW, {"n": 1})
    assert run_due(NOW - timedelta(seconds=1)) == 0
    assert run_due(NOW) == 1
    assert run_due(NOW + timedelta(days=1)) == 0
    assert told == [(1, NOW)]


@pytest.mark.django_db
def test_setting_a_moment_again_moves_it_and_dropping_takes_it_away(told):
    set_moment("tests.told", "a", NOW, {"n": 1})
    set_moment("tests.told", "a", NOW + timedelta(hours=1), {"n": 2})
    set_moment("tests.told", "b", NOW, {"n": 3})
    assert drop_moment("tests.told", "b") == 1
    assert run_due(NOW) == 0
    run_due(NOW + timedelta(hours=1))
    assert [n for n, _at in told] == [2]


@pytest.mark.django_db
def test_a_handler_may_set_its_own_moment_anew(told):
    set_moment("tests.told", "again", NOW, {"n": 1, "again": True})
    assert run_due(NOW) == 1
    assert run_due(NOW + timedelta(hours=1)) == 1
    assert [n for n, _at in told] == [1, 2]


@pytest.mark.django_db
def test_what_fails_is_tried_again_with_growing_pauses_and_then_rests(told):
    set_moment("tests.told", "a", NOW, {"n": 1, "dies": True})
    at = NOW
    while at is not None:
        assert work_off(at)
        later, at = at, Moment.objects.get().at
        assert at is None or at > later
    kept = Moment.objects.get()
    assert (kept.attempts, kept.error) == (6, "RuntimeError: no luck")
    assert run_due(NOW + timedelta(days=400)) == 0


@pytest.mark.django_db
def test_hours_of_a_day_on_which_clocks_are_put_on_are_true_hours(told):
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    set_moment("tests.told", "a", datetime(2026, 3, 29, 3, 30, tzinfo=berlin), {"n": 1})
    assert next_due() == NOW + timedelta(hours=1)
    with pytest.raises(ValueError, match="aware"):
        set_moment("tests.told", "a", NOW.replace(tzinfo=None), {"n": 1})


@pytest.mark.django_db(transaction=True)
def test_many_workers_work_off_every_moment_once_even_if_one_dies_in_the_middle(told):
    for n in range(40):
        set_moment("tests.told", str(n), NOW, {"n": n})
    with pytest.raises(KeyboardInterrupt):
        _die_before_the_commit()
    assert Moment.objects.count() == 40
    told.clear()

    def work():
        try:
            run_due(NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    run_due(NOW)
    assert sorted(n for n, _at in told) == list(range(40))


@pytest.mark.django_db(transaction=True)
def test_a_sleeping_worker_wakes_for_a_moment_that_is_set_meanwhile(told):
    stop, done = threading.Event(), threading.Event()

    @at_moment("tests.wakes")
    def wakes(payload, now):
        done.set()

    def work():
        try:
            follow_clock(stop, lambda: NOW)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        set_moment("tests.wakes", "a", NOW)
        assert done.wait(20)
    finally:
        stop.set()
        worker.join()
        del handlers["tests.wakes"]


def _die_before_the_commit():
    with transaction.atomic():
        assert work_off(NOW)
        raise KeyboardInterrupt


def somebody_waits() -> bool:
    """Whether a transaction comes to wait for a named lock while we look."""
    with connection.cursor() as sql:
        for _look in range(2_000):
            sql.execute(
                "SELECT pg_sleep(0.005), EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"
            )
            if sql.fetchone()[1]:
                return True
    return False


@pytest.mark.django_db(transaction=True)
def test_the_clock_holds_no_moment_while_it_waits_for_the_lock_under_which_it_is_set():
    given = []
    at_moment("tests.guarded", holding="tests.lock")(lambda payload, now: given.append(payload))
    set_moment("tests.guarded", "a", NOW, {"n": 1})

    def work() -> None:
        work_off(NOW)
        connection.close()

    worker = threading.Thread(target=work)
    with transaction.atomic():
        take_lock("tests.lock")
        worker.start()
        assert somebody_waits()
        set_moment("tests.guarded", "a", NOW, {"n": 2})  # would wait for the clock, if it held the moment
    worker.join()
    del handlers["tests.guarded"], first_held["tests.guarded"]
    assert given == [{"n": 2}]
