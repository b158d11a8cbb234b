"""One kind of open work weighed up: which of the chosen people's items had better be whose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.faces import registry

from ..assignments.compact_cards import compact_cards
from ..assignments.evaluation import Evaluation, evaluate
from ..assignments.handed_back import handed_back_pairs
from ..assignments.situations import free_of
from ..criteria.items import items_of, with_related, without_times
from ..criteria.people import People, load_people
from ..criteria.situation import Situation
from ..offers.queries import asked_pairs
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of, scorings_for
from .least import NOBODY, least_disruptive

MOST_ITEMS = 20_000
MUST_GO = ("absence", "leaving")
"""The causes by which nothing stays with the people chosen."""


@dataclass(frozen=True)
class Move:
    """One item that goes from one person to another, what that gains, and the score card of who gets it."""

    kind: str
    item_id: int
    title: str
    before: int
    after: int
    gain: float
    card: dict[str, Any]


@dataclass
class Weighed:
    """What came of one kind: moves, items looked at, those without a place and without a scoring, load per person."""

    kind: str
    moves: list[Move] = field(default_factory=list)
    looked_at: int = 0
    no_place: list[int] = field(default_factory=list)
    no_scoring: list[int] = field(default_factory=list)
    loads: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """Whose work is looked at, why, at what price, among whom, and at most how many items a person."""

    cause: str
    people: frozenset[int]
    price: float
    receivers: frozenset[int] | None = None
    most: int | None = None


def weigh(kind: str, wanted: Wanted, now: datetime) -> Weighed:
    """The least disruptive moves of one kind of work. Raises Invalid for more than `MOST_ITEMS` items."""
    face = registry[kind]
    assert face.work is not None
    rows = face.model._default_manager.filter(**face.work.open, owner_id__in=wanted.people)
    found = list(without_times(with_related(rows.order_by("pk")))[: MOST_ITEMS + 1])
    if len(found) > MOST_ITEMS:
        words = _("More than %(most)s open items of one kind: choose fewer people.") % {
            "most": f"{MOST_ITEMS:,}"
        }
        raise Invalid(errors=[FieldError("/people", words)])
    told = Weighed(kind, looked_at=len(found))
    everybody = load_people(kind, now)
    if found:
        _weigh(told, found, everybody, wanted, now)
    told.loads = loads_of(everybody, told.moves, wanted.people)
    return told


def _weigh(told: Weighed, found: list[Any], everybody: People, wanted: Wanted, now: datetime) -> None:
    ids = [row.pk for row in found]
    chosen = scorings_for(told.kind, ids)
    told.no_scoring = [pk for pk in ids if pk not in chosen]
    scored = [row for row in found if row.pk in chosen]
    items = items_of(told.kind, scored)
    people = free_of(everybody, items)
    parts = _parts(scored, chosen, Situation(told.kind, now, items, people))
    if not parts:
        return
    rows = [row for part in parts for row in part.rows]
    points = np.vstack([part.evaluation.points for part in parts])
    eligible = np.vstack([part.evaluation.eligible for part in parts])
    holder = np.array([people.index.get(row.owner_id, NOBODY) for row in rows], np.int64)
    must_go = _must_go(wanted.cause, holder, eligible)
    eligible &= _receivers(people, wanted)
    better = least_disruptive(points, eligible, _room(people, wanted), holder, wanted.price, must_go)
    told.no_place = [row.pk for row, column in zip(rows, better, strict=True) if column == NOBODY]
    at = 0
    for part in parts:
        end = at + len(part.rows)
        told.moves += _moves(told.kind, part, better[at:end], holder[at:end])
        at = end


@dataclass(frozen=True)
class _Part:
    rows: Sequence[Any]
    scoring: Scoring
    evaluation: Evaluation


def _parts(rows: Sequence[Any], chosen: Mapping[int, Scoring], of: Situation) -> list[_Part]:
    """The items of each scoring with everybody's points; `of.items` are the facts of the rows, in their order."""
    ids = [row.pk for row in rows]
    barred, asked = handed_back_pairs(of.kind, ids), asked_pairs(of.kind, ids)
    items = dict(zip(ids, of.items, strict=True))
    members: dict[int, list[Any]] = {}
    for row in rows:
        members.setdefault(chosen[row.pk].pk, []).append(row)
    parts = []
    for own in members.values():
        scoring = chosen[own[0].pk]
        situation = Situation(of.kind, of.now, [items[row.pk] for row in own], of.people)
        draft = draft_of(current_version(scoring))
        parts.append(_Part(own, scoring, evaluate(situation, draft, barred=barred, asked=asked)))
    return parts


