"""The rows of a list as HTML: built by one compiled function per column, for every row alike."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.eventlog import Actor

from ..faces import Field, RecordType
from .fields import editable_fields
from .order import Order
from .others import tell_records
from .shown import NONE, is_dated, is_number, shower
from .verbs import may_run
from .wanted import Wanted

MARK = "\x00"  # stands for the primary key in a prepared piece of HTML; no text holds it


@dataclass(frozen=True)
class Heading:
    """The head of a column: its words, its class, and where a click on it leads ("" where it does not sort)."""

    label: Any
    css: str
    url: str = ""
    sorted: str = ""


def main_field(fields: Sequence[Field]) -> Field | None:
    """The column whose text leads to the record: the first that is no number."""
    return next(
        (f for f in fields if f.shape != "number" and f.column != "id"), fields[0] if fields else None
    )


def css_of(fields: Sequence[Field], face: RecordType) -> dict[str, str]:
    """Each column's class: what a phone shows of a row, and what stands right."""
    main = main_field(fields)
    beside = face.name_parts if is_part_of_name(face, main) else ()
    taken: set[str] = set()
    found = {}
    for field in fields:
        part = "" if field is not main and field.name in beside else _part(field, main)
        css = "hide-s" if not part or part in taken else part
        taken.add(part)
        found[field.name] = f"{css} num" if is_number(field) else css
    return found


def is_part_of_name(face: RecordType, main: Field | None) -> bool:
    """Whether the column that leads to the record says only a part of its name."""
    return main is not None and main.name in face.name_parts


def _part(field: Field, main: Field | None) -> str:
    """Which part of a card on a phone the column becomes."""
    if field is main:
        return "name"
    if field.shape == "number":
        return "no"
    if field.shape == "chip":
        return "flagged" if field.kind is Kind.BOOLEAN else "tone"
    if is_dated(field):
        return "at"
    if field.shape == "record":
        return "sub"
    return "sub" if field.kind in (Kind.TEXT, Kind.RELATION) and field.shape != "person" else ""


def headings(wanted: Wanted, fields: Sequence[Field]) -> list[Heading]:
    """The heads of the columns; a click sorts, another click sorts the other way round."""
    order, css = Order(wanted.face, wanted.sort), css_of(fields, wanted.face)
    found = []
    for field in fields:
        is_on = field.name == order.name
        url, told = "", ""
        if field.sortable:
            down = field.kind in (Kind.INTEGER, Kind.MONEY, Kind.DECIMAL, Kind.MOMENT, Kind.DATE)
            turned = (not order.descending) if is_on else down
            url = wanted.url(sort=f"-{field.name}" if turned else field.name)
            told = ("descending" if order.descending else "ascending") if is_on else "none"
        found.append(Heading(field.label, css[field.name], url, told))
    return found


def rows_html(wanted: Wanted, fields: Sequence[Field], rows: Iterable[Any], by: Actor) -> SafeString:
    """All rows, ready for the table's body."""
    row_html, rows = row_shower(wanted, fields, by), list(rows)
    for field in fields:
        if field.shape == "record":
            tell_records(rows, field, by)
    return mark_safe("".join([row_html(row) for row in rows]))  # noqa: S308


def row_shower(wanted: Wanted, fields: Sequence[Field], by: Actor) -> Callable[[Any], str]:
    """The function that makes a row of the table from a record."""
    face = wanted.face
    main = main_field(fields)
    cells = [_cell(face, field, css, field is main, by) for field, css in _with_css(fields, face)]
    told = wanted.query()
    back = f"?in={quote(told, safe='')}" if told else ""
    select = escape(_("Select %(what)s") % {"what": f"{face.prefix}-{MARK}"})
    head = (
        f'<tr id="row-{MARK}" data-id="{MARK}" data-href="/{face.slug}/{MARK}/{back}"><td class="pick">'
        f'<input type="checkbox" name="ids" value="{MARK}" aria-label="{select}"></td>'
    )
    back = escape(back)

    def show(row: Any) -> str:
        pk = str(row.pk)
        return f"{head.replace(MARK, pk)}{''.join([cell(row, pk, back) for cell in cells])}</tr>"

    return show


Cell = Callable[[Any, str, str], str]


def _with_css(fields: Sequence[Field], face: RecordType) -> list[tuple[Field, str]]:
    css = css_of(fields, face)
    return [(field, css[field.name]) for field in fields]


def _cell(face: RecordType, field: Field, css: str, is_main: bool, by: Actor) -> Cell:
    show = shower(face, field)
    slug = face.slug
    if is_main and is_part_of_name(face, field):
        title = face.title

        def name_cell(row: Any, pk: str, back: str) -> str:
            html = show(row)
            whole = escape(str(title(row))) or f"{face.prefix}-{pk}"
            words = html if html != NONE else whole
            return (
                f'<td class="{css}"><a href="/{slug}/{pk}/{back}"><span class="hide-s">{words}</span>'
                f'<span class="only-s">{whole}</span></a></td>'
            )

        return name_cell
    if is_main:

        def main_cell(row: Any, pk: str, back: str) -> str:
            html = show(row)
            words = html if html != NONE else f"{face.prefix}-{pk}"
            return f'<td class="{css}"><a href="/{slug}/{pk}/{back}">{words}</a></td>'

        return main_cell
    if field.name == "owner" and face.work is not None:
        kind = face.name

        def owner_cell(row: Any, pk: str, _back: str) -> str:
            return f'<td class="{css}" data-why="/why/{kind}/{pk}/?hover=1">{show(row)}</td>'

        return owner_cell
    if field in editable_fields(face) and may_run(by, face, face.change):
        name = field.name

        def editable_cell(row: Any, pk: str, _back: str) -> str:
            return f'<td class="{css} cell" data-edit="/{slug}/{pk}/edit/{name}/">{show(row)}</td>'

        return editable_cell

    def plain_cell(row: Any, _pk: str, _back: str) -> str:
        return f'<td class="{css}">{show(row)}</td>'

    return plain_cell
