"""The pages of the diagrams, their files, and the API that says the same."""

from collections.abc import Iterator

import pymupdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from kinflow.processes.structure.diagrams.flows.deeds import forget
from kinflow.records.access import AUDITOR, PROCESS_OWNER, REPRESENTATIVE
from tests.processes.definitions.given import representative, shipped, worked_lead
from tests.processes.studio.given import orders, process_of
from tests.processes.studio.test_pages import client_of, words_of

pytestmark = pytest.mark.django_db
ROOT = "/processes/structure"


@pytest.fixture
def owner() -> Iterator[Client]:
    """A process owner of a company that has worked on two leads, and has the log of another system."""
    forget()
    shipped()
    by = representative()
    worked_lead(by)
    worked_lead(by, is_good=False)
    with process_of(orders()):
        yield client_of("owner", PROCESS_OWNER)


def test_business_processes_are_drawn_with_their_numbers(owner: Client) -> None:
    words = words_of(owner, f"{ROOT}/business/?process=orders&lanes=units")
    assert 'class="bpmn"' in words
    assert "Check credit" in words
    assert "bpmn-handover" in words
    assert f"{ROOT}/business.pdf?process=orders&amp;depth=steps&amp;lanes=units&amp;noise=20" in words
    answer = owner.get("/api/v1/structure/business?process=orders").json()
    steps = {each["name"]: each for each in answer[0]["steps"]}
    assert steps["Deliver"]["times"] == 12
    assert steps["Deliver"]["by"] == [{"unit": "Sales", "times": 12}]
    assert {(each["from"], each["to"]) for each in answer[0]["handovers"]} == {
        ("Sales", "Store"),
        ("Store", "Sales"),
    }


def test_without_a_log_there_is_nothing_to_draw(owner: Client) -> None:
    assert "<zoom-picture" not in words_of(owner, f"{ROOT}/business/?process=email")
    assert owner.get(f"{ROOT}/business.svg?process=email").status_code == 404


def test_the_data_structure_is_that_of_the_running_system(owner: Client) -> None:
    words = words_of(owner, f"{ROOT}/data/?area=sales&fields=all")
    assert "Opportunity, Account: exactly one Account" in words
    answer = owner.get("/api/v1/structure/data").json()
    leads = next(each for each in answer["entities"] if each["name"] == "lead")
    assert leads["rows"] == 2
    assert not leads["rows_are_estimated"]


def test_the_data_flow_leads_to_the_events_behind_each_cell(owner: Client) -> None:
    words = words_of(owner, f"{ROOT}/data-flow/?process=lead")
    assert 'class="drawn data-flow"' in words
    cell = words_of(owner, f"{ROOT}/data-flow/cell/?process=lead&function=lead/sales.lead_captured&kind=lead")
    assert "/log/?event=sales.lead_captured" in cell
    answer = owner.get("/api/v1/structure/data-flow?process=lead").json()
    made = {each["function"]: each["made"] for each in answer["uses"] if each["records"] == "lead"}
    assert made["lead/sales.lead_captured"] == 2
    assert owner.get(f"{ROOT}/data-flow/cell/?function=none&kind=lead").status_code == 404


def test_every_diagram_is_a_file_that_programs_open(owner: Client) -> None:
    for name in ("business", "data", "data-flow"):
        asked = "?process=orders" if name == "business" else ""
        answers = {kind: owner.get(f"{ROOT}/{name}.{kind}{asked}") for kind in ("svg", "png", "pdf", "csv")}
        assert {each.status_code for each in answers.values()} == {200}
        assert all("attachment" in each["Content-Disposition"] for each in answers.values())
        assert etree.fromstring(answers["svg"].content).tag == "{http://www.w3.org/2000/svg}svg"
        assert pymupdf.Pixmap(answers["png"].content).width > 300
        assert pymupdf.open("pdf", answers["pdf"].content)[0].get_drawings()
        assert b"".join(answers["csv"]).count(b"\r\n") > 1


def test_the_auditor_sees_diagrams_and_a_representative_does_not() -> None:
    assert client_of("audit", AUDITOR).get(f"{ROOT}/data/").status_code == 200
    seller = client_of("seller", REPRESENTATIVE)
    for path in ("data/", "data.svg", "data-flow/", "data-flow.csv", "business/", "business.pdf"):
        assert seller.get(f"{ROOT}/{path}").status_code == 403
    assert seller.get("/api/v1/structure/data").status_code == 403


def test_a_drawing_of_the_browser_comes_back_as_pdf() -> None:
    client = client_of("owner", PROCESS_OWNER)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">流程</text></svg>'
    given = {"svg": SimpleUploadedFile("picture.svg", drawing.encode()), "name": "流程图"}
    answer = client.post("/pictures/pdf/", given)
    assert pymupdf.open("pdf", answer.content)[0].get_text().strip() == "流程"
    assert client.post("/pictures/pdf/", {}).status_code == 422
    assert Client().post("/pictures/pdf/", given).status_code == 302
