"""The figures of a report: points by week, fairness, who decided otherwise, what nobody got; a handful of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from django.db.models import Count, DateField, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.timezone import get_default_timezone

from kinflow.organisation.matching.baselines import gini
from kinflow.organisation.models import Person

from .models import GIVEN, HANDED_BACK, LEFT, OVERRIDDEN, ScoringWeek
from .wanted import Wanted
from .weeks import counted, kept_weeks, week_of

MOST_LIVE = 4000
"""So many assignments of a week that is not over are matched anew while somebody waits."""


@dataclass(frozen=True)
class Week:
    """One week: items given, points reached, those of each item's best person, the possible ones, how uneven it was.

    `possible` is None where the week is not counted yet or only some people are wanted, `gini` where it is not counted.
    """

    week: date
    given: int
    reached: float
    best: float
    possible: float | None
    gini: float | None


@dataclass(frozen=True)
class Shares:
    """What one person got, week by week."""

    person_id: int
    name: str
    given: int
    by_week: Sequence[int]


@dataclass(frozen=True)
class Decider:
    """How often somebody decided otherwise; the points given up by those of which the card tells, `known` of them."""

    person_id: int | None
    name: str
    count: int
    known: int
    lost: float


@dataclass(frozen=True)
class Figures:
    """All figures of a report."""

    weeks: Sequence[Week]
    shares: Sequence[Shares]
    deciders: Sequence[Decider]
    unassigned: Sequence[tuple[str, int]]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def reached(self) -> float:
        """Points reached in all."""
        return sum(week.reached for week in self.weeks)

    @property
    def best(self) -> float:
        """Points if each item had gone to its best person."""
        return sum(week.best for week in self.weeks)

    @property
    def counted(self) -> tuple[float, float] | None:
        """Points reached and possible in the weeks that are counted; None where there is none with items."""
        known = [week for week in self.weeks if week.possible is not None and week.given]
        if not known:
            return None
        return sum(week.reached for week in known), sum(week.possible or 0.0 for week in known)

    @property
    def share(self) -> float | None:
        """Points reached as a part of the possible ones."""
        known = self.counted
        return known[0] / known[1] if known and known[1] > 0 else None


def figures_of(wanted: Wanted, now: datetime | None = None) -> Figures:
    """The figures of what is wanted, as things stand."""
    outcomes = wanted.outcomes()
    monday = TruncWeek("at", output_field=DateField(), tzinfo=get_default_timezone())
    cells = outcomes.filter(what=GIVEN).annotate(week=monday).values_list("week", "person_id").order_by()
    got: dict[date, dict[int, int]] = defaultdict(dict)
    points: dict[date, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for week, person, n, reached, best in cells.annotate(Count("pk"), Sum("points"), Sum("best")):
        got[week][person] = n
        points[week][0] += reached
        points[week][1] += best
    kept = _kept(wanted, got, now or timezone.now())
    within = _within(wanted)
    weeks = [_week(week, got[week], points[week], kept.get(week), within) for week in wanted.weeks]
    reasons = (
        outcomes.filter(what=LEFT).values_list("reason").annotate(n=Count("pk")).order_by("-n", "reason")
    )
    counts = dict(outcomes.values_list("what").annotate(Count("pk")).order_by())
    return Figures(
        weeks,
        _shares(wanted, got),
        _deciders(wanted),
        list(reasons),
        {what: counts.get(what, 0) for what in (GIVEN, LEFT, OVERRIDDEN, HANDED_BACK)},
    )


def _within(wanted: Wanted) -> frozenset[int] | None:
    if wanted.units is None:
        return None
    return frozenset(Person.objects.filter(unit_id__in=list(wanted.units)).values_list("pk", flat=True))


def _kept(wanted: Wanted, got: Mapping[date, Mapping[int, int]], now: datetime) -> dict[date, ScoringWeek]:
    """The weeks that are counted, the present one as it stands; what was counted before more came in is left out."""
    kept = {row.week: row for row in kept_weeks(wanted.scoring.pk, wanted.first, wanted.last)}
    today = week_of(now)
    if today in got and today not in kept and sum(got[today].values()) <= MOST_LIVE:
        kept[today] = counted(wanted.scoring.pk, today)
    if wanted.units is not None:
        return kept
    return {week: row for week, row in kept.items() if row.items == sum(got.get(week, {}).values())}


def _week(
    week: date,
    got: Mapping[int, int],
    points: Sequence[float],
    kept: ScoringWeek | None,
    within: frozenset[int] | None,
) -> Week:
    uneven = None
    if kept is not None:
        people = (set(kept.considered) if within is None else within & set(kept.considered)) | set(got)
        uneven = gini(np.array([got.get(person, 0) for person in people], np.int64)) if people else None
    possible = kept.possible if kept is not None and within is None else None
    return Week(week, sum(got.values()), points[0], points[1], possible, uneven)


def _shares(wanted: Wanted, got: Mapping[date, Mapping[int, int]]) -> list[Shares]:
    everybody = {person for by_person in got.values() for person in by_person}
    names = _names(everybody)
    rows = []
    for person in everybody:
        by_week = [got[week].get(person, 0) if week in got else 0 for week in wanted.weeks]
        rows.append(Shares(person, names.get(person, f"#{person}"), sum(by_week), by_week))
    return sorted(rows, key=lambda row: (-row.given, row.person_id))


def _deciders(wanted: Wanted) -> list[Decider]:
    rows = wanted.outcomes().filter(what=OVERRIDDEN).values_list("by_id").order_by()
    told = list(rows.annotate(Count("pk"), Count("points"), Sum("points"), Sum("best")))
    names = _names({by for by, *_ in told if by})
    made = [
        Decider(by, names.get(by, ""), n, known, round((best or 0.0) - (points or 0.0), 2))
        for by, n, known, points, best in told
    ]
    return sorted(made, key=lambda one: (-one.count, one.person_id or 0))


def _names(ids: set[int]) -> dict[int, str]:
    return {pk: person.name for pk, person in Person.objects.in_bulk(list(ids)).items()}
