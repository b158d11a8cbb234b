"""A log over the API: given, looked at, decided, read, fetched, removed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinflow.processes.logs.models import ImportedLog
from kinflow.processes.logs.running import WORK
from tests.api import given
from tests.processes.logs.given_logs import CSV, XES

pytestmark = pytest.mark.django_db


def give(caller: Any, content: str | bytes = CSV, file: str = "log.csv", **headers: str) -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    form = {"name": "Orders", "file": SimpleUploadedFile(file, raw)}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.client.post("/api/v1/imported-log/files", form, headers=caller.headers | named)


def test_a_log_goes_its_whole_way() -> None:
    owner = given.caller("process_owner")
    answer = give(owner)
    assert answer.status_code == 201, answer.content
    pk = answer.json()["id"]
    assert answer["Location"] == f"/api/v1/imported-log/{pk}"
    shown: Any = owner.get(f"/imported-log/{pk}/preview").json()
    assert {one["header"]: one["role"] for one in shown["columns"]}["处理人"] == "resource"
    assert len(shown["rows"]) == 2
    decided: Any = owner.post(f"/imported-log/{pk}/how", {"roles": {"处理人": "unit"}}).json()
    assert decided["roles"]["处理人"] == "unit"
    assert owner.post(f"/imported-log/{pk}/do/start").status_code == 200
    WORK.run(ImportedLog.objects.get(pk=pk))
    told: Any = owner.get(f"/imported-log/{pk}/how").json()
    assert (told["state"], told["cases"], told["events"]) == ("ready", 1, 2)
    out: Any = owner.get(f"/processes/{told['process']}/log.csv")
    assert "下单" in b"".join(out.streaming_content).decode()
    listed: Any = owner.get("/imported-log").json()
    assert [one["id"] for one in listed["items"]] == [pk]
    assert owner.post(f"/imported-log/{pk}/do/remove").status_code in (200, 204)
    assert not ImportedLog.objects.exists()


def test_the_same_file_with_the_same_key_is_taken_in_once(files: Any) -> None:
    owner = given.caller("process_owner")
    first, second = (
        give(owner, XES, "a.xes", Idempotency_Key="k1"),
        give(owner, XES, "a.xes", Idempotency_Key="k1"),
    )
    assert first.json() == second.json()
    assert ImportedLog.objects.count() == 1
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1


def test_what_is_no_log_is_refused_and_leaves_no_file(files: Any) -> None:
    owner = given.caller("process_owner")
    bomb = b'<!DOCTYPE log [<!ENTITY a "b">]><log/>'
    for content in (b"%PDF-1.7", b"", bomb):
        assert give(owner, content, "a.xes").status_code == 422
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_others_take_nothing_in() -> None:
    assert give(given.caller("team_lead")).status_code == 403
    assert give(given.caller("auditor")).status_code == 403
