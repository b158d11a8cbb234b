"""The benefit in words and numbers as the page, the file and the print show it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from .estimating import FEW, SAME
from .figures import FIGURES
from .judging import BETTER, LESS, LIKE, MISSED, MORE, REACHED, WORSE, Benefit, Result

WAYS: dict[str, Any] = {
    "chance": gettext_lazy(
        "Chance decided which records run by the new version: what differs between the groups is its doing, as far as the"
        " intervals say."
    ),
    "condition": gettext_lazy(
        "A condition decided which records run by the new version, not chance: the groups can differ in what nobody"
        " measured. Weaker evidence than a random share."
    ),
    "others": gettext_lazy(
        "Before and after, less the change of the units that do not have the process (difference in differences). It"
        " holds if both would have changed alike. Weaker evidence than a random share."
    ),
    "before_after": gettext_lazy(
        "Before and after only, with nothing beside it: what else changed meanwhile counts as benefit, too. The weakest"
        " evidence; deploy to a random share next time."
    ),
    "shadow": gettext_lazy("In shadow nothing is done, and so there is no benefit to measure."),
}
MINUS = "\N{MINUS SIGN}"


def number(value: float, digits: int = 1) -> str:
    """A number with its sign where it is negative."""
    return f"{value:,.{digits}f}".replace("-", MINUS)


def signed(value: float) -> str:
    """A difference with its sign; of a small one so many decimals that it does not read as none."""
    digits = next((n for n in (1, 2, 3) if round(value, n)), 1)
    return number(value, digits) if round(value, digits) <= 0 else f"+{number(value, digits)}"


def unit_of(figure: str) -> str:
    """In what a figure's difference is counted."""
    told = {"hours": _("hours"), "share": _("percentage points"), "count": _("per record")}
    return str(told[FIGURES[figure].unit])


def between(low: float | None, high: float | None) -> str:
    """An interval."""
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": signed(low), "high": signed(high)}


def verdict_words(one: Result) -> str:
    """What may be said of a figure."""
    if one.verdict == BETTER:
        return pgettext("benefit", "Better")
    if one.verdict == WORSE:
        return pgettext("benefit", "Worse")
    return pgettext("benefit", "Cannot tell yet")


def needed_words(one: Result) -> str:
    """What is missing before anything may be said; empty where something is said."""
    if one.verdict in (BETTER, WORSE):
        return ""
    if one.difference.refused == SAME:
        return _("It is nearly the same for all records.")
    if one.needed is None:
        return _("More than a million records would be needed: in practice no difference.")
    told = ngettext("about %(n)s more record", "about %(n)s more records", one.needed) % {
        "n": f"{one.needed:,}"
    }
    if one.difference.refused == FEW:
        return _("%(records)s needed before anything is said.") % {"records": told}
    return _("%(records)s needed, if the rest is like these.") % {"records": told}


def goal_words(one: Result) -> str:
    """Whether the goal is reached."""
    if one.goal is None:
        return ""
    told = {
        REACHED: pgettext("goal", "reached"),
        MISSED: pgettext("goal", "missed"),
    }.get(one.reached, pgettext("goal", "cannot tell yet"))
    better = _("better by %(by)s") % {"by": number(one.goal)}
    return f"{better}: {told}"


def promise_words(one: Result) -> str:
    """What was promised, and how the result stands to it."""
    if one.promised is None:
        return ""
    value, low, high = one.promised
    told = {
        LESS: pgettext("promise", "less than promised"),
        MORE: pgettext("promise", "more than promised"),
        LIKE: pgettext("promise", "agrees with the promise"),
    }.get(one.kept, pgettext("promise", "cannot tell yet"))
    words = {"value": signed(value), "between": between(low, high), "verdict": told}
    return _("%(value)s (%(between)s): %(verdict)s") % words


def promised_of(one: Mapping[str, Any], label: str) -> str:
    """A promised figure, which is called so, with its interval."""
    told = {
        "figure": label,
        "value": signed(one["value"]),
        "between": between(one["low"], one["high"]),
        "unit": unit_of(one["figure"]),
    }
    return _("%(figure)s: %(value)s %(unit)s (%(between)s)") % told


def row_of(one: Result, label: str) -> dict[str, Any]:
    """A figure, which is called so, as a row of the table."""
    found = one.difference
    means = [number(mean) if mean is not None else "–" for mean in (found.mean_compared, found.mean_new)]  # noqa: RUF001
    return {
        "label": label,
        "unit": unit_of(one.figure),
        "compared": means[0],
        "new": means[1],
        "records": f"{found.compared:,} / {found.new:,}",
        "value": signed(found.value) if found.value is not None else "–",  # noqa: RUF001
        "plain": signed(found.plain) if found.plain is not None else "",
        "always": between(found.always_low, found.always_high),
        "once": between(found.low, found.high),
        "verdict": verdict_words(one),
        "tone": {BETTER: "good", WORSE: "bad"}.get(one.verdict, ""),
        "needed": needed_words(one),
        "goal": goal_words(one),
        "promise": promise_words(one),
    }


def headline_of(results: Sequence[Result], labels: Sequence[str]) -> str:
    """What was promised first and came, or the first that came, in a sentence; empty while nothing can be told."""
    told = _told_first(results, labels)
    return _came(*told[0]) if told else ""


def besides_of(results: Sequence[Result], labels: Sequence[str]) -> tuple[list[str], list[str]]:
    """The other figures of which something can be told: what became worse, and what became better."""
    others = _told_first(results, labels)[1:]
    worse, better = ([_came(*each) for each in others if each[0].verdict == one] for one in (WORSE, BETTER))
    return worse, better


def _told_first(results: Sequence[Result], labels: Sequence[str]) -> list[tuple[Result, str]]:
    told = [each for each in zip(results, labels, strict=True) if each[0].verdict in (BETTER, WORSE)]
    return sorted(told, key=lambda each: each[0].promised is None)


def _came(one: Result, label: str) -> str:
    found = one.difference
    words = {"figure": label, "verdict": verdict_words(one), "unit": unit_of(one.figure)}
    words |= {"value": signed(found.value or 0), "between": between(found.always_low, found.always_high)}
    return _("%(figure)s: %(value)s %(unit)s (%(between)s). %(verdict)s.") % words


def notes_of(benefit: Benefit, days: int) -> list[str]:
    """What must be known to read the figures."""
    told = [str(WAYS[benefit.way])]
    if benefit.way == "shadow":
        return told
    told.append(
        ngettext(
            "Each record is followed for %(days)s day; times end there, and a record that has not ended by then counts"
            " with all of it.",
            "Each record is followed for %(days)s days; times end there, and a record that has not ended by then counts"
            " with all of it.",
            days,
        )
        % {"days": days}
    )
    following = ngettext("%(n)s record is", "%(n)s records are", benefit.following) % {
        "n": f"{benefit.following:,}"
    }
    told.append(
        _("%(following)s still being followed, and not counted yet but in the curve.")
        % {"following": following}
    )
    if benefit.way != "chance" and any(one.difference.is_mixed for one in benefit.results):
        told.append(
            _(
                "The records are too few yet to take all of their mix out: part of a difference may be that of the mix."
            )
        )
    if benefit.is_part:
        told.append(_("Counted are only records that you may see: others may see other figures."))
    return told
