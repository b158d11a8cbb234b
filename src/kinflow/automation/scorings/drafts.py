"""A scoring's content read and checked: what is wrong is named field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.models import Person

from ..criteria import Criterion
from ..criteria import registry as criteria_registry
from ..eligibility import EligibilityRule
from ..eligibility import registry as rule_registry
from ..offers.terms import Terms, read_terms
from ..parameters import below, finite, read

T = TypeVar("T")

MOST_PARTS = 40
HEAVIEST = 1_000_000.0


@dataclass(frozen=True)
class Weighted:
    """A criterion with the points that its value 1 is worth."""

    criterion: Criterion
    weight: float


@dataclass(frozen=True)
class Draft:
    """A scoring's content, ready to be used; `tell` holds ids of people who are told of what is left over.

    With `offer` it offers on these terms instead of giving.
    """

    criteria: tuple[Weighted, ...]
    eligibility: tuple[EligibilityRule, ...] = ()
    fallback_id: int | None = None
    minimum_points: float | None = None
    tell: tuple[int, ...] = ()
    offer: Terms | None = None


def read_draft(content: Mapping[str, Any]) -> Draft:
    """The content as a value; Invalid names each part that is unknown, not finite or of the wrong shape."""
    errors: list[FieldError] = []
    criteria = _criteria(content.get("criteria", []), errors)
    eligibility = _eligibility(content.get("eligibility", []), errors)
    fallback = _person(content.get("fallback"), "/fallback", errors)
    minimum = _points(content.get("minimum_points"), "/minimum_points", errors)
    tell = _tell(content.get("tell") or [], errors)
    offer = read_terms(content.get("offer"), "/offer", errors)
    if errors:
        raise Invalid(errors=errors)
    return Draft(criteria, eligibility, fallback, minimum, tell, offer)


def kept_draft(content: Mapping[str, Any]) -> Draft:
    """The criteria and rules of content that was checked when it was kept, whatever is gone since.

    A unit that was closed, a skill or a field that is no more leave the rest of a scoring at work: what is
    asked for is had by nobody. Raises Invalid only where the program has no such criterion or rule any more.
    """
    errors: list[FieldError] = []
    criteria = _criteria(content.get("criteria", []), errors, is_kept=True)
    eligibility = _eligibility(content.get("eligibility", []), errors, is_kept=True)
    if errors:
        raise Invalid(errors=errors)
    return Draft(criteria, eligibility)


def _parts(given: Any, pointer: str, errors: list[FieldError]) -> list[Any]:
    if not isinstance(given, list | tuple):
        errors.append(FieldError(pointer, _("Give a list.")))
        return []
    if len(given) > MOST_PARTS:
        errors.append(FieldError(pointer, _("At most %(most)d entries.") % {"most": MOST_PARTS}))
        return []
    return list(given)


def _criteria(given: Any, errors: list[FieldError], *, is_kept: bool = False) -> tuple[Weighted, ...]:
    parts = _parts(given, "/criteria", errors)
    if not parts and not errors:
        errors.append(FieldError("/criteria", _("Choose at least one criterion.")))
    found = []
    for at, part in enumerate(parts):
        pointer = f"/criteria/{at}"
        named = _named(part, "criterion", criteria_registry)
        if named is None:
            errors.append(FieldError(f"{pointer}/criterion", _("There is no such criterion.")))
            continue
        weight = _points(part.get("weight"), f"{pointer}/weight", errors, needed=True)
        errors.extend(_strangers(part, ("criterion", "weight", "parameters"), pointer))
        made, wrong = read(named, _given(part), f"{pointer}/parameters", is_kept=is_kept)
        errors.extend(wrong)
        if made is not None and weight is not None:
            found.append(Weighted(made, weight))
    return tuple(found)


def _named(part: Any, word: str, known: Mapping[str, T]) -> T | None:
    """The kind of criterion or rule that a part names."""
    name = part.get(word) if isinstance(part, Mapping) else None
    return known.get(name) if isinstance(name, str) else None


def _given(part: Mapping[str, Any]) -> Any:
    """A part's parameters; null is as good as none."""
    given = part.get("parameters")
    return {} if given is None else given


def _strangers(part: Mapping[str, Any], known: Sequence[str], pointer: str) -> list[FieldError]:
    return [FieldError(below(pointer, n), _("There is no such input.")) for n in part if n not in known]


def _eligibility(
    given: Any, errors: list[FieldError], *, is_kept: bool = False
) -> tuple[EligibilityRule, ...]:
    found = []
    for at, part in enumerate(_parts(given, "/eligibility", errors)):
        pointer = f"/eligibility/{at}"
        named = _named(part, "rule", rule_registry)
        if named is None:
            errors.append(FieldError(f"{pointer}/rule", _("There is no such rule.")))
            continue
        errors.extend(_strangers(part, ("rule", "parameters"), pointer))
        made, wrong = read(named, _given(part), f"{pointer}/parameters", is_kept=is_kept)
        errors.extend(wrong)
        if made is not None:
            found.append(made)
    return tuple(found)


def _points(given: Any, pointer: str, errors: list[FieldError], *, needed: bool = False) -> float | None:
    """A finite number; negative ones are allowed, so that something can speak against a person."""
    if given in (None, "") and not needed:
        return None
    number = finite(given)
    if number is None or abs(number) > HEAVIEST:
        errors.append(FieldError(pointer, _("Give a number from −1,000,000 to 1,000,000.")))
        return None
    return number


def _person(given: Any, pointer: str, errors: list[FieldError]) -> int | None:
    if given in (None, ""):
        return None
    wanted = given.pk if isinstance(given, Person) else given
    number = finite(wanted)
    if number == (pk := int(number or 0)) and Person.objects.filter(pk=pk, left_on=None).exists():
        return pk
    errors.append(FieldError(pointer, _("Nobody who works here has this number.")))
    return None


def _tell(given: Any, errors: list[FieldError]) -> tuple[int, ...]:
    told = [_person(one, f"/tell/{at}", errors) for at, one in enumerate(_parts(given, "/tell", errors))]
    return tuple(pk for pk in told if pk is not None)
