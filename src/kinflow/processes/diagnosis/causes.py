"""Why cases wait: each wait split into five causes, after Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas ("Why am I
waiting? Data-driven analysis of waiting times in business processes", CAiSE 2023; the Kronos tool).

- batching: the person did several cases' same step one after another; a case waited until the last of them was ready;
- contention: the person was busy with work that was ready before this one;
- prioritisation: the person was busy with work that became ready after this one;
- unavailability: the person does not work at that time (by their calendar), or is away;
- extraneous: what remains.

A moment counts for the first cause that explains it, in this order.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .calendar import HOUR
from .view import Places, View

CAUSES = ("batching", "contention", "prioritisation", "unavailability", "extraneous")
BATCH_GAP = HOUR // 4
"""Work on the same step that begins so soon after the last one belongs to the same batch."""
LOOKED_AT = 2_000
"""So many pieces of a person's work are looked at for one wait; older ones of very long waits remain unexplained."""


def split(view: View, places: Places) -> NDArray[np.float64]:
    """Hours of each wait by cause, (k, 5), in elapsed time, for k events."""
    columns = view.columns
    ready, begun = view.ready_at[places], columns.begun_at[places]
    order = np.lexsort((columns.begun_at, columns.resource))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    batched, first, second = _busy(
        order,
        rank[places],
        ready,
        columns.begun_at,
        columns.at,
        view.ready_at,
        columns.resource,
        columns.activity,
    )
    whole = np.maximum(begun - ready, 0) / HOUR
    closed = whole - view.wait[places] + view.absent(ready, begun, columns.resource[places])
    parts = np.column_stack((batched / HOUR, first / HOUR, second / HOUR, closed))
    left = whole[:, None] - np.concatenate(
        (np.zeros((len(places), 1)), np.cumsum(parts, axis=1)[:, :-1]), axis=1
    )
    parts = np.clip(parts, 0, np.maximum(left, 0))
    return np.column_stack((parts, np.maximum(whole - parts.sum(axis=1), 0)))


def in_working_time(view: View, places: Places, parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The causes without the time in which nobody works: of unavailability only absences remain."""
    columns, column = view.columns, CAUSES.index("unavailability")
    away = view.absent(view.ready_at[places], columns.begun_at[places], columns.resource[places])
    if view.context.open_hours is None:
        return parts
    worked = parts.copy()
    worked[:, column] = np.minimum(parts[:, column], away)
    return worked


def main_cause(view: View, places: Places, parts: NDArray[np.float64]) -> tuple[str, float]:
    """The cause of most of these waits and its share; where waits are told in working time, time outside is no cause."""
    whole = in_working_time(view, places, parts).sum(axis=0)
    if whole.sum() <= 0:
        return "unavailability", 1.0
    return CAUSES[int(whole.argmax())], float(whole.max() / whole.sum())


def shares_of(parts: NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
    """Each cause with its share of all of these waits."""
    whole = parts.sum(axis=0)
    return tuple((CAUSES[k], float(whole[k] / max(whole.sum(), 1e-9))) for k in range(len(CAUSES)))


@njit(cache=True)
def _busy(order, ranks, ready, begun_at, at, ready_at, resource, activity):  # type: ignore[no-untyped-def]
    count = len(ranks)
    batched = np.zeros(count, np.float64)
    before = np.zeros(count, np.float64)
    after = np.zeros(count, np.float64)
    for k in range(count):
        rank = ranks[k]
        own = order[rank]
        if resource[own] < 0:
            continue
        last_ready = ready[k]
        place = rank
        while place > 0:
            other = order[place - 1]
            if resource[other] != resource[own] or activity[other] != activity[own]:
                break
            if begun_at[order[place]] - at[other] > BATCH_GAP:
                break
            place -= 1
            if rank - place > LOOKED_AT:
                break
        opens = begun_at[order[place]]
        if place < rank:
            for member in range(place, rank):
                if ready_at[order[member]] > last_ready and ready_at[order[member]] <= opens:
                    last_ready = ready_at[order[member]]
        batched[k] = last_ready - ready[k]
        covered = begun_at[own]
        looked = 0
        place = rank - 1
        while place >= 0 and looked < LOOKED_AT:
            other = order[place]
            if resource[other] != resource[own]:
                break
            end = min(at[other], covered)
            begin = max(begun_at[other], last_ready)
            if end > begin:
                if ready_at[other] <= ready[k]:
                    before[k] += end - begin
                else:
                    after[k] += end - begin
                covered = begin
            if begun_at[other] < last_ready and at[other] < last_ready:
                looked += 50
            looked += 1
            place -= 1
    return batched, before, after
