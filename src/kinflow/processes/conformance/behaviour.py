"""What a model allows, as states and ways between them: the one face of trees and BPMN towards judging."""

from typing import Protocol

from ..discovery.derivatives import Ways, ways_of
from ..discovery.normal import may_be_empty
from ..discovery.trees import Tree


class TooManyStates(Exception):
    """The model allows so many silent ways from one state that they are not all looked at."""


class Behaviour(Protocol):
    """States are numbers; `ways` are the steps possible in a state, each with the state after it."""

    initial: int
    steps: frozenset[str]

    def ways(self, state: int) -> tuple[tuple[str, int], ...]:
        """Which steps may come next, each with the state then. Raises TooManyStates."""

    def may_end(self, state: int) -> bool:
        """Whether the process may be over. Raises TooManyStates."""


class TreeBehaviour:
    """The behaviour of a process tree: a state is what is left to do."""

    def __init__(self, tree: Tree) -> None:
        self.initial = 0
        self.steps = frozenset(tree.steps)
        self._known: dict[Tree, Ways] = {}
        self._numbers = {tree: 0}
        self._trees = [tree]
        self._ways: dict[int, tuple[tuple[str, int], ...]] = {}

    def ways(self, state: int) -> tuple[tuple[str, int], ...]:
        """Which steps may come next, each with the state then."""
        if state not in self._ways:
            self._ways[state] = tuple(
                (name, self._number(left)) for name, left in ways_of(self._trees[state], self._known)
            )
        return self._ways[state]

    def may_end(self, state: int) -> bool:
        """Whether nothing more need be done."""
        return may_be_empty(self._trees[state])

    def _number(self, tree: Tree) -> int:
        if tree not in self._numbers:
            self._numbers[tree] = len(self._trees)
            self._trees.append(tree)
        return self._numbers[tree]
