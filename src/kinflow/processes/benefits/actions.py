"""What can be done with the benefit of a deployment: say what is expected of it."""

from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit

from ..deployments.events import BenefitExpected
from ..deployments.models import Deployment
from .milestones import figures_of

MOST_DAYS = 365
HIGHEST = 1_000_000


@action
def expect_benefit(
    *,
    deployment: Deployment,
    horizon_days: int,
    goals: Sequence[Any] = (),
    promise: Sequence[Any] = (),
    found: str = "",
    seen: int | None = None,
    by: Actor,
) -> Deployment:
    """Say what was found, for how many days each record is followed, what is to get better, and what was promised.

    Hours, percentage points and counts. Raises Invalid, Conflict where somebody else said it meanwhile.
    """
    row: Deployment = hold(deployment)
    permit(by, row)
    if seen is not None and seen != row.version:
        raise Conflict(
            _("Somebody changed this deployment meanwhile."), remedy=_("Look at it, then decide again.")
        )
    errors: list[FieldError] = []
    if (
        isinstance(horizon_days, bool)
        or not isinstance(horizon_days, int)
        or not 1 <= horizon_days <= MOST_DAYS
    ):
        errors.append(FieldError("/horizon_days", _("Give from 1 to 365 days.")))
    known = figures_of(row)
    kept_goals = [_goal(one, known, f"/goals/{n}", errors) for n, one in enumerate(goals)]
    kept_promise = [_promised(one, known, f"/promise/{n}", errors) for n, one in enumerate(promise)]
    for name, kept in (("goals", kept_goals), ("promise", kept_promise)):
        figures = [one.get("figure") for one in kept]
        if len(set(figures)) < len(figures):
            errors.append(FieldError(f"/{name}", _("Name each figure once.")))
    if len(found) > 1000:
        errors.append(FieldError("/found", _("At most 1,000 characters.")))
    if errors:
        raise Invalid(errors=errors)
    row.horizon_days, row.goals, row.promise = horizon_days, kept_goals, kept_promise
    row.found, row.expected_at = found.strip(), timezone.now()
    row.save()
    told: dict[str, Any] = {"goals": len(row.goals), "promised": len(row.promise), "found": row.found}
    record(BenefitExpected(deployment=row, horizon_days=horizon_days, **told))
    return row


def _figure(one: Any, known: Collection[str], here: str, errors: list[FieldError]) -> bool:
    if isinstance(one, Mapping) and isinstance(one.get("figure"), str) and one["figure"] in known:
        return True
    errors.append(FieldError(f"{here}/figure", _("Choose one of the values.")))
    return False


def _number(one: Mapping[str, Any], name: str, here: str, errors: list[FieldError]) -> float:
    value = one.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        errors.append(FieldError(f"{here}/{name}", _("Give a number.")))
    elif abs(value) > HIGHEST:
        errors.append(FieldError(f"{here}/{name}", _("Give a number up to 1,000,000.")))
    else:
        return float(value)
    return 0.0


def _goal(one: Any, known: Collection[str], here: str, errors: list[FieldError]) -> dict[str, Any]:
    if not _figure(one, known, here, errors):
        return {}
    by = _number(one, "by", here, errors)
    if by <= 0:
        errors.append(FieldError(f"{here}/by", _("Say by how much it is to get better, above 0.")))
    return {"figure": one["figure"], "by": by}


def _promised(one: Any, known: Collection[str], here: str, errors: list[FieldError]) -> dict[str, Any]:
    if not _figure(one, known, here, errors):
        return {}
    low, value, high = (_number(one, name, here, errors) for name in ("low", "value", "high"))
    if not low <= value <= high:
        errors.append(FieldError(f"{here}/value", _("The promised value lies between its low and its high.")))
    return {"figure": one["figure"], "value": value, "low": low, "high": high}
