"""How a process tree goes on: which steps may come next, and what is left after one.

What is left of a tree after a step is again a tree (its partial derivatives, as of regular expressions:
Antimirov 1996), so that silent steps need no moves of their own.
"""

from collections.abc import Iterator

from .normal import may_be_empty
from .trees import SILENT, Kind, Tree, exclusive, sequence

Ways = tuple[tuple[str, Tree], ...]


def ways_of(tree: Tree, known: dict[Tree, Ways]) -> Ways:
    """What may be done next, each with what is left then; `known` keeps what was worked out before."""
    if tree not in known:
        known[tree] = tuple(dict.fromkeys(_ways_of(tree, known)))
    return known[tree]


def _ways_of(tree: Tree, known: dict[Tree, Ways]) -> Iterator[tuple[str, Tree]]:
    match tree.kind:
        case Kind.STEP:
            yield tree.name, SILENT
        case Kind.EXCLUSIVE:
            for child in tree.children:
                yield from ways_of(child, known)
        case Kind.PARALLEL:
            for index, child in enumerate(tree.children):
                before, after = tree.children[:index], tree.children[index + 1 :]
                for name, left in ways_of(child, known):
                    yield name, _together(*before, left, *after)
        case Kind.SEQUENCE:
            for index, child in enumerate(tree.children):
                for name, left in ways_of(child, known):
                    yield name, _row(left, *tree.children[index + 1 :])
                if not may_be_empty(child):
                    break
        case Kind.LOOP:
            done, redo = tree.children
            again = exclusive(_row(redo, tree), SILENT)
            for name, left in ways_of(done, known):
                yield name, _row(left, again)
            if may_be_empty(done):
                for name, left in ways_of(redo, known):
                    yield name, _row(left, tree)


def _row(*trees: Tree) -> Tree:
    kept: list[Tree] = []
    for tree in trees:
        if tree.kind is Kind.SEQUENCE:
            kept.extend(tree.children)
        elif tree.kind is not Kind.SILENT:
            kept.append(tree)
    return (kept[0] if len(kept) == 1 else sequence(*kept)) if kept else SILENT


def _together(*trees: Tree) -> Tree:
    kept = tuple(tree for tree in trees if tree.kind is not Kind.SILENT)
    return (kept[0] if len(kept) == 1 else Tree(Kind.PARALLEL, children=kept)) if kept else SILENT
