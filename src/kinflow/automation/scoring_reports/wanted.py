"""Which part of a report is wanted: whole weeks, the people of a unit, and for the items behind a figure which figure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.units.tree import subtree_ids

from ..days import day_given
from ..scorings.models import Scoring
from .access import units_of
from .models import LEFT, WHATS, ScoringOutcome
from .weeks import WEEK, end_of, start_of

USUAL_WEEKS, MOST_WEEKS = 13, 106


@dataclass(frozen=True)
class Wanted:
    """A scoring's outcomes of some whole weeks; `units` None: of everybody."""

    scoring: Scoring
    first: date
    last: date
    units: Collection[int] | None = None
    unit: Unit | None = None

    @property
    def weeks(self) -> list[date]:
        """The Mondays, the oldest first."""
        return [self.first + n * WEEK for n in range((self.last - self.first) // WEEK + 1)]

    def outcomes(self) -> QuerySet[ScoringOutcome]:
        """The outcomes; what was left over has no person, and is there for everybody."""
        rows = ScoringOutcome.objects.filter(
            scoring=self.scoring, at__gte=start_of(self.first), at__lt=end_of(self.last)
        )
        if self.units is None:
            return rows
        people = Person.objects.filter(unit_id__in=list(self.units))
        return rows.filter(Q(person__in=people) | Q(what=LEFT))

    def query(self) -> dict[str, str]:
        """The choice as an address has it."""
        said = {"since": self.first.isoformat(), "until": (self.last + timedelta(days=6)).isoformat()}
        return said | ({"unit": str(self.unit.pk)} if self.unit else {})


def wanted_from(scoring: Scoring, given: Mapping[str, Any], by: Actor) -> Wanted:
    """What is asked for: `since`, `until` (days, rounded to whole weeks), `unit`. Raises Invalid naming what is wrong."""
    errors: list[FieldError] = []
    until = day_given(given.get("until"), "/until", errors) or timezone.localdate()
    since = day_given(given.get("since"), "/since", errors)
    last = until - timedelta(days=until.weekday())
    first = since - timedelta(days=since.weekday()) if since else last - (USUAL_WEEKS - 1) * WEEK
    if since and since > until:
        errors.append(FieldError("/until", _("It ends before it begins.")))
    elif (last - first) // WEEK >= MOST_WEEKS:
        errors.append(FieldError("/since", _("At most %(most)d weeks at once.") % {"most": MOST_WEEKS}))
    own = units_of(by)
    unit = _unit(given.get("unit"), own, errors)
    if errors:
        raise Invalid(errors=errors)
    return Wanted(scoring, first, last, subtree_ids(unit.pk) if unit else own, unit)


def narrowed(wanted: Wanted, given: Mapping[str, Any]) -> QuerySet[ScoringOutcome]:
    """The items behind a figure: `what`, `week` (its Monday), `person`, `by`, `reason`. Raises Invalid."""
    errors: list[FieldError] = []
    rows = wanted.outcomes()
    what = given.get("what") or ""
    if what and what not in dict(WHATS):
        errors.append(FieldError("/what", _("Choose one of the values.")))
    elif what:
        rows = rows.filter(what=what)
    for name in ("person", "by"):
        number = given.get(name)
        if number in (None, ""):
            continue
        if not _is_number(number):
            errors.append(FieldError(f"/{name}", _("Nobody who works here has this number.")))
        else:
            rows = rows.filter(**{f"{name}_id": int(str(number))})
    week = day_given(given.get("week"), "/week", errors)
    if week is not None:
        monday = week - timedelta(days=week.weekday())
        rows = rows.filter(at__gte=start_of(monday), at__lt=end_of(monday))
    if given.get("reason"):
        rows = rows.filter(reason=str(given["reason"]).replace("\0", "")[:60])
    if errors:
        raise Invalid(errors=errors)
    return rows


def _is_number(given: Any) -> bool:
    text = str(given)
    return text.isascii() and text.isdecimal() and len(text) < 19


def _unit(given: Any, own: Collection[int] | None, errors: list[FieldError]) -> Unit | None:
    if given in (None, ""):
        return None
    unit = Unit.objects.filter(pk=int(str(given))).first() if _is_number(given) else None
    if unit is None or (own is not None and unit.pk not in own):
        errors.append(FieldError("/unit", _("There is no such unit.")))
        return None
    return unit
