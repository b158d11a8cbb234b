"""Process trees: block-structured models, which cannot get stuck, as values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a node of a tree says; the values are the signs it is printed with."""

    STEP = ""
    SILENT = "tau"
    SEQUENCE = "->"
    EXCLUSIVE = "X"
    PARALLEL = "+"
    LOOP = "*"


class NotATree(ValueError):
    """The text is not a process tree; `position` is where reading stopped."""

    def __init__(self, position: int) -> None:
        super().__init__(f"not a process tree at character {position}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Tree:
    """A step, silence, or an operator over children; a loop has two: what is done, and what is done to repeat it."""

    kind: Kind
    name: str = ""
    children: tuple["Tree", ...] = ()

    def __str__(self) -> str:
        if self.kind is Kind.STEP:
            return "'" + self.name.replace("\\", "\\\\").replace("'", "\\'") + "'"
        if self.kind is Kind.SILENT:
            return "tau"
        return f"{self.kind.value}( {', '.join(map(str, self.children))} )"

    def leaves(self) -> Iterator["Tree"]:
        """All steps and silent steps, from left to right."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    @property
    def steps(self) -> list[str]:
        """The names of its steps, from left to right."""
        return [leaf.name for leaf in self.leaves() if leaf.kind is Kind.STEP]


SILENT = Tree(Kind.SILENT)


def step(name: str) -> Tree:
    """One thing that is done."""
    return Tree(Kind.STEP, name)


def sequence(*children: Tree) -> Tree:
    """One after the other."""
    return Tree(Kind.SEQUENCE, children=children)


def exclusive(*children: Tree) -> Tree:
    """One of them."""
    return Tree(Kind.EXCLUSIVE, children=children)


def parallel(*children: Tree) -> Tree:
    """All of them, in any order, interleaved."""
    return Tree(Kind.PARALLEL, children=children)


def loop(done: Tree, redo: Tree = SILENT) -> Tree:
    """`done`, then any number of times `redo` and `done` again."""
    return Tree(Kind.LOOP, children=(done, redo))


_TOKEN = re.compile(r"\s*(?:(->|[X+*])\s*\(|'((?:[^'\\]|\\.)*)'|(tau\b)|([,)]))")


def parse_tree(text: str) -> Tree:
    """The tree that `str` printed. Raises NotATree."""
    open_nodes: list[tuple[Kind, list[Tree]]] = [(Kind.SEQUENCE, [])]
    position = 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if not found:
            raise NotATree(position)
        operator, name, silent, mark = found.groups()
        if operator:
            open_nodes.append((Kind(operator), []))
        elif name is not None:
            open_nodes[-1][1].append(step(re.sub(r"\\(.)", r"\1", name)))
        elif silent:
            open_nodes[-1][1].append(SILENT)
        elif mark == ")":
            if len(open_nodes) == 1:
                raise NotATree(position)
            kind, children = open_nodes.pop()
            if not children or (kind is Kind.LOOP and len(children) < 2):
                raise NotATree(position)
            if kind is Kind.LOOP and len(children) > 2:
                children = [children[0], exclusive(*children[1:])]
            open_nodes[-1][1].append(Tree(kind, children=tuple(children)))
        position = found.end()
    if len(open_nodes) != 1 or len(open_nodes[0][1]) != 1:
        raise NotATree(position)
    return open_nodes[0][1][0]
