"""What is done several times: at once or in turn, until all are done or it is enough."""

from collections.abc import Sequence

import pytest

from kinflow.processes.execution import tokens
from kinflow.processes.execution.marking import WrongTimes

from .played import Run


def several(how: str, *, kind: str = "task", quick: Sequence[str] = ()) -> Run:
    return Run(
        f"s start; a {kind} {how}; t border timer on=a; b task; c task; e end",
        "s a; a b; t c; b e; c e",
        quick=quick,
    )


def test_what_is_done_several_times_at_once_goes_on_when_all_are_done() -> None:
    run = several("parallel:3")
    assert run.at == ["a"] * 4
    for number in [t.number for t in run.marking.tokens.values() if t.state == "waits"][::-1]:
        assert "b" not in run.at
        assert tokens.finish(run.plan, run.marking, run.world, number)
    assert run.at == ["b"]


def test_what_is_done_several_times_in_turn_is_begun_again_after_each() -> None:
    run = several("sequential:3")
    for _time in range(3):
        assert run.at == ["a", "a"]
        assert tokens.finish(run.plan, run.marking, run.world, max(run.marking.tokens))
    assert (run.at, run.world.begun.count("a")) == (["b"], 3)


@pytest.mark.parametrize("how", ["parallel", "sequential"])
def test_times_that_are_left_are_taken_back_when_it_is_enough(how: str) -> None:
    run = several(f"{how}:5:2")
    for _time in range(2):
        tokens.finish(run.plan, run.marking, run.world, max(run.marking.tokens))
    assert run.at == ["b"]
    assert run.world.left == ["a"] * (4 if how == "parallel" else 1)


@pytest.mark.parametrize("how", ["parallel", "sequential"])
def test_what_is_done_no_time_goes_on_at_once_and_what_is_done_at_once_a_thousand_times_too(how: str) -> None:
    assert several(f"{how}:0").at == ["b"]
    run = several(f"{how}:1000", quick=["a"])
    assert (run.at, run.world.begun.count("a")) == (["b"], 1000)


@pytest.mark.parametrize("times", ["-1", "1001"])
def test_too_many_times_or_fewer_than_none_are_refused(times: str) -> None:
    with pytest.raises(WrongTimes):
        several(f"sequential:{times}")


def test_an_event_on_what_is_done_several_times_ends_all_of_them() -> None:
    run = several("parallel:3").happens("a", "t")
    assert (run.at, run.world.left) == (["c"], ["a"] * 4)


def test_one_of_several_times_is_skipped_and_so_is_the_whole() -> None:
    run = several("parallel:2")
    assert tokens.skip(run.plan, run.marking, run.world, max(run.marking.tokens))
    assert run.at == ["a", "a"]
    assert tokens.skip(run.plan, run.marking, run.world, run.number("a"))
    assert run.at == ["b"]


def test_an_error_in_one_of_several_sub_processes_ends_all_of_them() -> None:
    run = Run(
        "s start; u sub parallel:2; u.s start; u.a task; u.e end error; t border error on=u; c task; e end",
        "s u; u.s u.a; u.a u.e; u e; t c; c e",
    )
    assert run.at == ["u", "u", "u", "u.a", "u.a"]
    assert run.done("u.a").at == ["c"]


def test_a_loop_is_begun_again_as_long_as_its_condition_holds() -> None:
    run = several("loop::3")
    for _time in range(3):
        assert run.at == ["a", "a"]
        assert tokens.finish(run.plan, run.marking, run.world, max(run.marking.tokens))
    assert (run.at, run.world.begun.count("a")) == (["b"], 3)


def test_a_loop_ends_when_it_was_done_as_often_as_it_may_be() -> None:
    assert several("loop:4:9", quick=["a"]).world.begun.count("a") == 4
    assert several("loop:4", quick=["a"]).world.begun.count("a") == 4


def test_a_loop_that_asks_first_may_not_be_done_at_all_and_one_that_does_not_is_done_once() -> None:
    assert several("loop::0:first").world.begun == ["b"]
    assert several("loop::0", quick=["a"]).world.begun == ["a", "b"]
    assert several("loop::2:first", quick=["a"]).world.begun == ["a", "a", "b"]


def test_a_loop_without_a_limit_comes_to_ours() -> None:
    with pytest.raises(WrongTimes):
        several("loop::1001", quick=["a"])
    assert several("loop::1000", quick=["a"]).at == ["b"]


def test_an_event_on_a_loop_ends_it() -> None:
    run = several("loop::3").happens("a", "t")
    assert (run.at, run.world.left) == (["c"], ["a"] * 2)


def test_a_loop_of_a_sub_process_is_gone_through_again_from_its_start() -> None:
    run = Run(
        "s start; u sub loop::2; u.s start; u.a task; u.e end; e end",
        "s u; u.s u.a; u.a u.e; u e",
    )
    run.done("u.a")
    assert run.at == ["u", "u", "u.a"]
    assert not run.done("u.a").at
