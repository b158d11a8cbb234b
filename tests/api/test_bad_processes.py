"""Designs, deployments and instances over the wire: what is wrong comes back as a problem document, in both languages."""

import base64

import pytest

from kinflow.processes.deployments.models import Deployment
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.execution.models import ProcessInstance
from kinflow.web import rates
from tests.automation.given import lead, unit
from tests.processes.execution.drawn import bpmn

from . import given

pytestmark = pytest.mark.django_db
PLAIN = bpmn("s start; a task; e end", "s a; a e")
STUCK = bpmn("s start; x xor; a task; b task; y and; e end", "s x; x a; x b; a y; b y; y e")
DESIGN = "/process-design/{design}"


@pytest.fixture(autouse=True)
def _fresh_counts():
    rates.forget()


def body(file=PLAIN, **more):
    return {"file": base64.b64encode(file).decode(), "kind": "lead", "name": "Quote"} | more


@pytest.fixture
def boss():
    """Somebody with a design in operation."""
    made = given.caller("process_owner")
    made.design = made.post("/process-design", body()).json()["record"]["id"]
    assert made.post(f"/process-design/{made.design}/do/operate").status_code == 200
    return made


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "pointer"),
    [
        ("POST", "/process-design", body(), 422, "/name"),
        ("POST", "/process-design", body(name="a\u200bb"), 422, "/name"),
        ("POST", "/process-design", body(name="x" * 121), 422, "/name"),
        ("POST", "/process-design", body(kind="nothing", name="B"), 422, "/kind"),
        ("POST", "/process-design", body(b"PK\x03\x04", name="B"), 422, "/file"),
        ("POST", "/process-design", body(b"<!DOCTYPE d><d/>", name="B"), 422, "/file"),
        ("POST", "/process-design", body(name="B") | {"file": "%"}, 422, "/file"),
        ("POST", "/process-design", body(name="B", bindings={"zz": {}}), 422, "/bindings/zz"),
        ("PUT", DESIGN + "/bindings", {"bindings": {"a": {"kind": {}}}}, 422, "/bindings/a/kind"),
        ("PUT", DESIGN + "/bindings", {"bindings": {"a": {"due": {"amount": -1, "unit": "days"}}}}, 422,
         "/bindings/a/due/amount"),
        ("PUT", DESIGN + "/bindings", {"bindings": {}, "repeats": {"a": {"how": "parallel", "times": "9" * 40}}}, 422,
         "/repeats/a/times"),
        ("PUT", DESIGN + "/bindings", {"bindings": {}, "seen": 9}, 409, None),
        ("POST", DESIGN + "/deployments", {"number": 9}, 422, "/number"),
        ("POST", DESIGN + "/deployments", {"number": 1, "way": "share", "share": 101}, 422, "/share"),
        ("POST", DESIGN + "/deployments", {"number": 1, "guards": [{"figure": [], "limit": 1}]}, 422, "/guards/0/figure"),
        ("POST", DESIGN + "/moves", {"number": 1, "to": 9, "mapping": {}, "reason": "x"}, 422, "/to"),
        ("POST", "/process-instance", {"design": 999, "about": {"kind": "lead", "id": 1}}, 422, "/design"),
        ("GET", "/process-design/999/content", None, 404, None),
        ("GET", "/process-instance/999/tokens", None, 404, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_wrong_is_told_with_its_place_and_changes_nothing(
    boss, method, path, sent, status, pointer, language
):
    before = list(ProcessDesign.objects.values_list("pk", "number", "live_number"))
    told = boss.send(method, path.format(design=boss.design), sent, Accept_Language=language)
    assert (told.status_code, told["Content-Type"]) == (status, "application/problem+json")
    problem = told.json()
    assert problem["status"] == status
    assert {"code", "title", "type", "instance"} <= problem.keys()
    if pointer:
        assert pointer in [error["pointer"] for error in problem["errors"]]
        said = " ".join(error["message"] for error in problem["errors"])
    else:
        said = problem["detail"]
        assert problem["remedy"]
    assert any("\u4e00" <= char <= "\u9fff" for char in said) == (language != "en")
    assert list(ProcessDesign.objects.values_list("pk", "number", "live_number")) == before
    assert not Deployment.objects.exists()
    assert not ProcessInstance.objects.exists()


def test_a_model_that_gets_stuck_is_kept_and_does_not_go_into_operation(boss):
    made = boss.post("/process-design", body(STUCK, name="Stuck")).json()["record"]["id"]
    told = boss.post(f"/process-design/{made}/do/operate")
    assert (told.status_code, told.json()["code"]) == (409, "not-fit-for-operation")
    assert "get stuck" in told.json()["detail"]
    assert told.json()["remedy"]
    deployed = boss.post(f"/process-design/{made}/deployments", {"number": 1})
    assert (deployed.status_code, Deployment.objects.count()) == (409, 0)


def test_designs_and_records_of_others_are_not_there_for_who_may_not_see_them(boss):
    about = lead(owner=boss.person)
    begun = boss.post("/process-instance", {"design": boss.design, "about": {"kind": "lead", "id": about.pk}})
    number = begun.json()["record"]["id"]
    west = given.caller("representative", unit("West"))
    body_of = {"verb": "skip", "token": 1, "reason": "x"}
    for method, path, sent in (
        ("GET", f"/process-instance/{number}/tokens", None),
        ("POST", f"/process-instance/{number}/tokens", body_of),
        ("GET", f"/process-design/{boss.design}/content", None),
        ("PUT", f"/process-design/{boss.design}/bindings", {"bindings": {}}),
        ("POST", f"/process-design/{boss.design}/deployments", {"number": 1}),
        ("POST", f"/process-design/{boss.design}/do/operate", None),
    ):
        assert west.send(method, path, sent).status_code in (403, 404), path
    other = west.post("/process-instance", {"design": boss.design, "about": {"kind": "lead", "id": about.pk}})
    assert other.status_code in (403, 404, 422)
    assert ProcessInstance.objects.count() == 1


def test_the_same_start_twice_with_its_key_is_one_instance(boss):
    about = {"kind": "lead", "id": lead(owner=boss.person).pk}
    first, again = (
        boss.post("/process-instance", {"design": boss.design, "about": about}, Idempotency_Key="s-1")
        for _ in range(2)
    )
    assert (first.status_code, again.content) == (201, first.content)
    assert ProcessInstance.objects.count() == 1
