"""Cases that arrive when nobody looks (weekend, Friday afternoon, night), wait for the first person, and are lost for it.

On half of the cases the half days are found at which cases wait much longer than usual. On the other half it is asked
by Mann-Whitney whether those wait longer; and where ends are known, on all by Fisher's exact test whether fewer of
them end well. It is asked of all cases and of those with the highest numbers (such as scores), and the chance is taken
as often.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..calendar import HOUR, local, weekday
from ..chances import larger, more_often
from ..found import Candidate, Exhibit, Loss, Test
from ..view import Hours, Mask, View

LEAST = 20
SURE = 0.001
"""Of groups with a smaller chance the one with the largest difference is told."""
TIMES, HOURS = 3.0, 12.0
"""A half day is slow if cases wait so many times the usual time and so many hours for the first person."""


@dataclass(frozen=True)
class Arrivals:
    """Ended cases that a person took up: half day of arrival (0 to 13, from Monday morning), elapsed hours until then,
    and by which step."""

    cases: np.ndarray
    half_day: np.ndarray
    wait: Hours
    well: Mask | None
    step: np.ndarray


def late_in_week(view: View) -> Iterator[Candidate]:
    """One candidate for all cases or for those with a high number, whichever loses most by it."""
    arrivals = _arrivals(view)
    slow = _slow(arrivals)
    if not slow.any():
        return
    groups = [("", np.ones(len(arrivals.cases), bool))]
    for name, numbers in view.columns.amounts.items():
        mine = numbers[arrivals.cases]
        if np.isfinite(mine).sum() > 4 * LEAST:
            groups.append((name, mine >= np.nanquantile(mine, 0.7)))
    found = [_candidate(view, arrivals, slow, name, group, len(groups)) for name, group in groups]
    sure = [candidate for candidate in found if candidate.test.p < SURE]
    yield max(sure, key=lambda c: c.test.value) if sure else min(found, key=lambda c: c.test.p)


def _arrivals(view: View) -> Arrivals:
    columns = view.columns
    places = np.flatnonzero(view.by_person & ~view.is_first)
    taken = np.full(columns.cases, -1, np.int64)
    first = view.once_a_case(places)
    taken[columns.case[first]] = columns.begun_at[first]
    step = np.zeros(columns.cases, np.int64)
    step[columns.case[first]] = columns.activity[first]
    by_itself = np.zeros(columns.cases, bool)
    begins = np.flatnonzero(view.is_first)
    by_itself[columns.case[begins]] = ~view.by_person[begins]
    if by_itself.sum() >= 4 * LEAST:  # what a person takes down waits for nobody
        taken[~by_itself] = -1
    success = view.context.success
    over = view.reaches(success | view.context.failure) if success else np.ones(columns.cases, bool)
    cases = np.flatnonzero((taken >= 0) & over)
    moments = local(view.starts_at[cases], view.context.zone)
    half_day = weekday(moments) * 2 + ((moments // HOUR) % 24 >= 13)
    well = view.reaches(success)[cases] if success else None
    return Arrivals(cases, half_day, (taken[cases] - view.starts_at[cases]) / HOUR, well, step[cases])


def _slow(arrivals: Arrivals) -> Mask:
    """Which half days are slow, judged by every second case."""
    slow = np.zeros(14, bool)
    half = np.arange(len(arrivals.cases)) % 2 == 0
    if half.sum() < LEAST:
        return slow
    usual = float(np.median(arrivals.wait[half]))
    for k in range(14):
        waits = arrivals.wait[half & (arrivals.half_day == k)]
        slow[k] = len(waits) >= 8 and float(np.median(waits)) > max(TIMES * usual, HOURS)
    return slow


def _candidate(view: View, arrivals: Arrivals, slow: Mask, name: str, group: Mask, asked: int) -> Candidate:
    tested = np.arange(len(arrivals.cases)) % 2 == 1
    late = slow[arrivals.half_day]
    ours, others = group & late, group & ~late
    waits = larger(arrivals.wait[ours & tested], arrivals.wait[others & tested])
    p, drop, well = waits.p, 0.0, arrivals.well
    if well is not None and ours.any() and others.any():
        bad = ~well
        lost = more_often(int(bad[ours].sum()), int(ours.sum()), int(bad[others].sum()), int(others.sum()))
        p, drop = max(p, lost), float(well[others].mean() - well[ours].mean())
    is_large = ours.sum() >= LEAST and others.sum() >= LEAST and (well is None or drop >= 0.05)

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        usual = float(np.median(arrivals.wait[others]))
        excess = np.maximum(arrivals.wait[ours] - usual, 0)
        loss = Loss(
            arrivals.cases[ours].astype(np.int32),
            excess,
            np.zeros(len(excess)),
            successes=drop * int(ours.sum()),
        )
        facts: dict[str, str | float] = {
            "step": view.columns.activities[int(np.bincount(arrivals.step[ours]).argmax())],
            "amount": name,
            "from": int(np.flatnonzero(slow)[0]),
            "cases": int(ours.sum()),
            "wait": float(np.median(arrivals.wait[ours])),
            "usual": usual,
        }
        if well is not None:
            facts |= {"well": float(well[ours].mean()), "well_usual": float(well[others].mean())}
        facts["lost"] = loss.successes / view.months
        return facts, loss, (_by_half_day(arrivals, group),)

    return Candidate(
        "weekend",
        (name,) if name else (),
        _test(min(1.0, p * asked), drop if well is not None else None, waits.effect),
        bool(is_large),
        tell,
    )


def _test(p: float, drop: float | None, longer: float) -> Test:
    """By what was lost where it is known which cases ended well, else by how much oftener theirs is the longer wait."""
    return Test("mann_whitney", p, "a12", longer) if drop is None else Test("fisher", p, "drop", drop)


def _by_half_day(arrivals: Arrivals, group: Mask) -> Exhibit:
    columns: tuple[str, ...] = ("half_day", "hours:median", "count:cases")
    rows = []
    for k in range(14):
        mine = group & (arrivals.half_day == k)
        if mine.any():
            row: tuple[int | float, ...] = (k, float(np.median(arrivals.wait[mine])), int(mine.sum()))
            rows.append(row if arrivals.well is None else (*row, float(arrivals.well[mine].mean())))
    if arrivals.well is not None:
        columns = (*columns, "share:well")
    return Exhibit("by_half_day", "bars", columns, tuple(rows))
