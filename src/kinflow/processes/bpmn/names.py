"""What the parts of a model are called in several languages, kept in its file as attributes of our own.

`<userTask id="a" name="Confirm" k:en="Confirm" k:zh-hans="确认" xmlns:k="urn:kinflow:names">`: `name` is what every
program shows, and what the log keeps. Programs that do not know the attributes keep them, as BPMN asks of extensions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from lxml import etree

from .model import Element, Flow, Lane, Model, Names, Participant, Process
from .xml import parsed

NAMES = "urn:kinflow:names"
PREFIX = "k"
MOST_LANGUAGES = 20
_Part = TypeVar("_Part", Element, Flow, Lane, Participant, Process)


def names_on(node: etree._Element) -> Names:
    """The names of a node by language."""
    start = f"{{{NAMES}}}"
    keys = [str(key) for key in node.attrib if str(key).startswith(start)][:MOST_LANGUAGES]
    found = [(key[len(start) :].lower(), " ".join(node.get(key, "").split())) for key in keys]
    return tuple(sorted(each for each in found if each[1]))


def called(part: Element | Flow | Lane | Participant | Process, language: str) -> str:
    """What a part is called in a language; its one name where there is none in it."""
    return dict(part.names).get(language.lower(), part.name)


def named_in(model: Model, language: str) -> Model:
    """The model with its parts called as in a language."""

    def all_of(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
        return tuple(replace(each, name=called(each, language)) if each.names else each for each in parts)

    return replace(
        model,
        processes=all_of(model.processes),
        participants=all_of(model.participants),
        lanes=all_of(model.lanes),
        elements=all_of(model.elements),
        flows=all_of(model.flows),
    )


def is_named(model: Model) -> bool:
    """Whether any part has names by language."""
    parts = (model.processes, model.participants, model.lanes, model.elements, model.flows)
    return any(each.names for several in parts for each in several)


def shown_in(content: bytes, language: str) -> bytes:
    """A file whose `name`s are those of a language, for the editor; the same file where none is. Raises NotBpmn."""
    root = parsed(content)
    changed = False
    for node, names in _named(root):
        name = names.get(language.lower())
        if name is not None and name != node.get("name"):
            node.set("name", name)
            changed = True
    return _written(root) if changed else content


def drawn_in(content: bytes, before: bytes, language: str) -> bytes:
    """A file that was drawn in a language, as it is kept: a changed `name` is the name in that language, and the one
    name of the part stays what it was before, unless it was the same. Raises NotBpmn.
    """
    root = parsed(content)
    nodes = list(_named(root))
    if not nodes:
        return content
    one_name = {str(node.get("id")): node.get("name", "") for node, _names in _named(parsed(before))}
    key = f"{{{NAMES}}}{language.lower()}"
    changed = False
    for node, names in nodes:
        shown, known = node.get("name", ""), names.get(language.lower())
        kept = one_name.get(str(node.get("id")), shown)
        if known is not None and known != shown:
            node.set(key, shown)
        elif known is None and kept != shown:
            kept = shown
        if kept != known and kept != shown:
            node.set("name", kept)
        changed = changed or node.get("name", "") != shown or node.get(key) != known
    return _written(root) if changed else content


def _named(root: etree._Element) -> Iterator[tuple[etree._Element, Mapping[str, str]]]:
    for node in root.iter():
        if names := dict(names_on(node)):
            yield node, names


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
