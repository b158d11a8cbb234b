"""What keeps a model from operation is seen before: dead ends, tokens that meet, loops, what is missing."""

import pytest

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.checking import calls_itself, checked
from kinflow.processes.designs.plans import Fault
from kinflow.processes.designs.words import FAULTS, fault_words

from .drawn import bpmn

HOLDS = {"condition": {"field": "notes", "op": "is_filled"}}
HOUR = {"duration": {"amount": 1, "unit": "hours"}}


def faults(nodes, flows, bindings=None):
    found = checked("lead", read_bpmn(bpmn(nodes, flows)), {} if bindings is None else bindings)
    return [(fault.code, fault.element) for fault in found.faults] + [(e.pointer, "") for e in found.errors]


@pytest.mark.parametrize(
    ("nodes", "flows", "code", "element"),
    [
        ("s start; x xor; a task; b task; j and; e end", "s x; x a; x b; a j; b j; j e", "dead_end", "j"),
        ("s start; f and; a task; b task; m xor; c task; e end", "s f; f a; f b; a m; b m; m c; c e", "tokens_meet", "m"),
        ("s start; m xor; a task; e end", "s m; m a; a m", "never_ends", ""),
        ("s start; a task; e end; b task; c task", "s a; a e; b c; c b", "never_reached", "b"),
        ("s start; t start; a task; e end", "s a; t a; a e", "starts", ""),
        ("s start; a task loop; e end", "s a; a e", "no_again", "a"),
        ("s start; a task loop:gone; e end", "s a; a e", "most", "a"),
        ("s start; a task loop::gone; e end", "s a; a e", "again", "a"),
        ("s start; a task parallel; e end", "s a; a e", "no_times", "a"),
        ("s start; a task parallel:gone; e end", "s a; a e", "times", "a"),
        ("s start; a task parallel:1001; e end", "s a; a e", "times", "a"),
        ("s start; a task parallel:2:3; e end", "s a; a e", "until", "a"),
        ("s start; a complexGateway; e end", "s a; a e", "not_executed", "a"),
        ("s start; g race; t catch timer; e end", "s g; g t; t e", "race", "g"),
        ("s start; l intermediateThrowEvent link; e end", "s l; l e", "link", "l"),
    ],
)  # fmt: skip
def test_a_model_that_would_go_wrong_is_named_with_its_place(nodes, flows, code, element) -> None:
    assert (code, element) in faults(nodes, flows)


@pytest.mark.parametrize(
    ("nodes", "flows"),
    [
        ("s start; f and; a task; b task; e end", "s f; f a; f b; a e; b e"),
        ("s start; a task; t border timer on=a lets; b task; e end; z end", "s a; a e; t b; b z"),
        ("s start; o or; a task; b task; j or; e end", "s o; o a; o b; a j; b j; j e"),
        ("s start; m xor; a task; x xor; e end", "s m; m a; a x; x m; x e"),
    ],
)
def test_a_sound_model_is_not_complained_of(nodes, flows) -> None:
    found = {code for code, _element in faults(nodes, flows, {"t": HOUR} if " t border" in nodes else {})}
    assert found <= {"no_condition"}


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ("a auto", "no_do"),
        ("a call", "no_design"),
        ("a catch timer", "no_timer"),
        ("a catch message", "no_event"),
        ("a receiveTask", "no_event"),
        ("a catch conditional", "no_condition_wait"),
    ],
)
def test_what_says_nothing_of_what_happens_there_is_missing(element, code) -> None:
    assert faults(f"s start; {element}; e end", "s a; a e") == [(code, "a")]


def test_either_all_ways_have_conditions_or_a_person_chooses() -> None:
    choice = ("s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
    assert faults(*choice) == []
    assert faults(*choice, {"x_a": HOLDS}) == [("no_condition", "x")]
    assert faults(*choice, {"x_a": HOLDS, "x_b": HOLDS}) == []


@pytest.mark.parametrize(
    ("bindings", "pointer"),
    [
        ({"nowhere": {}}, "/bindings/nowhere"),
        ({"a": {"kind": "nonsense"}}, "/bindings/a/kind"),
        ({"a": {"assign": "me"}}, "/bindings/a/assign"),
        ({"a": {"due": {"amount": -1, "unit": "days"}}}, "/bindings/a/due/amount"),
        ({"a": {"due": {"amount": 1, "unit": "months"}, "working_time": True}}, "/bindings/a/due"),
        ({"a": {"subject": {"en": "x" * 201}}}, "/bindings/a/subject"),
        ({"a": {"do": [{"step": "wait", "parameters": HOUR}]}}, "/bindings/a/do/0"),
        ({"a": {"do": [{"step": "nonsense"}]}}, "/bindings/a/do/0/step"),
        ({"a": 3}, "/bindings/a"),
        ({"a_e": {"results": ["nonsense"]}}, "/bindings/a_e/results"),
        ({"a_e": {"condition": {"field": "gone", "op": "is", "value": 1}}}, "/bindings/a_e/condition/field"),
        ({"a_e": {}}, "/bindings/a_e/condition"),
        ([], "/bindings"),
    ],
)  # fmt: skip
def test_a_wrong_binding_is_named_at_its_place(bindings, pointer) -> None:
    assert pointer in [place for place, _ in faults("s start; a task; e end", "s a; a e", bindings)]


def test_designs_that_come_to_themselves_are_found() -> None:
    assert calls_itself(1, {1: {2}, 2: {3}, 3: {1}})
    assert not calls_itself(1, {1: {2, 3}, 2: {3}, 3: set()})


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_has_words_with_a_remedy(code) -> None:
    words = fault_words(Fault(code, "a", "Call"))
    assert words.count(".") >= 2
    assert "%(" not in words
