"""OCEL 2.0 (and 1.0) in XML."""

from collections.abc import Iterable, Iterator

from .limits import LogLimits
from .objects import ObjectLog
from .safe_xml import Node, nodes_at


def read_xml(blocks: Iterable[bytes], log: ObjectLog, limits: LogLimits) -> ObjectLog:
    """Read the log in an XML file given in blocks. Raises UnreadableFile, FileTooLarge."""
    for within, node in nodes_at(blocks, limits, depth=3):
        if within == "object-types" and node.tag == "object-type":
            kinds = (
                (one.attributes.get("name"), one.attributes.get("type")) for one in _below(node, "attribute")
            )
            log.declare(node.attributes.get("name"), kinds)
        elif within == "global" and node.attributes.get("key") == "object-types":
            for one in node.nodes:
                log.declare(one.attributes.get("value"), ())
        elif within == "objects" and node.tag == "object":
            _add_object(log, node)
        elif within == "events" and node.tag == "event":
            _add_event(log, node)
        if log.is_enough:
            break
    return log


def _add_object(log: ObjectLog, node: Node) -> None:
    if "id" in node.attributes:
        log.add_object(node.attributes["id"], node.attributes.get("type"), _values(node))
        return
    plain, lists = _keyed(node)
    log.add_object(plain.get("id"), plain.get("type"), _keyed_values(lists.get("ovmap")))


def _add_event(log: ObjectLog, node: Node) -> None:
    if "id" in node.attributes or "type" in node.attributes:
        related = (
            one.attributes.get("object-id")
            for tag in ("relationship", "relobj", "object")
            for one in _below(node, tag)
        )
        log.add_event(node.attributes.get("type"), node.attributes.get("time"), _values(node), related)
        return
    plain, lists = _keyed(node)
    mentioned = lists.get("omap")
    log.add_event(
        plain.get("activity"),
        plain.get("timestamp"),
        _keyed_values(lists.get("vmap")),
        (one.attributes.get("value") for one in (mentioned.nodes if mentioned else ())),
    )


def _below(node: Node, tag: str) -> Iterator[Node]:
    """The elements with the tag, one level below the lists of an element."""
    for group in node.nodes:
        for one in group.nodes:
            if one.tag == tag:
                yield one


def _values(node: Node) -> Iterator[tuple[str | None, str]]:
    for one in _below(node, "attribute"):
        yield one.attributes.get("name"), one.attributes.get("value") or _bare(one.text)


def _keyed(node: Node) -> tuple[dict[str, str], dict[str, Node]]:
    """What an element of OCEL 1.0 says: single values and lists by their keys."""
    plain = {
        one.attributes.get("key", ""): one.attributes["value"]
        for one in node.nodes
        if "value" in one.attributes
    }
    return plain, {one.attributes.get("key", ""): one for one in node.nodes if one.tag == "list"}


def _keyed_values(node: Node | None) -> Iterator[tuple[str | None, str | None]]:
    for one in node.nodes if node else ():
        yield one.attributes.get("key"), one.attributes.get("value")


def _bare(text: str) -> str:
    """The text of an element, without the line ends that only lay it out."""
    return text.strip() if "\n" in text else text
