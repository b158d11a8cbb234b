"""Overload: weeks in which a unit has more work in hand than its people's working time holds, and cases wait longer.

Asked by Mann-Whitney: do cases wait longer for a unit in its full weeks than in its other weeks? A week is full if
the work in hand fills this share of the working hours of those whom the log saw at work in the unit, by their
calendars.
"""

from collections.abc import Iterator

import numpy as np

from ..calendar import DAY, HOUR, OpenHours, hours_between
from ..chances import larger
from ..found import Candidate, Exhibit, Loss, Test
from ..intervals import joined, where
from ..sizes import loss_of
from ..view import Hours, Places, View

WEEK = 7 * DAY
FULL = 0.85
LEAST = 20
MOST_WEEKS = 520


def overloads(view: View) -> Iterator[Candidate]:
    """One candidate for each unit that had full weeks and others."""
    columns = view.columns
    known = np.flatnonzero(view.by_person & (columns.unit >= 0) & (columns.resource >= 0))
    if not len(known) or view.context.open_hours is None:
        return
    order = known[np.argsort(columns.unit[known], kind="stable")]
    ends = np.searchsorted(columns.unit[order], np.arange(len(columns.units) + 1))
    for unit, name in enumerate(columns.units):
        places = np.sort(order[ends[unit] : ends[unit + 1]])
        if len(places) >= 2 * LEAST:
            yield from _candidates(view, name, places)


def _candidates(view: View, unit: str, places: Places) -> Iterator[Candidate]:
    since = int(view.columns.begun_at[places].min()) // WEEK * WEEK
    weeks = int((int(view.columns.at[places].max()) - since) // WEEK) + 1
    if weeks < 4 or weeks > MOST_WEEKS:
        return
    loads = _loads(view, places, since, weeks)
    waited = places[~view.is_first[places]]
    full = loads[np.clip((view.ready_at[waited] - since) // WEEK, 0, weeks - 1)] >= FULL
    if min(full.sum(), (~full).sum()) >= LEAST:
        yield _candidate(view, unit, waited, full, loads, since)


def _loads(view: View, places: Places, since: int, weeks: int) -> Hours:
    """Work in hand in each week, as a share of the working hours of those who did something in it."""
    columns = view.columns
    edges = since + WEEK * np.arange(weeks + 1)
    worked, held = np.zeros(weeks), np.zeros(weeks)
    for person in np.unique(columns.resource[places]):
        mine = places[columns.resource[places] == person]
        calendar = view.calendar_of(int(person))
        seen = np.zeros(weeks, bool)
        seen[np.clip((columns.at[mine] - since) // WEEK, 0, weeks - 1)] = True
        own = joined(columns.begun_at[mine], columns.at[mine])
        parts = [own, calendar] if calendar is not None else [own]
        worked += _by_week(where(parts, len(parts)), edges)
        held += np.where(seen, hours_between(edges[:-1], edges[1:], calendar), 0)
    return np.divide(worked, held, out=np.zeros(weeks), where=held > 0)


def _by_week(spans: OpenHours, edges: Places) -> Hours:
    return hours_between(edges[:-1], edges[1:], spans) if len(spans.begins) else np.zeros(len(edges) - 1)


def _candidate(
    view: View, unit: str, places: Places, full: np.ndarray, loads: Hours, since: int
) -> Candidate:
    ours, others = places[full], places[~full]
    found = larger(view.wait[view.once_a_case(ours)], view.wait[view.once_a_case(others)])
    wait, usual = float(view.wait[ours].mean()), float(view.wait[others].mean())

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        facts: dict[str, str | float] = {
            "unit": unit,
            "weeks": int((loads >= FULL).sum()),
            "of_weeks": len(loads),
            "wait": wait,
            "usual": usual,
        }
        return facts, loss_of(view, ours, usual=usual), (_by_month(loads, since),)

    is_large = found.effect >= 0.6 and wait > usual + 1
    test = Test("mann_whitney", found.p, "a12", found.effect)
    return Candidate("overload", (unit,), test, is_large, tell, is_general=True)


def _by_month(loads: Hours, since: int) -> Exhibit:
    months = (
        (since + WEEK * np.arange(len(loads)) + 12 * HOUR).astype("datetime64[us]").astype("datetime64[M]")
    )
    rows = tuple((str(month), float(loads[months == month].mean())) for month in np.unique(months))
    return Exhibit("load_by_month", "line", ("month", "share:load"), rows)
