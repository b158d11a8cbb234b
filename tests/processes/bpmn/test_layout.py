"""The layout of models without a drawing."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinflow.processes.bpmn.drawing import drawn
from kinflow.processes.bpmn.layout import laid_out
from kinflow.processes.bpmn.model import Element, Flow, Lane, Model, Participant, Process
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.wrapping import width_of, wrapped
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.trees import Tree
from tests.processes.discovery.growing import trees

from .drawings import assert_well_drawn

IN_ITS_OWN_TIME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@IN_ITS_OWN_TIME
@given(trees(steps=14), st.integers(0, 4))
def test_discovered_models_are_drawn_without_overlaps(tree: Tree, units: int) -> None:
    lanes = {name: f"Unit {ord(name) % units}" for name in tree.steps} if units else {}
    assert_well_drawn(laid_out(model_of_tree(tree, units=lanes)))


@st.composite
def graphs(draw: st.DrawFn) -> Model:
    """Any graph at all, with borders and lanes."""
    kinds = st.sampled_from(["task", "exclusiveGateway", "startEvent", "dataObjectReference"])
    elements = [Element(f"e{k}", draw(kinds), "", "p") for k in range(draw(st.integers(1, 10)))]
    tasks = [element.id for element in elements if element.kind == "task"]
    if tasks:
        elements += [
            Element(f"b{k}", "boundaryEvent", "", "p", "timer", draw(st.sampled_from(tasks)))
            for k in range(draw(st.integers(0, 3)))
        ]
    ids = [element.id for element in elements]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=16, unique=True))
    hosts = {element.id: element.attached_to for element in elements if element.attached_to}
    flows = tuple(
        Flow(f"f{index}", a, b, within="p")
        for index, (a, b) in enumerate(pairs)
        if b not in hosts and a != b and hosts.get(a) != b
    )
    cut = draw(st.integers(0, len(ids)))
    lanes = (Lane("one", "p", "One", tuple(ids[:cut])), Lane("two", "p", "Two", tuple(ids[cut:])))
    pools = (Participant("pool", "Pool", "p"),) if draw(st.booleans()) else ()
    return Model("", (Process("p"),), pools, lanes if draw(st.booleans()) else (), tuple(elements), flows)


@IN_ITS_OWN_TIME
@given(graphs())
def test_any_graph_is_drawn_without_overlaps(model: Model) -> None:
    assert_well_drawn(laid_out(model))


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "B.1.0", "C.1.0"])
def test_models_of_other_tools_without_their_drawing_are_drawn(
    name: str, real_data: Callable[[str], Path]
) -> None:
    model = read_bpmn(real_data(f"bpmn/miwg-reference/{name}.bpmn").read_bytes())
    again = laid_out(replace(model, boxes={}, routes={}))
    assert again.is_drawn
    assert_well_drawn(again)


def test_the_flow_goes_from_left_to_right_and_its_lanes_from_top_to_bottom() -> None:
    elements = tuple(Element(name, "task", name, "p") for name in "abc")
    flows = (
        Flow("1", "a", "b", within="p"),
        Flow("2", "b", "c", within="p"),
        Flow("3", "c", "a", within="p"),
    )
    lanes = (Lane("x", "p", "X", ("a", "c")), Lane("y", "p", "Y", ("b",)))
    boxes = laid_out(Model("", (Process("p"),), (), lanes, elements, flows)).boxes
    assert boxes["a"].right < boxes["b"].x < boxes["b"].right < boxes["c"].x
    assert boxes["x"].bottom == boxes["y"].y
    assert boxes["a"].y == boxes["c"].y < boxes["b"].y


def test_a_pool_of_which_only_the_border_is_known_is_drawn_too() -> None:
    model = Model(
        "",
        (Process("p"),),
        (Participant("us", "Us", "p"), Participant("them", "Customer")),
        (),
        (Element("a", "task", "Ask", "p"),),
        (Flow("m", "a", "them", "messageFlow"),),
    )
    drawn = laid_out(model)
    assert drawn.boxes["us"].bottom < drawn.boxes["them"].y
    assert drawn.routes["m"][-1][1] == drawn.boxes["them"].y


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Check credit", ["Check credit"]),
        ("Check the credit of the customer at once", ["Check the", "credit of the", "customer at…"]),
        ("询价客户的信用状况与付款记录以及历史", ["询价客户的信用", "状况与付款记录", "以及历史"]),
        ("Donaudampfschifffahrtsgesellschaft", ["Donaudampfsch", "ifffahrtsgese", "llschaft"]),
        ("", []),
    ],
)
def test_names_are_broken_between_words_and_chinese_characters(text: str, lines: list[str]) -> None:
    assert wrapped(text, 90, 3) == lines
    assert all(width_of(line) <= 90 for line in lines)


def test_names_of_flows_stand_where_they_have_parted_and_names_of_events_off_the_lines() -> None:
    flows = (
        Flow("1", "s", "x", within="p"),
        Flow("2", "x", "a", name="reached", within="p"),
        Flow("3", "x", "b", name="not reached", within="p"),
        Flow("4", "b", "x", within="p"),
    )
    elements = (
        Element("s", "startEvent", "A customer is here", "p"),
        Element("x", "exclusiveGateway", "", "p"),
        Element("a", "task", "a", "p"),
        Element("b", "task", "b", "p"),
    )
    model = laid_out(Model("", (Process("p"),), elements=elements, flows=flows))
    picture = drawn(model, label="")
    found = re.findall(
        r'<text class="bpmn-name"[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>((?:not )?reached)<', picture
    )
    (left, high, one), (right, low, other) = found
    assert {one, other} == {"reached", "not reached"}
    assert abs(float(high) - float(low)) >= 12
    trunk = model.routes["2"][1][0] if len(model.routes["2"]) > 2 else model.routes["3"][1][0]
    assert min(float(left) - width_of(one) / 2, float(right) - width_of(other) / 2) >= trunk - 6
    below = model.boxes["s"].centre[0] + min(width_of("A customer is here"), 90) / 2
    assert all(x >= below for x, _ in model.routes["4"])
