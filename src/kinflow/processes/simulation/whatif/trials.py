"""What came of a suggested move in a few plays, so that what does not help is not told first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ...studio.spans import share

Outcome = Literal["better", "worse", "mixed", "none"]
NOTABLE = 0.01
"""What changes by less than this share is told as no difference, however surely it is no chance."""
FIGURES: Mapping[str, tuple[Any, Any]] = {
    "cycle_mean": (
        gettext_lazy("cases take %(share)s less time"),
        gettext_lazy("cases take %(share)s more time"),
    ),
    "work": (
        gettext_lazy("there is %(share)s less work on a case"),
        gettext_lazy("there is %(share)s more work on a case"),
    ),
    "rework": (
        gettext_lazy("%(share)s fewer steps are done again"),
        gettext_lazy("%(share)s more steps are done again"),
    ),
}
"""What is looked at; of each less is better."""
LAST: Mapping[Outcome | None, int] = {"better": 0, None: 1, "mixed": 1, "none": 2, "worse": 3}
"""In which order suggestions are told; none where it was not tried."""


@dataclass(frozen=True)
class Trial:
    """The figures of so many plays of each side: by name what it was before, and the difference with its interval."""

    times: int
    rows: Mapping[str, tuple[float, Sequence[float | None]]]

    @property
    def notable(self) -> dict[str, float]:
        """By what share each figure changes that changes notably, beyond chance."""
        found = {}
        for name, (before, (mean, low, high)) in self.rows.items():
            if mean is None or low is None or high is None or not before or low <= 0 <= high:
                continue
            if abs(mean) >= NOTABLE * before:
                found[name] = mean / before
        return found

    @property
    def outcome(self) -> Outcome:
        """Whether what changes is for the better."""
        signs = {change > 0 for change in self.notable.values()}
        if not signs:
            return "none"
        return "mixed" if len(signs) > 1 else "worse" if signs.pop() else "better"

    @property
    def words(self) -> str:
        """What came of it, in a sentence."""
        found = self.clauses() or _("hardly anything changes that the simulation knows")
        return _("Tried in %(times)s plays: %(found)s.") % {"times": self.times, "found": found}

    def clauses(self, *, beside: str = "") -> str:
        """What changes notably, without the figure that is told already; empty where nothing does."""
        told = [
            str(FIGURES[name][change > 0]) % {"share": share(abs(change))}
            for name, change in self.notable.items()
            if name != beside
        ]
        return pgettext("between clauses", ", ").join(told)

    def answer(self) -> dict[str, Any]:
        """For the API."""
        rows = {
            name: {"before": before, "difference": list(off)} for name, (before, off) in self.rows.items()
        }
        return {"outcome": self.outcome, "times": self.times, "rows": rows, "words": self.words}


def trial_in(told: Mapping[str, Any]) -> Trial:
    """The trial that is kept in a calibration, as `trying.tried` writes it."""
    rows = {
        name: (told["rows"][name]["before"], told["rows"][name]["difference"])
        for name in FIGURES
        if told["rows"].get(name, {}).get("before") is not None
    }
    return Trial(told["times"], rows)


def trial_of(times: int, figures: Mapping[str, Any]) -> Trial:
    """The trial that somebody's what-if is."""
    rows = {
        name: (figures["rows"][name]["before"][0], figures["rows"][name]["difference"])
        for name in FIGURES
        if figures["rows"][name]["before"][0] is not None
    }
    return Trial(times, rows)
