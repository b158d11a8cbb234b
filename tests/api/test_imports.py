"""A file over the API: given, looked at, decided, started, watched, its rejects fetched, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinflow.records.importing.models import ImportRun
from kinflow.records.importing.running import run_import
from kinflow.sales.models import Lead

from . import given

pytestmark = pytest.mark.django_db

LEADS = "姓名,公司,邮箱,展位\n王建国,海天机械,wang@haitian.example,A1\n赵强,杭州水务,no address,B7\n"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def marketer():
    return given.caller("marketer")


def give(caller, content=LEADS, kind="lead", **headers):
    form = {"kind": kind, "file": SimpleUploadedFile("leads.csv", content.encode())}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.client.post("/api/v1/import/files", form, headers=caller.headers | named)


def test_a_file_goes_its_whole_way(marketer):
    answer = give(marketer)
    assert (answer.status_code, answer.json()["state"]) == (201, "draft")
    pk = answer.json()["id"]
    assert answer["Location"] == f"/api/v1/import/{pk}"
    shown = marketer.get(f"/import/{pk}/preview").json()
    assert {one["header"]: one["becomes"] for one in shown["columns"]}["邮箱"] == "email"
    assert shown["trial"]["made"] == {"account": 1, "contact": 1, "lead": 1}
    assert [one["row"] for one in shown["trial"]["rejects"]] == [3]
    assert not Lead.objects.exists(), "a trial keeps nothing"
    decided = marketer.post(f"/import/{pk}/columns", {"columns": {"展位": "source_detail"}})
    assert decided.json()["columns"]["展位"] == "source_detail"
    assert marketer.post(f"/import/{pk}/do/start").status_code == 200
    run_import(ImportRun.objects.get(pk=pk))
    told = marketer.get(f"/import/{pk}/progress").json()
    assert (told["state"], told["percent"], told["created"], told["rejected"]) == ("done", 100, 1, 1)
    rejects = marketer.get(f"/import/{pk}/rejects.csv")
    assert "赵强" in b"".join(rejects.streaming_content).decode("utf-8-sig")
    assert marketer.post(f"/import/{pk}/do/undo").status_code == 200
    run_import(ImportRun.objects.get(pk=pk))
    assert marketer.get(f"/import/{pk}/progress").json()["removed"] == 3
    assert not Lead.objects.exists()


def test_the_same_file_with_the_same_key_is_taken_in_once(marketer, tmp_path):
    first, second = give(marketer, Idempotency_Key="k1"), give(marketer, Idempotency_Key="k1")
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert ImportRun.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    other = give(marketer, LEADS.replace("A1", "A2"), Idempotency_Key="k1")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-used")


def test_what_cannot_be_taken_in_is_refused_and_leaves_no_file(marketer, tmp_path):
    assert give(marketer, "%PDF-1.7").status_code == 422
    assert give(marketer, kind="spaceship").status_code == 404
    assert give(marketer, kind="product").status_code == 201, "marketers keep the catalogue"
    assert give(given.caller("team_lead"), kind="product").status_code == 403
    for role in ("representative", "service_agent", "auditor", "process_owner"):
        assert give(given.caller(role)).status_code == 403, role
    assert give(given.caller("marketer", scopes=("read",))).status_code == 403
    assert give(given.stranger()).status_code == 401
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_only_a_form_with_a_file_is_read(marketer, settings):
    assert marketer.post("/import/files", {"kind": "lead"}).status_code == 415
    answer = marketer.client.post("/api/v1/import/files", {"kind": "lead"}, headers=marketer.headers)
    assert answer.status_code == 422
    settings.API_BODY_BYTES = -(1 << 30)
    assert give(marketer).status_code == 413


def test_imports_of_others_are_not_seen(marketer):
    pk = give(marketer).json()["id"]
    other = given.caller("marketer")
    for part in ("", "/progress", "/preview", "/rejects.csv"):
        assert other.get(f"/import/{pk}{part}").status_code == 404, part
    assert other.post(f"/import/{pk}/columns", {"columns": {}}).status_code == 404


def test_a_started_import_has_no_preview_and_unknown_fields_are_named(marketer):
    pk = give(marketer).json()["id"]
    wrong = marketer.post(f"/import/{pk}/columns", {"columns": {"展位": "spaceship"}})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/map/展位")
    marketer.post(f"/import/{pk}/do/start")
    assert marketer.get(f"/import/{pk}/preview").status_code == 404
    assert marketer.post(f"/import/{pk}/do/cancel").status_code == 200
