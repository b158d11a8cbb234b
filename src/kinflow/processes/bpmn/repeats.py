"""How often activities are done, written into a file: all else in it stays as its tool wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .model import Element
from .writing import clean
from .xml import MODEL, parsed

HOWS = ("", "parallel", "sequential")
"""Once; several times at once; several times, one after the other."""
_SEVERAL = "multiInstanceLoopCharacteristics"
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
    """How an activity is done: one of `HOWS`; how often, and when that is enough, as expressions."""

    how: str = ""
    times: str = ""
    until: str = ""


def repeats_of(element: Element) -> Repeats:
    """How an element of a model is done."""
    return Repeats(element.repeats, element.times, element.until)


def repeated_in(content: bytes, told: Mapping[str, Repeats]) -> bytes:
    """A file in which these activities, by their ids, are done as told. Raises NotBpmn."""
    root = parsed(content)
    for node in root.iter():
        key = node.get("id", "")
        if key in told and node.tag != f"{{{MODEL}}}process":
            _repeat(node, told[key])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _repeat(node: etree._Element, told: Repeats) -> None:
    several = node.find(f"{{{MODEL}}}{_SEVERAL}")
    for marker in node.findall(f"{{{MODEL}}}standardLoopCharacteristics"):
        node.remove(marker)
    if not told.how:
        if several is not None:
            node.remove(several)
        return
    if several is None:
        several = etree.Element(f"{{{MODEL}}}{_SEVERAL}")
        node.insert(sum(_local(child) in _BEFORE for child in node), several)
    several.set("isSequential", "true" if told.how == "sequential" else "false")
    for part in ("loopCardinality", "completionCondition"):
        for old in several.findall(f"{{{MODEL}}}{part}"):
            several.remove(old)
    times = etree.Element(f"{{{MODEL}}}loopCardinality")
    times.text = clean(told.times)
    several.insert(sum(_local(child) in _BEFORE for child in several), times)
    if told.until:
        etree.SubElement(several, f"{{{MODEL}}}completionCondition").text = clean(told.until)


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
