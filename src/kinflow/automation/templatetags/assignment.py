"""Score cards and points in templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import pgettext

from ..bilingual import in_active_language
from ..criteria import registry as criteria
from ..eligibility import registry as rules
from ..naming import called
from ..scorings.models import Scoring

register = template.Library()


@register.filter
def said(told: Mapping[str, str] | str | None) -> str:
    """Words kept in every language, in the reader's."""
    return in_active_language(told) if told else ""


@register.filter
def signed(points: float | None) -> str:
    """Points with their sign, without needless decimals: +17, −6, +8.3."""
    if points is None:
        return "–"
    number = round(float(points), 1)
    text = f"{abs(number):.1f}".removesuffix(".0")
    return ("−" if number < 0 else "+" if number > 0 else "") + text


@register.filter
def plain_points(points: float | None) -> str:
    """Points without a sign for what is positive, without needless decimals."""
    return signed(points).removeprefix("+")


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


@register.inclusion_tag("automation/card.html")
def assignment_card(card: Mapping[str, Any], *, title: bool = True) -> dict[str, Any]:
    """A score card: the winner's points by criterion, the runner-up, who was excluded and why."""
    winner = card.get("winner") or {}
    lines = winner.get("lines", [])
    most = max((abs(line["points"]) for line in lines), default=0) or 1
    bars = [line | {"width": round(48 * abs(line["points"]) / most)} for line in lines if line["points"]]
    excluded = card.get("excluded", [])
    return {
        "card": card,
        "winner": winner,
        "bars": bars,
        "runner_up": next(iter(card.get("others", [])), None),
        "excluded": excluded,
        "excluded_count": sum(part["count"] for part in excluded),
        "title": title,
    }


@register.filter
def rule_reason(name: str) -> str:
    """What is said of people an eligibility rule excludes, by the rule's name."""
    special = {
        "no_scoring": pgettext("excluded", "no scoring is for it"),
        "handed_back": pgettext("excluded", "handed it back"),
        "too_few_points": pgettext("excluded", "below the minimum points"),
    }
    return special.get(name) or (str(rules[name].reason) if name in rules else name)
