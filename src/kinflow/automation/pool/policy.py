"""What a pool's policy says, read and checked, and what follows from it for one item: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.conditions import ConditionError, parse
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.faces import VOCABULARY

from ..parameters import below, finite

KINDS = ("account", "lead", "opportunity")
"""The kinds of work that can be kept by whoever claims them; the others must be answered, not claimed."""


@dataclass(frozen=True)
class Number:
    """One number of a policy: its words, its bounds, and whether it may be left empty for "no limit"."""

    name: str
    label: Any
    help: Any
    default: int | None
    high: int
    low: int = 0
    is_optional: bool = False


NUMBERS = (
    Number(
        "claims",
        gettext_lazy("Claims per person"),
        gettext_lazy("within the days beside; empty: as many as they like"),
        10,
        10_000,
        is_optional=True,
    ),
    Number("period_days", gettext_lazy("Within days"), gettext_lazy("counted back from now"), 7, 366, 1),
    Number(
        "holding_cap",
        gettext_lazy("Most held at once"),
        gettext_lazy("open items of this pool; who holds as many claims no more. Empty: no cap"),
        100,
        100_000,
        is_optional=True,
    ),
    Number(
        "protected_days",
        gettext_lazy("Protected days"),
        gettext_lazy("after somebody got it, it cannot go back by itself"),
        14,
        3660,
    ),
    Number(
        "neglect_days",
        gettext_lazy("Returns after days without work on it"),
        gettext_lazy("empty: never by itself"),
        30,
        3660,
        1,
        is_optional=True,
    ),
    Number(
        "warning_days",
        gettext_lazy("Warning before, days"),
        gettext_lazy("its owner is told so many days before"),
        3,
        366,
    ),
    Number(
        "locked_days",
        gettext_lazy("Locked for its former owner, days"),
        gettext_lazy("who lost it or put it back cannot claim it at once"),
        30,
        3660,
    ),
)


@dataclass(frozen=True)
class Policy:
    """A pool's policy; None stands for no limit. `may_claim` is a condition over people."""

    claims: int | None = 10
    period_days: int = 7
    holding_cap: int | None = 100
    protected_days: int = 14
    neglect_days: int | None = 30
    warning_days: int = 3
    locked_days: int = 30
    may_claim: Mapping[str, Any] = field(default_factory=dict)


def read_policy(given: Mapping[str, Any]) -> Policy:
    """The policy; what is not named is as it is from the start. Raises Invalid naming each value that is wrong."""
    known = {number.name for number in NUMBERS} | {"may_claim"}
    errors = [FieldError(below("", n), _("There is no such input.")) for n in given if n not in known]
    values: dict[str, Any] = {}
    for number in NUMBERS:
        values[number.name] = _number(number, given.get(number.name, number.default), errors)
    values["may_claim"] = _people(given.get("may_claim") or {}, errors)
    if errors:
        raise Invalid(errors=errors)
    policy = Policy(**values)
    if policy.neglect_days is not None and policy.warning_days >= policy.neglect_days:
        told = _("Warn less days before than the item may be left alone.")
        raise Invalid(errors=[FieldError("/warning_days", told)])
    return policy


def _number(number: Number, given: Any, errors: list[FieldError]) -> int | None:
    if given in (None, "") and number.is_optional:
        return None
    value = finite(given)
    if value is None or value != int(value) or not number.low <= value <= number.high:
        told = _("%(what)s: give a whole number from %(low)d to %(high)d.")
        told %= {"what": number.label, "low": number.low, "high": number.high}
        errors.append(FieldError(f"/{number.name}", told))
        return None
    return int(value)


def _people(given: Any, errors: list[FieldError]) -> Mapping[str, Any]:
    try:
        if given:
            parse(given, "person", VOCABULARY)
    except ConditionError as refused:
        errors.append(FieldError(f"/may_claim{refused.pointer}", refused.message))
        return {}
    return given if isinstance(given, Mapping) else {}


@dataclass(frozen=True)
class Wait:
    """Look again then."""

    until: datetime


@dataclass(frozen=True)
class Warn:
    """Tell the owner that it goes back then."""

    returns_at: datetime


@dataclass(frozen=True)
class Return:
    """It goes back now; nobody worked on it for so many days."""

    days: int


Step = Wait | Warn | Return


def next_step(
    policy: Policy,
    *,
    since: datetime,
    touched_at: datetime | None,
    warned_at: datetime | None,
    returns_at: datetime | None,
    now: datetime,
) -> Step | None:
    """What becomes of an item that somebody has since then and last worked on at `touched_at`.

    None where it never goes back by itself. Nobody loses an item without the whole time of the warning: where it is due
    already (the policy is new, a worker stood still), it goes back that much after the warning. Work on it after the
    warning, or a milder policy, lets the time begin anew.
    """
    if policy.neglect_days is None:
        return None
    begins = max(since, touched_at or since)
    due = max(begins + timedelta(days=policy.neglect_days), since + timedelta(days=policy.protected_days))
    if warned_at is not None and returns_at is not None and begins <= warned_at and due <= returns_at:
        return Return((now - begins).days) if now >= returns_at else Wait(returns_at)
    notice = timedelta(days=policy.warning_days)
    if now < due - notice:
        return Wait(due - notice)
    return Warn(max(due, now + notice))


def protected_until(policy: Policy, since: datetime) -> datetime:
    """Until when what somebody got at `since` cannot go back by itself."""
    return since + timedelta(days=policy.protected_days)
