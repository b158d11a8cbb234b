"""Values as HTML: one function per field, compiled once per page, called for every cell."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from html import escape
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kinflow.conditions import Kind
from kinflow.kit import birthdays, phones
from kinflow.kit.money import Money, brief
from kinflow.kit.place_words import language_words, place_words
from kinflow.web.templatetags.ui import avatar

from ..faces import Field, RecordType, registry
from .moments import moment_shower

Show = Callable[[Any], str]
"""From a record to the HTML of one of its fields."""

NONE = '<span class="mute">–</span>'
_DATED = (Kind.DATE, Kind.MOMENT)
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY)


def value_reader(field: Field) -> Callable[[Any], Any]:
    """From a record to the field's value, over relations; None where a relation leads nowhere."""
    path = field.column.replace("__", ".")
    read = attrgetter(path)
    if "." not in path:
        return read

    def guarded(row: Any) -> Any:
        try:
            return read(row)
        except AttributeError:
            return None

    return guarded


def shower(face: RecordType, field: Field, *, now: datetime | None = None) -> Show:
    """The function that shows the field of any record of the type; it escapes whatever it shows."""
    if field.shape == "number" or (field.column == "id" and field.kind is Kind.INTEGER):
        return lambda row: f'<span class="mute num">{face.prefix}-{row.pk}</span>'
    read = value_reader(field)
    if field.many:
        return lambda row: many_shown(read(row))
    if field.shape == "record":
        return lambda row: escape(row.__dict__.get("told_records", {}).get(field.name, "")) or NONE
    if field.shape == "money" or field.kind is Kind.MONEY:
        return _money_shower(field, read)
    show = value_shower(field, now=now)
    return lambda row: show(read(row))


def value_shower(field: Field, *, now: datetime | None = None) -> Callable[[Any], str]:
    """The function that shows any value of the field."""
    if field.kind is Kind.MOMENT:
        return moment_shower(now or timezone.now())
    if field.kind is Kind.RELATION:
        return _person_shower if field.shape == "person" else related_shower(field.target, field.shape)
    if field.shape == "chip" or field.kind is Kind.CHOICE:
        return _choice_shower(field)
    by_shape: dict[str, Callable[[Any], str]] = {
        "bar": lambda value: _bar(field, value),
        "percent": lambda value: (
            NONE if value is None else f'<span class="num">{plain_number(value)} %</span>'
        ),
        "email": lambda value: (
            f'<a class="link" href="mailto:{escape(str(value))}">{escape(str(value))}</a>' if value else NONE
        ),
        "phone": lambda value: (
            f'<a class="link" href="tel:{escape(str(value))}">{escape(phones.display(str(value)))}</a>'
            if value
            else NONE
        ),
        "link": _link,
        "place": lambda value: escape(place_words(str(value))) if value else NONE,
        "language": lambda value: escape(language_words(str(value))) if value else NONE,
        "tags": lambda value: many_shown(value),
    }
    if field.kind is Kind.TEXT_LIST and field.shape == "place":
        return lambda value: many_shown([place_words(code) for code in value or ()])
    if field.labels:
        return lambda value: escape(str(field.word(value))) if value not in (None, "") else NONE
    if field.shape in by_shape:
        return by_shape[field.shape]
    if field.kind is Kind.DATE:
        return lambda value: date_format(value, "Y-m-d") if value else NONE
    if field.kind is Kind.YEARLY:
        return lambda value: escape(birthdays.words(str(value))) if value else NONE
    if field.kind is Kind.BOOLEAN:
        return lambda value: NONE if value is None else (_("Yes") if value else _("No"))
    if field.kind in (Kind.TEXT_LIST, Kind.CHOICE_LIST):
        return lambda value: many_shown([field.word(v) for v in value or ()])
    if field.kind in _NUMBERS:
        return lambda value: NONE if value is None else f'<span class="num">{plain_number(value)}</span>'
    return lambda value: escape(str(value)) if value not in (None, "") else NONE


def _choice_shower(field: Field) -> Callable[[Any], str]:
    """Chips (or plain words) made once for each choice."""
    made: dict[Any, str] = {}
    for value, label in field.choices or field.labels.items():
        words = escape(str(label))
        tone = field.tones.get(value, "")
        if not words:
            made[value] = NONE
            continue
        made[value] = f'<span class="chip {tone}">{words}</span>' if field.shape == "chip" else words

    def show(value: Any) -> str:
        if value in (None, ""):
            return NONE
        found = made.get(value)
        if found is None:
            found = escape(str(value))
        return found

    return show


def related_shower(target: str, shape: str = "") -> Callable[[Any], str]:
    """A related record by its title, as a chip where the shape says so."""
    face = registry.get(target)
    title: Callable[[Any], Any] = face.title if face is not None else str

    def show(related: Any) -> str:
        words = "" if related is None else escape(str(title(related)))
        if not words:
            return NONE
        return f'<span class="chip">{words}</span>' if shape == "chip" else words

    return show


def _person_shower(person: Any) -> str:
    if person is None:
        return NONE
    return f'<span class="who">{avatar(person)}{escape(str(person))}</span>'


def _bar(field: Field, value: Any) -> str:
    if value is None:
        return NONE
    step = max(0, min(100, round(float(value) / 5) * 5))
    return f'<span class="pts num"><i data-p="{step}"></i>{plain_number(value)}</span>'


def _link(value: Any) -> str:
    text = str(value or "")
    if not text:
        return NONE
    address = text if text.startswith(("https://", "http://")) else f"https://{text}"
    return f'<a class="link" href="{escape(address)}" rel="noreferrer noopener" target="_blank">{escape(text)}</a>'


def many_shown(values: Any) -> str:
    """Several values as chips; of long lists the first."""
    if isinstance(values, models.Manager):
        values = values.all()
    items = [str(value) for value in (values or ())]
    if not items:
        return NONE
    shown = "".join(f'<span class="chip">{escape(item)}</span>' for item in items[:5])
    rest = len(items) - 5
    return f'<span class="who">{shown}{f" +{rest}" if rest > 0 else ""}</span>'


def plain_number(value: Any) -> str:
    """A number with grouped digits, without empty decimals."""
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value:,.0f}" if whole else f"{value.normalize():,f}"
    return f"{value:,}"


def money(amount: Any, currency: str) -> str:
    """An amount with its currency, as the reader's language writes it: ¥1,286,000; without empty decimals."""
    return brief(Money(Decimal(str(amount)), currency or "CNY"), get_language() or "en")


def _money_shower(field: Field, read: Callable[[Any], Any]) -> Show:
    currency = attrgetter(field.currency.replace("__", ".")) if field.currency else None

    def show(row: Any) -> str:
        amount = read(row)
        if amount is None:
            return NONE
        return f'<span class="num">{escape(money(amount, str(currency(row)) if currency else "CNY"))}</span>'

    return show


def is_number(field: Field) -> bool:
    """Whether the column stands right."""
    return field.kind in _NUMBERS and field.shape not in ("number", "bar", "record")


def is_dated(field: Field) -> bool:
    """Whether the field is a date or a moment."""
    return field.kind in _DATED
