"""The board of a record type: a column per value of one field, its totals, cards that are moved by verbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.eventlog import Actor
from kinflow.web.doors import page

from ..faces import Board, Field, RecordType
from .answers import actor_of
from .filters import chips_of
from .found import face_at, refuse_unseen
from .rows import loading, matching
from .shown import NONE, money, plain_number, shower, value_reader
from .totals import Total, totals_of
from .verbs import may_run
from .wanted import Wanted, readable_fields, tabs_of, wanted_from

CARDS = 20
WHOLE = ' hx-target="#main" hx-select="#main" hx-swap="outerHTML"'
AGES = ((21, "old"), (7, "aged"))
"""From so many days without change a card of open work is shown as waiting long, or rather long."""


@dataclass(frozen=True)
class Column:
    """A value of the board's field, as a column: `key` is how addresses write the value."""

    value: Any
    label: Any
    tone: str

    @property
    def key(self) -> str:
        """The value as text."""
        return str(self.value)


@dataclass(frozen=True)
class ShownColumn:
    """A column with its cards, the number of its records, their sum, and the address of further cards."""

    column: Column
    cards: SafeString
    count: str
    total: str
    more: str


def columns_for(face: RecordType, now: Any = None) -> list[Column]:
    """The columns of the face's board; for a relation those beside the record's own value (its pipeline's stages)."""
    assert face.board is not None
    field = face.by_name[face.board.field]
    if field.kind is not Kind.RELATION:
        return [Column(value, label, field.tones.get(value, "")) for value, label in field.choices]
    model: Any = face.model._meta.get_field(field.column).related_model
    rows = model._default_manager.all()
    group = next((f for f in model._meta.concrete_fields if f.is_relation), None)
    if group is not None:
        chosen = (
            getattr(now, str(group.attname)) if isinstance(now, models.Model) else _first_group(model, group)
        )
        rows = rows.filter(**{group.attname: chosen})
    return [Column(row.pk, _localised(row), "") for row in rows]


def _first_group(model: Any, group: Any) -> Any:
    """The group whose columns are shown where no record says which: the default one, else the first."""
    owner = group.related_model
    marked = any(f.name == "is_default" for f in owner._meta.concrete_fields)
    order = ("-is_default", "pk") if marked else ("pk",)
    return owner._default_manager.order_by(*order).values_list("pk", flat=True).first()


def _localised(row: Any) -> str:
    """A row's name in the active language, where it has one."""
    is_chinese = (get_language() or "").startswith("zh")
    chinese = getattr(row, "name_zh", None) if is_chinese else None
    return str(chinese or row)


