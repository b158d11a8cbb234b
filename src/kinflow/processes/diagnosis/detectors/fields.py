"""Poor internal information: fields that one unit changes and another puts back, and fields written a second time.

Put back: of two changes of a field in a row by different units, the second restores what was there before the first.
Asked by a binomial test whether that is more frequent than if values were drawn as frequently as they occur. Written
again: a field of the case's own record that was filled already gets another value from a person; asked by a binomial
test whether that happens in more than one case out of twenty.
"""

from collections.abc import Iterator

import numpy as np

from ..chances import at_least
from ..context import FieldChanges
from ..found import Candidate, Exhibit, Loss, Test
from ..view import Places, View, name_of

LEAST = 5
USUAL = 0.05
"""So many cases may have a field corrected."""


def put_back(view: View) -> Iterator[Candidate]:
    """One candidate for each field that units change after each other."""
    changes = view.context.changes
    if changes is None or not len(changes.at):
        return
    order = np.lexsort((changes.at, changes.record, changes.field))
    first, second = order[:-1], order[1:]
    pair = (
        (changes.field[first] == changes.field[second])
        & (changes.record[first] == changes.record[second])
        & (changes.unit[first] != changes.unit[second])
        & (changes.unit[first] >= 0)
        & (changes.unit[second] >= 0)
        & ((changes.case[first] >= 0) | (changes.case[second] >= 0))
    )
    first, second = first[pair], second[pair]
    back = (changes.before[first] == changes.after[second]) & (changes.before[first] >= 0)
    for code, name in enumerate(changes.fields):
        ours = changes.field[first] == code
        if ours.sum() >= LEAST:
            yield _back_and_forth(view, changes, name, first[ours], second[ours], back[ours])


def _back_and_forth(
    view: View, changes: FieldChanges, name: str, first: Places, second: Places, back: np.ndarray
) -> Candidate:
    values = changes.after[changes.field == changes.field[first[0]]]
    frequency = np.unique(values, return_counts=True)[1] / len(values)
    hits = int(back.sum())
    p = at_least(hits, len(back), float((frequency**2).sum()))
    entries = np.concatenate((first[back], second[back]))

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        cases, times = np.unique(changes.case[entries][changes.case[entries] >= 0], return_counts=True)
        hours = view.context.minutes_per_entry / 60
        spread = hits * 2 * hours / max(times.sum(), 1)
        loss = Loss(cases.astype(np.int32), np.zeros(len(cases)), times * spread)
        days = (changes.at[second[back]] - changes.at[first[back]]) / 86_400_000_000
        return (
            {
                "field": name,
                "times": hits,
                "changes": len(back),
                "days": float(np.median(days)),
                "unit": _most(changes, changes.unit[first[back]]),
                "other": _most(changes, changes.unit[second[back]]),
            },
            loss,
            (_pairs(changes, changes.unit[first[back]], changes.unit[second[back]]),),
        )

    test = Test("binomial", p, "share", hits / len(back))
    return Candidate("put_back", (name,), test, hits >= LEAST and hits >= 0.1 * len(back), tell)


def _most(changes: FieldChanges, units: np.ndarray) -> str:
    return name_of(changes.units, int(np.bincount(units).argmax()) if len(units) else -1)


def _pairs(changes: FieldChanges, first: np.ndarray, second: np.ndarray) -> Exhibit:
    pairs, counts = np.unique(np.column_stack((first, second)), axis=0, return_counts=True)
    rows = tuple(
        (changes.units[pairs[k][0]], changes.units[pairs[k][1]], int(counts[k]))
        for k in np.argsort(-counts)[:12]
    )
    return Exhibit("put_back_by", "table", ("unit:first", "unit:second", "count:times"), rows)


def written_again(view: View) -> Iterator[Candidate]:
    """One candidate for each field of the case's own record."""
    changes = view.context.changes
    if changes is None:
        return
    again = changes.own & (changes.case >= 0) & (changes.before >= 0) & (changes.resource >= 0)
    for code, name in enumerate(changes.fields):
        ours = np.flatnonzero(again & (changes.field == code))
        if len(ours) >= LEAST:
            yield _written(view, changes, name, ours)


def _written(view: View, changes: FieldChanges, name: str, ours: Places) -> Candidate:
    cases = np.unique(changes.case[ours])
    share = len(cases) / max(view.columns.cases, 1)
    p = at_least(len(cases), view.columns.cases, USUAL)

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        lost = [_asking(view, changes, int(k)) for k in ours]
        places = np.unique(np.concatenate(lost))
        with_loss, waiting = view.case_sums(places, view.wait[places])
        waits, works = np.zeros(view.columns.cases), np.zeros(view.columns.cases)
        waits[with_loss] = waiting
        worked, hours = view.case_sums(places, view.work[places])
        works[worked] = hours
        np.add.at(works, changes.case[ours], view.context.minutes_per_entry / 60)
        loss = Loss(cases.astype(np.int32), waits[cases], works[cases], events=places)
        return (
            {
                "field": name,
                "cases": len(cases),
                "share": share,
                "wait": float(waits[cases].mean()),
                "unit": _most(changes, changes.unit[ours][changes.unit[ours] >= 0]),
            },
            loss,
            (_by_unit(changes, ours),),
        )

    return Candidate("written_again", (name,), Test("binomial", p, "share", share), share > USUAL, tell)


def _asking(view: View, changes: FieldChanges, change: int) -> Places:
    """The events in which whoever wrote had asked before: their turn up to the change, machines' events within it,
    without the wait until the turn began."""
    columns, case = view.columns, int(changes.case[change])
    begin, end = int(columns.offsets[case]), int(columns.offsets[case + 1])
    last = begin + int(np.searchsorted(columns.at[begin:end], changes.at[change], side="right"))
    place = last
    while place > begin and (
        columns.resource[place - 1] == changes.resource[change] or not view.by_person[place - 1]
    ):
        place -= 1
    return np.arange(place + 1, last)


def _by_unit(changes: FieldChanges, ours: Places) -> Exhibit:
    counts = np.bincount(changes.unit[ours] + 1, minlength=len(changes.units) + 1)[1:]
    rows = tuple((changes.units[k], int(counts[k])) for k in np.argsort(-counts) if counts[k])
    return Exhibit("written_by", "bars", ("unit", "count:times"), rows[:12])
