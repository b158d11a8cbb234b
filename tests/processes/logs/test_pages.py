"""The pages of imported logs: who gets in, what is shown before and after, and logs as files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from kinflow.kit.problem import NotFound, Refused
from kinflow.processes.logs.models import ImportedLog
from kinflow.processes.logs.running import WORK
from kinflow.records.access import AGENT, AUDITOR, PROCESS_OWNER, TEAM_LEAD
from tests import factories
from tests.processes.logs.given_logs import CSV, XES, given_log, ready_log
from tests.processes.logs.visits import visit
from tests.records.pages.visits import text_of

pytestmark = pytest.mark.django_db


def give(by: Any, content: bytes = XES, file: str = "orders.xes", name: str = "") -> Any:
    return visit(by, "/imported-log/", file=SimpleUploadedFile(file, content), name=name)


def test_a_process_owner_takes_a_log_in() -> None:
    by = factories.role_actor(PROCESS_OWNER)
    answer = give(by, CSV.encode(), "log.csv", "订单")
    log = ImportedLog.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/imported-log/{log.pk}/")
    shown = text_of(visit(by, f"/imported-log/{log.pk}/"))
    assert "韩梅梅" in shown
    assert "发货" in shown
    visit(by, f"/imported-log/{log.pk}/choose/", start="1", name="订单")
    log.refresh_from_db()
    assert log.state == "waiting"
    shown = text_of(visit(by, f"/imported-log/{log.pk}/"))
    assert "every 2s" in shown
    assert f'action="/imported-log/{log.pk}/cancel/"' in shown
    log = WORK.run(log)
    shown = text_of(visit(by, f"/imported-log/{log.pk}/"))
    assert "/processes/log/" in shown
    assert "订单" in text_of(visit(by, "/imported-log/"))


def test_what_is_lacking_is_said_before_the_start() -> None:
    by, log = factories.role_actor(PROCESS_OWNER), given_log(CSV, "log.csv")
    answer = visit(by, f"/imported-log/{log.pk}/choose/", **{"column-2": "", "start": "1"})
    assert answer.status_code == 422
    assert "Time (when it was done)" in text_of(answer)


def test_a_file_that_is_no_log_is_refused_on_the_page(files: Any) -> None:
    answer = give(factories.role_actor(PROCESS_OWNER), b"%PDF-1.7", "log.pdf")
    assert answer.status_code == 422
    assert "PDF" in text_of(answer)
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_removing_leads_back_to_the_list() -> None:
    log = ready_log()
    answer = visit(factories.role_actor(PROCESS_OWNER), f"/imported-log/{log.pk}/remove/", x="1")
    assert answer["Location"] == "/imported-log/"
    assert not ImportedLog.objects.exists()


def test_an_auditor_looks_and_gives_nothing() -> None:
    by, log = factories.role_actor(AUDITOR), ready_log()
    assert "Give a log" not in text_of(visit(by, "/imported-log/"))
    assert "Remove" not in text_of(visit(by, f"/imported-log/{log.pk}/"))


@pytest.mark.parametrize("role", [AGENT, TEAM_LEAD])
def test_others_do_not_get_in(role: str) -> None:
    by, log = factories.role_actor(role), given_log()
    for address in ("/imported-log/", f"/imported-log/{log.pk}/"):
        with pytest.raises(Refused):
            visit(by, address)


def test_everything_is_said_in_chinese() -> None:
    by = factories.role_actor(PROCESS_OWNER)
    with translation.override("zh-hans"):
        given_log(CSV, "log.csv")
        shown = text_of(visit(by, "/imported-log/")) + text_of(
            visit(by, f"/imported-log/{ImportedLog.objects.get().pk}/")
        )
    for words in ("导入的日志", "导入日志", "案例", "活动", "人员或资源"):
        assert words in shown


@pytest.mark.parametrize("form", ["xes", "xes.gz", "csv", "parquet", "jsonocel", "xmlocel", "sqlite"])
def test_the_log_of_a_process_goes_out_in_every_form(form: str) -> None:
    ready_log(name="Orders")
    answer = visit(factories.role_actor(PROCESS_OWNER), f"/processes/orders/log.{form}")
    assert answer["Content-Disposition"] == f'attachment; filename="orders.{form}"'
    again = ready_log(b"".join(answer.streaming_content), f"back.{form}")
    assert (again.state, again.cases, again.events) == ("ready", 2, 3)


def test_a_form_that_there_is_none_is_refused() -> None:
    ready_log(name="Orders")
    with pytest.raises(NotFound):
        visit(factories.role_actor(PROCESS_OWNER), "/processes/orders/log.doc")


def test_a_team_lead_gets_a_log_without_people() -> None:
    ready_log(name="Orders")
    answer = visit(factories.role_actor(TEAM_LEAD), "/processes/orders/log.csv")
    assert "Li" not in b"".join(answer.streaming_content).decode()