def _must_go(cause: str, holder: NDArray[np.int64], eligible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What may not stay: all by absence and leaving; by reorganisation what its holder may not get any more."""
    if cause in MUST_GO:
        return np.ones(len(holder), np.bool_)
    must: NDArray[np.bool_] = holder < 0
    if cause == "reorganisation":
        own = eligible[np.arange(len(holder)), np.maximum(holder, 0)]
        must |= ~own
    return must


def _receivers(people: People, wanted: Wanted) -> NDArray[np.bool_]:
    """Who may get any of it: not those who are absent or leave, and only those among whom it is shared out."""
    able = np.ones(len(people.ids), np.bool_)
    if wanted.receivers is not None:
        able &= np.isin(people.ids, list(wanted.receivers))
    if wanted.cause in MUST_GO:
        able &= ~np.isin(people.ids, list(wanted.people))
    return able


def _room(people: People, wanted: Wanted) -> NDArray[np.int64]:
    room = people.room()
    if wanted.most is None:
        return room
    left = np.floor(wanted.most - people.held / (people.weight or 1.0) + 1e-9)
    return np.minimum(room, np.maximum(left, 0).astype(np.int64))


def _moves(kind: str, part: _Part, after: NDArray[np.int64], before: NDArray[np.int64]) -> list[Move]:
    """What moves of the items of one scoring, each with what it gains and its score card."""
    items = np.flatnonzero((after != NOBODY) & (after != before)).astype(np.int64)
    evaluation, people = part.evaluation, part.evaluation.situation.people
    cards = compact_cards(evaluation, items, after[items], part.scoring)
    points = evaluation.points
    held = np.where(before[items] >= 0, points[items, np.maximum(before[items], 0)], 0.0)
    gains = np.round(points[items, after[items]] - held, 2).tolist()
    title = registry[kind].title
    return [
        Move(kind, row.pk, str(title(row))[:300], row.owner_id, int(people.ids[after[item]]), gain, card)
        for item, gain, card in zip(items.tolist(), gains, cards, strict=True)
        for row in (part.rows[item],)
    ]


def loads_of(people: People, moves: Sequence[Move], shown: Collection[int]) -> list[dict[str, Any]]:
    """Items before and after, and the limit, of everybody who gives, gets, or was looked at; by name."""
    weight = people.weight or 1.0
    before = {int(pk): float(held) / weight for pk, held in zip(people.ids, people.held, strict=True)}
    after = dict(before)
    for move in moves:
        after[move.before] = after.get(move.before, 0.0) - 1
        after[move.after] = after.get(move.after, 0.0) + 1
    concerned = {m.before for m in moves} | {m.after for m in moves} | set(shown)
    rows = []
    for column, person in enumerate(people.persons):
        if person.pk in concerned:
            limit = float(people.limit[column])
            rows.append(
                {
                    "person": person.pk,
                    "name": person.name,
                    "before": round(before[person.pk], 1),
                    "after": round(after[person.pk], 1),
                    "limit": round(limit / weight, 1) if np.isfinite(limit) else None,
                }
            )
    return sorted(rows, key=lambda row: -row["before"])
