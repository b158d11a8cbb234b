"""What the settings page of a process sends, as content of the process; and what it shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kinflow.kit.problem import Problem

from ..designs.wrong import wrong_fields
from .goals import LIMITED, MEASURES, SENIORITIES
from .models import Process

OUTCOMES = (
    ("", "–"),
    ("good", pgettext_lazy("outcome of a case", "Ends well")),
    ("bad", pgettext_lazy("outcome of a case", "Ends badly")),
    ("again", pgettext_lazy("outcome of a case", "Goes on again")),
)

AT_FIELDS = ("/name", "/key", "/rates/", "/goals/")


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


def wrong_in(problem: Problem | None, goals: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What is said of each field of the forms of processes, by its name; shares are per cent there."""
    places = {"name": "/name", "name_zh": "/name_zh", "key": "/key"}
    places |= {name: f"/rates/{name}" for name in ("currency", "usual", "success", "margin")}
    places |= {f"rate-{level}": f"/rates/by_seniority/{level}" for level in SENIORITIES}
    for at, goal in enumerate(goals):
        places |= {f"{goal.get('measure')}-{part}": f"/goals/{at}/{part}" for part in ("at_most", "share")}
    found = wrong_fields(problem, places)
    shares = [name for name in found if name == "margin" or name.endswith("-share")]
    return found | {name: _("Give a number above 0, at most %(most)s.") % {"most": 100} for name in shares}


def faults_of(problem: Problem | None, wrong: Mapping[str, str]) -> list[str]:
    """What is said above a form: that fields are to be looked at, and what is wrong at none of them."""
    errors = problem.errors if problem is not None else ()
    others = [str(error.message) for error in errors if not error.pointer.startswith(AT_FIELDS)]
    return [str(problem.title), *others] if problem is not None and wrong else others


def goals_shown(
    goals: Sequence[Mapping[str, Any]], wrong: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """A row for each measure, filled where it is a goal, with what is wrong in it."""
    wrong = wrong or {}
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
                "wrong_at_most": wrong.get(f"{measure}-at_most", ""),
                "wrong_share": wrong.get(f"{measure}-share", ""),
                "share": _shown(100 * share if isinstance(share, int | float) else share),
            }
        )
    return rows


def rates_shown(rates: Mapping[str, Any], wrong: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The rates as the form shows them."""
    by_seniority, margin = rates.get("by_seniority") or {}, rates.get("margin")
    return {
        "currency": rates.get("currency") or "CNY",
        "usual": _shown(rates.get("usual")),
        "success": _shown(rates.get("success")),
        "margin": _shown(100 * margin if isinstance(margin, int | float) else margin),
        "levels": [
            (level, _shown(by_seniority.get(level)), (wrong or {}).get(f"rate-{level}", ""))
            for level in SENIORITIES
        ],
    }


def _shown(number: Any) -> str:
    return "" if number is None else f"{number:.10g}" if isinstance(number, int | float) else str(number)
