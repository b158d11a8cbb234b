"""Replays and proposed weights in words and pictures: effects with their intervals, moves, weights side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kinflow.eventlog import Actor
from kinflow.kit.spreadsheets import csv_text
from kinflow.organisation.models import Person
from kinflow.records.access import visible
from kinflow.records.faces import registry

from ..criteria import registry as criteria
from .effects import FEW_ALIKE, FEW_MOVED, LEAST_EFFECTIVE, LEAST_MOVED
from .logged import GONE, NO_CARDS
from .models import ReplayMove, ScoringReplay, WeightLearning
from .outcomes import MEASURES, Measure

PAGE, BATCH = 50, 1000
BYTE_ORDER_MARK = "\ufeff"
WIDTH, LEFT = 360, 8


@dataclass(frozen=True)
class Told:
    """One outcome: how it was, and how it would have changed, or why nothing can be said."""

    label: str
    known: int
    before: str
    change: str
    interval: str
    basis: str
    refused: str
    verdict: str


@dataclass(frozen=True)
class Move:
    """One moved item; of a record that the reader may not see only its number."""

    move: ReplayMove
    title: str
    url: str
    before: str
    after: str


@dataclass(frozen=True)
class WeightRow:
    """A criterion's present and proposed weight, and where they stand in the picture (None: nothing learnt)."""

    label: str
    present: float
    proposed: float | None
    low: float | None
    high: float | None
    present_x: float = 0.0
    proposed_x: float = 0.0
    low_x: float = 0.0
    high_x: float = 0.0


def outcomes_told(replay: ScoringReplay) -> list[Told]:
    """The outcomes of the replay's kind in words."""
    found = replay.figures.get("outcomes", {})
    return [_told(m, found[m.name]) for m in MEASURES.get(replay.kind, ()) if m.name in found]


def empty_words(figures: Mapping[str, Any]) -> str:
    """Why there was nothing to replay; "" where there was something, or where the log is still to be read."""
    if figures["items"] or not figures.get("is_complete", True):
        return ""
    if figures.get("empty") == GONE:
        return _("All that this scoring gave out in this period is not there any more.")
    if figures.get("empty") == NO_CARDS:
        return _(
            "Work of this kind was given out in this period, but no score card tells that this scoring did it: people"
            " gave it, or it comes from another system. Only what has a score card can be replayed."
        )
    return _("This scoring gave out nothing in this period.")


def _told(measure: Measure, effect: Mapping[str, Any]) -> Told:
    before = "–" if effect["before"] is None else _amount(measure, effect["before"])
    if effect["refused"]:
        why = _refusal(effect)
        return Told(str(measure.label), effect["known"], before, "–", "", "", why, "")
    low, high = effect["low"], effect["high"]
    basis = _("%(compared)d of %(moved)d moved items; effective size %(size)d") % {
        "compared": effect["compared"],
        "moved": effect["moved"],
        "size": round(effect["effective"]),
    }
    interval = _("%(low)s to %(high)s") % {"low": _signed(measure, low), "high": _signed(measure, high)}
    change = _signed(measure, effect["change"])
    return Told(
        str(measure.label), effect["known"], before, change, interval, basis, "", _verdict(measure, low, high)
    )


def _verdict(measure: Measure, low: float, high: float) -> str:
    if low <= 0 <= high:
        return _("not told from chance")
    return _("better") if (low > 0) == measure.is_better_more else _("worse")


def _refusal(effect: Mapping[str, Any]) -> str:
    if effect["refused"] == FEW_MOVED:
        return _("Nothing can be said: of fewer than %(n)d moved items the outcome is known.") % {
            "n": LEAST_MOVED
        }
    if effect["refused"] == FEW_ALIKE:
        return _("Nothing can be said: the items alike count as %(n)d only, %(least)d are needed.") % {
            "n": round(effect["effective"]),
            "least": LEAST_EFFECTIVE,
        }
    return _("Nothing can be said: of most moved items the new people never had anything alike.")


def _amount(measure: Measure, value: float) -> str:
    return _("%(n)s %%") % {"n": f"{100 * value:.1f}"} if measure.is_share else _hours(f"{value:.1f}")


