"""Decision tables read from DMN files of any vendor (1.1 to 1.5): nothing is fetched, expanded or run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from kinflow.conditions.expressions import ExpressionError, parse_expression
from kinflow.kit.document_types import declares_document_type
from kinflow.kit.problem import FieldError, Invalid, Problem
from kinflow.records.faces import VOCABULARY, registry

from .cells import DATE, LONGEST, NUMBER, TEXT, YES_NO, WrongCell, read_value
from .drafts import LONGEST_LABEL, MOST_INPUTS, MOST_OUTPUTS, MOST_ROWS
from .tables import ANY, COLLECT, COUNT, FIRST, LEAST, MOST, PRIORITY, SUM, UNIQUE

MOST_BYTES, MOST_NODES = 2_000_000, 50_000
_HITS = {
    "": UNIQUE, "UNIQUE": UNIQUE, "FIRST": FIRST, "ANY": ANY, "PRIORITY": PRIORITY, "COLLECT": COLLECT,
    "RULE ORDER": COLLECT,
}  # fmt: skip
_COLLECTS = {"": "", "SUM": SUM, "MIN": LEAST, "MAX": MOST, "COUNT": COUNT}
_NUMBERS = {"number", "integer", "long", "double", "decimal", "float"}


@dataclass(frozen=True)
class DmnTable:
    """A table of a file: its name and its content, as `drafts` reads it."""

    name: str
    content: dict[str, Any]


def read_dmn(file: bytes, kind: str, decision: str = "") -> DmnTable:
    """The table called `decision` (its name or id; the first one without), for records of the kind.

    What conditions are about is looked for among the fields' names and labels; what is not found stays as it is written.
    Raises Invalid for what is no DMN, is too big, has no decision table, or one of a hit policy that there is not.
    """
    root = _parsed(file)
    found = [
        (each, table)
        for each in _below(root, "decision")
        for table in _children(each, "decisionTable")
        if decision in ("", each.get("name"), each.get("id"))
    ]
    if not found:
        raise _wrong(
            _("There is no such decision table in this file.")
            if decision
            else _("This file has no decision table.")
        )
    of, table = found[0]
    asked = [_input(each, kind) for each in _children(table, "input")]
    outputs = [_output(each, at) for at, each in enumerate(_children(table, "output"))]
    rows = [_row(each, outputs) for each in _children(table, "rule")]
    for there, most in ((asked, MOST_INPUTS), (outputs, MOST_OUTPUTS), (rows, MOST_ROWS)):
        if len(there) > most:
            raise _wrong(
                _(
                    "The table is too large: at most %(inputs)d conditions, %(outputs)d outcomes and %(rows)d rows."
                )
                % {"inputs": MOST_INPUTS, "outputs": MOST_OUTPUTS, "rows": MOST_ROWS}
            )
    hit, collect = table.get("hitPolicy", "").upper(), table.get("aggregation", "").upper()
    if hit not in _HITS or collect not in _COLLECTS:
        raise _wrong(
            _("The hit policy “%(hit)s” is not known here.") % {"hit": f"{hit} {collect}".strip()[:60]}
        )
    content = {
        "hit": _HITS[hit],
        "collect": _COLLECTS[collect] if _HITS[hit] == COLLECT else "",
        "inputs": asked,
        "outputs": outputs,
        "rows": rows,
    }
    return DmnTable((of.get("name") or of.get("id") or "")[:LONGEST_LABEL], content)


def _wrong(words: str) -> Problem:
    return Invalid(errors=[FieldError("/file", words)])


def _parsed(file: bytes) -> etree._Element:
    if len(file) > MOST_BYTES:
        raise _wrong(_("The file is too big: at most 2 MB."))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(file, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if declares_document_type(file):
            raise _wrong(_with_type()) from None
        line = getattr(error, "lineno", None)
        words = _("This is no XML: see line %(line)s.") % {"line": line} if line else _("This is no XML.")
        raise _wrong(words) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs do not know it
        raise _wrong(_with_type())
    if _local(root) != "definitions" or "DMN" not in str(root.tag):
        raise _wrong(_("This is no DMN file."))
    if sum(1 for _each in root.iter()) > MOST_NODES:
        raise _wrong(_("The file has too many parts."))
    return root


def _with_type() -> str:
    return _(
        "Files with a document type are not read. Take the line <!DOCTYPE …> out of it, or export it anew."
    )


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _below(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in root.iter() if _local(each) == name)


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in element if _local(each) == name]


def _text_in(element: etree._Element, *path: str) -> str:
    """The text at the end of a path of children; "" where there is none."""
    at: etree._Element | None = element
    for name in (*path, "text"):
        at = next(iter(_children(at, name)), None) if at is not None else None
    return ((at.text if at is not None else "") or "").strip()


def _input(element: etree._Element, kind: str) -> dict[str, str]:
    source = _text_in(element, "inputExpression")
    label = (element.get("label") or source)[:LONGEST_LABEL]
    return {
        "expression": _meant(source, kind) or _meant(label, kind) or source[:500],
        "label": label,
        "label_zh": "",
        "allowed": _text_in(element, "inputValues")[:LONGEST],
    }


def _meant(words: str, kind: str) -> str:
    """The expression that the words mean; "" where they mean none."""
    if not words or kind not in registry:
        return ""
    try:
        parse_expression(words, type_name=kind, vocabulary=VOCABULARY, event_names=frozenset())
    except ExpressionError:
        plain = _plain(words)
        for field in registry[kind].fields:
            if field.filterable and plain in (_plain(field.name), _plain(str(field.label))):
                return f"record.{field.name}"
        return ""
    return words


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()


def _output(element: etree._Element, at: int) -> dict[str, Any]:
    name = element.get("name") or element.get("label") or ""
    key = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()).strip("_")[:40]
    given = element.get("typeRef", "string").split(":")[-1].lower()
    sort = NUMBER if given in _NUMBERS else {"boolean": YES_NO, "date": DATE}.get(given, TEXT)
    values = re.findall(r'"((?:\\.|[^"\\])*)"', _text_in(element, "outputValues")) if sort == TEXT else []
    return {
        "name": key if key[:1].isalpha() else f"outcome_{at + 1}",
        "label": (element.get("label") or name)[:LONGEST_LABEL],
        "label_zh": "",
        "sort": sort,
        "values": values,
    }


def _row(element: etree._Element, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    then = [_text_in(each) for each in _children(element, "outputEntry")]
    notes = [_text_in(each) for each in _children(element, "annotationEntry")]
    described = next((each.text or "" for each in _children(element, "description")), "")
    return {
        "when": [_text_in(each)[: LONGEST + 1] or "-" for each in _children(element, "inputEntry")],
        "then": [_outcome(text, output["sort"]) for text, output in zip(then, outputs, strict=False)],
        "note": (" ".join(filter(None, notes)) or described.strip())[:LONGEST],
    }


def _outcome(text: str, sort: str) -> str:
    """An outcome as our cells have it: values as they are, anything else to be worked out."""
    if text in ("", "-", "null"):
        return ""
    try:
        value = read_value(text, sort)
    except WrongCell:
        return f"={text}"
    if sort != TEXT:
        return text
    if not text.startswith('"'):
        return f"={text}"
    return text if set(value) & set('",<>=()') else str(value)
