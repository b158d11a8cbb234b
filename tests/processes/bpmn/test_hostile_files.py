"""Files that would keep the program busy for ever, or make a model of what holds itself: refused, or read in no time."""

import io
import zipfile

import pytest

from kinflow.processes.bpmn.drawing import drawn
from kinflow.processes.bpmn.layout import laid_out
from kinflow.processes.bpmn.model import Model
from kinflow.processes.bpmn.names import MOST_LANGUAGES
from kinflow.processes.bpmn.reading import read_bpmn, read_given
from kinflow.processes.bpmn.words import refusal_words
from kinflow.processes.bpmn.xml import LONGEST_NAME, MOST_ELEMENTS, MOST_FLOWS, NotBpmn
from kinflow.processes.designs.plans import plan_of
from kinflow.processes.designs.soundness import unsound

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:k="urn:kinflow:names">'


def file(inside: str, first: str = "") -> str:
    return f"{first}{HEAD}{inside}</definitions>"


def of(inside: str) -> Model:
    return read_bpmn(file(f'<process id="p">{inside}</process>').encode())


def tasks(count: int) -> str:
    return "".join(f'<task id="t{k}"/>' for k in range(count))


def flows(ends: list[tuple[int, int]]) -> str:
    return "".join(
        f'<sequenceFlow id="f{k}" sourceRef="t{a}" targetRef="t{b}"/>' for k, (a, b) in enumerate(ends)
    )


def zipped() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("model.bpmn", file('<process id="p"/>'))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(), "broken"),
        (file('<process id="p"><task id="t" name="核价"/></process>').encode("gb18030"), "broken"),
        (file("<process/>", '<?xml version="1.0" encoding="klingon"?>').encode(), "broken"),
        (file('<process id="p"><task id="t" name="a&#1;b"/></process>').encode(), "broken"),
        (file(f'<process id="p">{"<subProcess>" * 10_000}</process>').encode(), "broken"),
        (file(f'<process id="p"><task id="t" name="{"x" * 15_000_000}"/></process>').encode(), "broken"),
        (file(f'<process id="p"><task id="t" name="{"x" * (LONGEST_NAME + 1)}"/></process>').encode(), "long_name"),
        (file(f'<process id="p"><task id="t" k:en="{"x" * 1_000_000}"/></process>').encode(), "long_name"),
        (file(f'<process id="p">{tasks(MOST_ELEMENTS)}</process>').encode(), "too_large"),
        (file("".join(f'<process id="p{k}"/>' for k in range(MOST_ELEMENTS + 1))).encode(), "too_large"),
        (file(f'<process id="p">{tasks(2)}{flows([(0, 1)] * (MOST_FLOWS + 1))}</process>').encode(), "too_large"),
    ],
)  # fmt: skip
def test_each_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(NotBpmn) as refused:
        read_given(content)
    assert refused.value.code == code
    assert len(refusal_words(refused.value)) < 300


def test_a_declared_character_set_is_read() -> None:
    content = file(
        '<process id="p"><task id="t" name="核价"/></process>', '<?xml version="1.0" encoding="GB18030"?>'
    )
    assert read_bpmn(content.encode("gb18030")).elements[0].name == "核价"


def test_attributes_without_end_are_no_names() -> None:
    many = " ".join(f'k:x{k}="1"' for k in range(20_000))
    assert len(of(f'<task id="t" {many}/>').elements[0].names) == MOST_LANGUAGES
    assert len(of(f'<task id="t" {many.replace("k:", "")}/>').elements[0].names) == 0


@pytest.mark.parametrize(
    "inside",
    [
        '<subProcess id="p"><task id="t"/></subProcess>',
        '<subProcess id="a"><subProcess id="b"><subProcess id="a"><task id="t"/></subProcess></subProcess></subProcess>',
        '<task id="a"/><subProcess id="a"><subProcess id="a"/></subProcess>',
        '<boundaryEvent id="a" attachedToRef="a"><timerEventDefinition/></boundaryEvent>',
        '<boundaryEvent id="a" attachedToRef="b"/><boundaryEvent id="b" attachedToRef="a"/>',
        '<task id=""/><task id=""/><sequenceFlow id="" sourceRef="p" targetRef="p"/>',
    ],
)
def test_what_holds_itself_is_laid_out_and_drawn_nevertheless(inside: str) -> None:
    model = of(inside)
    assert drawn(laid_out(model), label="x")
    plan_of(model)


def test_an_entangled_model_is_laid_out_and_checked_with_bounded_work() -> None:
    count = 60
    ends = [(a, b) for a in range(count) for b in range(count) if a != b]
    start = '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t0"/>'
    model = of(f"{start}{tasks(count)}{flows(ends)}")
    plan, faults = plan_of(model)
    assert plan is not None
    assert not faults
    assert "dead_end" in [fault.code for fault in unsound(model, plan)]
    assert laid_out(model).is_drawn


def test_more_states_than_are_walked_are_told() -> None:
    begin = '<startEvent id="s"/><parallelGateway id="x"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>'
    ways = "".join(f'<sequenceFlow id="g{k}" sourceRef="x" targetRef="t{k}"/>' for k in range(900))
    model = of(f"{begin}{tasks(900)}{ways}")
    plan, _faults = plan_of(model)
    assert plan is not None
    assert [fault.code for fault in unsound(model, plan)] == ["too_many_states"]
