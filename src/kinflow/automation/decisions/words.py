"""How decision tables are spoken of: sorts, hit policies, what is wrong with a cell, and examples."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .cells import DATE, LIST, NUMBER, TEXT, YES_NO
from .covering import ELSE
from .drafts import Draft
from .tables import ANY, COLLECT, COUNT, FIRST, LEAST, MOST, PRIORITY, SUM, UNIQUE, Input, Output

SORT_WORDS = {
    TEXT: gettext_lazy("Text"),
    NUMBER: gettext_lazy("Number"),
    YES_NO: gettext_lazy("Yes or no"),
    DATE: gettext_lazy("Date"),
    LIST: gettext_lazy("List"),
}
HIT_WORDS = {
    UNIQUE: gettext_lazy("Unique: at most one row holds"),
    FIRST: gettext_lazy("First: the first row that holds"),
    ANY: gettext_lazy("Any: rows that hold together say the same"),
    PRIORITY: gettext_lazy("Priority: the most important outcome"),
    COLLECT: gettext_lazy("Collect: all rows that hold"),
}
COLLECT_WORDS = {
    "": pgettext_lazy("collect", "as a list"),
    SUM: pgettext_lazy("collect", "sum"),
    LEAST: pgettext_lazy("collect", "smallest"),
    MOST: pgettext_lazy("collect", "largest"),
    COUNT: pgettext_lazy("collect", "how many"),
}


def named(column: Input | Output) -> str:
    """What a column is called in the reader's language."""
    is_chinese = (translation.get_language() or "").startswith("zh")
    if label := (column.label_zh if is_chinese else "") or column.label:
        return label
    return column.name if isinstance(column, Output) else str(column.usual) or column.expression


def value_words(value: Any) -> str:
    """A value as people read it."""
    if value is ELSE:
        return _("anything else")
    match value:
        case None:
            return _("no value")
        case True:
            return _("Yes")
        case False:
            return _("No")
        case date():
            return formats.date_format(value, "SHORT_DATE_FORMAT")
        case Decimal():
            return format(value.normalize(), "f")
        case tuple() | list():
            return _(", ").join(value_words(each) for each in value) or _("no value")
    return str(value)


def example_words(draft: Draft, example: Sequence[Any]) -> str:
    """The values of all inputs as one sentence: Amount 100; Grade A."""
    return _("; ").join(
        f"{named(column)}: {value_words(value)}"
        for column, value in zip(draft.table.inputs, example, strict=True)
    )


def warnings_of(draft: Draft) -> tuple[list[str], list[str]]:
    """What keeps the table from counting (rows that meet), and what to look at (values that no row holds for)."""
    found = draft.covering
    faults = [
        _("Rows %(one)d and %(other)d both hold for: %(example)s")
        % {"one": each.rows[0] + 1, "other": each.rows[1] + 1, "example": example_words(draft, each.example)}
        for each in found.overlaps
    ]
    gaps = [
        _("No row holds for: %(example)s") % {"example": example_words(draft, each)} for each in found.gaps
    ]
    if not found.is_whole:
        gaps.append(_("The table is too large to look for all gaps."))
    return faults, gaps
