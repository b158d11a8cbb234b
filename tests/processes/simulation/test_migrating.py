"""A program that is brought up to date in the midst of a search or a what-if goes on with it to the same end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kinflow.eventlog import SYSTEM
from kinflow.processes.definitions.actions import change_process
from kinflow.processes.definitions.models import Process
from kinflow.processes.simulation.search.models import MoveSearch
from kinflow.processes.simulation.search.rounds import points_of
from kinflow.processes.simulation.search.running import WORK
from kinflow.processes.simulation.whatif.actions import start_what_if
from kinflow.processes.simulation.whatif.models import WhatIf
from kinflow.processes.simulation.whatif.running import WORK as WHAT_IFS
from kinflow.records.long_work import sharing
from kinflow.records.long_work.blocks import blocks_of, open_blocks
from kinflow.records.long_work.models import WorkBlock
from tests.processes.given import traces
from tests.processes.studio.given import process_of

from .search.test_pages import begun
from .whatif.test_pages import EMPOWER, calibrate

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Process]:
    """An office; each play is a block of its own. Migrations, without which tests run, are there."""
    settings.MIGRATION_MODULES = {}
    monkeypatch.setattr(sharing, "BLOCK_SECONDS", 0.0)
    monkeypatch.setattr(sharing, "WORTHWHILE", 0.0)
    with process_of(traces("abc"), key="office") as made:
        calibrate(made)
        yield change_process(process=made, changes={"rates": {"currency": "EUR", "usual": 50.0}}, by=SYSTEM)


def leaving_after(most: int) -> Callable[[], bool]:
    asked = count()
    return lambda: next(asked) >= most


@contextmanager
def before(name: str) -> Iterator[Any]:
    """The database as it was before a migration, with the models of then; the migration is made again in the end."""
    loader = MigrationLoader(None)
    migration = loader.disk_migrations["processes", name]
    last = loader.project_state(migration.dependencies)
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        migration.unapply(last.clone(), editor)
    yield last.apps
    with connection.schema_editor() as editor:
        migration.apply(last.clone(), editor)


def kept(row: MoveSearch) -> list[tuple[Any, ...]]:
    return list(blocks_of(row).values_list("round", "place", "parts", "results", "seconds"))


def test_a_search_under_way_keeps_what_was_played_and_goes_on_to_the_same(process: Process) -> None:
    whole = points_of(WORK.run(begun(process, plays=24), stop=lambda: False))
    row = begun(process, plays=24)
    WORK.run(row, stop=leaving_after(5))
    blocks, others = kept(row), WorkBlock.objects.exclude(number=row.pk).count()
    assert len(open_blocks(row)) not in (0, len(blocks))
    with before("0020_search_blocks_are_work_blocks") as then:
        old = then.get_model("processes", "SearchBlock").objects.filter(search_id=row.pk)
        assert [each.results is None for each in old.order_by("place")] == [
            each[3] is None for each in blocks
        ]
        [place, replication], [result] = (
            (first := old.filter(results__isnull=False)[0]).plays[0],
            first.results,
        )
        assert tuple(result) == whole[place].plays[replication]
        assert not WorkBlock.objects.filter(number=row.pk).exists()
    assert [each[:3] for each in kept(row)] == [each[:3] for each in blocks]
    assert WorkBlock.objects.exclude(number=row.pk).count() == others
    row = WORK.run(MoveSearch.objects.get(pk=row.pk), stop=lambda: False)
    assert row.state == "done"
    assert points_of(row) == whole


def test_blocks_of_a_play_in_which_no_case_ended_come_over(process: Process) -> None:
    row = begun(process, plays=24)
    WORK.run(row, stop=lambda: True)
    with before("0020_search_blocks_are_work_blocks") as then:
        old = then.get_model("processes", "SearchBlock").objects.filter(search_id=row.pk)
        block = old.first()
        place, replication = block.plays[0]
        old.filter(pk=block.pk).update(results=[[None, 0.5]], seconds=0.1)
    assert repr(points_of(row)[place].plays[replication]) == "(nan, 0.5)"


def test_runs_under_way_keep_what_people_cost(process: Process) -> None:
    row = start_what_if(process=process, moves=[EMPOWER], times=3, by=SYSTEM)
    WHAT_IFS.run(row, stop=leaving_after(4))
    search = begun(process, plays=24)
    with before("0021_runs_keep_their_pay"):
        pass
    for model, one in ((WhatIf, row), (MoveSearch, search)):
        assert model._default_manager.get(pk=one.pk).pay == one.pay
    assert WHAT_IFS.run(row, stop=lambda: False).state == "done"
