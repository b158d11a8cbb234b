"""Alignments: the cheapest way to explain a case by a model, step by step.

A move is a step done as the model allows, a step done that the model does not allow there (extra), or a step
that the model asks for and nobody did (skipped); the last two cost 1 each (A. Adriansyah: Aligning observed and
modeled behavior, 2014).
"""

from dataclasses import dataclass
from enum import StrEnum

from .behaviour import Behaviour, TooManyStates


class Move(StrEnum):
    """How a step of a case and a step of the model go together."""

    AGREED = "agreed"
    EXTRA = "extra"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Alignment:
    """The moves, each with its step, and what they cost."""

    moves: tuple[tuple[Move, str], ...]
    cost: int


@dataclass
class Effort:
    """How many states may be looked at for one variant, and for all together; and how many were."""

    each: int = 60_000
    all: int = 1_000_000
    spent: int = 0


_Node = tuple[int, int]


def align(behaviour: Behaviour, steps: tuple[str, ...], effort: Effort) -> Alignment | None:
    """A cheapest alignment; None where the effort did not suffice.

    States are looked at in layers of equal cost, those that are furthest in the case first; what the model does
    not know must be extra and is counted ahead.
    """
    known = behaviour.steps
    start: _Node = (behaviour.initial, 0)
    came: dict[_Node, tuple[_Node, Move, str]] = {}
    least = {start: 0}
    layer, cost = [start], 0
    next_layer: list[_Node] = []
    done: set[_Node] = set()
    limit = min(effort.each, effort.all - effort.spent)
    try:
        while layer or next_layer:
            if not layer:
                layer, next_layer, cost = next_layer[::-1], [], cost + 1
            node = layer.pop()
            if node in done:
                continue
            if len(done) >= limit:
                return None
            done.add(node)
            state, position = node
            if position == len(steps) and behaviour.may_end(state):
                return _followed_back(node, start, came)
            reached: list[tuple[_Node, Move, str, int]] = []
            if position < len(steps):
                step = steps[position]
                reached.append(((state, position + 1), Move.EXTRA, step, step in known))
            for step, after in behaviour.ways(state):
                reached.append(((after, position), Move.SKIPPED, step, 1))
                if position < len(steps) and step == steps[position]:
                    reached.append(((after, position + 1), Move.AGREED, step, 0))
            for other, move, step, more in reached:
                if cost + more < least.get(other, 1 << 60):
                    least[other] = cost + more
                    came[other] = (node, move, step)
                    (next_layer if more else layer).append(other)
    except TooManyStates:
        return None
    finally:
        effort.spent += len(done)
    return None


def _followed_back(node: _Node, start: _Node, came: dict[_Node, tuple[_Node, Move, str]]) -> Alignment:
    moves = []
    while node != start:
        node, move, step = came[node]
        moves.append((move, step))
    return Alignment(tuple(moves[::-1]), sum(move is not Move.AGREED for move, _ in moves))
