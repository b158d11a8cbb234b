"""What an event begins: instead of all else in its scope or beside it; an error goes to the nearest first."""

import pytest

from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.designs.checking import checked
from kinflow.processes.execution import tokens
from kinflow.processes.execution.marking import Uncaught

from .drawn import bpmn
from .played import Run

WATCHED = (
    "s start; a task; b task; e end; w sub by_event; w.s start {how}; w.c task; w.e end",
    "s a; a b; b e; w.s w.c; w.c w.e",
)


def watched(how: str) -> Run:
    return Run(WATCHED[0].format(how=how), WATCHED[1])


def test_one_that_interrupts_ends_all_else_and_the_process_ends_with_it() -> None:
    run = watched("message")
    assert run.at == ["a", "w.s"]
    run.done("w.s")
    assert (run.at, run.world.left, run.world.ended) == (["w", "w.c"], ["a", "w.s"], ["a"])
    assert run.done("w.c").at == []


def test_one_that_does_not_interrupt_happens_beside_the_rest_as_often_as_it_is_told() -> None:
    run = watched("message lets").done("w.s", "w.s")
    assert run.at == ["a", "w", "w", "w.c", "w.c", "w.s"]
    assert run.done("w.c", "a", "b").at == ["w", "w.c", "w.s"]
    assert run.done("w.c").at == []


def test_a_time_that_does_not_interrupt_comes_once() -> None:
    assert watched("timer lets").done("w.s").at == ["a", "w", "w.c"]


def test_what_listens_ends_with_its_scope() -> None:
    assert watched("message").done("a", "b").at == []
    inside = Run(
        "s start; u sub; u.s start; u.a task; u.e end; u.w sub by_event; u.w.s start message; u.w.c task; b task; e end",
        "s u; u.s u.a; u.a u.e; u.w.s u.w.c; u b; b e",
    )
    assert inside.at == ["u", "u.a", "u.w.s"]
    assert inside.done("u.a").at == ["b"]


def test_one_inside_a_sub_process_ends_that_only_which_then_goes_on() -> None:
    run = Run(
        "s start; f and; x task; u sub; u.s start; u.a task; u.w sub by_event; u.w.s start timer; u.w.c task; b task",
        "s f; f x; f u; u.s u.a; u.w.s u.w.c; u b",
    ).done("u.w.s")
    assert run.at == ["u", "u.w", "u.w.c", "x"]
    assert run.done("u.w.c").at == ["b", "x"]


FAILING = (
    "s start; u sub; u.s start; u.a task; u.e end error=no; {handlers}; t border error on=u; c task; e end",
    "s u; u.s u.a; u.a u.e; u e; t c; c e; {flows}",
)


def failing(*handlers: str) -> Run:
    """A sub-process that throws, with event sub-processes of these starts inside it."""
    nodes = "; ".join(f"u.w{n} sub by_event; u.w{n}.s {how}; u.w{n}.c task" for n, how in enumerate(handlers))
    flows = "; ".join(f"u.w{n}.s u.w{n}.c" for n, _how in enumerate(handlers))
    return Run(FAILING[0].format(handlers=nodes), FAILING[1].format(flows=flows)).done("u.a")


def test_an_error_goes_to_the_event_sub_process_of_its_scope_then_to_the_border() -> None:
    assert failing("start error").at == ["u", "u.w0", "u.w0.c"]
    assert failing("start error", "start error=no").at == ["u", "u.w1", "u.w1.c"]
    assert failing("start error=other").at == ["c"]


def test_an_error_in_what_catches_an_error_goes_further_out() -> None:
    run = Run(
        "s start; u sub; u.s start; u.a task; u.e end error;"
        "u.w sub by_event; u.w.s start error; u.w.c task; u.w.e end error;"
        "w sub by_event; w.s start error; w.c task",
        "s u; u.s u.a; u.a u.e; u.w.s u.w.c; u.w.c u.w.e; w.s w.c",
    ).done("u.a")
    assert run.at == ["u", "u.w", "u.w.c", "w.s"]
    assert run.done("u.w.c").at == ["w", "w.c"]
    lone = Run(
        "s start; a task; e end error; w sub by_event; w.s start error; w.c task; w.e end error",
        "s a; a e; w.s w.c; w.c w.e",
    ).done("a")
    with pytest.raises(Uncaught):
        lone.done("w.c")


def test_one_within_one_is_listened_for_while_that_goes_on() -> None:
    run = Run(
        "s start; a task; w sub by_event; w.s start message; w.c task; w.v sub by_event; w.v.s start message; w.v.d task",
        "s a; w.s w.c; w.v.s w.v.d",
    )
    assert run.at == ["a", "w.s"]
    assert run.done("w.s").at == ["w", "w.c", "w.v.s"]
    assert run.done("w.v.s").at == ["w", "w.v", "w.v.d"]


def test_each_of_several_times_listens_for_itself_and_a_skip_takes_it_back() -> None:
    run = Run(
        "s start; u sub parallel:2; u.a task; u.w sub by_event; u.w.s start message; u.w.c task; b task",
        "s u; u.w.s u.w.c; u b",
    )
    assert run.at == ["u", "u", "u", "u.a", "u.a", "u.w.s", "u.w.s"]
    run.done("u.w.s")
    assert run.at == ["u", "u", "u", "u.a", "u.w", "u.w.c", "u.w.s"]
    assert tokens.skip(run.plan, run.marking, run.world, run.number("u"))
    assert run.at == ["b"]


HOUR = {"duration": {"amount": 1, "unit": "hours"}}


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("timer", []),
        ("timer lets", []),
        ("error", []),
        ("error lets", [("event_sub", "w")]),
        ("", [("event_sub", "w")]),
        ("escalation", [("event_sub", "w")]),
    ],
)
def test_a_sound_one_is_not_complained_of_and_what_cannot_begin_is_named(
    how: str, found: list[object]
) -> None:
    model = read_bpmn(bpmn(WATCHED[0].format(how=how), WATCHED[1]))
    given = {"w.s": HOUR} if "timer" in how else {}
    faults = checked("lead", model, given).faults
    assert [(fault.code, fault.element) for fault in faults] == found


@pytest.mark.parametrize(
    ("more", "flows", "code", "element"),
    [
        (
            "w.f and; w.d task; w.x xor; w.g task",
            "w.c w.f; w.f w.d; w.f w.x; w.d w.x; w.x w.g",
            "tokens_meet",
            "w.x",
        ),
        (
            "w.x xor; w.d task; w.j and; w.g task",
            "w.c w.x; w.x w.d; w.x w.g; w.d w.j; w.g w.j",
            "dead_end",
            "w.j",
        ),
        ("w.d task; w.g task", "w.d w.g; w.g w.d", "never_reached", "w.d"),
    ],
)
def test_what_goes_wrong_inside_is_seen_before(more: str, flows: str, code: str, element: str) -> None:
    nodes = f"s start; a task; e end; w sub by_event; w.s start timer; w.c task; {more}"
    found = checked("lead", read_bpmn(bpmn(nodes, f"s a; a e; w.s w.c; {flows}")), {"w.s": HOUR}).faults
    assert (code, element) in [(fault.code, fault.element) for fault in found]


def test_that_it_says_nothing_of_what_begins_it_is_missing() -> None:
    model = read_bpmn(bpmn(WATCHED[0].format(how="message"), WATCHED[1]))
    assert [(f.code, f.element) for f in checked("lead", model, {}).faults] == [("no_event", "w.s")]
