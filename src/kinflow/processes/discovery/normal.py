"""The normal form of process trees: the same behaviour with as few nodes as the rules below can reach."""

from functools import lru_cache

from .trees import SILENT, Kind, Tree, exclusive, loop


@lru_cache(maxsize=20_000)
def may_be_empty(tree: Tree) -> bool:
    """Whether nothing at all may happen."""
    match tree.kind:
        case Kind.STEP:
            return False
        case Kind.SILENT:
            return True
        case Kind.EXCLUSIVE:
            return any(map(may_be_empty, tree.children))
        case Kind.LOOP:
            return may_be_empty(tree.children[0])
    return all(map(may_be_empty, tree.children))


def normal(tree: Tree) -> Tree:
    """The tree with operators of one kind flattened, needless silence left out, loops in loops joined."""
    children = tuple(map(normal, tree.children))
    match tree.kind:
        case Kind.STEP | Kind.SILENT:
            return tree
        case Kind.LOOP:
            return _normal_loop(*children)
        case Kind.EXCLUSIVE:
            return _normal_choice(_flat(Kind.EXCLUSIVE, children))
    kept = [child for child in _flat(tree.kind, children) if child.kind is not Kind.SILENT]
    if len(kept) < 2:
        return kept[0] if kept else SILENT
    return Tree(tree.kind, children=tuple(kept))


def _flat(kind: Kind, children: tuple[Tree, ...]) -> list[Tree]:
    return [inner for child in children for inner in (child.children if child.kind is kind else (child,))]


def _normal_choice(children: list[Tree]) -> Tree:
    kept = list(dict.fromkeys(child for child in children if child.kind is not Kind.SILENT))
    if not kept:
        return SILENT
    if len(kept) < len(children) and SILENT in children and not any(map(may_be_empty, kept)):
        kept.append(SILENT)
    return kept[0] if len(kept) == 1 else exclusive(*kept)


def _without_silence(tree: Tree) -> Tree:
    """A choice without its silent branch; other trees as they are."""
    if tree.kind is Kind.EXCLUSIVE and SILENT in tree.children:
        return _normal_choice([child for child in tree.children if child.kind is not Kind.SILENT])
    return tree


def _normal_loop(done: Tree, redo: Tree) -> Tree:
    if done.kind is Kind.SILENT:  # nothing, then "redo" any number of times: the repeated part made optional
        if redo.kind is Kind.SILENT:
            return SILENT
        return _normal_choice([_normal_loop(_without_silence(redo), SILENT), SILENT])
    if redo.kind is Kind.SILENT and _without_silence(done) != done:
        return _normal_choice([_normal_loop(_without_silence(done), SILENT), SILENT])
    if done.kind is Kind.LOOP:  # repeated by one way or by the other
        inner, again = done.children
        return _normal_loop(inner, _normal_choice(_flat(Kind.EXCLUSIVE, (again, redo))))
    return loop(done, redo)


def canonical(tree: Tree) -> Tree:
    """The normal form with choices and parallel blocks sorted: for telling whether two trees are the same."""
    return _sorted(normal(tree))


def _sorted(tree: Tree) -> Tree:
    children = tuple(map(_sorted, tree.children))
    if tree.kind in (Kind.EXCLUSIVE, Kind.PARALLEL):
        children = tuple(sorted(children, key=str))
    return Tree(tree.kind, tree.name, children)


def flower(names: list[str]) -> Tree:
    """Any of the steps, any number of times, in any order: what is said when nothing better can be said."""
    return normal(loop(SILENT, exclusive(*(Tree(Kind.STEP, name) for name in names)))) if names else SILENT


def optional(tree: Tree) -> Tree:
    """The tree, or nothing."""
    return normal(exclusive(tree, SILENT))
