"""An imported log goes from its file to a process, and away again."""

from pathlib import Path

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.processes.definitions.models import Process
from kinflow.processes.definitions.reading import columns_of_process
from kinflow.processes.logs.actions import WrongState, cancel_log, map_log, remove_log, start_log
from kinflow.processes.logs.models import ImportedLog
from kinflow.processes.logs.running import WORK
from kinflow.records.access import AUDITOR, MARKETER, PROCESS_OWNER, TEAM_LEAD
from kinflow.records.importing.limits import UnreadableFile
from kinflow.records.long_work.models import NotRunning
from tests import factories
from tests.processes.logs.files import steps, table, xes
from tests.processes.logs.given_logs import CSV, XES, given_log, ready_log

pytestmark = pytest.mark.django_db


def everything_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_log_becomes_a_process(files: Path) -> None:
    log = ready_log(name="Orders of the ERP")
    assert (log.state, log.cases, log.events, log.activities) == ("ready", 2, 3, 2)
    assert log.process is not None
    assert (log.process.key, log.process.name, log.process.case_kind) == (
        "orders-of-the-erp",
        "Orders of the ERP",
        "",
    )
    assert steps(columns_of_process(log.process, SYSTEM)) == {"A": ["order", "ship"], "B": ["order"]}


def test_the_file_goes_when_the_columns_are_kept(
    files: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        ready_log()
    assert {path.parent.parent.name for path in everything_below(files)} == {"logs"}


def test_everything_that_happens_to_a_log_is_in_the_log() -> None:
    log = given_log()
    map_log(importedlog=log, name="Other", by=SYSTEM)
    remove_log(importedlog=WORK.run(start_log(importedlog=log, by=SYSTEM)), by=SYSTEM)
    names = Entry.objects.order_by("id").values_list("name", flat=True)
    assert [name for name in names if "log" in name] == [
        "processes.log_given",
        "processes.log_mapped",
        "processes.log_started",
        "processes.log_read",
        "processes.log_removed",
    ]


def test_a_removed_log_leaves_nothing(files: Path, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_log(importedlog=ready_log(), by=SYSTEM)
    assert not ImportedLog.objects.exists()
    assert not Process.objects.filter(case_kind="", is_active=True).exists()
    assert everything_below(files) == []


def test_the_columns_of_a_table_are_guessed_and_can_be_decided() -> None:
    log = given_log(CSV, "log.csv")
    assert log.how["roles"] == {"案例编号": "case", "活动": "activity", "时间": "at", "处理人": "resource"}
    assert log.how["zone"] == "Asia/Shanghai"
    log = map_log(importedlog=log, roles={"处理人": "unit"}, zone="UTC", by=SYSTEM)
    assert (log.how["roles"]["处理人"], log.how["zone"]) == ("unit", "UTC")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"roles": {"nothing": "case"}}, "/roles/nothing"),
        ({"roles": {"处理人": "boss"}}, "/roles/处理人"),
        ({"roles": {"处理人": "case"}}, "/roles/处理人"),
        ({"zone": "Mars/Olympus"}, "/zone"),
        ({"lifecycle": "some"}, "/lifecycle"),
        ({"name": " "}, "/name"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object], pointer: str) -> None:
    log = given_log(CSV, "log.csv")
    with pytest.raises(Invalid) as refused:
        map_log(importedlog=log, by=SYSTEM, **wrong)  # type: ignore[arg-type]
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_a_table_without_a_time_is_not_started() -> None:
    log = map_log(importedlog=given_log(CSV, "log.csv"), roles={"时间": ""}, by=SYSTEM)
    with pytest.raises(Invalid):
        start_log(importedlog=log, by=SYSTEM)


def test_two_processes_do_not_have_one_name() -> None:
    ready_log(name="Orders")
    with pytest.raises(Invalid):
        given_log(name="Orders")


def test_a_log_of_the_same_name_takes_the_process_up_that_a_removed_one_left() -> None:
    before = ready_log(name="Orders")
    remove_log(importedlog=before, by=SYSTEM)
    after = ready_log(name="Orders")
    assert after.process == before.process
    assert after.process is not None
    assert after.process.is_active


def test_names_in_chinese_get_keys_of_their_own() -> None:
    first, second = ready_log(name="订单"), ready_log(name="发票")
    assert first.process is not None
    assert second.process is not None
    assert (first.process.key, second.process.key) == ("log", "log-2")


def test_an_empty_log_fails_and_says_so() -> None:
    log = ready_log(xes())
    assert (log.state, log.fault, log.process) == ("failed", "This log has no events.", None)


def test_a_log_of_which_nothing_can_be_read_says_why() -> None:
    log = ready_log(
        table(("Case ID", "Activity", "Time"), ("1", "a", "soon"), ("1", "b", "2026-03-01")), "l.csv"
    )
    assert log.state == "ready"
    log = ready_log(table(("Case ID", "Activity", "Time"), ("", "a", "2026-03-01")), "m.csv")
    assert log.fault.startswith("None of the 1 events")


def test_a_log_that_failed_can_be_read_in_another_way() -> None:
    log = ready_log(table(("Case ID", "Activity", "Time", "Other"), ("", "a", "2026-03-01", "7")), "m.csv")
    log = map_log(importedlog=log, roles={"Case ID": "", "Other": "case"}, by=SYSTEM)
    assert WORK.run(start_log(importedlog=log, by=SYSTEM)).state == "ready"


def test_a_file_that_is_no_log_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        given_log(b"%PDF-1.7", "log.pdf")
    with pytest.raises(UnreadableFile):
        given_log(b"", "log.xes")


def test_a_log_that_is_ready_is_not_started_again() -> None:
    with pytest.raises(WrongState):
        start_log(importedlog=ready_log(), by=SYSTEM)


def test_the_worker_reads_a_log_that_waits() -> None:
    log = start_log(importedlog=given_log(), by=SYSTEM)
    WORK._job(number=log.pk)
    log.refresh_from_db()
    assert log.state == "ready"


def test_a_reading_that_is_cancelled_leaves_no_process_and_can_be_begun_again() -> None:
    log = start_log(importedlog=given_log(), by=SYSTEM)
    cancel_log(importedlog=log, by=SYSTEM)
    assert WORK.run(log).state == "cancelled"
    assert log.process is None
    with pytest.raises(NotRunning):
        cancel_log(importedlog=log, by=SYSTEM)
    assert WORK.run(start_log(importedlog=log, by=SYSTEM)).state == "ready"


def test_a_worker_that_is_told_to_stop_leaves_a_log_to_the_next() -> None:
    log = start_log(importedlog=given_log(), by=SYSTEM)
    assert WORK.run(log, stop=lambda: True).state == "waiting"


def test_process_owners_take_logs_in() -> None:
    owner = factories.role_actor(PROCESS_OWNER)
    log = WORK.run(start_log(importedlog=given_log(by=owner), by=owner))
    assert log.state == "ready"
    remove_log(importedlog=log, by=owner)


@pytest.mark.parametrize("role", [AUDITOR, TEAM_LEAD, MARKETER])
def test_others_do_not(role: str) -> None:
    with pytest.raises(Refused):
        given_log(XES, by=factories.role_actor(role))
