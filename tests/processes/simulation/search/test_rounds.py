"""A search is the same to the last digit whoever plays what and when; what a dead worker was at is played by another."""

from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.search.actions import JOB, stop_move_search
from kinflow.processes.simulation.search.dominance import Point
from kinflow.processes.simulation.search.models import MoveSearch
from kinflow.processes.simulation.search.rounds import open_round, points_of
from kinflow.processes.simulation.search.running import WORK
from kinflow.records.alone import alone_at
from kinflow.records.long_work import sharing
from kinflow.records.long_work.blocks import SPACE, give_results, open_blocks
from kinflow.records.long_work.models import WorkBlock
from tests.locks import wait_until_let_go
from tests.processes.given import traces
from tests.processes.studio.given import process_of

from ..whatif.test_pages import calibrate
from .test_pages import begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    """An office; each play is a block of its own."""
    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield made


def by_one(process: Process) -> list[Point]:
    return points_of(WORK.run(begun(process, plays=24), stop=lambda: False))


def leaving_after(most: int) -> Callable[[], bool]:
    """A worker that leaves after so many blocks."""
    asked = count()
    return lambda: next(asked) >= most


def waiting(job: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=job, status="todo").count()


def test_it_is_the_same_in_any_order_and_with_several_takers(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, chance = by_one(process), Random(5)

    def shuffled(row: MoveSearch) -> list[WorkBlock]:
        found = open_blocks(row)
        return chance.sample(found, len(found))

    monkeypatch.setattr(sharing, "open_blocks", shuffled)
    row = begun(process, plays=24)
    while row.state == "waiting":
        row = WORK.run(row, stop=leaving_after(chance.randint(1, 9)))
    assert points_of(row) == whole
    assert Entry.objects.filter(name="processes.move_search_finished").count() == 2


@pytest.mark.django_db(transaction=True)
def test_it_is_the_same_with_three_workers_at_once(process: Process) -> None:
    whole, row, ready = by_one(process), begun(process, plays=24), Barrier(3)

    def work() -> None:
        ready.wait()
        WORK.run(row, stop=lambda: False)
        connections.close_all()

    workers = [Thread(target=work) for _each in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    row = MoveSearch.objects.get(pk=row.pk)
    assert row.state == "done"
    assert points_of(row) == whole
    assert Entry.objects.filter(name="processes.move_search_finished").count() == 2


def test_what_a_worker_is_at_is_left_to_it_and_played_by_another_when_it_dies(process: Process) -> None:
    whole, row = by_one(process), begun(process, plays=24)
    WORK.run(row, stop=lambda: True)
    first = open_blocks(row)[0]
    other = connection.copy()
    with other.cursor() as sql:
        sql.execute("SELECT pg_advisory_lock(%s, %s)", [SPACE, first.pk])
    row = WORK.run(row, stop=lambda: False)
    assert [each.pk for each in open_blocks(row)] == [first.pk]
    assert row.state == "waiting"
    other.close()
    wait_until_let_go(SPACE, first.pk)
    row = WORK.run(row, stop=lambda: False)
    assert row.state == "done"
    assert points_of(row) == whole


def test_a_block_that_was_played_twice_counts_once(process: Process) -> None:
    row = begun(process, plays=24)
    WORK.run(row, stop=lambda: True)
    block = open_blocks(row)[0]
    give_results(block, [(1.0, 2.0)], 0.5)
    give_results(block, [(3.0, 4.0)], 0.5)
    assert points_of(row)[0].plays == ((1.0, 2.0),)


def test_a_round_is_opened_once_and_not_after_the_end(process: Process) -> None:
    row = begun(process, plays=24)
    WORK.run(row, stop=lambda: True)
    seen = [each.pk for each in open_blocks(row)]
    open_round(row, [], points_of(row))
    assert [each.pk for each in open_blocks(row)] == seen
    other = begun(process, plays=24)
    stop_move_search(movesearch=other, by=SYSTEM)
    open_round(other, [], points_of(row))
    assert not open_blocks(other)


def test_a_helper_plays_one_block_asks_to_come_again_and_sees_to_it_that_somebody_goes_on(
    process: Process,
) -> None:
    row = begun(process, plays=24)
    WORK.run(row, stop=lambda: True)
    assert waiting(WORK.help_job) == 3
    assert waiting(JOB) == 1
    WORK.help(number=row.pk, round=1)
    assert len(open_blocks(row)) == 3
    assert waiting(WORK.help_job) == 4
    assert waiting(JOB) == 2
    with alone_at(WORK.space, row.pk, is_shared=True):
        WORK.help(number=row.pk, round=9)
    assert len(open_blocks(row)) == 3
