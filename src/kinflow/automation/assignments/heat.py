"""All candidates for an item as a table of points, coloured by how much each criterion gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..offers.queries import asked_pairs
from ..scorings.models import Scoring
from ..scorings.using import current_version, draft_of
from .cards import reason_words
from .evaluation import ELIGIBLE, Evaluation, evaluate
from .handed_back import handed_back_by
from .situations import situation_of

MOST_ROWS = 200


@dataclass(frozen=True)
class Cell:
    """The points of one criterion, why, and how strong its colour is (−100…100, per cent of the strongest)."""

    points: float
    words: str
    heat: int


@dataclass(frozen=True)
class Row:
    """One candidate."""

    person_id: int
    name: str
    unit: str
    total: float
    cells: Sequence[Cell]
    excluded: str = ""


@dataclass(frozen=True)
class Heat:
    """The table: headings with their weights, rows with the eligible people first, and how many are not shown."""

    headings: Sequence[tuple[Any, float]]
    rows: Sequence[Row]
    eligible: int
    hidden: int


def heat_of(kind: str, pk: int, scoring: Scoring, now: datetime, *, is_open: bool = True) -> Heat:
    """How everybody would score for the item now; while it is open it does not count as held by who has it."""
    rows, situation = situation_of(kind, [pk], now, again=is_open)
    draft, asked = draft_of(current_version(scoring)), asked_pairs(kind, [pk])
    evaluation = evaluate(situation, draft, without=handed_back_by(rows[0]), asked=asked)
    ranked = evaluation.ranked(0)
    others = [p for p in range(situation.shape[1]) if evaluation.excluded_by[0, p] != ELIGIBLE]
    others.sort(key=lambda p: (-float(evaluation.points[0, p]), p))
    shown = (ranked + others)[:MOST_ROWS]
    most = max((float(abs(part[0]).max()) for part in evaluation.parts if part.size), default=0.0) or 1.0
    headings = [(w.criterion.label, w.weight) for w in evaluation.draft.criteria]
    table = [_row(evaluation, p, most) for p in shown]
    return Heat(headings, table, len(ranked), len(ranked) + len(others) - len(shown))


def _row(evaluation: Evaluation, person: int, most: float) -> Row:
    situation = evaluation.situation
    cells = [
        Cell(
            float(part[0, person]),
            weighted.criterion.words(situation, 0, person),
            round(100 * float(part[0, person]) / most),
        )
        for weighted, part in zip(evaluation.draft.criteria, evaluation.parts, strict=True)
    ]
    who = situation.people.persons[person]
    reason = int(evaluation.excluded_by[0, person])
    excluded = "" if reason == ELIGIBLE else reason_words(evaluation, reason)
    return Row(who.pk, who.name, who.unit.name, float(evaluation.points[0, person]), cells, excluded)
