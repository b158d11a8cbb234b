"""What the best do otherwise: how cases go in the hands of those whose cases turn out best, against the rest.

Nobody is named: single people's figures are evidence for those who may see them. Who has the most events in a case
had it in hand. On half of the cases the best quarter of people is chosen; on the other half three things are asked,
and all must hold: by Mann-Whitney, whether their cases really turn out better (end well more often; where ends are
not known, last less long); whether what they do is more frequent among them, among cases of equally many events
(Mantel and Haenszel); and whether the rest's cases, too, turn out better with it (van Elteren, among equally many
events).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..chances import larger, more_often_alike
from ..found import Candidate, Exhibit, Loss, Test
from ..ranks import larger_alike
from ..view import Hours, Mask, View

LEAST = 30
FEWEST = 16
"""Cases of somebody, at least, for being among the best or the rest."""
PEOPLE = 6
EARLY = 5
"""What happens in the first so many events is what is done; later events follow from how it goes."""
SCATTER = 2654435761
"""Knuth's multiplier: scatters cases over both halves, the same whenever the log has grown."""
MORE = 0.1
SOONER = 12.0
"""Hours; who takes a case up within them takes it up soon."""


@dataclass(frozen=True)
class Hands:
    """Ended cases in known hands: how well they turned out, whether one of the best had them, and which half tests."""

    cases: np.ndarray
    person: np.ndarray
    result: Hours
    is_best: Mask
    tested: Mask
    lengths: np.ndarray


def best_ways(view: View) -> Iterator[Candidate]:
    """One candidate for each step that is done early, and for taking cases up soon."""
    hands = _hands(view)
    if hands is None:
        return
    better = larger(hands.result[hands.tested & hands.is_best], hands.result[hands.tested & ~hands.is_best])
    ends = view.context.success | view.context.failure
    columns = view.columns
    early = np.arange(columns.events) < columns.offsets[columns.case] + EARLY
    for step, places in enumerate(view.by_step):
        if columns.activities[step] not in ends:
            does = np.zeros(columns.cases, bool)
            does[columns.case[places[early[places]]]] = True
            yield from _candidates(view, hands, columns.activities[step], does[hands.cases], better.p)
    yield from _candidates(view, hands, "", _soon(view)[hands.cases], better.p)


def _soon(view: View) -> Mask:
    """Which cases somebody took up soon after they began."""
    columns = view.columns
    first = view.once_a_case(np.flatnonzero(view.by_person & (columns.resource >= 0) & ~view.is_first))
    soon = np.zeros(columns.cases, bool)
    soon[columns.case[first]] = (
        columns.begun_at[first] - view.starts_at[columns.case[first]] <= SOONER * 3.6e9
    )
    return soon


