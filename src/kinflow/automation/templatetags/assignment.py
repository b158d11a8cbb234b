"""Score cards and points in templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext, ngettext, pgettext

from ..assignments.cards import points_words
from ..bilingual import in_active_language
from ..criteria import registry as criteria
from ..eligibility import registry as rules
from ..naming import called
from ..said import shown
from ..scorings.models import Scoring

register = template.Library()
NO_SCORING = "no_scoring"


def _no_scoring() -> str:
    return pgettext("excluded", "no scoring is for it")


@register.filter
def said(told: Mapping[str, str] | str | None) -> str:
    """Words kept in every language, in the reader's."""
    return in_active_language(told) if told else ""


@register.filter
def as_shown(reason: str) -> str:
    """What a program gave as its reason, in the reader's language; what a person wrote, as it is."""
    return shown(str(reason))


@register.filter
def signed(points: float | None) -> str:
    """Points with their sign, without needless decimals: +17, −6, +8.3."""
    if points is None:
        return "–"
    return ("+" if round(float(points), 1) > 0 else "") + points_words(float(points))


@register.filter
def plain_points(points: float | None) -> str:
    """Points without a sign for what is positive, without needless decimals."""
    return signed(points).removeprefix("+")


@register.filter
def percent(share: float) -> str:
    """A part of one in percent with one decimal."""
    return gettext("%(n)s %%") % {"n": f"{100 * share:.1f}"}


@register.filter
def criterion_label(name: str) -> str:
    """What a criterion is called; its name where it is not there any more."""
    kind = criteria.get(name)
    return str(kind.label) if kind else name


@register.filter
def scoring_called(scoring: Scoring | Mapping[str, Any]) -> str:
    """The scoring's name (of a row, or as a card keeps it) in the reader's language."""
    if isinstance(scoring, Scoring):
        return called(scoring)
    return called(Scoring(name=scoring.get("name", ""), name_zh=scoring.get("name_zh", "")))


def counted(reason: str, n: int) -> str:
    """How many a reason excludes: "5 absent"; of a missing scoring only that."""
    if reason == NO_SCORING:
        return _no_scoring()
    return pgettext("how many people, and why", "%(n)d %(reason)s") % {"n": n, "reason": reason}


@register.filter
def excluded_words(reasons: Mapping[str, int]) -> str:
    """The reasons by their names, each with its number, as a list."""
    said = [counted(rule_reason(name) if name != NO_SCORING else name, n) for name, n in reasons.items()]
    return _listed(said)


def _listed(said: list[str]) -> str:
    return pgettext("between parts of a list", "{0}, {1}").replace("{0}", "").replace("{1}", "").join(said)


@register.filter
def considered_words(card: Mapping[str, Any]) -> str:
    """How many were considered, how many of them were not eligible, and why."""
    excluded = card.get("excluded", [])
    considered = int(card.get("considered", 0))
    told = {
        "n": considered,
        "out": sum(part["count"] for part in excluded),
        "why": _listed([counted(_excluding(part), part["count"]) for part in excluded]),
    }
    if not excluded:
        return ngettext("%(n)d person considered.", "%(n)d people considered.", considered) % told
    return (
        ngettext(
            "%(n)d person considered, %(out)d not eligible: %(why)s.",
            "%(n)d people considered, %(out)d not eligible: %(why)s.",
            considered,
        )
        % told
    )


def _excluding(part: Mapping[str, Any]) -> str:
    """A reason as the card words it; by its name where the card was made of many at once."""
    return said(part["text"]) if part.get("text") else rule_reason(part["reason"])


@register.inclusion_tag("automation/card.html")
def assignment_card(card: Mapping[str, Any], *, title: bool = True) -> dict[str, Any]:
    """A score card: the winner's points by criterion, the runner-up, who was excluded and why."""
    winner = card.get("winner") or {}
    lines = winner.get("lines", [])
    most = max((abs(line["points"]) for line in lines), default=0) or 1
    bars = [line | {"width": round(48 * abs(line["points"]) / most)} for line in lines if line["points"]]
    return {
        "card": card,
        "winner": winner,
        "bars": bars,
        "runner_up": next(iter(card.get("others", [])), None),
        "title": title,
    }


@register.filter
def rule_reason(name: str) -> str:
    """What is said of people an eligibility rule excludes, by the rule's name."""
    special = {
        NO_SCORING: _no_scoring(),
        "handed_back": pgettext("excluded", "handed it back"),
        "declined": pgettext("excluded", "did not take it when it was offered"),
        "too_few_points": pgettext("excluded", "below the minimum points"),
        "reserved": pgettext("excluded", "not of the unit or position that it is for"),
    }
    return special.get(name) or (str(rules[name].reason) if name in rules else name)
