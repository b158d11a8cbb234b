"""Whom a policy asks: of those it names whoever is here and has the least to answer, else the nearest above them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict
from kinflow.organisation.people.availability import away_until
from kinflow.organisation.people.models import Person
from kinflow.organisation.people.queries import here, superiors_of
from kinflow.organisation.units.models import Unit
from kinflow.organisation.users.actors import actor_of_person
from kinflow.records.access import may_see

from ..approvals.models import OPEN, Approval
from ..decisions.outcomes import ABOVE, PERSON, POSITION, UNIT

LONG = timedelta(days=1)
"""Whoever is away for longer than this from now on is not asked, where somebody else can be."""


def named_by(who: str, person: Person | None) -> list[Person]:
    """Those whom an outcome of a policy names for what a person wants to decide, in order."""
    kind, colon, key = who.partition(":")
    people = Person.objects.select_related("unit", "reports_to")
    if f"{kind}{colon}" == POSITION:
        holders = list(people.filter(position=int(key), left_on=None).order_by("pk"))
        return holders or _leads(Unit.objects.filter(positions=int(key)).first())
    if f"{kind}{colon}" == PERSON:
        return list(people.filter(pk=int(key)))
    if f"{kind}{colon}" == UNIT:
        return _leads(Unit.objects.filter(pk=int(key)).first())
    wanted = person.reports_to if person is not None else None
    if who == ABOVE and wanted is not None:
        wanted = wanted.reports_to or wanted
    return [wanted] if wanted is not None else []


def _leads(unit: Unit | None) -> list[Person]:
    """Who leads a unit; where nobody does, who leads the nearest above it."""
    line = [int(key) for key in reversed(unit.path.strip("/").split("/"))] if unit is not None else []
    leads = dict(Unit.objects.filter(pk__in=line, lead__left_on=None).values_list("pk", "lead"))
    nearest = next((leads[pk] for pk in line if leads.get(pk)), None)
    return list(
        Person.objects.select_related("unit", "reports_to").filter(pk__in=[nearest] if nearest else [])
    )


def asked_person(who: str, person: Person | None, about: Model, now: datetime | None = None) -> Person:
    """Whoever is to decide, or the nearest above them who works here and may see the record. Raises Conflict.

    Of several the one with the fewest open questions, then who was asked longest ago; whoever is away for long is asked
    only where nobody else can be.
    """
    now = now or timezone.now()
    named = named_by(who, person)
    lines = [superiors_of(one) for one in named]
    people = (
        here(timezone.localdate(now)).select_related("unit").in_bulk({pk for line in lines for pk in line})
    )
    fits = {
        pk
        for pk, one in people.items()
        if (person is None or pk != person.pk) and may_see(actor_of_person(one), about)
    }
    away = away_until(fits, now, now + LONG)
    for allowed in (fits - away, fits):
        of_these = [line[0] for line in lines if line[0] in allowed]
        if of_these:
            return people[_least_asked(of_these)]
        above = [pk for line in lines for pk in line[1:] if pk in allowed]
        if above:
            return people[above[0]]
    raise Conflict(
        _("You may not decide this alone, and there is nobody to ask."),
        remedy=_("Ask an administrator to say whom you report to, or to change the policy."),
    )


def _least_asked(ids: Sequence[int]) -> int:
    rows = Approval.objects.filter(person__in=ids)
    waiting = dict(rows.filter(state=OPEN).values_list("person").annotate(Count("pk")))
    last = dict(rows.values_list("person").annotate(Max("pk")))
    return min(ids, key=lambda pk: (waiting.get(pk, 0), last.get(pk, 0), pk))
