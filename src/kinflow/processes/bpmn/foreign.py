"""What other tools added at the parts of a BPMN file: read as inert text, never run, and kept with them."""

from collections.abc import Iterator

from lxml import etree

from .model import Additions, Foreign
from .names import NAMES
from .nodes import LOOP, SEVERAL, local, plain
from .xml import BPMNDI, DC, DI, MODEL, XSI

EXTENSIONS, DOCUMENTATION, DRAWING = "extensionElements", "documentation", "drawing"
MOST_AT_A_PART, MOST_IN_A_FILE = 200_000, 1_000_000
"""Characters of what is kept; what is longer is left out as a whole."""
MOST_PREFIXES = 100
_OURS = frozenset({MODEL, BPMNDI, DC, DI, XSI, NAMES})
_REPEATS = frozenset({SEVERAL, LOOP})
_TEXTS = frozenset({"conditionExpression", "script"})
"""As events' definitions, children of a part that are written with it: what was added at them stays there."""
_SHAPES = (f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")


class Keeping:
    """Keeps what stands at the parts of a file, up to a limit, and knows what was kept."""

    def __init__(self, root: etree._Element) -> None:
        self._root, self._room = root, MOST_IN_A_FILE
        self._kept: set[etree._Element] = set()
        self._drawn: dict[str, etree._Element] = {}
        for node in root.iter(*_SHAPES):
            self._drawn.setdefault(plain(node.get("bpmnElement")), node)

    def at(self, node: etree._Element, part: str = "") -> Additions:
        """What stands at a part: at its node, at children that are written with it, and at its drawing."""
        places = [("", node)]
        for child in node:
            kind = local(child)
            is_text = kind in _TEXTS and not len(child)
            is_known = is_text or kind in _REPEATS or kind.endswith("EventDefinition") or _has_pools(child)
            if is_known and kind not in dict(places):
                places.append((kind, child))
        if part in self._drawn:
            places.append((DRAWING, self._drawn[part]))
        found = [(self._foreign(where, at), at) for where, at in places]
        if sum(_length(each) for each, _at in found) > min(MOST_AT_A_PART, self._room):
            return ()
        self._room -= sum(_length(each) for each, _at in found)
        self._kept |= {at for _each, at in found}
        return tuple(each for each, _at in found if each != Foreign(each.where))

    def left_out(self) -> Iterator[tuple[str, int]]:
        """At nodes of which sort what other tools added was not kept, and how much of it."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if node not in self._kept:
                many = len(_attributes(node)) + sum(len(each) for each in _parts(node, EXTENSIONS))
                if many:
                    yield etree.QName(node).localname, many
            for each in node:
                if _space(each) not in _OURS:
                    yield etree.QName(each).localname, 1
                elif local(each) not in (EXTENSIONS, DOCUMENTATION):
                    waiting.append(each)

    def spaces(self) -> tuple[tuple[str, str], ...]:
        """What the prefixes of the file stand for."""
        found: dict[str, str] = {}
        for _event, (prefix, space) in etree.iterwalk(self._root, events=("start-ns",)):
            if prefix and space and len(found) < MOST_PREFIXES:
                found.setdefault(str(prefix), str(space))
        return tuple(found.items())

    def _foreign(self, where: str, node: etree._Element) -> Foreign:
        is_drawing = where == DRAWING
        additions = [] if is_drawing else [each for part in _parts(node, EXTENSIONS) for each in part]
        documents = [] if is_drawing else _parts(node, DOCUMENTATION)
        return Foreign(where, _attributes(node), tuple(map(_text, additions)), tuple(map(_text, documents)))


def _has_pools(node: etree._Element) -> bool:
    return local(node) == "collaboration" and node.find(f"{{{MODEL}}}participant") is not None


def _space(node: etree._Element) -> str:
    return etree.QName(node).namespace or ""


def _attributes(node: etree._Element) -> tuple[tuple[str, str], ...]:
    found = [(str(key), str(text)) for key, text in node.attrib.items()]
    return tuple(each for each in found if each[0][0] == "{" and each[0][1:].partition("}")[0] not in _OURS)


def _parts(node: etree._Element, kind: str) -> list[etree._Element]:
    return list(node.iterchildren(f"{{{MODEL}}}{kind}"))


def _text(node: etree._Element) -> str:
    """A node as XML that stands by itself, the same however the file wrote it."""
    return etree.tostring(node, method="c14n", exclusive=True, with_tail=False).decode()


def _length(one: Foreign) -> int:
    told = [*one.additions, *one.documents, *(key + text for key, text in one.attributes)]
    return sum(map(len, told))
