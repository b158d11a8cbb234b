"""The inductive miner: finds again what was there, fits what it saw, is always sound."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.processes.bpmn.model import Model
from kinflow.processes.columns import EventColumns, columns_of
from kinflow.processes.conformance.aligning import Effort, align
from kinflow.processes.conformance.behaviour import TreeBehaviour
from kinflow.processes.conformance.judging import judge
from kinflow.processes.conformance.nets import NetBehaviour
from kinflow.processes.conformance.playing import playable
from kinflow.processes.conformance.variants import variants_of
from kinflow.processes.discovery.discovered import discover, units_of_steps
from kinflow.processes.discovery.follows import DirectlyFollows, directly_follows
from kinflow.processes.discovery.inductive import TooManyActivities, discover_tree
from kinflow.processes.discovery.modelling import model_of_tree
from kinflow.processes.discovery.normal import canonical
from kinflow.processes.discovery.trees import SILENT, Tree, step
from tests.processes.given import log_of, traces

from .growing import complete, played, trees


@given(trees(rediscoverable=True))
def test_a_block_structured_process_is_found_again_from_its_complete_log(tree: Tree) -> None:
    assert canonical(discover_tree(complete(tree))) == canonical(tree)


@st.composite
def logs(draw: st.DrawFn) -> list[str]:
    return draw(st.lists(st.text("abcdef", max_size=8), min_size=1, max_size=12))


@given(logs(), st.sampled_from([0.0, 0.2, 0.5, 1.0]))
def test_any_log_has_a_model_that_can_always_end(words: list[str], noise: float) -> None:
    tree = discover_tree(directly_follows(_words(words)), noise)
    _assert_sound(NetBehaviour(playable(*_played_on(tree)).net))


def _words(words: list[str]) -> EventColumns:
    letters = sorted(set("".join(words))) or ["a"]
    filled = [(k, letters.index(letter)) for k, word in enumerate(words) for letter in word]
    return columns_of(
        case=np.array([k for k, _ in filled], np.int32),
        activity=np.array([code for _, code in filled], np.int32),
        at=np.arange(len(filled), dtype=np.int64),
        case_ids=[str(k) for k in range(len(words))],
        activities=letters,
    )


def _played_on(tree: Tree) -> tuple[Model, dict[str, str]]:
    model = model_of_tree(tree)
    return model, {element.id: element.name for element in model.steps}


def _assert_sound(behaviour: NetBehaviour) -> None:
    """From every marking that can be reached the process can still end, and no step is dead."""
    ahead: dict[int, set[int]] = {}
    waiting, done = [behaviour.initial], set()
    while waiting and len(ahead) < 3_000:
        state = waiting.pop()
        if state in ahead:
            continue
        ahead[state] = {after for _, after in behaviour.ways(state)}
        done |= {name for name, _ in behaviour.ways(state)}
        waiting += ahead[state]
    if waiting:
        return  # more states than a test looks at
    ending = {state for state in ahead if behaviour.may_end(state)}
    while more := {state for state in ahead if state not in ending and ahead[state] & ending}:
        ending |= more
    assert ending == set(ahead)
    assert done == behaviour.steps


@given(trees(rediscoverable=True, steps=6), st.integers(0, 50))
@settings(max_examples=40)
def test_the_model_of_a_log_without_noise_explains_ways_of_the_process(tree: Tree, seed: int) -> None:
    found = TreeBehaviour(discover_tree(complete(tree)))
    way = tuple(played(tree, random.Random(seed)))
    alignment = align(found, way, Effort())
    assert alignment is not None
    assert alignment.cost == 0


def test_rare_ways_are_left_out_where_noise_is_asked_for() -> None:
    columns = traces(*["abcd"] * 98, "acbd", "acbd")
    assert str(discover_tree(directly_follows(columns))) == "->( 'a', +( 'b', 'c' ), 'd' )"
    assert str(discover_tree(directly_follows(columns), 0.2)) == "->( 'a', +( 'b', 'c' ), 'd' )"
    columns = traces(*["abcd"] * 98, "abcbcd", "acd")
    assert "*" in str(discover_tree(directly_follows(columns)))
    assert str(discover_tree(directly_follows(columns), 0.2)) == "->( 'a', 'b', 'c', 'd' )"


def test_a_part_skipped_as_a_whole_is_one_choice() -> None:
    found = discover_tree(directly_follows(traces("abcd", "ad")))
    assert str(found) == "->( 'a', X( ->( 'b', 'c' ), tau ), 'd' )"


def test_what_is_repeated_without_anything_between_is_a_loop_and_no_flower() -> None:
    assert str(discover_tree(directly_follows(traces("abab", "ab")))) == "*( ->( 'a', 'b' ), tau )"


def test_a_part_of_a_parallel_block_that_is_rarer_than_the_block_is_optional() -> None:
    found = discover_tree(directly_follows(traces("abcd", "acbd", "abd")))
    assert str(found) == "->( 'a', +( 'b', X( 'c', tau ) ), 'd' )"


def test_the_empty_log_and_cases_without_events_have_models() -> None:
    assert discover_tree(DirectlyFollows((), {}, {}, {})) == SILENT
    one = columns_of(
        case=np.array([0], np.int32),
        activity=np.array([0], np.int32),
        at=np.array([0], np.int64),
        case_ids=["with", "without"],
        activities=["a"],
    )
    assert str(discover_tree(directly_follows(one))) == "X( 'a', tau )"


def test_one_endless_case_and_too_many_kinds_of_steps_are_bounded() -> None:
    long = columns_of(
        case=np.zeros(1_000_000, np.int32),
        activity=(np.arange(1_000_000) % 50).astype(np.int32),
        at=np.arange(1_000_000),
        case_ids=["long"],
        activities=[f"step {k}" for k in range(50)],
    )
    assert discover_tree(directly_follows(long)).steps[:2] == ["step 0", "step 1"]
    many = columns_of(
        case=np.zeros(1_000, np.int32),
        activity=np.arange(1_000, dtype=np.int32),
        at=np.arange(1_000),
        case_ids=["wide"],
        activities=[f"step {k}" for k in range(1_000)],
    )
    with pytest.raises(TooManyActivities):
        discover_tree(directly_follows(many))


def test_activities_that_never_occur_do_not_matter() -> None:
    follows = directly_follows(
        columns_of(
            case=np.array([0], np.int32),
            activity=np.array([1], np.int32),
            at=np.array([0], np.int64),
            case_ids=["one"],
            activities=["never", "once"],
        )
    )
    assert discover_tree(follows) == step("once")


def test_the_unit_that_does_a_step_most_has_it_in_its_lane() -> None:
    rows = [("1", "ask", 0, "Li"), ("1", "check", 1, "Wu"), ("2", "ask", 2, "Wu"), ("3", "ask", 3, "Li")]
    columns = log_of(rows, units={"Li": "Sales", "Wu": "Store"})
    assert units_of_steps(columns) == {"ask": "Sales", "check": "Store"}
    assert [lane.name for lane in discover(columns, 0).model().lanes] == ["Sales", "Store"]


@given(logs())
@settings(max_examples=30)
def test_trees_and_the_nets_of_their_models_judge_alike(words: list[str]) -> None:
    columns = _words(words)
    tree = discover_tree(directly_follows(columns), 0.3)
    model, step_of = _played_on(tree)
    by_tree = judge(TreeBehaviour(tree), variants_of(columns))
    by_net = judge(NetBehaviour(playable(model, step_of).net), variants_of(columns))
    assert [one.alignment and one.alignment.cost for one in by_tree.judged] == [
        one.alignment and one.alignment.cost for one in by_net.judged
    ]
    assert by_tree.shortest == by_net.shortest
