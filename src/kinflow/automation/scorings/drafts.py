"""A scoring's content read and checked: what is wrong is named field by field."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.models import Person

from ..criteria import Criterion
from ..criteria import registry as criteria_registry
from ..eligibility import EligibilityRule
from ..eligibility import registry as rule_registry
from ..parameters import read

MOST_PARTS = 40
HEAVIEST = 1_000_000.0


@dataclass(frozen=True)
class Weighted:
    """A criterion with the points that its value 1 is worth."""

    criterion: Criterion
    weight: float


@dataclass(frozen=True)
class Draft:
    """A scoring's content, ready to be used; `tell` holds ids of people who are told of what is left over."""

    criteria: tuple[Weighted, ...]
    eligibility: tuple[EligibilityRule, ...] = ()
    fallback_id: int | None = None
    minimum_points: float | None = None
    tell: tuple[int, ...] = ()


def read_draft(content: Mapping[str, Any]) -> Draft:
    """The content as a value; Invalid names each part that is unknown, not finite or of the wrong shape."""
    errors: list[FieldError] = []
    criteria = _criteria(content.get("criteria", []), errors)
    eligibility = _eligibility(content.get("eligibility", []), errors)
    fallback = _person(content.get("fallback"), "/fallback", errors)
    minimum = _points(content.get("minimum_points"), "/minimum_points", errors)
    tell = _tell(content.get("tell") or [], errors)
    if errors:
        raise Invalid(errors=errors)
    return Draft(criteria, eligibility, fallback, minimum, tell)


def _parts(given: Any, pointer: str, errors: list[FieldError]) -> list[Any]:
    if not isinstance(given, list | tuple):
        errors.append(FieldError(pointer, _("Give a list.")))
        return []
    if len(given) > MOST_PARTS:
        errors.append(FieldError(pointer, _("At most %(most)d entries.") % {"most": MOST_PARTS}))
        return []
    return list(given)


def _criteria(given: Any, errors: list[FieldError]) -> tuple[Weighted, ...]:
    parts = _parts(given, "/criteria", errors)
    if not parts and not errors:
        errors.append(FieldError("/criteria", _("Choose at least one criterion.")))
    found = []
    for at, part in enumerate(parts):
        pointer = f"/criteria/{at}"
        named = criteria_registry.get(part.get("criterion", "")) if isinstance(part, Mapping) else None
        if named is None:
            errors.append(FieldError(f"{pointer}/criterion", _("There is no such criterion.")))
            continue
        weight = _points(part.get("weight"), f"{pointer}/weight", errors, needed=True)
        made, wrong = read(named, part.get("parameters") or {}, f"{pointer}/parameters")
        errors.extend(wrong)
        if made is not None and weight is not None:
            found.append(Weighted(made, weight))
    return tuple(found)


def _eligibility(given: Any, errors: list[FieldError]) -> tuple[EligibilityRule, ...]:
    found = []
    for at, part in enumerate(_parts(given, "/eligibility", errors)):
        pointer = f"/eligibility/{at}"
        named = rule_registry.get(part.get("rule", "")) if isinstance(part, Mapping) else None
        if named is None:
            errors.append(FieldError(f"{pointer}/rule", _("There is no such rule.")))
            continue
        made, wrong = read(named, part.get("parameters") or {}, f"{pointer}/parameters")
        errors.extend(wrong)
        if made is not None:
            found.append(made)
    return tuple(found)


def _points(given: Any, pointer: str, errors: list[FieldError], *, needed: bool = False) -> float | None:
    """A finite number; negative ones are allowed, so that something can speak against a person."""
    if given in (None, "") and not needed:
        return None
    try:
        number = float(given)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or abs(number) > HEAVIEST:
        errors.append(FieldError(pointer, _("Give a number from −1,000,000 to 1,000,000.")))
        return None
    return number


def _person(given: Any, pointer: str, errors: list[FieldError]) -> int | None:
    if given in (None, ""):
        return None
    wanted = given.pk if isinstance(given, Person) else given
    if str(wanted).isdigit() and Person.objects.filter(pk=int(wanted), left_on=None).exists():
        return int(wanted)
    errors.append(FieldError(pointer, _("Nobody who works here has this number.")))
    return None


def _tell(given: Any, errors: list[FieldError]) -> tuple[int, ...]:
    told = [_person(one, f"/tell/{at}", errors) for at, one in enumerate(_parts(given, "/tell", errors))]
    return tuple(pk for pk in told if pk is not None)
