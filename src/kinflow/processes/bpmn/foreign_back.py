"""What other tools added at the parts of a model, written back into its file, also where two parts became one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from .foreign import DRAWING, EXTENSIONS
from .model import Additions, Element, Flow, Foreign, Lane, Model, Participant, Process
from .xml import MODEL, parsed_part

Part = Element | Flow | Lane | Participant | Process
_PLACE = "{urn:kinflow:kept}place"
"""Stands for a node that was kept until the file is whole, so that nothing in it is moved or indented."""


def put_back(node: etree._Element, additions: Additions) -> None:
    """Give a part that was just written what other tools said at it; `at_its_place` finishes it."""
    for each in additions:
        at = node.find(f"{{{MODEL}}}{each.where}") if each.where else node
        if at is None or each.where == DRAWING:
            continue
        _set(at, each)
        if each.additions:
            extensions = etree.Element(f"{{{MODEL}}}{EXTENSIONS}")
            for text in each.additions:
                etree.SubElement(extensions, _PLACE).text = text
            at.insert(0, extensions)
        for text in reversed(each.documents):
            place = etree.Element(_PLACE)
            place.text = text
            at.insert(0, place)


def put_back_drawing(node: etree._Element, additions: Additions) -> None:
    """Give the shape or line of a part what other tools said at it, such as its colour."""
    for each in additions:
        if each.where == DRAWING:
            _set(node, each)


def at_its_place(root: etree._Element) -> None:
    """Let all that was put back stand there as it was kept."""
    for place in list(root.iter(_PLACE)):
        node, parent = parsed_part(place.text or ""), place.getparent()
        node.tail = place.tail
        if parent is not None:
            parent.replace(place, node)


def spaces_of(model: Model) -> dict[str | None, str]:
    """What prefixes stand for in a file: BPMN has none, unless other tools added what may be in no namespace."""
    if not (model.foreign or any(part.foreign for part in parts_of(model))):
        return {None: MODEL}
    return {**dict(model.spaces), "bpmn": MODEL}


def parts_of(model: Model) -> Iterator[Part]:
    """All parts of a model at which something can stand."""
    several: tuple[Iterable[Part], ...] = (
        model.processes, model.participants, model.lanes, model.elements, model.flows,
    )  # fmt: skip
    for parts in several:
        yield from parts


def _set(node: etree._Element, one: Foreign) -> None:
    for key, text in one.attributes:
        node.set(key, text)


def merged(first: Additions, second: Additions) -> tuple[Additions, bool]:
    """What stands at a part that was two, and whether something was left out: what both say, the first says."""
    found, whole = {each.where: each for each in first}, True
    for other in second:
        one = found.get(other.where, Foreign(other.where))
        known = {key for key, _text in one.attributes}
        tags = {_tag(each) for each in one.additions}
        attributes = tuple(each for each in other.attributes if each[0] not in known)
        additions = tuple(each for each in other.additions if _tag(each) not in tags)
        both = replace(
            one,
            attributes=one.attributes + attributes,
            additions=one.additions + additions,
            documents=tuple(dict.fromkeys(one.documents + other.documents)),
        )
        whole = (
            whole and {*other.attributes} <= {*both.attributes} and {*other.additions} <= {*both.additions}
        )
        found[other.where] = both
    return tuple(found.values()), not whole


def of_any_kind(additions: Additions) -> Additions:
    """What can stay at a part that becomes one of another kind: documentation, and how it is drawn."""
    at_it = (replace(each, attributes=(), additions=()) for each in additions if not each.where)
    return (*(e for e in at_it if e.documents), *(e for e in additions if e.where == DRAWING))


def says_more(additions: Additions) -> bool:
    """Whether other tools said something at a part, beside how it is drawn."""
    return any((each.attributes or each.additions) and each.where != DRAWING for each in additions)


def _tag(addition: str) -> str:
    return str(parsed_part(addition).tag)
