"""The words of the operators: for pick lists and chips, and as clauses of a sentence, asked and denied."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fields import LISTS, Kind, Words
from .operators import Op
from .tree import Period

OPERATOR_WORDS: dict[Op, Words] = {
    Op.IS: pgettext_lazy("condition operator", "is"),
    Op.IS_NOT: pgettext_lazy("condition operator", "is not"),
    Op.ANY_OF: pgettext_lazy("condition operator", "any of"),
    Op.NONE_OF: pgettext_lazy("condition operator", "none of"),
    Op.CONTAINS: pgettext_lazy("condition operator", "contains"),
    Op.NOT_CONTAINS: pgettext_lazy("condition operator", "does not contain"),
    Op.STARTS_WITH: pgettext_lazy("condition operator", "starts with"),
    Op.ENDS_WITH: pgettext_lazy("condition operator", "ends with"),
    Op.LESS_THAN: pgettext_lazy("condition operator", "less than"),
    Op.AT_MOST: pgettext_lazy("condition operator", "at most"),
    Op.AT_LEAST: pgettext_lazy("condition operator", "at least"),
    Op.MORE_THAN: pgettext_lazy("condition operator", "more than"),
    Op.BETWEEN: pgettext_lazy("condition operator", "between"),
    Op.ON: pgettext_lazy("condition operator", "on"),
    Op.BEFORE: pgettext_lazy("condition operator", "before"),
    Op.AFTER: pgettext_lazy("condition operator", "after"),
    Op.ON_OR_BEFORE: pgettext_lazy("condition operator", "on or before"),
    Op.ON_OR_AFTER: pgettext_lazy("condition operator", "on or after"),
    Op.WITHIN_LAST: pgettext_lazy("condition operator", "in the last"),
    Op.WITHIN_NEXT: pgettext_lazy("condition operator", "in the next"),
    Op.MORE_THAN_AGO: pgettext_lazy("condition operator", "longer ago than"),
    Op.MORE_THAN_AHEAD: pgettext_lazy("condition operator", "further ahead than"),
    Op.IN_THIS: pgettext_lazy("condition operator", "in the current"),
    Op.IN_LAST: pgettext_lazy("condition operator", "in the previous"),
    Op.IN_NEXT: pgettext_lazy("condition operator", "in the following"),
    Op.COMES_ROUND: pgettext_lazy("condition operator", "comes round in the next"),
    Op.IS_EMPTY: pgettext_lazy("condition operator", "is empty"),
    Op.IS_FILLED: pgettext_lazy("condition operator", "is filled in"),
}

LIST_OPERATOR_WORDS: dict[Op, Words] = {
    Op.ANY_OF: pgettext_lazy("condition operator of a list", "any of"),
    Op.NONE_OF: pgettext_lazy("condition operator of a list", "none of"),
    Op.ALL_OF: pgettext_lazy("condition operator of a list", "all of"),
}
"""The operators of fields that hold several values."""

CLAUSES: dict[Op, tuple[Words, Words]] = {
    Op.IS: (_("%(field)s is %(value)s"), _("%(field)s is not %(value)s")),
    Op.ANY_OF: (_("%(field)s is any of %(value)s"), _("%(field)s is none of %(value)s")),
    Op.CONTAINS: (_("%(field)s contains %(value)s"), _("%(field)s does not contain %(value)s")),
    Op.STARTS_WITH: (_("%(field)s starts with %(value)s"), _("%(field)s does not start with %(value)s")),
    Op.ENDS_WITH: (_("%(field)s ends with %(value)s"), _("%(field)s does not end with %(value)s")),
    Op.LESS_THAN: (_("%(field)s is less than %(value)s"), _("%(field)s is at least %(value)s or empty")),
    Op.AT_MOST: (_("%(field)s is at most %(value)s"), _("%(field)s is more than %(value)s or empty")),
    Op.AT_LEAST: (_("%(field)s is at least %(value)s"), _("%(field)s is less than %(value)s or empty")),
    Op.MORE_THAN: (_("%(field)s is more than %(value)s"), _("%(field)s is at most %(value)s or empty")),
    Op.BETWEEN: (
        _("%(field)s is between %(low)s and %(high)s"),
        _("%(field)s is not between %(low)s and %(high)s"),
    ),
    Op.ON: (_("%(field)s is on %(value)s"), _("%(field)s is not on %(value)s")),
    Op.BEFORE: (_("%(field)s is before %(value)s"), _("%(field)s is on or after %(value)s or empty")),
    Op.AFTER: (_("%(field)s is after %(value)s"), _("%(field)s is on or before %(value)s or empty")),
    Op.ON_OR_BEFORE: (_("%(field)s is on or before %(value)s"), _("%(field)s is after %(value)s or empty")),
    Op.ON_OR_AFTER: (_("%(field)s is on or after %(value)s"), _("%(field)s is before %(value)s or empty")),
    Op.WITHIN_LAST: (_("%(field)s is in the last %(value)s"), _("%(field)s is not in the last %(value)s")),
    Op.WITHIN_NEXT: (_("%(field)s is in the next %(value)s"), _("%(field)s is not in the next %(value)s")),
    Op.MORE_THAN_AGO: (
        _("%(field)s is more than %(value)s ago"),
        _("%(field)s is not more than %(value)s ago"),
    ),
    Op.MORE_THAN_AHEAD: (
        _("%(field)s is more than %(value)s ahead"),
        _("%(field)s is not more than %(value)s ahead"),
    ),
    Op.IN_THIS: (_("%(field)s falls in %(value)s"), _("%(field)s does not fall in %(value)s")),
    Op.IN_LAST: (_("%(field)s falls in %(value)s"), _("%(field)s does not fall in %(value)s")),
    Op.IN_NEXT: (_("%(field)s falls in %(value)s"), _("%(field)s does not fall in %(value)s")),
    Op.COMES_ROUND: (
        _("%(field)s comes round in the next %(value)s"),
        _("%(field)s does not come round in the next %(value)s"),
    ),
    Op.IS_EMPTY: (_("%(field)s is empty"), _("%(field)s is filled in")),
}
"""The clause that asks and the one that denies; an opposite operator uses the other one."""

LIST_CLAUSES: dict[Op, tuple[Words, Words]] = {
    Op.ANY_OF: (_("any of %(value)s is among %(field)s"), _("none of %(value)s is among %(field)s")),
    Op.ALL_OF: (_("all of %(value)s are among %(field)s"), _("not all of %(value)s are among %(field)s")),
}
"""The clauses of fields that hold several values."""

CHIP_OPERATORS: dict[Op, Words] = {
    Op.MORE_THAN_AGO: pgettext_lazy("condition chip", "more than"),
    Op.MORE_THAN_AHEAD: pgettext_lazy("condition chip", "in more than"),
    Op.IN_THIS: pgettext_lazy("condition chip", "in"),
    Op.IN_LAST: pgettext_lazy("condition chip", "in"),
    Op.IN_NEXT: pgettext_lazy("condition chip", "in"),
}
"""Where a chip says an operator otherwise than a pick list does."""

CHIP_VALUES: dict[Op, Words] = {
    Op.MORE_THAN_AGO: pgettext_lazy("condition chip", "%(value)s ago"),
    Op.MORE_THAN_AHEAD: pgettext_lazy("condition chip, ahead", "%(value)s"),
    Op.BETWEEN: pgettext_lazy("condition chip", "%(low)s and %(high)s"),
}
"""Where a chip's value is more than the value itself."""

