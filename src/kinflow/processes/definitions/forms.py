"""What the settings page of a process sends, as content of the process; and what it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from .goals import LIMITED, MEASURES, SENIORITIES
from .models import Process

OUTCOMES = (
    ("", "–"),
    ("good", pgettext_lazy("outcome of a case", "Ends well")),
    ("bad", pgettext_lazy("outcome of a case", "Ends badly")),
    ("again", pgettext_lazy("outcome of a case", "Goes on again")),
)


def changes_of(sent: QueryDict, process: Process) -> dict[str, Any]:
    """The changes that were sent; what is no number stays as it was typed, so that it is refused by name."""
    changes: dict[str, Any] = {"name": sent.get("name", ""), "name_zh": sent.get("name_zh", "")}
    changes |= goals_and_rates(sent)
    if process.steps:
        changes["phases"] = [_renamed(each, sent, f"p{at}") for at, each in enumerate(process.phases)]
        changes["steps"] = [_step(each, sent, f"s{at}") for at, each in enumerate(process.steps)]
        changes["ends"] = _ends(sent, process)
    return changes


def goals_and_rates(sent: QueryDict) -> dict[str, Any]:
    """The goals and the cost rates that were sent."""
    return {
        "goals": [goal for measure in MEASURES if (goal := _goal(sent, measure))],
        "rates": _rates(sent),
    }


def _ends(sent: QueryDict, process: Process) -> list[str]:
    """The last steps in their old order, new ones behind; those told more finely than by a step stay."""
    keys = [each["key"] for each in process.steps]
    chosen = [key for at, key in enumerate(keys) if f"s{at}-ends" in sent]
    stay = [key for key in process.ends if key in chosen or key not in keys]
    return stay + [key for key in chosen if key not in stay]


def _goal(sent: QueryDict, measure: str) -> dict[str, Any] | None:
    """The goal of a measure; none where no share of cases is wanted."""
    share = _number(sent.get(f"{measure}-share", ""))
    if share is None:
        return None
    goal: dict[str, Any] = {"measure": measure, "share": share / 100 if isinstance(share, float) else share}
    if measure in LIMITED:
        goal["at_most"] = _number(sent.get(f"{measure}-at_most", ""))
    return goal


def _rates(sent: QueryDict) -> dict[str, Any]:
    levels = {level: _number(sent.get(f"rate-{level}", "")) for level in SENIORITIES}
    margin = _number(sent.get("margin", ""))
    return {
        "currency": sent.get("currency", "").strip().upper(),
        "usual": _number(sent.get("usual", "")),
        "success": _number(sent.get("success", "")),
        "margin": margin / 100 if isinstance(margin, float) else margin,
        "by_seniority": {level: rate for level, rate in levels.items() if rate is not None},
    }


def _renamed(part: Mapping[str, Any], sent: QueryDict, prefix: str) -> dict[str, Any]:
    return {
        **part,
        "name": sent.get(f"{prefix}-name", part["name"]),
        "name_zh": sent.get(f"{prefix}-name_zh", part["name_zh"]),
    }


def _step(part: Mapping[str, Any], sent: QueryDict, prefix: str) -> dict[str, Any]:
    return {
        **_renamed(part, sent, prefix),
        "phase": sent.get(f"{prefix}-phase", part["phase"]),
        "outcome": sent.get(f"{prefix}-outcome", part["outcome"]),
    }


def _number(text: str) -> float | str | None:
    """The number that was typed, None for nothing, the text itself for what is no number."""
    text = text.strip()
    try:
        return float(text) if text else None
    except ValueError:
        return text


def goals_shown(goals: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each measure, filled where it is a goal."""
    known = {goal.get("measure"): goal for goal in goals}
    rows = []
    for measure, label in MEASURES.items():
        goal = known.get(measure, {})
        share = goal.get("share")
        rows.append(
            {
                "key": measure,
                "label": label,
                "is_limited": measure in LIMITED,
                "at_most": _shown(goal.get("at_most")),
                "share": _shown(100 * share if isinstance(share, int | float) else share),
            }
        )
    return rows


def rates_shown(rates: Mapping[str, Any]) -> dict[str, Any]:
    """The rates as the form shows them."""
    by_seniority, margin = rates.get("by_seniority") or {}, rates.get("margin")
    return {
        "currency": rates.get("currency") or "CNY",
        "usual": _shown(rates.get("usual")),
        "success": _shown(rates.get("success")),
        "margin": _shown(100 * margin if isinstance(margin, int | float) else margin),
        "levels": [(level, _shown(by_seniority.get(level))) for level in SENIORITIES],
    }


def _shown(number: Any) -> str:
    return "" if number is None else f"{number:.10g}" if isinstance(number, int | float) else str(number)
