"""What-ifs and sensitivities are the same to the last bit whoever plays what and when; crash, cancel, progress."""

from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.sensitivity import running as sensitivities
from kinflow.processes.simulation.sensitivity.actions import start_sensitivity
from kinflow.processes.simulation.sensitivity.models import Sensitivity
from kinflow.processes.simulation.whatif import running as what_ifs
from kinflow.processes.simulation.whatif.actions import cancel_what_if, remove_what_if, start_what_if
from kinflow.processes.simulation.whatif.comparing import Pair
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.records.long_work import sharing
from kinflow.records.long_work.blocks import SPACE, blocks_of, first_result, give_results, open_blocks
from kinflow.records.long_work.models import WorkBlock, WorkProgress
from kinflow.records.long_work.telling import work_told
from kinflow.records.long_work.works import Work
from tests.locks import wait_until_let_go
from tests.processes.given import traces
from tests.processes.studio.given import process_of

from .whatif.test_pages import EMPOWER, calibrate

pytestmark = pytest.mark.django_db
Begin = Callable[[Process], Any]


@pytest.fixture
def process() -> Iterator[Process]:
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield made


@pytest.fixture
def is_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each play but the first two is a block of its own."""
    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    monkeypatch.setattr(sharing, "WORTHWHILE", 0.0)


def a_what_if(process: Process) -> WhatIf:
    return start_what_if(process=process, moves=[EMPOWER], times=6, by=SYSTEM)


def a_sensitivity(process: Process) -> Sensitivity:
    return start_sensitivity(process=process, times=2, by=SYSTEM)


BOTH = pytest.mark.parametrize(
    ("begin", "work"), [(a_what_if, what_ifs.WORK), (a_sensitivity, sensitivities.WORK)]
)


def leaving_after(most: int) -> Callable[[], bool]:
    """A worker that leaves after so many plays."""
    asked = count()
    return lambda: next(asked) >= most


def by_one(begin: Begin, work: Work[Any], process: Process) -> str:
    """Every figure to its last bit, as one worker finds them without any block."""
    row = work.run(begin(process), stop=lambda: False)
    assert not blocks_of(row).exists()
    return repr(row.figures)


def waiting(job: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=job, status="todo").count()


@BOTH
def test_small_work_is_done_by_one_without_asking_anybody(
    begin: Begin, work: Work[Any], process: Process
) -> None:
    by_one(begin, work, process)
    assert waiting(work.help_job) == 0


@BOTH
def test_it_is_the_same_in_any_order_and_with_several_takers(
    begin: Begin, work: Work[Any], process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, chance = by_one(begin, work, process), Random(5)

    def shuffled(row: Any) -> list[WorkBlock]:
        found = open_blocks(row)
        return chance.sample(found, len(found))

    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    monkeypatch.setattr(sharing, "WORTHWHILE", 0.0)
    monkeypatch.setattr(sharing, "open_blocks", shuffled)
    row = begin(process)
    while row.state == "waiting":
        row = work.run(row, stop=leaving_after(chance.randint(3, 9)))
    assert repr(row.figures) == whole
    assert not WorkBlock.objects.exists()


@pytest.mark.django_db(transaction=True)
@BOTH
def test_it_is_the_same_with_three_workers_at_once(
    begin: Begin, work: Work[Any], process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = by_one(begin, work, process)
    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    monkeypatch.setattr(sharing, "WORTHWHILE", 0.0)
    row, ready = begin(process), Barrier(3)

    def run() -> None:
        ready.wait()
        work.run(row, stop=lambda: False)
        connections.close_all()

    workers = [Thread(target=run) for _each in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    row.refresh_from_db()
    assert (row.state, repr(row.figures)) == ("done", whole)
    finished = Entry.objects.filter(name__endswith="_finished", name__startswith=work.job.partition(".")[0])
    assert finished.exclude(name__contains="calibration").count() == 2
    assert not WorkBlock.objects.exists()
    assert not WorkProgress.objects.exists()


def test_what_a_dead_worker_was_at_is_played_by_another(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = by_one(a_what_if, what_ifs.WORK, process)
    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    monkeypatch.setattr(sharing, "WORTHWHILE", 0.0)
    row = a_what_if(process)
    what_ifs.WORK.run(row, stop=leaving_after(3))
    last = open_blocks(row)[-1]
    other = connection.copy()
    with other.cursor() as sql:
        sql.execute("SELECT pg_advisory_lock(%s, %s)", [SPACE, last.pk])
    row = what_ifs.WORK.run(row, stop=lambda: False)
    assert [each.pk for each in open_blocks(row)] == [last.pk]
    assert row.state == "waiting"
    other.close()
    wait_until_let_go(SPACE, last.pk)
    row = what_ifs.WORK.run(row, stop=lambda: False)
    assert (row.state, repr(row.figures)) == ("done", whole)


@pytest.mark.usefixtures("is_spread")
def test_others_are_asked_for_the_rest_and_each_plays_one_block_at_a_time(process: Process) -> None:
    row, work = a_what_if(process), what_ifs.WORK
    assert work.run(row, stop=leaving_after(2)).state == "waiting"
    assert [len(each.parts) for each in blocks_of(row)] == [2] + 10 * [1]
    assert waiting(work.help_job) == 9
    work.help(number=row.pk, round=1)
    assert len(open_blocks(row)) == 9
    assert waiting(work.help_job) == 10
    work.help(number=row.pk, round=2)
    assert len(open_blocks(row)) == 9


@pytest.mark.usefixtures("is_spread")
def test_the_progress_of_all_adds_up_and_never_goes_back(process: Process) -> None:
    row, work = a_what_if(process), what_ifs.WORK
    work.run(row, stop=leaving_after(2))
    for played in (2, 3, 4):
        work.help(number=row.pk, round=1)
        told = work_told(row)
        assert (told["percent"], told["stage"]) == (100 * played // 12, f"{played} of 12 plays")
    late = work._teller(row, lambda: False)
    assert late(1 / 12, "plays", 1, 12)
    assert work_told(row)["stage"] == "4 of 12 plays"


@pytest.mark.usefixtures("is_spread")
@pytest.mark.parametrize("end", [cancel_what_if, remove_what_if])
def test_cancelling_stops_whoever_plays_and_nothing_is_left(
    end: Callable[..., Any], process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, work, played = a_what_if(process), what_ifs.WORK, list[int]()
    play = Pair.play

    def ends_at_five(pair: Pair, number: int) -> dict[str, Any]:
        played.append(number)
        if number == 5:
            end(whatif=row, by=SYSTEM)
        return play(pair, number)

    monkeypatch.setattr(Pair, "play", ends_at_five)
    work.run(row, stop=lambda: False)
    assert played == [0, 1, 2, 3, 4, 5]
    work.help(number=row.pk, round=1)
    work.run(row, stop=lambda: False)
    assert played == [0, 1, 2, 3, 4, 5]
    assert not WorkBlock.objects.exists()
    assert not WorkProgress.objects.exists()
    assert not Entry.objects.filter(name="processes.what_if_finished").exists()


@pytest.mark.usefixtures("is_spread")
def test_a_block_counts_once_and_the_rest_is_laid_out_once(process: Process) -> None:
    row, work = a_what_if(process), what_ifs.WORK
    work.run(row, stop=leaving_after(2))
    seen = [each.pk for each in blocks_of(row)]
    sharing._lay_out_rest(row, [{"days": 1}], [1.0] * 11)
    assert [each.pk for each in blocks_of(row)] == seen
    block = open_blocks(row)[0]
    give_results(block, ["first"], 0.5)
    give_results(block, ["second"], 0.5)
    assert WorkBlock.objects.get(pk=block.pk).results == '["first"]'
    assert first_result(row)["days"] == 14
    cancel_what_if(whatif=row, by=SYSTEM)
    sharing._lay_out_rest(row, [{"days": 1}], [1.0] * 11)
    assert not WorkBlock.objects.exists()


@pytest.mark.usefixtures("is_spread")
def test_blocks_of_what_is_gone_with_its_process_are_forgotten(process: Process) -> None:
    row, work = a_what_if(process), what_ifs.WORK
    work.run(row, stop=leaving_after(2))
    WorkBlock.objects.filter(kind="whatif").update(number=row.pk + 1)
    work.take_up_left_over()
    assert not WorkBlock.objects.exists()


def seconds_of(took: Callable[[int], float]) -> Callable[[], float]:
    """A clock by which the parts of work take so long."""
    at = 0.0
    readings = list[float]()
    for part in range(1000):
        readings += [at, at := at + took(part)]
    following = iter(readings)
    return lambda: next(following)


def spread(
    row: Any, work: Work[Any], monkeypatch: pytest.MonkeyPatch, took: Callable[[int], float]
) -> list[int]:
    """How many parts each block has that is laid out, where parts take so long; none where nothing is."""
    monkeypatch.setattr(sharing, "perf_counter", seconds_of(took))
    monkeypatch.setattr(sharing, "do_blocks", lambda *_given: False)
    work.run(row, stop=lambda: False)
    return [len(each.parts) for each in blocks_of(row)]


def test_machine_code_and_what_both_sides_need_do_not_spread_little_work(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start_what_if(process=process, moves=[EMPOWER], times=20, by=SYSTEM)
    assert spread(row, what_ifs.WORK, monkeypatch, lambda part: (9.0, 0.6)[part] if part < 2 else 0.05) == []
    assert waiting(what_ifs.WORK.help_job) == 0
    assert WhatIf.objects.get(pk=row.pk).state == "done"


def test_much_work_is_spread_in_blocks_of_about_a_second(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start_what_if(process=process, moves=[EMPOWER], times=50, by=SYSTEM)
    assert spread(row, what_ifs.WORK, monkeypatch, lambda part: 2.0 if part < 2 else 0.25) == [4, *[4] * 24]
    row = start_what_if(process=process, moves=[EMPOWER], times=5, by=SYSTEM)
    assert spread(row, what_ifs.WORK, monkeypatch, lambda _part: 20.0) == [2, *[1] * 8]


def test_what_takes_its_time_to_be_made_is_not_made_by_two(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start_sensitivity(process=process, times=8, by=SYSTEM)
    found = spread(row, sensitivities.WORK, monkeypatch, lambda part: 0.02 if part % 8 else 0.6)
    assert (found[0], found[1], set(found[2:])) == (9, 15, {8})
