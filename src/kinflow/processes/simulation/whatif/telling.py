"""What-ifs in words: moves, figures before and after, and what to beware of."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ...definitions.labels import labels_of
from ...definitions.models import Process
from ...studio.attribute_words import value_named
from ...studio.spans import fine_span, share
from ..calibrating.kinds import OTHER
from ..calibrating.models import Calibration
from ..calibrating.role_names import called_after
from ..calibrating.written import scenario_of
from ..scenario import SECOND, Scenario
from ..works.paying import money_told
from .kinds import KIND, STEP, Move, Named
from .models import WhatIf
from .moves import applied, move_of
from .order_moves import MERGED
from .trials import trial_of

FAULTS = {
    "unplayable": gettext_lazy(
        "After these moves the process cannot be played any more. Make a new what-if."
    ),
}
TIMES, SHARES, MONEY = "times", "shares", "money"
ROWS: Mapping[str, tuple[Any, str]] = {
    "cycle_mean": (gettext_lazy("Cycle time, mean"), TIMES),
    "cycle_median": (gettext_lazy("Cycle time, median"), TIMES),
    "cycle_p90": (gettext_lazy("Nine in ten cases take at most"), TIMES),
    "waiting": (gettext_lazy("Waiting in a case"), TIMES),
    "work": (gettext_lazy("Work on a case"), TIMES),
    "cost": (gettext_lazy("Cost of a case"), MONEY),
    "rework": (gettext_lazy("Steps of a case that are done again"), ""),
    "defective": (gettext_lazy("Cases that end with a defect"), SHARES),
    "handovers": (gettext_lazy("Hand-offs in a case"), ""),
    "throughput": (gettext_lazy("Cases finished a day"), ""),
    "unfinished": (gettext_lazy("Cases still open at the end"), SHARES),
}
MORE_IS_BETTER = ("throughput",)
Interval = Sequence[float | None]


def named_in(process: Process, calibration: Calibration, scenario: Scenario) -> Named:
    """How steps, roles and kinds of cases are called."""
    names = {each.id: each.name.split(MERGED) for each in scenario.steps}
    roles = {role for staff in scenario.staff for role in staff.skills}
    after = called_after(calibration.facts)
    known = {*(part for parts in names.values() for part in parts), *roles, *after.values()}
    labels = labels_of(process, known)

    def named(kind: str, key: str) -> str:
        if kind == KIND:
            attribute = calibration.facts["kinds"]["attribute"] or ""
            return _("other") if key == OTHER else value_named(process.case_kind, attribute, key)
        parts = names.get(key, [key]) if kind == STEP else [after.get(key, key)]
        return MERGED.join(labels.get(part, part) for part in parts)

    return named


def moves_told(row: WhatIf) -> list[str]:
    """The moves in words, in their order."""
    return words_of(row.process, row.calibration, [move_of(each) for each in row.moves])


def words_of(process: Process, calibration: Calibration, moves: Sequence[Move]) -> list[str]:
    """Moves in words, each as it is called after those before it."""
    scenario, told = scenario_of(calibration.scenario), []
    for move in moves:
        told.append(move.words(named_in(process, calibration, scenario)))
        scenario = applied(scenario, [move])
    return told


def rows_told(row: WhatIf) -> list[dict[str, Any]]:
    """Each figure before, after, and the difference with its interval; `tone` only where it is more than chance."""
    told = []
    for name, (label, unit) in ROWS.items():
        found = row.figures["rows"][name]
        if name in ("cost", "defective") and not found["before"][0] and not found["after"][0]:
            continue
        told.append(
            {
                "label": label,
                "before": between(found["before"], unit, row.pay),
                "after": between(found["after"], unit, row.pay),
                "difference": between(found["difference"], unit, row.pay, signed=True),
                "tone": tone_of(name, found["difference"]),
            }
        )
    return told


def tone_of(name: str, difference: Interval) -> str:
    """Whether a difference is good, bad or, within its interval, none."""
    _mean, low, high = difference
    if low is None or high is None or low <= 0 <= high:
        return ""
    return "good" if (low > 0) == (name in MORE_IS_BETTER) else "bad"


def between(
    values: Interval, unit: str, pay: Mapping[str, Any] | None = None, *, signed: bool = False
) -> dict[str, str]:
    """A figure with its interval, in the reader's words; money in the currency of the pay."""
    mean, low, high = (_number(each, unit, pay or {}, signed=signed) for each in values)
    return {"mean": mean, "between": _("%(low)s to %(high)s") % {"low": low, "high": high}}


