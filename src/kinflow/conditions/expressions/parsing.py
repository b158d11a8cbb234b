"""From tokens to a tree: operators by how tightly they bind, within limits of depth and size."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..fields import Vocabulary
from . import limits
from .checking import call, name
from .refusal import refuse
from .tokens import Token, tokens_of
from .tree import Call, Expression, Literal, Node, Sort

BINDS = {
    "or": 1,
    "and": 2,
    "=": 4,
    "!=": 4,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
}
_NOT, _SIGN, _COMPARED = 3, 7, 4
_WORDS = {"true": (True, Sort.YES_NO), "false": (False, Sort.YES_NO), "none": (None, Sort.NOTHING)}


def parse_expression(
    text: str, *, type_name: str, vocabulary: Vocabulary, event_names: frozenset[str] | None = None
) -> Expression:
    """The expression that a text means for records of the type.

    Names, paths, functions and sorts of values are checked; of an event's data only the names, where `event_names` says
    which there are. Raises ExpressionError with place and remedy.

    >>> parse_expression("record.closes_on - days(90)", type_name="opportunity", vocabulary=VOCABULARY)
    """
    if not isinstance(text, str) or not text.strip():
        refuse(_("An expression is expected here."), 0, _("Such as today + days(3)."))
    parser = _Parser(tokens_of(text), type_name, vocabulary, event_names)
    node = parser.expression(0, 1)
    parser.expect("end", "")
    return Expression(text, type_name, node, vocabulary)


@dataclass
class _Parser:
    """One parse: the tokens, and how far they are read."""

    tokens: list[Token]
    type_name: str
    vocabulary: Vocabulary
    event_names: frozenset[str] | None
    at: int = 0
    nodes: int = 0

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """The next token, which is read with this."""
        self.at += 1
        return self.tokens[self.at - 1]

    def is_next(self, value: str) -> bool:
        """Whether the next token is this sign or word."""
        return self.next.kind in ("sign", "name") and self.next.value == value

    def expect(self, kind: str, value: Any) -> Token:
        """The next token, which must be this one."""
        if self.next.kind != kind or self.next.value != value:
            self.unexpected(value)
        return self.take()

    def unexpected(self, wanted: Any = "") -> Any:
        """Refuse the next token."""
        token = self.next
        if token.kind == "end":
            refuse(_("The expression ends too early."), token.position, _missing(wanted))
        shown = {"piece": str(token.value)[:40]}
        refuse(_("“%(piece)s” is not expected here.") % shown, token.position, _missing(wanted))

    def counted(self, node: Node) -> Node:
        """The node, one more of those that are allowed."""
        self.nodes += 1
        if self.nodes > limits.MAX_NODES:
            most = {"most": limits.MAX_NODES}
            refuse(
                _("This expression has too many parts."), node.position, _("At most %(most)d parts.") % most
            )
        return node

    def expression(self, least: int, depth: int) -> Node:
        """All that binds at least so tightly, from here on."""
        if depth > limits.MAX_DEPTH:
            most = {"most": limits.MAX_DEPTH}
            refuse(_("This is nested too deep."), self.next.position, _("At most %(most)d levels.") % most)
        left = self.operand(depth)
        while (binds := self.binds()) > least:
            operator = self.take()
            right = self.expression(binds, depth + 1)
            left = self.counted(call(operator.value, (left, right), operator.position))
            if binds == _COMPARED == self.binds():
                refuse(
                    _("Two comparisons cannot follow each other."),
                    self.next.position,
                    _("Join them: 1 < a and a < 5."),
                )
        return left

    def binds(self) -> int:
        """How tightly the next token binds as an operator; 0 where it is none."""
        return BINDS.get(str(self.next.value), 0) if self.next.kind in ("sign", "name") else 0

    def operand(self, depth: int) -> Node:
        """One value, name, call, sign or bracket."""
        token = self.next
        if token.kind in ("number", "text"):
            self.take()
            sort = Sort.NUMBER if token.kind == "number" else Sort.TEXT
            return self.counted(Literal(token.value, sort, token.position))
        if self.is_next("("):
            self.take()
            inner = self.expression(0, depth + 1)
            self.expect("sign", ")")
            return inner
        if self.is_next("-") or self.is_next("+"):
            self.take()
            inner = self.expression(_SIGN, depth + 1)
            return self.counted(call("minus" if token.value == "-" else "plus", (inner,), token.position))
        if self.is_next("not") and not self.called():
            self.take()
            return self.counted(call("not", (self.expression(_NOT, depth + 1),), token.position))
        if token.kind != "name" or token.value in ("and", "or"):
            self.unexpected()
        return self.counted(self.call(depth) if self.called() else self.named())

    def called(self) -> bool:
        """Whether the token behind the next opens a bracket."""
        return self.tokens[self.at + 1].value == "(" and self.tokens[self.at + 1].kind == "sign"

    def call(self, depth: int) -> Call:
        """A function and what it is given."""
        token = self.take()
        self.expect("sign", "(")
        given: list[Node] = []
        while not self.is_next(")"):
            given.append(self.expression(0, depth + 1))
            if not self.is_next(")"):
                self.expect("sign", ",")
        self.take()
        return call(token.value, tuple(given), token.position, is_function=True)

    def named(self) -> Node:
        """A word that is a value, or a dotted name."""
        token = self.take()
        if token.value in _WORDS:
            value, sort = _WORDS[token.value]
            return Literal(value, sort, token.position)
        parts = []
        while self.is_next("."):
            self.take()
            if self.next.kind != "name":
                self.unexpected()
            parts.append((str(self.next.value), self.take().position))
        return name(token, parts, self.type_name, self.vocabulary, self.event_names)


def _missing(wanted: Any) -> str:
    if not wanted:
        return _("A value, a name or a function is expected.")
    return _("“%(sign)s” is expected.") % {"sign": wanted}
