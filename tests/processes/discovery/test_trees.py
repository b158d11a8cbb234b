"""Process trees: how they are written, read, and brought to their normal form."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.processes.conformance.aligning import Effort, align
from kinflow.processes.conformance.behaviour import TreeBehaviour
from kinflow.processes.discovery.normal import canonical, normal
from kinflow.processes.discovery.trees import (
    SILENT,
    NotATree,
    exclusive,
    loop,
    parallel,
    parse_tree,
    sequence,
    step,
)

from .growing import played, trees

A, B, C = step("a"), step("b"), step("c")


def test_a_tree_is_written_as_usual() -> None:
    tree = sequence(A, exclusive(B, SILENT), parallel(A, loop(B, C)))
    assert str(tree) == "->( 'a', X( 'b', tau ), +( 'a', *( 'b', 'c' ) ) )"


@given(trees())
def test_what_is_written_is_read_back(tree: object) -> None:
    assert parse_tree(str(tree)) == tree


@given(st.text(max_size=20))
def test_any_name_can_be_read_back(name: str) -> None:
    assert parse_tree(str(step(name))) == step(name)


@pytest.mark.parametrize("text", ["", "->(", "->( 'a' ", "'a' 'b'", "->( )", "*( 'a' )", "Y( 'a' )", ")"])
def test_what_is_no_tree_is_refused(text: str) -> None:
    with pytest.raises(NotATree):
        parse_tree(text)


@pytest.mark.parametrize(
    ("given_tree", "wanted"),
    [
        (sequence(A, sequence(B, C)), sequence(A, B, C)),
        (sequence(A, SILENT), A),
        (exclusive(exclusive(A, SILENT), B, SILENT), exclusive(A, B, SILENT)),
        (exclusive(A, A), A),
        (exclusive(exclusive(loop(A), SILENT), SILENT), exclusive(loop(A), SILENT)),
        (loop(SILENT, A), exclusive(loop(A), SILENT)),
        (loop(exclusive(A, SILENT)), exclusive(loop(A), SILENT)),
        (loop(loop(A, B), C), loop(A, exclusive(B, C))),
        (loop(SILENT), SILENT),
        (parallel(SILENT, SILENT), SILENT),
    ],
)
def test_the_normal_form_has_no_more_nodes_than_needed(given_tree: object, wanted: object) -> None:
    assert normal(given_tree) == wanted  # type: ignore[arg-type]


def test_the_order_of_choices_does_not_make_another_tree() -> None:
    assert canonical(exclusive(A, B)) == canonical(exclusive(B, A))
    assert canonical(sequence(A, B)) != canonical(sequence(B, A))


@given(trees(), st.integers(0, 1000))
def test_the_normal_form_allows_the_same(tree: object, seed: int) -> None:
    other = normal(tree)  # type: ignore[arg-type]
    for one, two in ((tree, other), (other, tree)):
        way = tuple(played(one, random.Random(seed)))  # type: ignore[arg-type]
        found = align(TreeBehaviour(two), way, Effort())  # type: ignore[arg-type]
        assert found is not None
        assert found.cost == 0