PERIOD_WORDS: dict[Period, Words] = {
    Period.DAY: pgettext_lazy("condition period", "day"),
    Period.WEEK: pgettext_lazy("condition period", "week"),
    Period.MONTH: pgettext_lazy("condition period", "month"),
    Period.QUARTER: pgettext_lazy("condition period", "quarter"),
    Period.YEAR: pgettext_lazy("condition period", "year"),
}

PERIODS: dict[tuple[Op, Period], Words] = {
    (Op.IN_THIS, Period.DAY): pgettext_lazy("condition period", "today"),
    (Op.IN_THIS, Period.WEEK): pgettext_lazy("condition period", "this week"),
    (Op.IN_THIS, Period.MONTH): pgettext_lazy("condition period", "this month"),
    (Op.IN_THIS, Period.QUARTER): pgettext_lazy("condition period", "this quarter"),
    (Op.IN_THIS, Period.YEAR): pgettext_lazy("condition period", "this year"),
    (Op.IN_LAST, Period.DAY): pgettext_lazy("condition period", "yesterday"),
    (Op.IN_LAST, Period.WEEK): pgettext_lazy("condition period", "last week"),
    (Op.IN_LAST, Period.MONTH): pgettext_lazy("condition period", "last month"),
    (Op.IN_LAST, Period.QUARTER): pgettext_lazy("condition period", "last quarter"),
    (Op.IN_LAST, Period.YEAR): pgettext_lazy("condition period", "last year"),
    (Op.IN_NEXT, Period.DAY): pgettext_lazy("condition period", "tomorrow"),
    (Op.IN_NEXT, Period.WEEK): pgettext_lazy("condition period", "next week"),
    (Op.IN_NEXT, Period.MONTH): pgettext_lazy("condition period", "next month"),
    (Op.IN_NEXT, Period.QUARTER): pgettext_lazy("condition period", "next quarter"),
    (Op.IN_NEXT, Period.YEAR): pgettext_lazy("condition period", "next year"),
}


def operator_words(op: Op, kind: Kind) -> str:
    """What a pick list calls an operator of a kind of field."""
    known = LIST_OPERATOR_WORDS if kind in LISTS and op in LIST_OPERATOR_WORDS else OPERATOR_WORDS
    return str(known[op])
