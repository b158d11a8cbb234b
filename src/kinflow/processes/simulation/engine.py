"""The event loop of the simulation: cases, tokens, people, queues, in whole microseconds.

Its functions take arrays and give numbers, make no array and give none back, so that nothing is counted for references:
`play` returns when an array has no room left, and goes on where it was when it is called with larger ones.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import bare, inlined
from . import world as w
from .agenda import pull, push
from .drawing import draw, unit
from .hours import NEVER
from .people import offer, serve
from .state import (
    AGENDA,
    ARRIVED,
    BUSY,
    CAME,
    CASE,
    CASE_OF,
    CHAIN,
    DEFECT,
    DISCIPLINE,
    EVENTS,
    FREE,
    HANDED,
    HEAD,
    ITEMS,
    KEY,
    KIND_OF,
    LAST,
    LOGGED,
    MARGIN,
    MOST_EVENTS,
    MOST_OPEN,
    NEXT,
    NOW,
    OPEN,
    PENDING,
    RANK,
    READY,
    READY_NOW,
    RELEASE,
    SEED,
    SEQ,
    SEQUENCE,
    SINCE,
    SLOT,
    SLOTS,
    SOONEST,
    SPARE,
    SPARE_SLOT,
    STAFF,
    START,
    START_STEP,
    STEP,
    STOP,
    TOKENS,
    UNTIL,
    URGENCY,
    VISIT,
    WAKE,
    WAKING,
    WORK,
    WRITTEN,
)
from .ways import DELAY_DRAW, FAIL_DRAW, PURPOSES, WORK_DRAW, joins, leave, opened

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
FINISHED, TOO_MANY_OPEN, TOO_MANY_EVENTS, TOO_MANY_TOKENS, NO_ROOM = range(5)


@inlined
def created(
    times: Real, table: Real, steps: Whole, live: Whole, cases: Whole, count: Whole, slot: int, step: int
) -> int:
    """A new item of work of a case on a step, its work time drawn."""
    item = count[SPARE]
    if item >= 0:
        count[SPARE] = live[item, NEXT]
    else:
        item = count[ITEMS]
        count[ITEMS] += 1
    case, visit = cases[slot, CASE], cases[slot, HEAD + step]
    cases[slot, HEAD + step] += 1
    cases[slot, HEAD + len(steps) + step] += 1
    cases[slot, BUSY] += 1
    turn = visit * PURPOSES + WORK_DRAW
    live[item, CASE_OF], live[item, STEP], live[item, STAFF], live[item, CAME] = case, step, -1, count[NOW]
    live[item, READY], live[item, START], live[item, STOP] = NEVER, NEVER, NEVER
    name, sort = steps[step, w.NAME], cases[slot, KIND_OF]
    live[item, WORK] = draw(times, 2 * step, table, count[SEED], case, name, turn, sort, visit)
    live[item, VISIT], live[item, SLOT], live[item, NEXT] = visit, slot, -1
    live[item, RANK] = cases[slot, URGENCY]
    return int(item)


@inlined
def wanted(steps: Whole, batches: Whole, live: Whole, agenda: Whole, count: Whole, item: int) -> int:
    """Have an item's work wanted from now on; what to offer now: it, its batch that is full, or nothing (-1)."""
    step = live[item, STEP]
    live[item, READY] = count[NOW]
    count[SEQUENCE] += 1
    live[item, SEQ] = live[item, KEY] = count[SEQUENCE]
    if count[DISCIPLINE] == w.LIFO:
        live[item, KEY] = -count[SEQUENCE]
    elif count[DISCIPLINE] == w.SHORTEST:
        live[item, KEY] = live[item, WORK]
    elif count[DISCIPLINE] == w.DUE:
        live[item, KEY] = live[item, CASE_OF]
    if steps[step, w.SIZE] <= 1:
        return item
    live[item, NEXT] = -1
    if batches[step, 0] == 0:
        batches[step, 1] = item
        release = count[NOW] + steps[step, w.LONGEST]
        push(agenda, count, release, RELEASE, batches[step, 3] * len(batches) + step)
    else:
        live[batches[step, 2], NEXT] = item
    batches[step, 0] += 1
    batches[step, 2] = item
    return released(batches, step) if batches[step, 0] >= steps[step, w.SIZE] else -1


