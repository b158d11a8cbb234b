"""Room for a play: the arrays that the engine works in, made larger where they become too small."""

from sys import getrefcount
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import engine
from . import state as e
from . import world as w
from .agenda import NOTHING
from .hours import NEVER
from .queues import QUEUE
from .world import World

Whole = NDArray[np.int64]


class Room(NamedTuple):
    """How large the arrays of a play are, and what `count` is to `begin` with; the same for all plays of a world."""

    moves: int
    margin: int
    worked: int
    begin: Whole


def room_of(world: World) -> Room:
    """The room for plays of a world."""
    moves = 16 * (len(world.steps) + len(world.flows)) + 256
    margin = moves + len(world.crew) + int(world.crew[:, e.FREE].sum())
    count = np.full(e.QUEUES + QUEUE * world.skills.shape[1], -1, np.int64)
    count[: e.QUEUES] = 0
    count[e.SOONEST] = NOTHING
    count[[e.SPARE, e.SPARE_SLOT, e.CHAIN]] = -1
    count[e.START_STEP], count[e.DISCIPLINE], count[e.MARGIN] = world.start, world.discipline, margin
    return Room(moves, margin, int((world.steps[:, w.KIND] <= w.AUTO).sum()), count)


def play(
    world: World, room: Room, arrivals: Whole, seed: int, until: int, most_open: int, most_events: int
) -> tuple[Whole, Whole, int, int]:
    """Play all cases, given by moment, kind and urgency.

    Gives the log (rows are columns), by the moment of being done, then what was not (`start` -1 where it was not begun,
    `end` `NEVER`); by case end, defect, hand-overs; why it stopped, and when.
    """
    steps, flows, margin = len(world.steps), len(world.flows), room.margin
    count = room.begin.copy()
    count[e.SEED], count[e.UNTIL], count[e.MOST_OPEN], count[e.MOST_EVENTS] = (
        seed,
        until,
        most_open,
        most_events,
    )
    # Room that is not used costs no memory, and room that is missing a copy: so many cases may go back once.
    items = min(2 * len(arrivals) * room.worked, most_events) + 64
    # What the engine writes before it reads it is not filled: that would take as long as a tenth of a small play.
    live, cases = np.empty((margin + 64, 16), np.int64), np.empty((64, e.HEAD + 2 * steps + flows), np.int64)
    agenda, log = np.full((3, 2 * margin), NOTHING), _log_for(items)
    batches, todo = np.zeros((steps, 4), np.int64), np.empty((room.moves + flows, 2), np.int64)
    # People are written into, and the world is played again.
    crew, found = world.crew.copy(), np.zeros((len(arrivals), 3), np.int64)
    found[:, 0] = -1
    while True:
        reason = engine.play(
            world.steps, world.times, world.table, world.flows, world.chances, world.reach, world.skills,
            world.spans, world.roles, crew, batches, arrivals, count, live, cases, agenda, todo, log, found,
        )  # fmt: skip
        if reason != engine.NO_ROOM:
            break
        if count[e.ITEMS] + margin > len(live):
            live = _twice(live)
        if count[e.AGENDA] + margin > agenda.shape[1]:
            agenda = np.concatenate((agenda, np.full_like(agenda, NOTHING)), axis=1)
        if count[e.OPEN] >= len(cases):
            cases = _twice(cases)
        if count[e.WRITTEN] >= log.shape[1]:
            log = np.concatenate((log, np.empty_like(log)), axis=1)
    under_way = live[: count[e.ITEMS]]
    under_way = under_way[under_way[:, e.SLOT] >= 0, : e.LOGGED].T
    now, start, stop = int(count[e.NOW]), under_way[e.START], under_way[e.STOP]
    start[start > now], stop[stop > now] = -1, NEVER
    # Whoever is still at work hardly ever is more than there is room for; the whole log is not copied for them.
    written = count[e.WRITTEN] + under_way.shape[1]
    if written > log.shape[1]:
        log = np.concatenate((log, np.empty_like(under_way)), axis=1)
    log[:, count[e.WRITTEN] : written] = under_way
    return log[:, :written], found, reason, now


KEPT_LARGEST, KEPT_LEAST = 1 << 28, 1 << 22
"""Memory of a log is used again from 4 MB to 256 MB; what is smaller costs nothing new."""
_kept: list[Whole] = []
_keeping = Lock()


def _log_for(items: int) -> Whole:
    """Memory for the log of so many items; that of an earlier play of which nothing is left but this, if it is enough.

    New memory of the machine takes longer, when it is first written to, than playing does.
    """
    wanted = e.LOGGED * items
    if not KEPT_LEAST <= 8 * wanted <= KEPT_LARGEST:
        return np.empty((e.LOGGED, items), np.int64)
    with _keeping:
        # The list has it, and the call that counts; every column of a log that is still in use has it, too.
        is_free = bool(_kept) and getrefcount(_kept[0]) == 2
        if not is_free or len(_kept[0]) < wanted:
            made = np.empty(wanted, np.int64)
            if is_free or not _kept:
                _kept[:] = [made]
        else:
            made = _kept[0]
        return made[:wanted].reshape(e.LOGGED, items)


def _twice(rows: Whole) -> Whole:
    return np.concatenate((rows, np.empty_like(rows)))
