"""A decision table written as a file of DMN 1.3."""

import re

from lxml import etree

from kinflow.conditions.expressions import Expression

from .cells import DATE, LIST, NUMBER, TEXT, YES_NO, write_cell, write_value
from .drafts import Draft
from .tables import Row

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_TYPES = {NUMBER: "number", TEXT: "string", YES_NO: "boolean", DATE: "date", LIST: "Any"}


def write_dmn(name: str, draft: Draft) -> bytes:
    """The table as XML, with outcomes that are worked out as they are written here."""
    table = draft.table
    key = re.sub(r"\W+", "_", name) or "decision"
    root = etree.fromstring(f'<definitions xmlns="{MODEL}"/>')
    root.set("id", f"definitions_{key}")
    root.set("name", name)
    root.set("namespace", MODEL)
    decision = _add(root, "decision", id=f"decision_{key}", name=name)
    written = _add(decision, "decisionTable", id="table", hitPolicy=table.hit.upper())
    if table.collect:
        written.set("aggregation", table.collect.upper())
    for at, column in enumerate(table.inputs):
        here = _add(written, "input", id=f"input_{at}", label=column.label or column.expression)
        _say(_add(here, "inputExpression", typeRef=_TYPES[column.sort]), column.expression)
        if not column.allowed.is_any:
            _say(_add(here, "inputValues"), write_cell(column.allowed))
    for output in table.outputs:
        there = _add(written, "output", name=output.name, label=output.label or output.name)
        there.set("typeRef", _TYPES[output.sort])
        if output.values:
            _say(_add(there, "outputValues"), ", ".join(write_value(each) for each in output.values))
    for at, row in enumerate(table.rows):
        _write_row(written, row, at)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _write_row(table: etree._Element, row: Row, at: int) -> None:
    rule = _add(table, "rule", id=f"rule_{at + 1}")
    if row.note:
        _add(rule, "description").text = row.note
    for cell in row.when:
        _say(_add(rule, "inputEntry"), write_cell(cell))
    for value in row.then:
        _say(_add(rule, "outputEntry"), value.source if isinstance(value, Expression) else write_value(value))


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{MODEL}}}{tag}", attributes)


def _say(parent: etree._Element, text: str) -> None:
    _add(parent, "text").text = text
