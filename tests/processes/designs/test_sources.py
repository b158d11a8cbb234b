"""Designs that begin with a model of the studio: the discovered one, or one that a log is held against."""

import pytest

from kinflow.eventlog import SYSTEM
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.conformance.actions import add_reference_model
from kinflow.processes.designs.models import ProcessDesign
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.trees import parse_tree
from kinflow.records.access import PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from tests.processes.studio.given import orders, process_of
from tests.processes.studio.test_pages import client_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def process():
    with process_of(orders()) as made:
        yield made


def test_a_process_owner_begins_with_what_the_log_tells_or_should_tell(process):
    owner = client_of("owner", PROCESS_OWNER)
    assert "New design from this" in words_of(owner, f"/processes/{process.key}/model/")
    content = write_bpmn(model_of_tree(parse_tree("->( 'Pack', 'Deliver' )"), name="The rule"))
    given = add_reference_model(process=process, content=content, by=SYSTEM)
    for name, address in (("Found", ""), ("Ruled", f"&reference={given.pk}")):
        at = f"/process-design/?from={process.key}{address}"
        assert owner.get(at).status_code == 200
        assert owner.post(at, {"kind": "lead", "name": name}).status_code == 302
    found, ruled = (bytes(d.versions.get().content) for d in ProcessDesign.objects.order_by("pk"))
    assert {step.name for step in read_bpmn(found).steps} >= {"Pack", "Deliver"}
    assert ruled == content
    assert owner.get(f"/process-design/?from={process.key}&reference=999999").status_code == 404


def test_others_are_not_offered_it_and_cannot_do_it(process):
    at = f"/process-design/?from={process.key}"
    lead = client_of("lead", TEAM_LEAD)
    assert "New design from this" not in words_of(lead, f"/processes/{process.key}/model/")
    for who in (lead, client_of("rep", REPRESENTATIVE)):
        assert who.post(at, {"kind": "lead", "name": "Mine"}).status_code in (403, 404, 409, 422)
    assert not ProcessDesign.objects.exists()
