"""Expected satisfaction before and after the moves, by the process's model or what the reader sets: for page and API."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Invalid

from ...studio.spans import share
from ..replications import Figure, figure
from ..satisfaction.keeping import Kept, kept_of
from ..satisfaction.reckoning import STATED, Satisfaction, content_of, limits_of, model_from, usual_of
from .comparing import difference
from .models import WhatIf

LABELS: Mapping[str, Any] = {
    "base": gettext_lazy("Base"),
    "doubling": gettext_lazy("Less for each doubling of the cycle time"),
    "handover": gettext_lazy("Less for each hand-off"),
    "again": gettext_lazy("Less for each step done again"),
    "expected": gettext_lazy("Cycle time that customers expect (hours; 0: the median before)"),
}


def satisfaction_of(row: WhatIf, model: Satisfaction) -> dict[str, Figure]:
    """The share of content customers before, after, and the difference; nothing for what was played without counting
    them."""
    kept = row.figures.get("satisfaction")
    if not kept or len(kept[0]) < 2:
        return {}
    usual = usual_of(kept[0])
    before, after = ([content_of(model, cases, usual) for cases in side] for side in kept)
    return {"before": figure(before), "after": figure(after), "difference": difference(before, after)}


def satisfaction_told(
    row: WhatIf, given: Mapping[str, Any], problem: Invalid | None = None
) -> dict[str, Any]:
    """What the page shows: the figures in words, the fields of the model, what was wrong in them, or in keeping them."""
    kept = kept_of(row.process)
    model, wrong = model_from(given, kept.model)
    found = satisfaction_of(row, model)
    if not found:
        return {}
    refused = {error.pointer[1:]: error.message for error in problem.errors} if problem else {}
    return {
        "figures": {name: _told(each, is_signed=name == "difference") for name, each in found.items()},
        "tone": _tone(found["difference"]),
        "fields": [
            {
                "name": name,
                "label": label,
                "value": given.get(name) or ("" if name in refused else f"{getattr(model, name):.12g}"),
                "stated": f"{getattr(STATED, name):g}",
                "error": refused.get(name, ""),
                "is_wrong": name in wrong or name in refused,
                "between": limits_of(name),
            }
            for name, label in LABELS.items()
        ],
        "is_changed": model != kept.model,
        "wrong": bool(wrong) and not problem,
        "remedy": problem.remedy if problem else "",
        "kept": kept,
        "source": _source(kept),
    }


def _source(kept: Kept) -> str:
    """Whose numbers the process reckons with."""
    if kept.kept_at is None:
        return _("Nobody has kept other numbers for this process: it reckons with the stated ones.")
    told = {
        "who": kept.by_name or _("Somebody"),
        "when": date_format(localtime(kept.kept_at), "DATETIME_FORMAT"),
    }
    if kept.is_stated:
        return _("%(who)s went back to the stated numbers on %(when)s.") % told
    return _("%(who)s kept numbers for this process on %(when)s.") % told


def _tone(difference: Figure) -> str:
    return "good" if difference.low > 0 else "bad" if difference.high < 0 else ""


def _told(found: Figure, *, is_signed: bool) -> dict[str, str]:
    """A figure with its interval; a difference is told in percentage points."""

    def number(value: float) -> str:
        if value != value:  # not a number
            return "–"  # noqa: RUF001
        return f"{100 * value:+.1f}".replace("-", "−") if is_signed else share(value)  # noqa: RUF001

    told = {"low": number(found.low), "high": number(found.high)}
    return {"mean": number(found.mean), "between": _("%(low)s to %(high)s") % told}