@page
def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The board, or with ?column=… further cards of one column."""
    face, by = face_at(slug), actor_of(request)
    refuse_unseen(face, by)
    if face.board is None:
        raise Http404(slug)
    tabs = tabs_of(face, by)
    wanted = wanted_from(face, request.GET.dict(), by, tabs)
    shown = Shower(face, face.board, wanted, by)
    if (key := request.GET.get("column")) is not None:
        column = next((c for c in columns_for(face) if c.key == key), None)
        if column is None:
            raise Http404(key)
        after = request.GET.get("from", "")
        before = int(after) if after.isdecimal() and len(after) < 19 else None
        context = {"face": face, "shown": shown.column(column, Total(), before), "can_move": shown.can_move}
        return render(request, "records/board.html#cards", context)
    columns = columns_for(face)
    totals = shown.totals(columns)
    context = {
        "face": face,
        "wanted": wanted,
        "tabs": [(tab, tab.key == wanted.tab.key, f"?view={tab.key}") for tab in tabs],
        "chips": chips_of(wanted, "board/"),
        "columns": [shown.column(each, total) for each, total in zip(columns, totals, strict=True)],
        "can_move": shown.can_move,
        "can_create": may_run(by, face, face.create),
        "query": wanted.query(),
    }
    return render(request, "records/board.html", context)


class Shower:
    """How one board shows its cards to one person."""

    def __init__(self, face: RecordType, board: Board, wanted: Wanted, by: Actor) -> None:
        self.face, self.board, self.wanted = face, board, wanted
        readable = readable_fields(face, by)
        self.fields = [readable[name] for name in (board.card or face.columns[:4]) if name in readable]
        self.field = face.by_name[board.field]
        self.rows = matching(wanted, by)
        self.shows = [(f, shower(face, f)) for f in self.fields if f.shape != "number"]
        names = {board.move, *board.moves.values()} - {""}
        self.can_move = any(may_run(by, face, verb.action) for verb in face.verbs if verb.name in names)
        self.grip = ' draggable="true"' if self.can_move else ""
        self.total_field: Field | None = readable.get(board.total)

    def totals(self, columns: Sequence[Column]) -> list[Total]:
        """The number of records in each column, and the sum of the board's number."""
        sets = {at: self.rows.filter(**{self.field.column: each.value}) for at, each in enumerate(columns)}
        found = totals_of(sets, self.total_field.column if self.total_field else "")
        return [found[at] for at in range(len(columns))]

    def column(self, column: Column, total: Total, before: int | None = None) -> ShownColumn:
        """A column with its newest cards (or those older than a card)."""
        rows = self.rows.filter(**{self.field.column: column.value})
        if before is not None:
            rows = rows.filter(pk__lt=before)
        extra = ("changed_at", *((self.total_field.column,) if self.total_field else ()))
        found = list(loading(rows, self.face, self.fields, extra=extra).order_by("-pk")[: CARDS + 1])
        more = self._more(column, found[CARDS - 1].pk) if len(found) > CARDS else ""
        ages = self._ages(column)
        now = timezone.now()
        return ShownColumn(
            column,
            mark_safe("".join([self._card(row, now, ages) for row in found[:CARDS]])),  # noqa: S308
            total.words,
            self._total(total.sum),
            more,
        )

    def _more(self, column: Column, last: int) -> str:
        query = self.wanted.query()
        return f"/{self.face.slug}/board/?{query}{'&' if query else ''}column={column.key}&from={last}"

    def _ages(self, column: Column) -> bool:
        """Whether waiting counts in the column: for kinds of work, in the columns of what is still open."""
        open_values = (self.face.work.open if self.face.work else {}).get(f"{self.board.field}__in")
        return open_values is None or column.value in open_values

    def _total(self, total: Any) -> str:
        if self.total_field is None or not total:
            return ""
        if self.total_field.kind is Kind.MONEY or self.total_field.shape == "money":
            return money(round(total), "CNY")
        return plain_number(total)

    def _card(self, row: Any, now: datetime, ages: bool) -> str:
        """A record as a card: title, parts, number, and how long it waits."""
        parts = "".join([f"<span>{html}</span>" for _f, show in self.shows if (html := show(row)) != NONE])
        days = (now - row.changed_at).days if ages and hasattr(row, "changed_at") else 0
        age = next((css for least, css in AGES if days >= least), "")
        words = escape(_("%(days)s days without change") % {"days": days}) if age else ""
        number, url = self.face.number(row), self.face.url(row.pk)
        return (
            f'<article class="card tile {age}" data-id="{row.pk}" data-move="{url}move/" tabindex="-1"{self.grip}>'
            f'<a class="name" href="{url}"{WHOLE}>{escape(str(self.face.title(row)) or number)}</a>'
            f'<div class="brief">{parts}</div><div class="mute small foot"><span class="num">{number}</span>'
            f'<span class="age">{words}</span></div></article>'
        )


def value_of_column(face: RecordType, record: Any) -> Any:
    """The value that says in which column a record stands."""
    assert face.board is not None
    value = value_reader(face.by_name[face.board.field])(record)
    return value.pk if isinstance(value, models.Model) else value
