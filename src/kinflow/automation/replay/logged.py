"""What the log tells of the decisions of a period: who got which item, and the points on the score cards of then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kinflow.eventlog.models import Entry, Mention
from kinflow.kit.problem import Invalid

from ..assignments.past import assigned_event
from ..criteria.items import Item, load_items
from ..scoring_reports.models import GIVEN, ScoringOutcome
from ..scorings.drafts import Draft
from ..scorings.models import Scoring
from ..scorings.using import draft_of

CHUNK = 500
GONE, NO_CARDS, NOTHING = "gone", "no_cards", "nothing"


@dataclass(frozen=True)
class Decision:
    """One item as a scoring gave it out: when, to whom, by which version and with which card."""

    entry_id: int
    at: datetime
    record: Any
    item: Item
    person_id: int
    card: Mapping[str, Any]

    @property
    def number(self) -> int:
        """The version that decided; 0 where the card does not say."""
        number = (self.card.get("scoring") or {}).get("version")
        return number if isinstance(number, int) else 0

    def candidates(self) -> list[Mapping[str, Any]]:
        """Those on the card with their points by criterion, the winner first."""
        return [one for one in (self.card.get("winner"), *self.card.get("others", ())) if one]


def decided(scoring: Scoring, since: datetime, until: datetime) -> QuerySet[ScoringOutcome]:
    """What a scoring gave out in a period, each item at its first time."""
    rows = ScoringOutcome.objects.filter(
        scoring=scoring, kind=scoring.kind, what=GIVEN, at__gte=since, at__lt=until, person__isnull=False
    )
    earlier = ScoringOutcome.objects.filter(
        kind=OuterRef("kind"),
        object_id=OuterRef("object_id"),
        entry_id__lt=OuterRef("entry_id"),
        scoring=scoring,
        what=GIVEN,
        at__gte=since,
    )
    return rows.filter(~Exists(earlier))


def why_empty(scoring: Scoring, since: datetime, until: datetime) -> str:
    """Why there is nothing to replay in a period: all of it is gone, nothing has a score card, nothing was given out."""
    if decided(scoring, since, until).exists():
        return GONE
    given = Entry.objects.filter(name=assigned_event(scoring.kind), at__gte=since, at__lt=until)
    to_somebody = Mention.objects.filter(entry=OuterRef("pk"), role="person")
    by_scorings = ScoringOutcome.objects.filter(entry_id=OuterRef("pk"))
    return NO_CARDS if given.filter(Exists(to_somebody), ~Exists(by_scorings)).exists() else NOTHING


def decisions(
    scoring: Scoring, since: datetime, until: datetime, size: int = CHUNK
) -> Iterator[tuple[int, list[Decision]]]:
    """The decisions in the order of time, in pieces of at most `size`: how many were looked at, and those still there."""
    rows = decided(scoring, since, until).order_by("at", "entry_id")
    after: Q = Q()
    while found := list(rows.filter(after).values_list("entry_id", "at", "object_id", "person_id")[:size]):
        last_id, last_at = found[-1][0], found[-1][1]
        after = Q(at__gt=last_at) | Q(at=last_at, entry_id__gt=last_id)
        yield len(found), _read(scoring.kind, found)


def _read(kind: str, found: Sequence[tuple[Any, ...]]) -> list[Decision]:
    records, items = load_items(kind, [object_id for _e, _at, object_id, _p in found])
    by_id = {item.id: (record, item) for record, item in zip(records, items, strict=True)}
    entries = Entry.objects.in_bulk([entry_id for entry_id, *_rest in found])
    return [
        Decision(entry_id, at, *by_id[object_id], person_id, entries[entry_id].data.get("card") or {})
        for entry_id, at, object_id, person_id in found
        if object_id in by_id and entry_id in entries
    ]


class Versions:
    """The contents of a scoring's versions, each read once."""

    def __init__(self, scoring: Scoring) -> None:
        self._scoring = scoring
        self._known: dict[int, Draft | None] = {}

    def get(self, number: int) -> Draft | None:
        """The version's content; None where there is no such version, or the program cannot read it any more."""
        if number not in self._known:
            version = self._scoring.versions.filter(number=number).first()
            try:
                self._known[number] = draft_of(version) if version else None
            except Invalid:
                self._known[number] = None
        return self._known[number]


def told_values(draft: Draft, then: Draft | None, candidate: Mapping[str, Any]) -> dict[int, float]:
    """By place in `draft` the values of criteria that a card tells of a candidate.

    A card keeps weight times value: it tells the value where the version of then (`then`) had the same criterion with the
    same parameters once, and gave it a weight.
    """
    if then is None:
        return {}
    lines: dict[tuple[str, float], list[float]] = {}
    for line in candidate.get("lines", ()):
        lines.setdefault((line["criterion"], float(line["weight"])), []).append(float(line["points"]))
    told = {}
    for at, wanted in enumerate(draft.criteria):
        same = [w for w in then.criteria if w.criterion == wanted.criterion and w.weight]
        if len(same) != 1:
            continue
        points = lines.get((wanted.criterion.name, float(same[0].weight)), [])
        if len(points) == 1:
            told[at] = points[0] / same[0].weight
    return told
