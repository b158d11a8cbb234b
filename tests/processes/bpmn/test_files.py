"""BPMN files: read from any vendor, written, read back; broken and hostile ones refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.processes.bpmn.drawing import drawn
from kinflow.processes.bpmn.layout import laid_out
from kinflow.processes.bpmn.model import Box, Element, Flow, Lane, Model, Participant, Process
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.words import NOTES, REFUSALS, note_words, refusal_words
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.bpmn.xml import NotBpmn
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.trees import Tree
from tests.processes.discovery.growing import trees

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
NAMES = ["A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "B.1.0", "C.1.0"]
Find = Callable[[str], Path]


def of(content: str) -> Model:
    return read_bpmn(f"{HEAD}>{content}</definitions>".encode())


@pytest.mark.real_data
@pytest.mark.parametrize("name", NAMES)
def test_reference_models_of_the_interchange_group_are_read_whole(name: str, real_data: Find) -> None:
    wanted = json.loads(real_data("bpmn/element_counts.json").read_text())[f"Reference/{name}.bpmn"]
    model = read_bpmn(real_data(f"bpmn/miwg-reference/{name}.bpmn").read_bytes())
    counts = model.counts()
    codes = [note.code for note in model.notes]
    assert len(model.boxes) == wanted.pop("di_shapes")
    assert model.exporter == (wanted.pop("exporter") or "")
    assert sum(bool(each.name) for each in model.steps) == wanted.pop("activity_names")
    assert codes.count("dangling") == wanted.pop("dangling_flows")
    assert codes.count("same_id") == wanted.pop("dup_ids")
    assert {kind: counts.get(kind, 0) for kind in wanted} == wanted


@pytest.mark.real_data
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_of_a_read_model_is_the_same_model(name: str, real_data: Find) -> None:
    model = read_bpmn(real_data(f"bpmn/miwg-reference/{name}.bpmn").read_bytes())
    assert read_bpmn(write_bpmn(model)) == model


@given(trees(), st.booleans())
def test_discovered_models_come_back_as_they_were_written(tree: Tree, in_lanes: bool) -> None:
    units = {name: "Sales" if name in "aceg" else "Store" for name in tree.steps} if in_lanes else {}
    model = laid_out(model_of_tree(tree, units=units, name="Process"))
    assert read_bpmn(write_bpmn(model)) == model


KINDS = ["task", "userTask", "startEvent", "endEvent", "exclusiveGateway", "subProcess", "textAnnotation"]
REPEATS = st.sampled_from(
    [
        {},
        {"repeats": "parallel", "times": "3"},
        {"repeats": "sequential", "until": "event.done >= 2"},
        {"repeats": "loop"},
        {"repeats": "loop", "times": "5", "again": "event.done < 2", "asks_first": True},
    ]
)


@st.composite
def models(draw: st.DrawFn) -> Model:
    words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), max_size=12)
    elements = tuple(
        Element(
            f"e{index}",
            kind := draw(st.sampled_from(KINDS)),
            draw(words),
            "p",
            **(draw(REPEATS) if kind == "task" else {}),
            event=draw(st.sampled_from(["", "message", "timer"])) if kind == "startEvent" else "",
        )
        for index in range(draw(st.integers(1, 8)))
    )
    ids = [element.id for element in elements]
    flows = tuple(
        Flow(
            f"f{index}", draw(st.sampled_from(ids)), draw(st.sampled_from(ids)), name=draw(words), within="p"
        )
        for index in range(draw(st.integers(0, 10)))
    )
    lanes = (Lane("l", "p", draw(words), tuple(ids)),) if draw(st.booleans()) else ()
    pools = (Participant("pool", draw(words), "p"),) if draw(st.booleans()) else ()
    boxes = {ids[0]: Box(1.5, 2, 30, 40)} if draw(st.booleans()) else {}
    return Model("m", (Process("p", draw(words)),), pools, lanes, elements, flows, boxes)


def test_how_often_something_is_done_comes_back_as_it_was_written() -> None:
    step = Element(
        "a", "task", "A", "p", repeats="sequential", times="record.score + 1", until="event.done >= 2"
    )
    model = Model("m", (Process("p", "P"),), elements=(step,))
    assert read_bpmn(write_bpmn(model)) == model


@given(models())
def test_any_model_comes_back_as_it_was_written(model: Model) -> None:
    assert read_bpmn(write_bpmn(model)) == model


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "broken"),
        (b"<definitions", "broken"),
        (b"\x00\x01\x02", "broken"),
        (b"<html/>", "something_else"),
        (b"<definitions/>", "something_else"),
        (f"{HEAD}/>".encode(), "no_process"),
        (f'<!DOCTYPE d [<!ENTITY a "b">]>{HEAD}><process id="&a;"/></definitions>'.encode(), "document_type"),
        (
            f'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>{HEAD}><process name="x">&f;</process>'
            "</definitions>".encode(),
            "document_type",
        ),
        (b" " * 20_000_001, "too_big"),
    ],
)
def test_what_is_no_bpmn_or_not_safe_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(NotBpmn) as refusal:
        read_bpmn(content)
    assert refusal.value.code == code
    assert refusal_words(refusal.value).startswith(str(REFUSALS[code]))


def test_a_bomb_of_entities_is_refused_without_being_unpacked() -> None:
    bomb = '<!ENTITY a0 "x">' + "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    with pytest.raises(NotBpmn) as refusal:
        read_bpmn(f"<!DOCTYPE d [{bomb}]>{HEAD}><process name='&a11;'/></definitions>".encode())
    assert refusal.value.code == "document_type"


def test_endlessly_nested_files_are_refused() -> None:
    deep = "<subProcess>" * 5_000 + "</subProcess>" * 5_000
    with pytest.raises(NotBpmn):
        of(f"<process>{deep}</process>")


def test_what_is_not_taken_as_it_stands_is_listed() -> None:
    model = of(
        '<choreography/><message><extensionElements><a/><b/></extensionElements></message><process id="p">'
        '<scriptTask id="s" name="Sum"><script>import os</script></scriptTask><task id="s"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="gone"/><dataObject id="d"/><property/></process>'
    )
    assert {(note.code, note.about, note.count) for note in model.notes} == {
        ("not_read", "choreography", 1),
        ("not_read", "property", 1),
        ("extension", "message", 2),
        ("script", "Sum", 1),
        ("same_id", "s", 1),
        ("dangling", "f", 1),
    }
    assert [element.script for element in model.elements] == ["import os", ""]
    assert all(note.code in NOTES and note_words(note) for note in model.notes)


def test_numbers_that_are_none_leave_elements_without_a_place() -> None:
    di = (
        'xmlns:i="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC"'
        ' bpmnElement="t"'
    )
    for x in ("NaN", "1e99", "left", ""):
        bounds = f'<c:Bounds x="{x}" y="1" width="2" height="3"/>'
        model = of(f'<process id="p"><task id="t"/></process><i:BPMNShape {di}>{bounds}</i:BPMNShape>')
        assert not model.boxes


def test_names_are_shown_as_text_whatever_stands_in_them() -> None:
    name = '<script>alert("1")</script>'
    model = laid_out(
        Model(
            processes=(Process("p"),),
            participants=(Participant('"><b>', name, "p"),),
            elements=(Element('"><i>', "task", name, "p"), Element("e", "startEvent", name, "p")),
            flows=(Flow("f", "e", '"><i>', name=name, condition=name, within="p"),),
        )
    )
    picture = drawn(model, label=name, marks={}, links={'"><i>': 'javascript"><b>'})
    assert "<script" not in picture
    assert "<i>" not in picture
    assert "<b>" not in picture


def test_a_drawing_names_its_steps_for_those_who_cannot_see_it() -> None:
    model = laid_out(replace(of('<process id="p"><task id="t" name="核价"/></process>'), name="m"))
    picture = drawn(model, label="Model of orders", figures={"t": "12"})
    assert 'aria-label="Model of orders"' in picture
    assert "<title>核价</title>" in picture
    assert ">12</text>" in picture


def test_errors_keep_their_codes() -> None:
    thrown = '<endEvent id="e"><errorEventDefinition errorRef="wrong"/></endEvent>'
    model = of(f'<error id="wrong" errorCode="Too late!"/><process id="p">{thrown}</process>')
    assert [element.code for element in model.elements] == ["Too late!"]
    assert read_bpmn(write_bpmn(model)) == model
