"""A process tree as a BPMN model: gateways around its blocks, as few as possible."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..bpmn.model import Element, Flow, Lane, Model, Process
from .trees import SILENT, Kind, Tree

PROCESS = "process_1"


@dataclass
class _Graph:
    """Elements and the pairs that follow each other, while being built."""

    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    made: int = 0

    def add(self, kind: str, name: str = "") -> str:
        self.made += 1
        key = f"{kind}_{self.made}"
        self.kinds[key] = (kind, name)
        return key

    def after(self, key: str) -> list[str]:
        return [b for a, b in self.pairs if a == key]

    def before(self, key: str) -> list[str]:
        return [a for a, b in self.pairs if b == key]


def model_of_tree(
    tree: Tree,
    *,
    name: str = "",
    units: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Model:
    """The model. `units` says who does which step: each gets a lane; `labels` what a step is called."""
    graph = _Graph()
    start, end = graph.add("startEvent"), graph.add("endEvent")
    graph.pairs.append((_block(graph, tree, start), end))
    _simplify(graph)
    labels = labels or {}
    elements = tuple(
        Element(key, kind, labels.get(step, step), PROCESS) for key, (kind, step) in graph.kinds.items()
    )
    flows = tuple(
        Flow(f"flow_{index}", a, b, within=PROCESS) for index, (a, b) in enumerate(graph.pairs, start=1)
    )
    return Model(
        name=name,
        processes=(Process(PROCESS, name),),
        elements=elements,
        flows=flows,
        lanes=_lanes(graph, units or {}),
    )


def _block(graph: _Graph, tree: Tree, entry: str) -> str:
    """Adds the tree after an element and says after which element it goes on."""
    match tree.kind:
        case Kind.SILENT:
            return entry
        case Kind.STEP:
            key = graph.add("task", tree.name)
            graph.pairs.append((entry, key))
            return key
        case Kind.SEQUENCE:
            for child in tree.children:
                entry = _block(graph, child, entry)
            return entry
        case Kind.LOOP:
            done, redo = tree.children
            return _loop(graph, done, redo, entry)
    kind = "exclusiveGateway" if tree.kind is Kind.EXCLUSIVE else "parallelGateway"
    split, join = graph.add(kind), graph.add(kind)
    graph.pairs.append((entry, split))
    for child in tree.children:
        graph.pairs.append((_block(graph, child, split), join))
    return join


def _loop(graph: _Graph, done: Tree, redo: Tree, entry: str) -> str:
    join, split = graph.add("exclusiveGateway"), graph.add("exclusiveGateway")
    graph.pairs.append((entry, join))
    graph.pairs.append((_block(graph, done, join), split))
    if redo.kind is Kind.EXCLUSIVE:
        for child in redo.children:
            graph.pairs.append((_block(graph, child, split), join))
    else:
        graph.pairs.append((split if redo is SILENT else _block(graph, redo, split), join))
    return split


def _simplify(graph: _Graph) -> None:
    """Joins gateways of one kind that only lead to each other: splits after splits, joins before joins."""
    changed = True
    while changed:
        graph.pairs = list(dict.fromkeys(graph.pairs))
        changed = any(_absorb(graph, a, b) for a, b in graph.pairs)


def _absorb(graph: _Graph, a: str, b: str) -> bool:
    kind = graph.kinds[a][0]
    if a == b or kind != graph.kinds[b][0] or not kind.endswith("Gateway"):
        return False
    a_after, b_after = graph.after(a), graph.after(b)
    a_before, b_before = graph.before(a), graph.before(b)
    joins = len(a_after) == 1 and len(b_after) == 1
    splits = len(a_before) == 1 and len(b_before) == 1
    if not (joins or splits):
        return False
    if a in b_after or (kind == "parallelGateway" and _double(a_before, b_before, a_after, b_after, a, b)):
        return False
    graph.pairs = [
        (b if one == a else one, b if other == a else other)
        for one, other in graph.pairs
        if (one, other) != (a, b)
    ]
    if splits:  # what led to the first now leads to the second
        graph.pairs = [(one, other) for one, other in graph.pairs if one != other]
    del graph.kinds[a]
    return True


def _double(
    a_before: list[str], b_before: list[str], a_after: list[str], b_after: list[str], a: str, b: str
) -> bool:
    """Whether joining would make two parallel flows one."""
    return bool(set(a_before) & (set(b_before) - {a}) or set(b_after) & (set(a_after) - {b}))


def _lanes(graph: _Graph, units: Mapping[str, str]) -> tuple[Lane, ...]:
    """A lane for each unit, in the order of the flow; gateways and events stand with the step before or after them."""
    place = {key: units[step] for key, (_, step) in graph.kinds.items() if step and units.get(step)}
    if not place:
        return ()
    others = dict.fromkeys(place.values())
    waiting = [key for key in graph.kinds if key not in place]
    while waiting:
        found = {}
        for key in waiting:
            near = [place[other] for other in (*graph.before(key), *graph.after(key)) if other in place]
            if near:
                found[key] = near[0]
        if not found:
            found = dict.fromkeys(waiting, next(iter(others)))
        place.update(found)
        waiting = [key for key in waiting if key not in place]
    return tuple(
        Lane(f"lane_{index}", PROCESS, unit, tuple(key for key in graph.kinds if place[key] == unit))
        for index, unit in enumerate(others, start=1)
    )
