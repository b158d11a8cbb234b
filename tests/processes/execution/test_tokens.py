"""How tokens move: gateways, events, sub-processes; what cannot go on says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.processes.execution import tokens
from kinflow.processes.execution.marking import GoesRound, NoWay, Uncaught

from .played import Run


def test_one_step_follows_the_other() -> None:
    run = Run("s start; a task; b task; e end", "s a; a b; b e")
    assert run.at == ["a"]
    assert run.done("a").at == ["b"]
    assert run.done("b").at == []


def test_what_is_done_at_once_does_not_wait() -> None:
    assert Run("s start; a auto; b task; e end", "s a; a b; b e", quick=["a"]).at == ["b"]


def test_a_parallel_gateway_waits_for_all_its_ways() -> None:
    run = Run("s start; f and; a task; b task; j and; c task; e end", "s f; f a; f b; a j; b j; j c; c e")
    assert run.at == ["a", "b"]
    assert run.done("b").at == ["a", "j"]
    assert run.done("a").at == ["c"]


def test_a_parallel_gateway_waits_for_all_its_ways_in_every_round_of_a_loop() -> None:
    run = Run(
        "s start; m xor; f and; a task; b task; j and; x xor; e end",
        "s m; m f; f a; f b; a j; b j; j x; x e default; x m",
        "x_m",
    )
    for _round in range(3):
        assert run.done("b").at == ["a", "j"]
        assert run.done("a").at == ["a", "b"]


def test_an_exclusive_gateway_takes_one_way_and_joins_without_waiting() -> None:
    run = Run("s start; x xor; a task; b task; m xor; e end", "s x; x a; x b; a m; b m; m e", "x_b")
    assert run.at == ["b"]
    assert run.done("b").at == []


def test_a_gateway_without_a_condition_waits_for_a_person() -> None:
    run = Run("s start; x xor; a task; b task; e end", "s x; x a; x b; a e; b e")
    assert run.at == ["x"]
    assert tokens.finish(run.plan, run.marking, run.world, run.number("x"), ["x_a"])
    assert run.at == ["a"]


INCLUSIVE = (
    "s start; o or; a task; b task; c task; j or; d task; e end",
    "s o; o a; o b; o c; a j; b j; c j; j d; d e",
)


@given(st.sets(st.sampled_from("abc"), min_size=1), st.randoms(use_true_random=False))
def test_an_inclusive_join_waits_for_those_that_were_chosen(chosen, order) -> None:
    run = Run(*INCLUSIVE, *(f"o_{c}" for c in chosen))
    waiting = sorted(chosen)
    order.shuffle(waiting)
    for at, one in enumerate(waiting):
        assert "d" not in run.at
        run.done(one)
        assert ("d" in run.at) == (at == len(waiting) - 1)
    assert run.done("d").at == []


def test_an_inclusive_join_waits_for_those_that_were_chosen_in_every_round_of_a_loop() -> None:
    run = Run(
        "s start; m xor; o or; a task; b task; j or; x xor; e end",
        "s m; m o; o a; o b; a j; b j; j x; x e default; x m",
        "o_a", "o_b", "x_m",
    )  # fmt: skip
    for _round in range(3):
        assert run.done("b").at == ["a", "j"]
        assert run.done("a").at == ["a", "b"]


def test_an_inclusive_join_does_not_wait_for_a_loop_behind_it() -> None:
    run = Run(
        "s start; o or; a task; b task; j or; x xor; r task; e end",
        "s o; o a; o b; a j; b j; j x; x e default; x r; r o",
        "o_a", "o_b", "x_r",
    )  # fmt: skip
    run.done("a", "b")
    assert run.at == ["r"]


def test_a_gateway_that_waits_for_events_takes_the_first_that_happens() -> None:
    run = Run(
        "s start; g race; t catch timer; m catch message; a task; b task; e end",
        "s g; g t; g m; t a; m b; a e; b e",
    )
    assert run.happens("g", "m").at == ["b"]
    assert run.world.left == ["g"]


def test_a_boundary_event_ends_its_step_and_takes_its_own_way() -> None:
    run = Run("s start; a task; t border timer on=a; b task; e end", "s a; a e; t b; b e")
    assert run.happens("a", "t").at == ["b"]
    assert run.world.left == ["a"]


def test_a_boundary_event_that_lets_go_on_adds_a_token() -> None:
    run = Run("s start; a task; t border timer on=a lets; b task; e end", "s a; a e; t b; b e")
    assert run.happens("a", "t").at == ["a", "b"]
    assert run.happens("a", "t").at == ["a", "b", "b"]


SUB = (
    "s start; u sub; u.s start; u.f and; u.a task; u.b task; u.e end; t border timer on=u; c task; d task; e end",
    "s u; u.s u.f; u.f u.a; u.f u.b; u.a u.e; u.b u.e; u c; t d; c e; d e",
)


def test_a_sub_process_ends_when_its_last_token_does() -> None:
    run = Run(*SUB)
    assert run.at == ["u", "u.a", "u.b"]
    assert run.done("u.a").at == ["u", "u.b"]
    assert run.done("u.b").at == ["c"]


def test_an_event_on_a_sub_process_ends_all_in_it() -> None:
    run = Run(*SUB).happens("u", "t")
    assert run.at == ["d"]
    assert sorted(run.world.left) == ["u", "u.a", "u.b"]


def test_terminating_ends_all_of_its_own_scope_only() -> None:
    run = Run(
        "s start; f and; a task; u sub; u.s start; u.f and; u.a task; u.b task; u.t end terminate; u.e end; e end",
        "s f; f a; f u; u.s u.f; u.f u.a; u.f u.b; u.a u.t; u.b u.e; u e; a e",
    )
    assert run.done("u.a").at == ["a"]
    assert "u.b" in run.world.left


def test_an_error_goes_to_the_nearest_that_catches_it() -> None:
    run = Run(
        "s start; u sub; u.s start; u.a task; u.e end error; t border error on=u; c task; e end",
        "s u; u.s u.a; u.a u.e; t c; c e",
    )
    assert run.done("u.a").at == ["c"]


def test_an_error_is_caught_on_the_border_of_what_it_leaves_alone() -> None:
    run = Run(
        "s start; f and; u sub; u.s start; u.a task; u.e end error; x border error on=u; c task;"
        "v sub; v.s start; v.b task; v.e end error; y border error on=v; d task; e end",
        "s f; f u; f v; u.s u.a; u.a u.e; v.s v.b; v.b v.e; x c; y d; u e; v e; c e; d e",
    )
    assert run.done("u.a").at == ["c", "v", "v.b"]


def test_an_error_ends_its_own_sub_process_and_no_other_that_goes_on_at_the_same_place() -> None:
    nodes = "s start; a task; m border on=a message lets; g sub; g.s start; g.t task; g.x end error=oops; "
    nodes += "w border on=g error=oops; k task; e end; d end"
    run = Run(nodes, "s a; a e; m g; g d; w k; k d; g.s g.t; g.t g.x").happens("a", "m").happens("a", "m")
    assert run.at == ["a", "g", "g", "g.t", "g.t"]
    assert run.done("g.t").at == ["a", "g", "g.t", "k"]


@pytest.mark.parametrize(
    ("borders", "thrown", "where"),
    [
        ("x border error=late on=u; y border error on=u", "late", "c"),
        ("y border error on=u; x border error=late on=u", "late", "c"),
        ("x border error=late on=u; y border error on=u", "gone", "d"),
    ],
)
def test_an_error_that_is_named_goes_to_what_catches_it_by_name_before_what_catches_any(
    borders: str, thrown: str, where: str
) -> None:
    run = Run(
        f"s start; u sub; u.s start; u.a task; u.e end error={thrown}; {borders}; c task; d task; e end",
        "s u; u.s u.a; u.a u.e; u e; x c; y d; c e; d e",
    )
    assert run.done("u.a").at == [where]


def test_an_error_passes_what_catches_another() -> None:
    run = Run(
        "s start; u sub; u.s start; u.a task; u.e end error=gone; x border error=late on=u; c task; e end",
        "s u; u.s u.a; u.a u.e; u e; x c; c e",
    )
    with pytest.raises(Uncaught):
        run.done("u.a")


def test_an_error_that_nothing_catches_is_said() -> None:
    run = Run("s start; a task; e end error", "s a; a e")
    with pytest.raises(Uncaught):
        run.done("a")


def test_a_loop_without_a_wait_is_stopped() -> None:
    with pytest.raises(GoesRound):
        Run("s start; m xor; a auto; x xor; e end", "s m; m a; a x; x m; x e", "x_m", quick=["a"])


def test_no_way_out_is_said() -> None:
    with pytest.raises(NoWay):
        Run(INCLUSIVE[0], INCLUSIVE[1])


def test_a_step_is_skipped_with_all_in_it() -> None:
    run = Run(*SUB)
    assert tokens.skip(run.plan, run.marking, run.world, run.number("u"))
    assert run.at == ["c"]


def test_what_is_finished_twice_counts_once() -> None:
    run = Run("s start; a task; b task; e end", "s a; a b; b e")
    number = run.number("a")
    run.done("a")
    assert not tokens.finish(run.plan, run.marking, run.world, number)
    assert run.at == ["b"]


@given(st.integers(1, 5), st.randoms(use_true_random=False))
def test_every_order_of_parallel_work_comes_to_the_same_end(width, order) -> None:
    names = [f"a{n}" for n in range(width)]
    run = Run(
        "s start; f and; j and; z task; e end;" + ";".join(f"{n} task" for n in names),
        "s f; j z; z e;" + ";".join(f"f {n}; {n} j" for n in names),
    )
    order.shuffle(names)
    run.done(*names)
    assert run.at == ["z"]
    assert run.done("z").at == []
