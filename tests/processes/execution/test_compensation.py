"""Steps that were done are undone by others, the last first; what was not done is not (BPMN 2.0, 10.7 and 13.5.5)."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.designs.checking import checked
from kinflow.processes.execution import tokens

from .drawn import bpmn
from .played import Run

TRIP = (
    "s start; f and; a task; b task; c task; j and; n task; t throw {how}; z task; e end;"
    "ua task undoes=a; ub task undoes=b; uc task undoes=c",
    "s f; f a; f b; f c; a j; b j; c j; j n; n t; t z; z e",
)


def trip(how: str = "compensate") -> Run:
    return Run(TRIP[0].format(how=how), TRIP[1])


@pytest.mark.parametrize("order", permutations("abc"))
def test_what_was_done_is_undone_the_last_first_one_after_the_other(order: tuple[str, ...]) -> None:
    run = trip().done(*order, "n")
    for step in reversed(order):
        assert [t.node for t in run.marking.tokens.values() if t.state == "waits"] == [f"u{step}"]
        run.done(f"u{step}")
    assert run.world.undone == [(step, f"u{step}") for step in reversed(order)]
    assert run.at == ["z"]
    assert run.done("z").at == []


def test_only_what_is_named_is_undone() -> None:
    run = trip("compensate=b").done("a", "b", "c", "n", "ub")
    assert (run.world.undone, "z" in run.at) == ([("b", "ub")], True)


def test_what_was_skipped_interrupted_or_not_reached_is_not_undone() -> None:
    run = Run(
        "s start; a task; b task; x border timer on=b; t throw compensate; z task; c task; uc task undoes=c;"
        "ua task undoes=a; ub task undoes=b",
        "s a; a b; b c; c t; x t; t z",
    )
    assert tokens.skip(run.plan, run.marking, run.world, run.number("a"))
    assert run.happens("b", "x").at == ["z"]
    assert run.world.undone == []


def test_what_is_undone_is_undone_once() -> None:
    run = Run(
        "s start; m xor; a task; t throw compensate; x xor; e end; ua task undoes=a",
        "s m; m a; a t; t x; x m; x e",
        "x_m",
    )
    run.done("a", "ua").done("a", "ua")
    assert run.world.undone == [("a", "ua")] * 2


SUB = (
    "s start; u sub; u.a task; u.b task; u.ua task undoes=u.a; u.ub task undoes=u.b; {own} c task; uc task undoes=c;"
    "t end compensate",
    "s u; u.a u.b; u c; c t",
)


def test_a_sub_process_is_undone_by_its_parts_or_by_a_step_of_its_own() -> None:
    parts = Run(SUB[0].format(own=""), SUB[1]).done("u.a", "u.b", "c", "uc", "u.ub", "u.ua")
    assert (parts.at, [step for step, _ in parts.world.undone]) == ([], ["c", "u.b", "u.a"])
    whole = Run(SUB[0].format(own="uu task undoes=u;"), SUB[1]).done("u.a", "u.b", "c", "uc", "uu")
    assert (whole.at, whole.world.undone) == ([], [("c", "uc"), ("u", "uu")])


def test_what_was_done_in_a_sub_process_that_was_left_is_not_undone() -> None:
    run = Run(SUB[0].format(own="x border timer on=u;"), f"{SUB[1]}; x c").done("u.a").happens("u", "x")
    run.done("c", "uc")
    assert (run.at, run.world.undone) == ([], [("c", "uc")])


def test_what_an_error_begins_has_undone_what_was_done_around_it() -> None:
    run = Run(
        "s start; a task; b task; e end error; w sub by_event; w.s start error; w.t end compensate;"
        "ua task undoes=a; ub task undoes=b",
        "s a; a b; b e; w.s w.t",
    ).done("a", "b")
    assert [t.node for t in run.marking.tokens.values() if t.state == "waits"] == ["ub"]
    assert run.done("ub", "ua").at == []


@pytest.mark.parametrize("how", ["parallel", "sequential"])
def test_what_was_done_several_times_is_undone_as_often(how: str) -> None:
    run = Run(f"s start; a task {how}:3; t end compensate; ua task undoes=a", "s a; a t")
    for _time in range(3):
        number = next(t.number for t in run.marking.tokens.values() if t.state == "waits")
        tokens.finish(run.plan, run.marking, run.world, number)
    assert run.done("ua", "ua", "ua").at == []
    assert len(run.world.undone) == 3


def test_what_undoes_can_itself_be_skipped_and_so_can_all_of_it() -> None:
    run = trip().done("a", "b", "c", "n")
    assert tokens.skip(run.plan, run.marking, run.world, run.number("uc"))
    assert "ub" in run.at
    assert tokens.skip(run.plan, run.marking, run.world, run.number("t"))
    assert (run.world.undone, "z" in run.at) == ([("c", "uc"), ("b", "ub")], True)


def test_an_inclusive_join_does_not_wait_for_what_was_done() -> None:
    run = Run(
        "s start; o or; a task; b task; j or; c task; t end compensate; ua task undoes=a",
        "s o; o a; o b; a j; b j; j c; c t",
        "o_a", "o_b",
    )  # fmt: skip
    run.done("a", "b")
    assert "c" in run.at


@settings(max_examples=25, deadline=None)
@given(st.permutations("abcde"), st.integers(0, 5), st.lists(st.sampled_from("abcde"), unique=True))
def test_so_many_are_undone_as_were_done_and_in_reverse(
    order: list[str], done: int, skipped: list[str]
) -> None:
    nodes = "; ".join(f"{key} task; u{key} auto undoes={key}" for key in "abcde")
    flows = "; ".join(f"f {key}" for key in "abcde")
    run = Run(
        f"s start; f and; {nodes}; r task; t throw compensate; z task",
        f"s f; {flows}; f r; r t; t z",
        quick=[f"u{key}" for key in "abcde"],
    )
    for key in order[:done]:
        if key in skipped:
            tokens.skip(run.plan, run.marking, run.world, run.number(key))
        else:
            run.done(key)
    run.done("r")
    assert [step for step, _ in run.world.undone] == [key for key in order[:done] if key not in skipped][::-1]
    assert run.at.count("z") == 1


@pytest.mark.parametrize(
    ("nodes", "code", "element"),
    [
        ("a task; x border compensate on=a; e end compensate", "no_handler", "x"),
        ("a task; e end compensate=a", "undo_what", "e"),
        ("a task; e end compensate=gone; u auto undoes=a", "undo_what", "e"),
        ("a task; v sub; v.b task; v.u task undoes=v.b; e end compensate=v.b", "undo_what", "e"),
        ("a task; e end; u task undoes=a", "never_reached", "u"),
    ],
)
def test_what_cannot_be_executed_is_named(nodes: str, code: str, element: str) -> None:
    found = checked("lead", read_bpmn(bpmn(f"s start; {nodes}", "s a; a e")), {}).faults
    assert (code, element) in [(fault.code, fault.element) for fault in found]


def test_what_undoes_and_stands_in_the_flow_too_is_named() -> None:
    found = checked(
        "lead", read_bpmn(bpmn("s start; a task; u task undoes=a; e end compensate", "s a; a u; u e")), {}
    )
    assert ("handler", "u") in [(fault.code, fault.element) for fault in found.faults]


def test_a_sound_model_is_not_complained_of_and_is_read_as_it_is_written() -> None:
    for how in ("compensate", "compensate=b"):
        model = read_bpmn(bpmn(TRIP[0].format(how=how), TRIP[1]))
        missing = [] if how == "compensate" else [("never_reached", "ua"), ("never_reached", "uc")]
        found = [(fault.code, fault.element) for fault in checked("lead", model, {}).faults]
        assert sorted(found) == missing
        again = read_bpmn(write_bpmn(model))
        assert sorted(again.elements, key=lambda e: e.id) == sorted(model.elements, key=lambda e: e.id)
        assert {f.id for f in again.flows} == {f.id for f in model.flows}