@inlined
def released(batches: Whole, step: int) -> int:
    """The first item of the batch of a step, which is complete; another begins."""
    batches[step, 0] = 0
    batches[step, 3] += 1
    return int(batches[step, 1])


@inlined
def walk(
    steps: Whole, times: Real, table: Real, flows: Whole, chances: Real, reach: Flags, skills: Real, spans: Whole,
    roles: Whole, crew: Whole, batches: Whole, live: Whole, cases: Whole, agenda: Whole, count: Whole, todo: Whole,
    slot: int,
) -> bool:  # fmt: skip
    """Move the token that lies in `todo`, and all that come of it, until each waits for something or has ended.

    False where they become more than there is room for.
    """
    depth, most = 1, len(todo) - len(flows)
    while True:
        while depth > 0:
            depth -= 1
            most -= 1
            if most < 0:
                return False
            step, flow = todo[depth, 0], todo[depth, 1]
            kind = steps[step, w.KIND] if step >= 0 else w.END
            if kind == w.END:
                cases[slot, TOKENS] -= 1
            elif kind <= w.AUTO:
                item = created(times, table, steps, live, cases, count, slot, step)
                visit, name, sort = live[item, VISIT], steps[step, w.NAME], cases[slot, KIND_OF]
                turn, of = visit * PURPOSES + DELAY_DRAW, cases[slot, CASE]
                later = draw(times, 2 * step + 1, table, count[SEED], of, name, turn, sort, visit)
                if later > 0:
                    push(agenda, count, count[NOW] + later, READY_NOW, item)
                else:
                    item = wanted(steps, batches, live, agenda, count, item)
                    if item >= 0:
                        offer(steps, skills, spans, roles, crew, live, cases, agenda, count, item)
            elif kind == w.INCLUDE and steps[step, w.INS] > 1:
                cases[slot, HEAD + len(steps) + step] += 1
                cases[slot, PENDING] += 1
            elif kind != w.FORK or steps[step, w.INS] < 2 or joins(steps, flows, cases, slot, step, flow):
                depth = leave(steps, flows, chances, cases, todo, depth, slot, step, count[SEED])
        step = opened(steps, reach, cases, slot) if cases[slot, PENDING] > 0 else -1
        if step < 0:
            return True
        depth = leave(steps, flows, chances, cases, todo, depth, slot, step, count[SEED])


@inlined
def admit(arrivals: Whole, cases: Whole, count: Whole, todo: Whole) -> int:
    """Let the next case in, its token on the start; the row of the case."""
    slot = count[SPARE_SLOT]
    if slot >= 0:
        count[SPARE_SLOT] = cases[slot, CASE]
    else:
        slot = count[SLOTS]
        count[SLOTS] += 1
    for column in range(cases.shape[1]):
        cases[slot, column] = 0
    came = count[ARRIVED]
    cases[slot, CASE], cases[slot, KIND_OF], cases[slot, URGENCY] = came, arrivals[came, 1], arrivals[came, 2]
    cases[slot, TOKENS], cases[slot, LAST] = 1, -1
    todo[0, 0], todo[0, 1] = count[START_STEP], -1
    count[ARRIVED] += 1
    count[OPEN] += 1
    return int(slot)


