"""How often activities are done, written into a file: all else in it stays as its tool wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .model import Element
from .nodes import LOOP, SEVERAL
from .writing import clean
from .xml import MODEL, parsed

HOWS = ("", "parallel", "sequential", "loop")
"""Once; several times at once; several times, one after the other; again and again, while something holds."""
_BEFORE = frozenset(
    {
        "documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming", "outgoing",
        "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "resourceRole", "performer",
        "humanPerformer", "potentialOwner",
    }
)  # fmt: skip
"""What stands in an activity before how often it is done (BPMN 2.0, the schema of tActivity)."""


@dataclass(frozen=True)
class Repeats:
    """How an activity is done: one of `HOWS`; how often (a loop: at most), and when that is enough, as expressions.

    A loop goes on while `again` holds, which it asks before the first time, too, where it `asks_first`.
    """

    how: str = ""
    times: str = ""
    until: str = ""
    again: str = ""
    asks_first: bool = False


def repeats_of(element: Element) -> Repeats:
    """How an element of a model is done."""
    return Repeats(element.repeats, element.times, element.until, element.again, element.asks_first)


def repeated_in(content: bytes, told: Mapping[str, Repeats]) -> bytes:
    """A file in which these activities, by their ids, are done as told. Raises NotBpmn."""
    root = parsed(content)
    for node in root.iter():
        key = node.get("id", "")
        if key in told and node.tag != f"{{{MODEL}}}process":
            _repeat(node, told[key])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _repeat(node: etree._Element, told: Repeats) -> None:
    """Put the marker of `told` into a node in place of another; what a tool added at one that stays is kept."""
    wanted = {"": "", "loop": LOOP}.get(told.how, SEVERAL)
    for sort in {LOOP, SEVERAL} - {wanted}:
        for old in node.findall(f"{{{MODEL}}}{sort}"):
            node.remove(old)
    if not wanted:
        return
    marker = node.find(f"{{{MODEL}}}{wanted}")
    if marker is None:
        marker = etree.Element(f"{{{MODEL}}}{wanted}")
        node.insert(sum(_local(child) in _BEFORE for child in node), marker)
    if wanted == LOOP:
        _say(marker, "loopMaximum", told.times)
        _say(marker, "testBefore", "true" if told.asks_first else "")
        _put(marker, loopCondition=told.again)
    else:
        marker.set("isSequential", "true" if told.how == "sequential" else "false")
        _put(marker, loopCardinality=told.times, completionCondition=told.until)


def _say(marker: etree._Element, name: str, value: str) -> None:
    if value:
        marker.set(name, clean(value))
    elif name in marker.attrib:
        del marker.attrib[name]


def _put(marker: etree._Element, **texts: str) -> None:
    """Give a marker children with these texts, in this order, in place of those that it has."""
    for name in texts:
        for old in marker.findall(f"{{{MODEL}}}{name}"):
            marker.remove(old)
    place = sum(_local(child) in _BEFORE for child in marker)
    for name, text in texts.items():
        if text:
            child = etree.Element(f"{{{MODEL}}}{name}")
            child.text = clean(text)
            marker.insert(place, child)
            place += 1


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
