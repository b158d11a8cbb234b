"""What a deployment was asked to be, read from plain values, with what is wrong named field by field."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.rules.event_names import events_about
from kinflow.conditions import EVERYTHING, ConditionError, parse, to_json
from kinflow.kit.problem import FieldError
from kinflow.records.faces import VOCABULARY

from .events import FIGURES
from .models import CONDITION, SHARE, WAYS

MOST_GUARDS = 8
HIGHEST = 1_000_000
LEAST_CASES = 5


def read_way(kind: str, way: str, share: Any, condition: Any, errors: list[FieldError]) -> tuple[int, Any]:
    """The share and the condition that go with a way; what goes with another one is no silent wish."""
    if way not in dict(WAYS):
        errors.append(FieldError("/way", _("Choose one of the values.")))
    if condition and way != CONDITION:
        words = _(
            "A condition goes with the way “condition” only: choose that way, or leave the condition out."
        )
        errors.append(FieldError("/condition", words))
    if share not in (None, 100) and way != SHARE:
        words = _("A share goes with the way “share” only: choose that way, or leave the share out.")
        errors.append(FieldError("/share", words))
    if way == SHARE:
        if isinstance(share, bool) or not isinstance(share, int) or not 1 <= share <= 99:
            errors.append(FieldError("/share", _("Give a share from 1 to 99 percent.")))
            return 100, {}
        return share, {}
    if way == CONDITION:
        return 100, _condition(kind, condition, "/condition", errors, is_needed=True)
    return 100, {}


def read_trigger(kind: str, trigger: Mapping[str, Any], errors: list[FieldError]) -> dict[str, Any]:
    """What starts instances by itself; nothing where no event is given."""
    _refuse_strangers(trigger, ("event", "condition"), "/trigger", errors)
    event = trigger.get("event") or ""
    if not event:
        if trigger.get("condition"):
            errors.append(FieldError("/trigger/event", _("Say at which event, if there is a condition.")))
        return {}
    if not isinstance(event, str) or event not in events_about(kind):
        errors.append(FieldError("/trigger/event", _("Choose an event that records of this kind have.")))
        return {}
    return {
        "event": event,
        "condition": _condition(kind, trigger.get("condition"), "/trigger/condition", errors),
    }


def read_guards(guards: Sequence[Any], errors: list[FieldError]) -> list[dict[str, Any]]:
    """The figures that are watched, each with its limit and the least number of cases."""
    if len(guards) > MOST_GUARDS:
        errors.append(FieldError("/guards", _("At most %(most)d guards.") % {"most": MOST_GUARDS}))
        return []
    return [_guard(one, f"/guards/{place}", errors) for place, one in enumerate(guards)]


def _guard(one: Any, here: str, errors: list[FieldError]) -> dict[str, Any]:
    if not isinstance(one, Mapping) or one.get("figure") not in list(FIGURES):  # of any sort
        errors.append(FieldError(f"{here}/figure", _("Choose one of the values.")))
        return {}
    _refuse_strangers(one, ("figure", "limit", "least"), here, errors)
    limit, least = one.get("limit"), one.get("least", LEAST_CASES)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not isfinite(limit):
        errors.append(FieldError(f"{here}/limit", _("Give a number.")))
    elif not 0 <= limit <= HIGHEST:
        errors.append(FieldError(f"{here}/limit", _("Give a number from 0 to 1,000,000.")))
    if isinstance(least, bool) or not isinstance(least, int) or not LEAST_CASES <= least <= HIGHEST:
        errors.append(FieldError(f"{here}/least", _("At least 5 cases, so that one bad day is no verdict.")))
    return {"figure": one["figure"], "limit": limit, "least": least}


def _refuse_strangers(
    given: Mapping[str, Any], known: Sequence[str], here: str, errors: list[FieldError]
) -> None:
    """What is not understood is told: a condition whose name is misspelt would be no condition."""
    for name in given:
        if name not in known:
            words = _("There is no such input. Known are: %(names)s.") % {"names": ", ".join(known)}
            errors.append(FieldError(f"{here}/{str(name)[:60]}", words))


def _condition(
    kind: str, given: Any, here: str, errors: list[FieldError], *, is_needed: bool = False
) -> dict[str, Any]:
    try:
        found = parse(given or {}, kind, VOCABULARY)
    except ConditionError as refused:
        errors.append(FieldError(f"{here}{refused.pointer}", refused.message))
        return {}
    if found == EVERYTHING:
        if is_needed:
            errors.append(FieldError(here, _("Give a condition.")))
        return {}
    told: dict[str, Any] = to_json(found)
    return told
