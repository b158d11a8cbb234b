"""Calibrations in words and tables, as far as the reader may see people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused

from ...access import may_see_people
from ...studio.spans import share, span
from .models import Calibration

FAULTS = {
    "too_little": gettext_lazy("The log has fewer than ten cases: too little to calibrate anything."),
    "gone": gettext_lazy("The log of this process is gone. Read it in once more."),
}
HOW = {
    "measured": pgettext_lazy("how work times are known", "measured from begin to end"),
    "estimated": pgettext_lazy("how work times are known", "estimated: the log knows ends only"),
    "instant": pgettext_lazy("how work times are known", "takes no time in the log"),
    "unknown": pgettext_lazy("how work times are known", "not known: counted as delay"),
}
SHAPES = {
    "fixed": pgettext_lazy("distribution", "always the same"),
    "uniform": pgettext_lazy("distribution", "uniform"),
    "exponential": pgettext_lazy("distribution", "exponential"),
    "gamma": pgettext_lazy("distribution", "gamma"),
    "lognormal": pgettext_lazy("distribution", "log-normal"),
    "weibull": pgettext_lazy("distribution", "Weibull"),
    "empirical": pgettext_lazy("distribution", "as observed"),
    "given": pgettext_lazy("distribution", "as each case had it"),
}
VERDICTS = {
    "good": (
        gettext_lazy("Good enough to trust"),
        gettext_lazy(
            "Played over the later part of the log, which it had not seen, the model came close to it."
        ),
    ),
    "caution": (
        gettext_lazy("Use with caution"),
        gettext_lazy("The model is roughly right. Trust differences between designs more than its figures."),
    ),
    "changed": (
        gettext_lazy("The process has changed"),
        gettext_lazy(
            "The later part of the log differs from the earlier by itself, which no model made before could know. Compare"
            " both sides of a what-if: they are played by the same model. Do not take its figures for a forecast."
        ),
    ),
    "bad": (
        gettext_lazy("Do not trust it"),
        gettext_lazy("What this model tells of a change may be wrong in size and in direction."),
    ),
}
REASONS = {
    "cycle_time": gettext_lazy("Cases take clearly longer or shorter in the model than they did."),
    "throughput": gettext_lazy("In the model clearly more or fewer cases are finished a day than were."),
    "open_cases": gettext_lazy("The number of open cases runs clearly apart from the real one."),
    "no_fit": gettext_lazy("The model does not tell even the earlier part, which it was made of."),
    "few_cases": gettext_lazy(
        "There are fewer than 30 cases in the earlier or the later part: nothing can be checked."
    ),
    "nothing_ends": gettext_lazy("In the model no case comes to its end within the period."),
}
AS_PAST = {
    "cycle_time": gettext_lazy(
        "In cycle times the earlier cases, taken unchanged, are as far off from the later ones (%(past)s) as the model"
        " (%(model)s): they differ by themselves."
    ),
    "open_cases": gettext_lazy(
        "In open cases the earlier cases, taken unchanged, are as far off from the later ones (%(past)s) as the model"
        " (%(model)s): they differ by themselves."
    ),
}
DISTANCES = {
    "cycle_time": gettext_lazy("Cycle time of cases"),
    "waiting": gettext_lazy("Waiting before each step"),
    "arrivals": gettext_lazy("When cases begin"),
    "absolute_events": gettext_lazy("When steps are done"),
    "relative_events": gettext_lazy("When steps are done, since the case began"),
    "circadian_events": gettext_lazy("At which hour of each weekday steps are done"),
    "ngrams": gettext_lazy("Three steps in a row"),
    "open_cases": gettext_lazy("Open cases by day"),
}
SHARES = ("ngrams", "open_cases")
FIGURES = {
    "cases": gettext_lazy("Cases begun in the period and finished"),
    "throughput": gettext_lazy("Of these a day"),
    "mean_hours": gettext_lazy("Mean cycle time"),
    "median_hours": gettext_lazy("Median cycle time"),
    "p90_hours": gettext_lazy("Nine in ten cases take at most"),
    "open": gettext_lazy("Cases open at the end of a day"),
}


def shown_facts(row: Calibration, by: Actor) -> dict[str, Any]:
    """The facts; people only for who may see what single people do."""
    if may_see_people(by) or "people" not in row.facts:
        return dict(row.facts)
    return {name: value for name, value in row.facts.items() if name != "people"}


def shown_scenario(row: Calibration, by: Actor) -> dict[str, Any]:
    """The scenario. Raises Refused for who may not see what single people do: it tells their hours and speed."""
    if not may_see_people(by):
        raise Refused(remedy=_("Ask a process owner."))
    return dict(row.scenario)


def verdict_told(row: Calibration) -> dict[str, Any]:
    """The verdict in words, with what speaks against the model."""
    title, text = VERDICTS[row.holdout["verdict"]]
    told = (_reason(each, row.holdout) for each in row.holdout["reasons"])
    reasons = [each for each in told if each]
    return {"key": row.holdout["verdict"], "title": title, "text": text, "reasons": reasons}


def _reason(reason: str, holdout: Mapping[str, Any]) -> str:
    """A reason in words; where the past alone is as far off, with its figures."""
    part = reason.removesuffix("_as_past")
    if part == reason:
        return str(REASONS.get(reason, ""))
    past, model = holdout["open_past" if part == "open_cases" else "past"], holdout["distances"][part]
    say = share if part in SHARES else lambda hours: span(hours * 3600)
    return AS_PAST[part] % {"past": say(past), "model": say(model)}


def demand_told(holdout: Mapping[str, Any]) -> str:
    """How many cases came in the later part and how many were to be expected; nothing where that was not looked at."""
    came, expected = holdout.get("demand", (0.0, 0.0))
    if not came:
        return ""
    return _(
        "In the check cases come when they came, %(came)s a day. From the weeks before, %(expected)s a day were to be"
        " expected: how demand goes on, the model cannot know, and the verdict does not ask."
    ) % {"came": f"{came:,.1f}", "expected": f"{expected:,.1f}"}
