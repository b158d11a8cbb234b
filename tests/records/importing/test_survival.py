"""An import that is broken off anywhere goes on as if nothing had been; two at once double nobody."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from kinflow.customers.models import Account, Contact
from kinflow.records.alone import IMPORTS, alone_at, nobody_at
from kinflow.records.importing import taking
from kinflow.records.importing.background import take_up_left_over
from kinflow.records.importing.models import ImportedRecord, ImportReject, ImportRun
from kinflow.records.importing.running import run_import
from kinflow.sales.models import Lead
from tests.locks import wait_until_let_go

from .runs import started

ROWS = 60
LEADS = "Name,Company,Email,Need\n" + "".join(
    f"Person {n % 23},Company {n % 7},{'wrong' if n % 10 == 9 else f'p{n % 23}@x.example'},Need {n}\n"
    for n in range(ROWS)
)
KILLED = """
import os, sys, django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[2]
from kinflow.records.importing import taking
from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.running import run_import
left, write = [int(sys.argv[3])], taking._note_refused
def die(*given):
    write(*given)
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), 9)
taking._note_refused = die
run_import(ImportRun.objects.get(pk=int(sys.argv[1])), size=10)
"""


def result() -> tuple[object, ...]:
    """All that an import made, but for its numbers."""
    leads = Lead.objects.order_by("need").values_list("need", "contact__email", "account__name")
    rejects = ImportReject.objects.order_by("number").values_list("number", "reason")
    counts = ImportedRecord.objects.count(), Contact.objects.count(), Account.objects.count()
    return list(leads), list(rejects), counts


EXPECTED_LEADS, EXPECTED_REJECTS = 54, 6


def assert_whole(run: ImportRun) -> None:
    leads, rejects, counts = result()
    assert (run.state, run.read, run.created, run.rejected) == (
        "done",
        ROWS,
        EXPECTED_LEADS,
        EXPECTED_REJECTS,
    )
    assert (len(leads), len(rejects), counts) == (EXPECTED_LEADS, EXPECTED_REJECTS, (54 + 23 + 7, 23, 7))


@pytest.mark.django_db
@pytest.mark.parametrize("chunks", [1, 3, 5])
def test_a_stopped_import_goes_on_where_it_stood(chunks):
    left = [chunks]

    def stop():
        left[0] -= 1
        return left[0] < 0

    run = run_import(started(LEADS), size=10, stop=stop)
    assert (run.state, run.read) == ("running", chunks * 10 - 1)  # the headers are a row, too
    assert_whole(run_import(run, size=7))  # even in other steps


@pytest.mark.django_db
def test_a_chunk_that_breaks_leaves_nothing_of_itself(monkeypatch):
    run = started(LEADS)
    write, left = taking._note_refused, [2]

    def fail(*given):
        write(*given)
        left[0] -= 1
        if left[0] == 0:
            raise RuntimeError("lightning")

    with monkeypatch.context() as patched:
        patched.setattr(taking, "_note_refused", fail)
        with pytest.raises(RuntimeError, match="lightning"):
            run_import(run, size=10)
    run.refresh_from_db()
    assert (run.read, Lead.objects.count(), ImportReject.objects.count()) == (9, 9, 0)
    assert_whole(run_import(run, size=10))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("chunk", "taken"), [(1, (0, 0)), (4, (29, 27))])
def test_a_killed_process_leaves_whole_chunks_and_the_worker_takes_up_the_rest(files, chunk, taken):
    run = started(LEADS)
    parameters = connection.settings_dict
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgresql://{parameters['USER']}@/{parameters['NAME']}?host={parameters['HOST']}",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src"),
        "KINFLOW_SECRET_KEY": "test",
    }
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(run.pk), str(files), str(chunk)], env=environment, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    wait_until_let_go(IMPORTS, run.pk)
    run.refresh_from_db()
    assert (run.read, Lead.objects.count()) == taken
    assert_whole(run_import(run, size=10))


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_file_at_once_double_nobody():
    runs = [started(LEADS), started(LEADS)]
    together = threading.Barrier(2)

    def go(run: ImportRun) -> None:
        together.wait()
        try:
            run_import(run, size=5)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Contact.objects.count(), Account.objects.count(), Lead.objects.count()) == (23, 7, 108)


@pytest.mark.django_db(transaction=True)
def test_one_import_run_by_two_takes_each_row_once():
    run = started(LEADS)
    with alone_at(IMPORTS, run.pk) as is_ours:
        assert is_ours
        assert not nobody_at(IMPORTS, run.pk)
        found: list[ImportRun] = []

        def other() -> None:
            found.append(run_import(run, size=10))
            connections.close_all()

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert Lead.objects.count() == 0
        assert_whole(run_import(run, size=10))
    assert nobody_at(IMPORTS, run.pk)


@pytest.mark.django_db
def test_what_a_dead_worker_left_is_deferred_anew():
    run = started(LEADS)
    before = jobs_of(run)
    take_up_left_over()
    assert jobs_of(run) == before + 1


def jobs_of(run: ImportRun) -> int:
    with connection.cursor() as sql:
        sql.execute("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'run' = %s", [str(run.pk)])
        return int(sql.fetchone()[0])
