"""What elements without a name are called: by what they do and where they stand, never by the ids of a file."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.utils import translation

from kinflow.processes.bpmn.model import Model
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.differences import differences_of
from kinflow.processes.designs.plans import plan_of
from kinflow.processes.designs.unnamed import placed_in, placed_on
from tests.processes.execution.drawn import bpmn

CHOICE = bpmn(
    "s start; a task; x xor; b task; c task; j xor; k and; d task; f task; q and; e end",
    "s a; a x; x b; x c; b j; c j; j k; k d; k f; d q; f q; q e",
)


def nameless(*but: str) -> Model:
    model = read_bpmn(CHOICE)
    return replace(
        model, elements=tuple(each if each.id in but else replace(each, name="") for each in model.elements)
    )


def names_of(model: Model) -> Mapping[str, str]:
    return {each.id: each.name for each in model.elements}


def test_what_has_no_name_is_called_by_what_stands_beside_it():
    found = names_of(placed_in(nameless("a", "b", "c", "d", "f")))
    assert found == {
        "s": "Begin",
        "a": "a",
        "x": "Choice of a way after “a”",
        "b": "b",
        "c": "c",
        "j": "Ways meet before “d”",
        "k": "Several ways at once after “b”",
        "d": "d",
        "f": "f",
        "q": "Ways meet before the end",
        "e": "End after “d”",
    }


def test_it_is_said_in_the_readers_language():
    with translation.override("zh-hans"):
        found = names_of(placed_in(nameless("a", "d")))
    assert found["x"] == "“a”之后的分支选择"
    assert found["j"] == "“d”之前的汇合"


def test_two_at_one_place_are_told_apart():
    found = names_of(placed_in(nameless("a")))
    assert found["b"] == "Task of a person after “a”"
    assert found["c"] == "Task of a person after “a” (2)"


def test_without_any_name_nothing_is_called_by_an_id():
    found = names_of(placed_in(nameless()))
    assert found["x"] == "Choice of a way at the begin"
    assert not set(found) & set(found.values())


def test_a_plan_names_its_nodes_alike():
    model = nameless("a", "b", "c", "d", "f")
    plan, _faults = plan_of(model)
    assert plan is not None
    assert {key: node.name for key, node in placed_on(plan).nodes.items()} == names_of(placed_in(model))


@pytest.mark.parametrize("gone", ["x", "j"])
def test_differences_call_it_so_too(gone: str):
    model = nameless("a", "b", "c", "d", "f")
    other = replace(model, elements=tuple(each for each in model.elements if each.id != gone))
    removed = next(each for each in differences_of(model, other, {}, {}) if each.code == "element_removed")
    assert removed.before == names_of(placed_in(model))[gone]