def _number(value: float | None, unit: str, pay: Mapping[str, Any], *, signed: bool) -> str:
    if value is None:
        return "–"  # noqa: RUF001
    size = abs(value)
    if signed and unit == "times" and size < SECOND / 2:
        return pgettext("elapsed time", "%(n)s min") % {"n": 0}
    told = f"{size:,.{_digits(size)}f}" if signed and not unit else _size(size, unit, pay)
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""  # noqa: RUF001
    return sign + told if any(each in "123456789" for each in told) else told


def _size(size: float, unit: str, pay: Mapping[str, Any]) -> str:
    match unit:
        case "times":
            return fine_span(size / SECOND)
        case "shares":
            return share(size)
        case "money":
            return money_told(size, pay)
    return f"{size:,.2f}"


def _digits(size: float) -> int:
    """So many decimals that a small difference, which may be sure, does not read as none."""
    return next((n for n, least in ((2, 0.0995), (3, 0.00995), (4, 0.00005)) if size >= least), 2)


def headline(row: WhatIf) -> str:
    """What the moves come to, in a sentence."""
    mean, low, high = row.figures["rows"]["cycle_mean"]["difference"]
    before = row.figures["rows"]["cycle_mean"]["before"][0]
    if not before or mean is None or low is None or high is None:
        return _("No case was finished in the simulation; nothing can be told.")
    if low <= 0 <= high:
        others = trial_of(row.times, row.figures).clauses(beside="cycle_mean")
        if others:
            return _("No difference in cycle time beyond chance, but %(others)s.") % {"others": others}
        return _("No difference in cycle time beyond chance.")
    told = {"by": share(abs(mean) / before), "low": share(min(abs(low), abs(high)) / before)}
    told["high"] = share(max(abs(low), abs(high)) / before)
    if mean < 0:
        return _("Cases take %(by)s less time on average (95 %% interval %(low)s to %(high)s).") % told
    return _("Cases take %(by)s more time on average (95 %% interval %(low)s to %(high)s).") % told


def warnings_of(row: WhatIf, named: Named) -> list[dict[str, str]]:
    """What to beware of, worst first."""
    verdict, found = row.calibration.holdout["verdict"], []
    if verdict == "bad":
        found.append(
            _bad(_("The model did not foretell the later cases of the log: do not trust these figures."))
        )
    elif verdict == "caution":
        found.append(
            {"tone": "", "text": _("The model is roughly right: trust differences more than figures.")}
        )
    elif verdict == "changed":
        words = _(
            "The process changed within the log: compare before and after, and do not take the figures for a forecast."
        )
        found.append({"tone": "", "text": words})
    if not row.calibration.facts["people"]:
        words = _(
            "The log names nobody, so that nobody is waited for: what changes people tells nothing here."
        )
        found.append(_bad(words))
    if not row.figures:
        return found
    sides = (_("Before the moves"), _("After the moves"))
    for side, is_unstable, roles, stopped in zip(
        sides, row.figures["unstable"], row.figures["overloaded"], row.figures["stopped"], strict=True
    ):
        told = {
            "side": side,
            "roles": pgettext("between values", ", ").join(named("role", role) for role in roles),
        }
        if roles:
            words = _("%(side)s more work comes than %(roles)s can do: the queue grows for ever.")
            found.append(_bad(words % told))
        elif is_unstable:
            found.append(_bad(_("%(side)s the queue grows for ever; times say how long was played.") % told))
        if stopped:
            found.append(_bad(_("%(side)s the play was broken off: too much was going on.") % told))
    return found


def _bad(text: str) -> dict[str, str]:
    return {"tone": "bad", "text": text}
