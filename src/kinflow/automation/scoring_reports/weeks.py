"""What the best matching could have reached with a week's assignments."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from ..rebalancing.least import NOBODY, least_disruptive
from .models import GIVEN, ScoringOutcome, ScoringWeek

CHUNK = 2000
"""So many assignments, in their order, are matched anew together: as many as a batch holds."""
WEEK = timedelta(days=7)
Pairs = Sequence[tuple[int, Sequence[tuple[int, float]]]]


def week_of(at: datetime) -> date:
    """The Monday of the company's week in which the moment lies."""
    day = at.astimezone(get_default_timezone()).date()
    return day - timedelta(days=day.weekday())


def start_of(week: date) -> datetime:
    """When the week begins."""
    return datetime.combine(week, time(), get_default_timezone())


def end_of(week: date) -> datetime:
    """When the week is over."""
    return start_of(week + WEEK)


def possible_points(pairs: Pairs) -> float:
    """The most points that these assignments could have reached with nobody getting more items than they got.

    pairs: for each assignment who got it, and all people on its score card with their points; who got it is one of
    these. The card holds the best five only, so the true optimum may lie higher: this is what is proved.
    """
    people = sorted({person for _who, card in pairs for person, _points in card})
    column = {person: at for at, person in enumerate(people)}
    points = np.zeros((len(pairs), len(people)))
    eligible = np.zeros(points.shape, np.bool_)
    room = np.zeros(len(people), np.int64)
    for row, (who, card) in enumerate(pairs):
        at = [column[person] for person, _points in card]
        points[row, at] = [value for _person, value in card]
        eligible[row, at] = True
        room[column[who]] += 1
    nobody = np.full(len(pairs), NOBODY, np.int64)
    better = least_disruptive(points, eligible, room, nobody, 0.0, np.zeros(len(pairs), np.bool_))
    return float(points[np.arange(len(pairs)), better].sum())


def counted(scoring_id: int, week: date) -> ScoringWeek:
    """The week's figures as the kept outcomes tell them, a chunk in memory at a time; not saved."""
    told = ScoringWeek(scoring_id=scoring_id, week=week, items=0, possible=0.0)
    considered: set[int] = set()
    for pairs in _chunks(scoring_id, week):
        told.items += len(pairs)
        told.possible += possible_points(pairs)
        considered.update(person for _who, card in pairs for person, _points in card)
    told.considered = sorted(considered)
    return told


def _chunks(scoring_id: int, week: date) -> Iterator[list[Any]]:
    rows = ScoringOutcome.objects.filter(
        scoring_id=scoring_id, what=GIVEN, at__gte=start_of(week), at__lt=end_of(week)
    ).order_by("at", "entry_id")
    known = rows.values_list("person_id", "candidates").iterator(chunk_size=CHUNK)
    while part := list(islice(known, CHUNK)):
        yield part


def count_week(scoring_id: int, week: date) -> None:
    """Keep the week's figures, in place of what was counted before."""
    told = counted(scoring_id, week)
    ScoringWeek.objects.update_or_create(
        scoring_id=scoring_id,
        week=week,
        defaults={"items": told.items, "possible": told.possible, "considered": told.considered},
    )


def kept_weeks(scoring_id: int, first: date, last: date) -> QuerySet[ScoringWeek]:
    """The weeks that are counted, from the first to the last."""
    return ScoringWeek.objects.filter(scoring_id=scoring_id, week__gte=first, week__lte=last)
