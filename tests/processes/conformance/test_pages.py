"""The tab “Model”: the discovered model, models given, what deviates; the API that says the same."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kinflow.eventlog import SYSTEM, Actor
from kinflow.eventlog.models import Entry
from kinflow.kit.problem import Invalid, Refused
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.conformance.actions import add_reference_model, remove_reference_model
from kinflow.processes.conformance.models import ReferenceModel
from kinflow.processes.definitions.models import Process
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.trees import parse_tree
from kinflow.records.access import AUDITOR, PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests.processes.studio.given import orders, process_of
from tests.processes.studio.test_pages import client_of, words_of

pytestmark = pytest.mark.django_db
RULE = "->( 'Order arrives', 'Check credit', 'Pack', 'Deliver' )"


@pytest.fixture
def owner() -> Client:
    return client_of("owner", PROCESS_OWNER)


@pytest.fixture(autouse=True)
def process() -> Iterator[Process]:
    with process_of(orders()) as made:
        yield made


def rule(text: str = RULE) -> bytes:
    return write_bpmn(model_of_tree(parse_tree(text), name="The rule"))


@pytest.fixture
def reference(process: Process) -> ReferenceModel:
    return add_reference_model(process=process, content=rule(), by=SYSTEM)


def test_the_discovered_model_is_drawn_with_its_quality(owner: Client) -> None:
    words = words_of(owner, "/processes/orders/model/?noise=0")
    assert '<svg class="bpmn"' in words
    assert "Fitness" in words
    assert "12 of 12 cases go by the model in every step." in words
    assert "/processes/orders/cases/?through=Check+credit" in words


def test_less_is_shown_where_rare_ways_are_left_out(owner: Client) -> None:
    everything = words_of(owner, "/processes/orders/model/?noise=0")
    main = words_of(owner, "/processes/orders/model/?noise=50")
    assert everything.count("bpmn-flow") > main.count("bpmn-flow")
    assert words_of(owner, "/processes/orders/model/?noise=nonsense")


def test_the_model_goes_out_as_a_file(owner: Client) -> None:
    answer = owner.get("/processes/orders/model.bpmn")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="orders.bpmn"'
    assert b"Check credit" in answer.content


def test_a_model_is_given_and_held_against_the_log(owner: Client) -> None:
    file = SimpleUploadedFile("rule.bpmn", rule())
    answer = owner.post("/processes/orders/model/", {"file": file}, follow=True)
    words = answer.content.decode()
    assert answer.redirect_chain
    assert "What is done otherwise" in words
    assert "Skipped" in words
    assert "8 cases" in words
    assert ReferenceModel.objects.get().name == "rule"
    assert Entry.objects.filter(name="processes.reference_model_added").count() == 1


def test_what_is_no_model_is_refused_with_its_reason(owner: Client) -> None:
    file = SimpleUploadedFile("rule.bpmn", b"<html/>")
    answer = owner.post("/processes/orders/model/", {"file": file})
    assert answer.status_code == 422
    assert "not BPMN 2.0" in answer.content.decode()
    assert owner.post("/processes/orders/model/").status_code == 422


def test_the_cases_of_a_deviation_are_shown_step_by_step(owner: Client, reference: ReferenceModel) -> None:
    place = f"/processes/orders/model/{reference.pk}"
    words = words_of(owner, f"{place}/cases/?kind=skipped&step=Check+credit")
    assert 'class="beside skipped"' in words
    assert "/processes/orders/cases/order%200/" in words
    assert "No case deviates in this way" in words_of(owner, f"{place}/cases/?kind=skipped&step=Nothing")


def test_a_model_whose_steps_nobody_knows_says_so(owner: Client, process: Process) -> None:
    row = add_reference_model(process=process, content=rule("->( 'x', 'y' )"), by=SYSTEM)
    assert "No step of this model is called like a step of the log" in words_of(
        owner, f"/processes/orders/model/{row.pk}/"
    )


def test_a_model_is_removed(owner: Client, reference: ReferenceModel) -> None:
    answer = owner.post(f"/processes/orders/model/{reference.pk}/remove/")
    assert answer.status_code == 302
    assert not ReferenceModel.objects.exists()
    assert owner.get(f"/processes/orders/model/{reference.pk}/").status_code == 404


def test_it_reads_in_chinese_too(owner: Client, reference: ReferenceModel) -> None:
    for place in ("", f"{reference.pk}/"):
        words = owner.get(
            f"/processes/orders/model/{place}", headers={"Accept-Language": "zh-Hans"}
        ).content.decode()
        assert "拟合度" in words


def test_only_process_owners_give_and_remove_models(process: Process, reference: ReferenceModel) -> None:
    for role in (TEAM_LEAD, AUDITOR, REPRESENTATIVE):
        by = Actor("person", "1", "Somebody", roles=frozenset({role}))
        with pytest.raises(Refused):
            add_reference_model(process=process, content=rule(), by=by)
        with pytest.raises(Refused):
            remove_reference_model(referencemodel=reference, process=process, by=by)
    assert client_of("lead", TEAM_LEAD).get(f"/processes/orders/model/{reference.pk}/").status_code == 200
    assert client_of("rep", REPRESENTATIVE).get("/processes/orders/model/").status_code == 403


def test_files_are_refused_by_the_action_itself(process: Process) -> None:
    with pytest.raises(Invalid):
        add_reference_model(process=process, content=b"nothing", by=SYSTEM)


def test_the_api_says_the_same(owner: Client, process: Process) -> None:
    place = f"/api/v1/processes/{process.pk}"
    found = owner.get(f"{place}/model?noise=0").json()
    assert found["fitting"] == found["cases"] == 12
    assert found["tree"].startswith("->( 'Order arrives'")
    assert "<definitions" in found["bpmn"]
    given = owner.post(f"{place}/reference-models", {"bpmn": rule().decode()}, "application/json")
    assert given.status_code == 201
    assert [each["name"] for each in owner.get(f"{place}/reference-models").json()] == ["The rule"]
    place = f"{place}/reference-models/{given.json()['id']}"
    against = owner.get(f"{place}/conformance").json()
    assert {(each["kind"], each["step"], each["cases"]) for each in against["deviations"]} >= {
        ("skipped", "Check credit", 8)
    }
    cases = owner.get(f"{place}/conformance/cases?kind=skipped&step=Check+credit&limit=5").json()
    assert len(cases["cases"]) == 5
    assert cases["next"] == 5
    assert {"move": "skipped", "step": "Check credit"} in cases["cases"][0]["moves"]
    assert owner.delete(place).status_code == 204
    assert owner.get(f"{place}/conformance").status_code == 404