def _hands(view: View) -> Hands | None:
    person = _in_whose(view)
    success = view.context.success
    over = view.reaches(success | view.context.failure) if success else np.diff(view.columns.offsets) > 0
    cases = np.flatnonzero((person >= 0) & over)
    result = view.reaches(success)[cases].astype(float) if success else -view.lasts[cases]
    tested = cases * SCATTER >> 16 & 1 == 1
    who = person[cases]
    count = np.bincount(who, minlength=len(view.columns.resources))
    known = np.flatnonzero(count >= FEWEST)
    if len(known) < PEOPLE:
        return None
    chosen = ~tested
    seen = np.bincount(who[chosen], minlength=len(count))
    means = np.bincount(who[chosen], weights=result[chosen], minlength=len(count)) / np.maximum(seen, 1)
    best = known[np.argsort(-means[known], kind="stable")[: max(2, len(known) // 4)]]
    keep = np.isin(who, known)
    lengths = np.minimum(np.diff(view.columns.offsets), 60)[cases]
    return Hands(cases[keep], who[keep], result[keep], np.isin(who, best)[keep], tested[keep], lengths[keep])


def _in_whose(view: View) -> np.ndarray:
    """Who has the most events in each case, -1 where nobody is known; of equals the one who came first in the log."""
    columns = view.columns
    known = np.flatnonzero(view.by_person & (columns.resource >= 0))
    width = max(len(columns.resources), 1)
    pairs, counts = np.unique(
        columns.case[known].astype(np.int64) * width + columns.resource[known], return_counts=True
    )
    order = np.lexsort((pairs, -counts, pairs // width))
    cases, first = np.unique((pairs // width)[order], return_index=True)
    person = np.full(columns.cases, -1, np.int64)
    person[cases] = pairs[order][first] % width
    return person


def _candidates(view: View, hands: Hands, step: str, does: Mask, p_better: float) -> Iterator[Candidate]:
    tested = hands.tested
    rest = ~hands.is_best
    groups = (tested & hands.is_best, tested & rest, tested & rest & does, tested & rest & ~does)
    if min(int(group.sum()) for group in groups) < LEAST:
        return
    more = more_often_alike(does[tested], hands.is_best[tested], hands.lengths[tested])
    helps = larger_alike(hands.result[groups[1]], does[groups[1]], hands.lengths[groups[1]])
    p = max(p_better, more.p, helps.p)
    share, usual = float(does[groups[0]].mean()), float(does[groups[1]].mean())
    is_large = share - usual >= MORE and more.effect >= MORE and helps.effect >= 0.55

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts: dict[str, str | float] = {
            "step": step,
            "share": share,
            "usual": usual,
            "cases": int((rest & ~does).sum()),
            **_results(view, hands, does),
        }
        cases = hands.cases[rest & ~does].astype(np.int32)
        loss = Loss(cases, np.zeros(len(cases)), np.zeros(len(cases)))
        return facts, loss, (_table(view, hands, does), _people(view, hands, does))

    kind, subject = ("best_way", (step,)) if step else ("best_soon", ())
    yield Candidate(kind, subject, Test("best_rest", p, "difference", more.effect), is_large, tell)


def _results(view: View, hands: Hands, does: Mask) -> dict[str, float]:
    rest = ~hands.is_best
    middle = np.mean if view.context.success else np.median
    sign = 1.0 if view.context.success else -1.0
    names = ("well", "well_usual", "well_with", "well_without")
    groups = (hands.is_best, rest, rest & does, rest & ~does)
    if not view.context.success:
        names = ("lasts", "lasts_usual", "lasts_with", "lasts_without")
    return {
        name: sign * float(middle(hands.result[group])) for name, group in zip(names, groups, strict=True)
    }


def _table(view: View, hands: Hands, does: Mask) -> Exhibit:
    rest = ~hands.is_best
    rows = []
    for name, group in (
        ("best", hands.is_best),
        ("rest", rest),
        ("rest_with", rest & does),
        ("rest_without", rest & ~does),
    ):
        result = hands.result[group]
        told = float(result.mean()) if view.context.success else float(-np.median(result))
        rows.append((name, told, int(group.sum()), float(does[group].mean())))
    head = "share:well" if view.context.success else "hours:lasts"
    return Exhibit("best_and_rest", "bars", ("group", head, "count:cases", "share:does"), tuple(rows))


def _people(view: View, hands: Hands, does: Mask) -> Exhibit:
    """Each person's cases: for those only who may see it."""
    rows = []
    for person in np.unique(hands.person):
        mine = hands.person == person
        result = hands.result[mine]
        told = float(result.mean()) if view.context.success else float(-np.median(result))
        rows.append((view.columns.resources[int(person)], told, int(mine.sum()), float(does[mine].mean())))
    rows.sort(key=lambda row: (-row[1] if view.context.success else row[1], row[0]))
    head = "share:well" if view.context.success else "hours:lasts"
    return Exhibit(
        "by_person", "table", ("person", head, "count:cases", "share:does"), tuple(rows[:30]), per_person=True
    )
