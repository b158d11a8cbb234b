"""A finding in words: sentences, sizes and tables as they are shown, in the reader's language."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kinflow.kit import money as moneys

from ...studio.spans import HOUR, count, share, span
from ..found import Amount, Exhibit, Finding
from . import exhibits as words
from .kinds import ON_THE_WAY, WORDS
from .moves import NAMES
from .proofs import CAUSES, EFFECTS, TESTS

ARROW = " → "


def same(value: str) -> str:
    """The value as it is."""
    return value


@dataclass(frozen=True)
class Names:
    """How steps, units, people, fields and attributes are called."""

    step: Callable[[str], str] = same
    unit: Callable[[str], str] = same
    person: Callable[[str], str] = same
    field: Callable[[str], str] = same
    attribute: Callable[[str], str] = same
    value: Callable[[str, str], str] = lambda _attribute, value: value


def hours(value: float) -> str:
    """Hours, minutes where it is less than one."""
    if value < 1:
        return pgettext("elapsed time", "%(n)s min") % {"n": count(round(value * 60))}
    return pgettext("elapsed time", "%(n)s h") % {"n": _number(value)}


def _number(value: float) -> str:
    return f"{value:,.{1 if value < 99.95 else 0}f}"


def elapsed(value: float) -> str:
    """Hours that passed on the clock, days where it is more than two: how long cases last."""
    return span(value * HOUR)


def cases_of(value: float) -> str:
    """How many cases in a month, with a decimal where there are few."""
    return count(round(value)) if value >= 9.95 else _number(value)


def _half_day(value: int) -> str:
    return str(words.HALVES[value % 2]) % {"day": WEEKDAYS[value // 2]}


_SHARES = (
    *(
        "rate",
        "low",
        "high",
        "share",
        "lost",
        "before",
        "chance",
        "same_usual",
        "changed",
        "worse",
        "worse_usual",
        "known",
    ),
    *("well", "well_usual", "well_with", "well_without"),
)
_HOURS = ("wait", "usual", "work", "away", "there", "median", "longest", "shortest")
_ELAPSED = ("lasts", "lasts_usual", "lasts_with", "lasts_without")
_COUNTS = (
    *(
        "refused",
        "times",
        "cases",
        "most",
        "changes",
        "weeks",
        "of_weeks",
        "narrow",
        "leads",
        "layers",
        "least",
    ),
    *("of_people", "left_out", "trainees", "meanwhile", "after"),
)
_NUMBERS = ("hand_offs", "best", "returns", "days", "lines", "span", "more")
_OTHERWISE: Mapping[str, Mapping[str, Callable[[Any], str]]] = {
    **dict.fromkeys(("batching", "lost_group", "late_group", "best_way", "best_soon"), {"usual": share}),
    "slow_group": {"median": elapsed, "usual": elapsed},
    "pass_through": {"people": lambda value: _number(value)},
    "one_hand": {"same": count},
}
"""Facts that some kinds of findings mean otherwise."""


def said_facts(finding: Finding, names: Names) -> dict[str, str]:
    """Every fact as it is written in a sentence."""
    return dict(_said_facts(finding, names))


def _said_facts(finding: Finding, names: Names) -> Iterator[tuple[str, str]]:
    facts: Mapping[str, Any] = finding.facts
    plain: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(_SHARES, share),
        **dict.fromkeys(_HOURS, hours),
        **dict.fromkeys(_ELAPSED, elapsed),
        **dict.fromkeys(_COUNTS, count),
        **dict.fromkeys(_NUMBERS, _number),
        **dict.fromkeys(("step", "between"), names.step),
        **dict.fromkeys(("unit", "other"), names.unit),
        **dict.fromkeys(("first", "second"), lambda day: str(WEEKDAYS[day])),
        "units": lambda units: ARROW.join(map(names.unit, units)),
        "field": names.field,
        "amount": names.attribute,
        "cause": lambda cause: str(CAUSES[cause]),
        "from": _half_day,
        "people": count,
        "same": share,
        "worth": lambda amount: money_of(amount, str(facts["currency"])),
        **_OTHERWISE.get(finding.kind, {}),
    }
    for name, value in facts.items():
        if name in plain and value != "":
            yield name, plain[name](value)
    if "after" in facts:
        yield "passed", names.step(str(facts["value"]))
    group = _group(facts, names)
    yield "group", group
    yield "of_group", pgettext("step of a group of cases", " (%(group)s)") % {"group": group} if group else ""


def _group(facts: Mapping[str, Any], names: Names) -> str:
    attribute, value = str(facts.get("attribute", "")), str(facts.get("value", ""))
    if attribute:
        return pgettext("attribute and value", "%(name)s %(value)s") % {
            "name": names.attribute(attribute),
            "value": names.value(attribute, value),
        }
    return _("with “%(step)s”") % {"step": names.step(value)} if value else ""


def title_of(finding: Finding, names: Names) -> str:
    """What is wrong, and where, in one line."""
    return str(WORDS[finding.kind].title) % said_facts(finding, names)


def seen_of(finding: Finding, names: Names) -> str:
    """What was seen, in two or three sentences."""
    facts, said = WORDS[finding.kind], said_facts(finding, names)
    more = [str(sentence) % said for needed, sentence in facts.more if needed in said]
    seen = ON_THE_WAY[finding.kind] if "after" in finding.facts else facts.seen
    return sentences([str(seen) % said, *more])


def sentences(parts: Sequence[str]) -> str:
    """Sentences after each other; Chinese puts no space between them."""
    return ("" if (get_language() or "").startswith("zh") else " ").join(parts)


def cause_of(finding: Finding) -> str:
    """The likely cause."""
    return str(WORDS[finding.kind].cause)


def moves_of(finding: Finding) -> list[tuple[str, str, str]]:
    """The moves that fit, best first: key, name, what it means."""
    return [(key, str(NAMES[key][0]), str(NAMES[key][1])) for key in finding.moves]


def test_of(finding: Finding) -> str:
    """How it was made sure of."""
    test = finding.test
    chance = _("p below 0.001") if test.p < 0.001 else _("p = %(p)s") % {"p": f"{test.p:.3f}"}
    effect = str(EFFECTS[test.effect]) % {"value": share(test.value)}
    return _("%(test)s: %(chance)s; %(effect)s.") % {
        "test": TESTS[test.name],
        "chance": chance,
        "effect": effect,
    }


def money_of(amount: float, currency: str, *, is_exact: bool = False) -> str:
    """An amount of money without decimals, as a rate with those that it has."""
    told = round(Decimal(str(amount)), 2) if is_exact else Decimal(round(amount))
    return moneys.brief(moneys.Money(told, currency), get_language() or "en")


def between(amount: Amount, say: Callable[[float], str]) -> str:
    """The interval of a number."""
    return _("%(low)s to %(high)s") % {"low": say(amount.low), "high": say(amount.high)}


def loss_of(finding: Finding, currency: str) -> str:
    """What it costs in a month, shortly: money where it is known, else hours, else cases."""
    size = finding.size
    if size.money is not None and currency and size.money.value >= 1:
        return _("≈ %(amount)s a month") % {"amount": money_of(size.money.value, currency)}
    if size.hours >= 1:
        return _("≈ %(hours)s h a month") % {"hours": count(round(size.hours))}
    return _("≈ %(cases)s cases a month") % {"cases": cases_of(size.cases.value)}


@dataclass(frozen=True)
class Column:
    """A column of a shown table; `is_number` where it holds numbers."""

    head: str
    is_number: bool


@dataclass(frozen=True)
class Cell:
    """A cell of a shown table."""

    text: str
    is_number: bool


@dataclass(frozen=True)
class Bar:
    """A bar: what it stands for, its length from 0 to 1, and its number."""

    name: str
    length: float
    number: str

    @property
    def width(self) -> str:
        """The length in per cent, for a style."""
        return f"{100 * self.length:.1f}"


@dataclass(frozen=True)
class ShownExhibit:
    """An exhibit as it is shown: bars of its first number where it is to be drawn, and all of it as a table."""

    title: str
    shape: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...]

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows, each cell with whether it is a number."""
        return [
            [Cell(text, column.is_number) for text, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]


def shown(exhibit: Exhibit, names: Names) -> ShownExhibit:
    """The exhibit with words."""
    heads = tuple(
        Column(str(words.HEADS[name]), name.startswith(("hours", "lasts", "count", "share")))
        for name in exhibit.columns
    )
    rows = tuple(
        tuple(_cell(kind, cell, names) for kind, cell in zip(exhibit.columns, row, strict=True))
        for row in exhibit.rows
    )
    return ShownExhibit(
        str(words.TITLES[exhibit.name]),
        exhibit.shape,
        heads,
        rows,
        () if exhibit.shape == "table" else tuple(_bars(exhibit, rows)),
    )


def _bars(exhibit: Exhibit, rows: tuple[tuple[str, ...], ...]) -> Iterator[Bar]:
    longest = max((float(row[1]) for row in exhibit.rows), default=0.0) or 1.0
    for row, said in zip(exhibit.rows, rows, strict=True):
        yield Bar(said[0], float(row[1]) / longest, said[1])


def _cell(column: str, cell: Any, names: Names) -> str:
    kind = "lasts" if column == "hours:lasts" else column.partition(":")[0]
    say: dict[str, Callable[[Any], str]] = {
        "unit": names.unit,
        "step": names.step,
        "person": names.person,
        "hours": hours,
        "lasts": elapsed,
        "count": count,
        "share": share,
        "cause": lambda cause: str(CAUSES[cause]),
        "weekday": lambda day: str(WEEKDAYS[day]),
        "half_day": _half_day,
        "month": str,
    }
    return say[kind](cell) if kind in say else str(words.CELLS.get(cell, cell))
