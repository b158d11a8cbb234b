"""People as criteria see them: arrays over everybody who works here, loaded in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Count, Max, Q
from django.utils import timezone
from numpy.typing import NDArray

from kinflow.eventlog.models import Entry, Mention
from kinflow.organisation.models import Absence, Capacity, LanguageSkill, Person, PersonSkill
from kinflow.records.faces import registry

from ..offers.queries import offered_counts

Levels = Mapping[Any, NDArray[np.int8]]
UNLIMITED = np.inf
LATELY = 500
"""So many of the newest assignments of a kind are asked for who got something."""


@dataclass(frozen=True)
class People:
    """Everybody who works here, by rising id; each array has one value a person.

    `skills` and `languages` map a skill's id or a language to levels 0…5, `territories` a place and `keepers` a
    territory's id to whether they look after it; `held` and `limit` are the weight of the
    open work of the kind and how much of it they can take (inf: no limit); `given_at` is when they last got some of
    it, be it done since or not, in seconds since 1970 (0: they hold none, and had none for long).
    """

    ids: NDArray[np.int64]
    persons: Sequence[Person]
    skills: Levels
    languages: Levels
    territories: Mapping[str, NDArray[np.bool_]]
    keepers: Mapping[int, NDArray[np.bool_]]
    has_territory: NDArray[np.bool_]
    absent: NDArray[np.bool_]
    held: NDArray[np.float64]
    limit: NDArray[np.float64]
    given_at: NDArray[np.float64]
    weight: float = 1.0
    index: Mapping[int, int] = field(default_factory=dict)

    def room(self) -> NDArray[np.int64]:
        """How many more items of the kind each can take."""
        most = np.full(len(self.ids), 10**9, dtype=np.float64)
        limited = np.isfinite(self.limit)
        weight = self.weight or 1.0
        most[limited] = np.floor((self.limit[limited] - self.held[limited]) / weight + 1e-9)
        return np.maximum(most, 0).astype(np.int64)

    def holding(self, held: NDArray[np.float64]) -> "People":
        """The same people with other work in hand."""
        return replace(self, held=held)


def load_people(kind: str, now: datetime) -> People:
    """Everybody who works here at `now`, with what they can and hold of the kind: eleven queries.

    What is offered to them counts as if they held it.
    """
    persons = list(
        Person.objects.filter(Q(left_on=None) | Q(left_on__gt=timezone.localdate(now)))
        .select_related("unit", "calendar")
        .prefetch_related("territories")
        .order_by("pk")
    )
    index = {p.pk: i for i, p in enumerate(persons)}
    territories, keepers, has_territory = _territories(persons)
    held, given_at, weight = _load(kind, index)
    given_at = np.maximum(given_at, _given_lately(kind, index, now))
    return People(
        ids=np.array([p.pk for p in persons], dtype=np.int64),
        persons=persons,
        skills=_levels(PersonSkill.objects.values_list("person_id", "skill_id", "level"), index),
        languages=_levels(LanguageSkill.objects.values_list("person_id", "language", "level"), index),
        territories=territories,
        keepers=keepers,
        has_territory=has_territory,
        absent=_absent(index, now),
        held=held,
        limit=_limits(kind, index),
        given_at=given_at,
        weight=weight,
        index=index,
    )


def _levels(rows: Iterable[tuple[int, Any, int]], index: Mapping[int, int]) -> Levels:
    levels: dict[Any, NDArray[np.int8]] = defaultdict(lambda: np.zeros(len(index), np.int8))
    for person_id, key, level in rows:
        if person_id in index:
            levels[key][index[person_id]] = level
    return dict(levels)


Looking = dict[Any, NDArray[np.bool_]]


def _territories(persons: Sequence[Person]) -> tuple[Looking, Looking, NDArray[np.bool_]]:
    """Who looks after which place, who after which territory, and who after any."""

    def nobody() -> NDArray[np.bool_]:
        return np.zeros(len(persons), np.bool_)

    has_any = nobody()
    places: Looking = defaultdict(nobody)
    keepers: Looking = defaultdict(nobody)
    for i, person in enumerate(persons):
        for territory in person.territories.all():
            has_any[i] = keepers[territory.pk][i] = True
            for place in territory.places:
                places[place.upper()][i] = True
    return dict(places), dict(keepers), has_any


def _absent(index: Mapping[int, int], now: datetime) -> NDArray[np.bool_]:
    absent = np.zeros(len(index), np.bool_)
    rows = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now)
    for person_id in rows.values_list("person_id", flat=True):
        if person_id in index:
            absent[index[person_id]] = True
    return absent


def _limits(kind: str, index: Mapping[int, int]) -> NDArray[np.float64]:
    limits = np.full(len(index), UNLIMITED)
    for person_id, limit in Capacity.objects.filter(kind=kind).values_list("person_id", "limit"):
        if person_id in index:
            limits[index[person_id]] = float(limit)
    return limits


def _load(kind: str, index: Mapping[int, int]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    face = registry[kind]
    assert face.work is not None
    held, given_at = np.zeros(len(index)), np.zeros(len(index))
    rows = face.model._default_manager.filter(**face.work.open, owner__isnull=False)
    grouped = rows.order_by().values_list("owner_id").annotate(n=Count("pk"), last=Max("assigned_at"))
    for owner_id, count, last in grouped:
        if owner_id in index:
            held[index[owner_id]] = count * face.work.weight
            given_at[index[owner_id]] = last.timestamp() if last else 0.0
    for person_id, count in offered_counts(kind):
        if person_id in index:
            held[index[person_id]] += count * face.work.weight
    return held, given_at, face.work.weight


def _given_lately(kind: str, index: Mapping[int, int], now: datetime) -> NDArray[np.float64]:
    """When each person got one of the newest assignments, by the log: what is finished soon is not forgotten."""
    name = f"{registry[kind].model._meta.app_label}.{kind}_assigned"
    newest = Entry.objects.filter(name=name).order_by("-pk").values_list("pk", "at")[:LATELY]
    at = {pk: moment.timestamp() for pk, moment in newest if moment <= now}
    given_at = np.zeros(len(index))
    people = Mention.objects.filter(kind="person", role="person", entry_id__in=list(at))
    for entry_id, person_id in people.values_list("entry_id", "object_id"):
        if person_id in index:
            given_at[index[person_id]] = max(given_at[index[person_id]], at[entry_id])
    return given_at