def _hours(number: str) -> str:
    return pgettext("hours", "%(n)s h") % {"n": number}


def _signed(measure: Measure, value: float) -> str:
    number = f"{100 * value if measure.is_share else value:+.1f}".replace("-", "−")
    return pgettext("percentage points", "%(n)s pp") % {"n": number} if measure.is_share else _hours(number)


def moves_page(replay: ScoringReplay, after: Any, limit: int = PAGE) -> tuple[list[ReplayMove], int | None]:
    """The moves after the one with this number, and the number to go on from (None: that was all)."""
    text = str(after)
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    found = list(replay.moves.filter(pk__gt=start).order_by("pk")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def moves_told(replay: ScoringReplay, moves: Sequence[ReplayMove], by: Actor) -> list[Move]:
    """The moves in words: two queries."""
    face = registry.get(replay.kind)
    seen: dict[int, Any] = {}
    if face is not None:
        rows = visible(by, face.model._default_manager.filter(pk__in=[m.object_id for m in moves]))
        seen = {row.pk: row for row in rows}
    people = Person.objects.in_bulk({pk for m in moves for pk in (m.before_id, m.after_id) if pk})
    names = {pk: person.name for pk, person in people.items()}
    return [
        Move(
            m,
            str(face.title(seen[m.object_id])) if face and m.object_id in seen else f"#{m.object_id}",
            face.url(m.object_id) if face and m.object_id in seen else "",
            names.get(m.before_id or 0, ""),
            names.get(m.after_id or 0, "") if m.after_id else _("nobody"),
        )
        for m in moves
    ]


def csv_lines(replay: ScoringReplay, by: Actor) -> Iterator[str]:
    """All moves as a file in pieces."""
    yield BYTE_ORDER_MARK + csv_text([[
        _("Time"), _("No."), _("Item"), pgettext("person", "From"), pgettext("person", "To"),
        _("Points before"), _("Points after"), _("On the score card"),
    ]])  # fmt: skip
    after: int | None = 0
    while after is not None:
        moves, after = moves_page(replay, after, BATCH)
        yield csv_text([_cells(told) for told in moves_told(replay, moves, by)])


def _cells(told: Move) -> list[Any]:
    move = told.move
    at = timezone.localtime(move.at).replace(tzinfo=None, microsecond=0)
    title, card = told.title if told.url else "", _("yes") if move.is_on_card else _("no")
    points = (move.points_before, move.points_after)
    return [at, move.object_id, title, told.before, told.after, *points, card]


def weight_rows(row: WeightLearning) -> list[WeightRow]:
    """The criteria with both weights, drawn on one scale."""
    told = list(zip(row.criteria, row.proposed.get("weights", ()), strict=False))
    shown = [v for c, w in told for v in (c["weight"], w["low"], w["high"], w["weight"], 0) if v is not None]
    low, high = min(shown, default=0), max(shown, default=1)
    scale = (WIDTH - 2 * LEFT) / ((high - low) or 1)

    def at(value: float | None) -> float:
        return round(LEFT + ((value or 0.0) - low) * scale, 1)

    return [
        WeightRow(
            str(criteria[c["criterion"]].label) if c["criterion"] in criteria else c["criterion"],
            c["weight"],
            w["weight"] if w["low"] is not None else None,
            w["low"],
            w["high"],
            at(c["weight"]),
            at(w["weight"]),
            at(w["low"]),
            at(w["high"]),
        )
        for c, w in told
    ]


def proposed_content(row: WeightLearning, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with the proposed weights; criteria that the proposal does not know stay as they are."""
    weights = row.proposed.get("weights", ())
    known = list(zip(row.criteria, weights, strict=False))

    def weight_of(part: Mapping[str, Any]) -> Any:
        for was, told in known:
            same = was["criterion"] == part["criterion"]
            if same and (was.get("parameters") or {}) == (part.get("parameters") or {}):
                return told["weight"]
        return part["weight"]

    return {**content, "criteria": [{**part, "weight": weight_of(part)} for part in content["criteria"]]}
