"""Where the tokens of an instance stand, and what their world is asked: pure, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..designs.plans import Node

WAITING = ("waits", "holds", "listens")
"""The states of a token that waits for something outside, or for what goes on inside."""


class GoesRound(Exception):
    """The tokens move and move without ever waiting for anything."""


class NoWay(Exception):
    """No condition at a gateway holds, and no flow is the default."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


class Uncaught(Exception):
    """An error was thrown that nothing catches."""

    def __init__(self, node: str) -> None:
        super().__init__(node)
        self.node = node


class WrongTimes(Exception):
    """How often an activity is to be done is no number from 0 to `most`."""

    def __init__(self, node: str, most: int) -> None:
        super().__init__(node)
        self.node, self.most = node, most


@dataclass
class Token:
    """One token: where it stands, and in which sub-process (by the number of the token that holds it; 0 for none).

    `state` is ready (moves on), waits (for something outside), joins (for other tokens; `flow` is what it came along),
    holds (a sub-process whose own tokens move, or an activity that is done several times), listens (at the start of an
    event sub-process, beside the tokens of the scope for as long as that goes on), undoable (moves no more: the step was
    done, and can be undone; a higher number was done later). Of such an activity one
    token stands for the whole, with how many `times` it is done and how many are `done`; those it holds at the same
    node stand for one time each.
    """

    number: int
    node: str
    state: str = "ready"
    flow: str = ""
    scope: int = 0
    times: int = 0
    done: int = 0


@dataclass
class Marking:
    """All tokens of an instance, by number."""

    tokens: dict[int, Token] = field(default_factory=dict)
    last: int = 0

    def put(self, node: str, scope: int, flow: str = "") -> Token:
        """A new token, ready to move."""
        self.last += 1
        token = Token(self.last, node, "ready", flow, scope)
        self.tokens[token.number] = token
        return token

    def within(self, scope: int) -> list[Token]:
        """The tokens directly in a scope."""
        return [t for t in self.tokens.values() if t.scope == scope]

    def has_ended(self, scope: int) -> bool:
        """Whether nothing goes on in a scope any more; what only listens, or was done, ends with it."""
        for token in self.tokens.values():
            if token.scope == scope and token.state not in ("listens", "undoable"):
                return False
        return True

    def whole_of(self, token: Token) -> Token | None:
        """The token of the whole activity that is done several times, where this one stands for one time."""
        holder = self.tokens.get(token.scope)
        return holder if holder is not None and holder.node == token.node else None


class World(Protocol):
    """What happens outside of the tokens."""

    def begin(self, token: Token, node: Node) -> bool:
        """Begin an activity or a wait; whether it is done at once."""

    def begin_several(self, token: Token, node: Node) -> int:
        """Begin an activity that is done several times: how often. Each time is begun with `begin`, too."""

    def is_enough(self, token: Token, node: Node) -> bool:
        """Whether an activity that is done several times has been done often enough before all times are done."""

    def caught(self, start: Node, begun: Node, ended: Sequence[Node]) -> None:
        """What `start` listened for happened: an event sub-process begins, instead of the steps that it ended."""

    def undoes(self, handler: Node, step: Node, because: Node) -> None:
        """A step that was done is undone by another, since an event has it undone."""

    def leave(self, token: Token, node: Node) -> None:
        """A token that waited is gone without having finished."""

    def choose(self, token: Token, node: Node) -> Sequence[str] | None:
        """The flows to go along; None where a person has to say."""
