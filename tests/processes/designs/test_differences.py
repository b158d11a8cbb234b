"""Differences between two versions: none of a model with itself, and each change is found."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinflow.processes.bpmn.drawing import drawn
from kinflow.processes.bpmn.layout import laid_out
from kinflow.processes.bpmn.model import Element, Flow, Model
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.difference_words import SENTENCES, difference_words
from kinflow.processes.designs.differences import differences_of, marks_of
from kinflow.processes.discovery.modelling import model_of_tree
from tests.processes.discovery.growing import trees
from tests.processes.execution.drawn import bpmn

IN_ITS_OWN_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MODEL = laid_out(read_bpmn(bpmn("s start; a task; b task; x xor; e end", "s a; a x; x b; x e; b e")))
CHANGES = {
    "element_added": replace(MODEL, elements=(*MODEL.elements, Element("n", "userTask", "New", "p"))),
    "element_removed": replace(MODEL, elements=tuple(e for e in MODEL.elements if e.id != "b")),
    "flow_added": replace(MODEL, flows=(*MODEL.flows, Flow("n", "a", "e"))),
    "flow_removed": replace(MODEL, flows=MODEL.flows[1:]),
    "flow_moved": replace(MODEL, flows=(replace(MODEL.flows[0], target="b"), *MODEL.flows[1:])),
    "flow_renamed": replace(MODEL, flows=(replace(MODEL.flows[0], name="yes"), *MODEL.flows[1:])),
    "flow_changed": replace(MODEL, flows=(replace(MODEL.flows[0], condition="x"), *MODEL.flows[1:])),
    "model_renamed": replace(MODEL, name="Otherwise"),
}
EDITS = {
    "renamed": {"name": "Another"},
    "kind": {"kind": "serviceTask"},
    "default": {"default": "x_b"},
    "moved": {"within": "elsewhere"},
    "attached": {"attached_to": "b"},
    "script": {"script": "alert(1)"},
    "marker": {"interrupts": False},
    "compensation": {"for_compensation": True},
    "repeated": {"repeats": "parallel", "times": "3"},
}


@pytest.mark.parametrize("code", CHANGES)
def test_each_change_of_a_model_is_found_as_what_it_is(code: str) -> None:
    assert [one.code for one in differences_of(MODEL, CHANGES[code], {}, {})] == [code]


@pytest.mark.parametrize("code", EDITS)
def test_each_change_of_an_element_is_found_as_what_it_is(code: str) -> None:
    elements = tuple(replace(e, **EDITS[code]) if e.id == "a" else e for e in MODEL.elements)
    (found,) = differences_of(MODEL, replace(MODEL, elements=elements), {}, {})
    assert (found.code, found.part) == (code, "a")


def test_where_things_are_drawn_is_no_difference() -> None:
    assert differences_of(MODEL, replace(MODEL, boxes={}, routes={}), {}, {}) == []


def test_bindings_are_compared_element_by_element_and_told_in_both_languages() -> None:
    task, call = {"kind": "task"}, {"kind": "call"}
    found = differences_of(MODEL, MODEL, {"a": task, "b": task}, {"a": call, "e": task})
    assert [(one.code, one.part) for one in found] == [
        ("bound_otherwise", "a"),
        ("unbound", "b"),
        ("bound", "e"),
    ]
    with translation.override("en"):
        assert difference_words(found[0], "lead", MODEL, MODEL).startswith("“a” is bound otherwise: Call")
    with translation.override("zh-hans"):
        assert "处理方式由" in difference_words(found[0], "lead", MODEL, MODEL)


@IN_ITS_OWN_TIME
@given(trees())
def test_a_model_does_not_differ_from_itself(tree: object) -> None:
    model = model_of_tree(tree, name="Process")  # type: ignore[arg-type]
    assert differences_of(model, model, {"a": {"kind": "task"}}, {"a": {"kind": "task"}}) == []


@IN_ITS_OWN_TIME
@given(trees(), trees(), st.booleans())
def test_models_without_differences_are_the_same_and_what_is_new_one_way_is_gone_the_other(
    one: object, other: object, same: bool
) -> None:
    left = model_of_tree(one, name="Process")  # type: ignore[arg-type]
    right = left if same else model_of_tree(other, name="Process")  # type: ignore[arg-type]
    there, back = differences_of(left, right, {}, {}), differences_of(right, left, {}, {})
    assert (not there) == (_said(left) == _said(right))
    added = {d.part for d in there if d.code.endswith("_added")}
    assert added == {d.part for d in back if d.code.endswith("_removed")}
    assert all(d.code in SENTENCES for d in there)


def _said(model: Model) -> object:
    return (set(model.elements), set(model.flows), set(model.lanes), set(model.participants))


def test_both_pictures_mark_what_differs_by_more_than_colour() -> None:
    found = differences_of(MODEL, CHANGES["flow_removed"], {}, {})
    flow = MODEL.flows[0].id
    assert marks_of(found, is_before=True) == {flow: "bpmn-removed-flow"}
    assert marks_of(found, is_before=False) == {}
    picture = drawn(MODEL, label="x", marks=marks_of(found, is_before=True))
    assert 'stroke-dasharray="5 3"' in picture
