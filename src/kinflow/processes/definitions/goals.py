"""What a process is to reach, and what an hour of work in it costs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import FieldError

MEASURES = {
    "duration": gettext_lazy("Hours from the first step to the last"),
    "cost": gettext_lazy("Cost of the work on a case"),
    "good_end": gettext_lazy("Ends well"),
    "no_repeats": gettext_lazy("No step is done twice"),
}
"""Time, cost, and two of quality; the first two have a limit (`at_most`)."""
LIMITED = ("duration", "cost")
SENIORITIES = ("1", "2", "3", "4", "5")
HIGHEST = 1e12
_RATES = {"currency", "usual", "by_seniority", "success", "margin"}
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Rates:
    """What an hour of work costs: by seniority, or else `usual`; None where nobody said.

    A case that ends well brings `success`, or the share `margin` of its amount where it has one.
    """

    currency: str = "CNY"
    usual: float | None = None
    by_seniority: Mapping[str, float] | None = None
    success: float | None = None
    margin: float | None = None

    def of(self, seniority: int | None) -> float | None:
        """The rate of a person of this seniority (None: unknown)."""
        return (self.by_seniority or {}).get(str(seniority), self.usual)


def rates_of(kept: Mapping[str, Any]) -> Rates:
    """The cost rates of a process as a value."""
    return Rates(
        kept.get("currency") or "CNY",
        kept.get("usual"),
        kept.get("by_seniority") or {},
        kept.get("success"),
        kept.get("margin"),
    )


def read_goals(given: Any, errors: list[FieldError]) -> list[dict[str, Any]]:
    """Goals cleaned: [{"measure", "at_most" (hours or money), "share" (of cases, above 0 to 1)}, …]."""
    if given is None:
        return []
    if not isinstance(given, list | tuple) or len(given) > 20:
        errors.append(FieldError("/goals", _("Give a list.")))
        return []
    return [_goal(part, f"/goals/{at}", errors) for at, part in enumerate(given)]


def _goal(part: Any, pointer: str, errors: list[FieldError]) -> dict[str, Any]:
    if not isinstance(part, Mapping) or set(part) - {"measure", "at_most", "share"}:
        errors.append(FieldError(pointer, _("A goal has a measure, a limit and a share of cases.")))
        return {}
    measure = part.get("measure")
    if not isinstance(measure, str) or measure not in MEASURES:
        errors.append(FieldError(f"{pointer}/measure", _("Choose one of the values.")))
        return {}
    share = _number(part.get("share", 1), f"{pointer}/share", errors, most=1)
    goal: dict[str, Any] = {"measure": measure, "share": share}
    if measure in LIMITED:
        goal["at_most"] = _number(part.get("at_most"), f"{pointer}/at_most", errors)
    return goal


def _number(given: Any, pointer: str, errors: list[FieldError], *, most: float = HIGHEST) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= most:
        errors.append(
            FieldError(pointer, _("Give a number above 0, at most %(most)s.") % {"most": f"{most:,.0f}"})
        )
        return 1
    return given


def read_rates(given: Any, errors: list[FieldError]) -> dict[str, Any]:
    """Cost rates cleaned: {"currency", "usual", "by_seniority": {"1": …}, "success", "margin" (above 0 to 1)}."""
    if not given:
        return {}
    if not isinstance(given, Mapping) or set(given) - _RATES:
        errors.append(
            FieldError(
                "/rates",
                _("Rates have a currency, the usual one, those by seniority, and what a good end brings."),
            )
        )
        return {}
    currency, by_seniority = given.get("currency", "CNY"), given.get("by_seniority") or {}
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        errors.append(FieldError("/rates/currency", _("Give the three letters of a currency.")))
    if not isinstance(by_seniority, Mapping) or set(by_seniority) - set(SENIORITIES):
        errors.append(FieldError("/rates/by_seniority", _("Seniorities are 1 to 5.")))
        by_seniority = {}
    known = {"usual": HIGHEST, "success": HIGHEST, "margin": 1}
    return {
        "currency": currency,
        **{
            name: _number(given[name], f"/rates/{name}", errors, most=most)
            for name, most in known.items()
            if given.get(name) is not None
        },
        "by_seniority": {
            level: _number(rate, f"/rates/by_seniority/{level}", errors)
            for level, rate in by_seniority.items()
        },
    }
