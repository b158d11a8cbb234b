"""Expected satisfaction before and after the moves, by the model that the reader sets: for the page and the API."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...studio.spans import share
from ..replications import Figure, figure
from ..satisfaction.reckoning import Satisfaction, content_of, model_from, usual_of
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


def satisfaction_told(row: WhatIf, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows: the figures in words, the fields of the model, what was wrong in them."""
    model, wrong = model_from(given)
    found = satisfaction_of(row, model)
    if not found:
        return {}
    return {
        "figures": {name: _told(each, is_signed=name == "difference") for name, each in found.items()},
        "tone": _tone(found["difference"]),
        "fields": [
            {
                "name": name,
                "label": label,
                "value": given.get(name) or f"{getattr(model, name):g}",
                "is_wrong": name in wrong,
                "between": Satisfaction.__dataclass_fields__[name].metadata["between"],
            }
            for name, label in LABELS.items()
        ],
        "is_changed": model != Satisfaction(),
        "wrong": bool(wrong),
    }


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