@inlined
def completed(
    steps: Whole, times: Real, flows: Whole, live: Whole, cases: Whole, count: Whole, todo: Whole, log: Whole, of: int
) -> int:  # fmt: skip
    """Write an item that is done into the log and put its token where it goes then; the row of its case."""
    for column in range(LOGGED):
        log[column, count[WRITTEN]] = live[of, column]
    count[WRITTEN] += 1
    slot, step, visit = live[of, SLOT], live[of, STEP], live[of, VISIT]
    count[CHAIN] = live[of, NEXT]
    live[of, NEXT], live[of, SLOT], count[SPARE] = count[SPARE], -1, of
    cases[slot, BUSY] -= 1
    cases[slot, HEAD + len(steps) + step] -= 1
    way = steps[step, w.OUT] if steps[step, w.OUTS] > 0 else -1
    target = flows[way, 0] if way >= 0 else -1
    if steps[step, w.CHECK] and cases[slot, DEFECT] > 0:
        back = steps[step, w.REWORK] if steps[step, w.REWORK] >= 0 else cases[slot, DEFECT] - 2
        cases[slot, DEFECT] = 0
        if back >= 0:
            target, way = back, -1
    fails, turn = times[2 * step, w.FAILS], visit * PURPOSES + FAIL_DRAW
    if fails > 0.0 and unit(count[SEED], cases[slot, CASE], steps[step, w.NAME], turn) < fails:
        cases[slot, DEFECT] = steps[step, w.REWORK] + 2
    todo[0, 0], todo[0, 1] = target, way
    return int(slot)


@bare
def play(
    steps: Whole, times: Real, table: Real, flows: Whole, chances: Real, reach: Flags, skills: Real, spans: Whole,
    roles: Whole, crew: Whole, batches: Whole, arrivals: Whole, count: Whole, live: Whole, cases: Whole, agenda: Whole,
    todo: Whole, log: Whole, found: Whole,
) -> int:  # fmt: skip
    """Play on until it is over, or an array has no room; why it stopped.

    The log gets items when they are done, `found` by case its end, whether it has a defect, and hand-overs.
    """
    room = len(live) - count[MARGIN]
    while True:
        if (
            count[ITEMS] > room
            or count[AGENDA] + count[MARGIN] > agenda.shape[1]
            or count[WRITTEN] >= log.shape[1]
        ):
            return NO_ROOM
        if count[CHAIN] >= 0:
            slot = completed(steps, times, flows, live, cases, count, todo, log, count[CHAIN])
        elif count[ARRIVED] < len(arrivals) and arrivals[count[ARRIVED], 0] <= count[SOONEST]:
            if arrivals[count[ARRIVED], 0] > count[UNTIL]:
                return FINISHED
            if count[OPEN] >= len(cases):
                return NO_ROOM
            count[NOW] = arrivals[count[ARRIVED], 0]
            if count[OPEN] >= count[MOST_OPEN]:
                return TOO_MANY_OPEN
            slot = admit(arrivals, cases, count, todo)
        elif count[SOONEST] > count[UNTIL]:
            return FINISHED
        elif count[EVENTS] >= count[MOST_EVENTS]:
            return TOO_MANY_EVENTS
        else:
            what = pull(agenda, count)
            count[EVENTS] += 1
            what, of, who, item = what & 3, what >> 2, -1, -1
            if what == READY_NOW:
                item = wanted(steps, batches, live, agenda, count, of)
            elif what == RELEASE:
                step = of % len(steps)
                if batches[step, 0] > 0 and batches[step, 3] == of // len(steps):
                    item = released(batches, step)
            elif what == WAKE:
                who = of
                crew[who, WAKING] = 0
            else:
                who = live[of, STAFF]
                count[CHAIN] = of
                if who >= 0:
                    crew[who, FREE] += 1
                    crew[who, SINCE] = count[NOW]
            if item >= 0:
                offer(steps, skills, spans, roles, crew, live, cases, agenda, count, item)
            elif who >= 0:
                serve(steps, skills, spans, roles, crew, live, cases, agenda, count, who)
            continue
        if not walk(
            steps, times, table, flows, chances, reach, skills, spans, roles, crew, batches, live, cases, agenda,
            count, todo, slot,
        ):  # fmt: skip
            return TOO_MANY_TOKENS
        if cases[slot, BUSY] == 0:
            case = cases[slot, CASE]
            found[case, 0] = count[NOW] if cases[slot, TOKENS] == 0 else -2
            found[case, 1] = cases[slot, DEFECT] > 0
            found[case, 2] = cases[slot, HANDED]
            count[OPEN] -= 1
            cases[slot, CASE], count[SPARE_SLOT] = count[SPARE_SLOT], slot
