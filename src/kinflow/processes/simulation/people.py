"""People and the work that waits for them: who takes what when, in the hours that each has."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..columns.compiled import inlined
from . import world as w
from .agenda import push
from .hours import NEVER
from .queues import dequeue, enqueue, first_of, goes_before
from .state import (
    AT,
    DONE,
    FREE,
    HANDED,
    LAST,
    LAST_POST,
    NEXT,
    NOW,
    OVERTIME,
    POSTS,
    SINCE,
    SLOT,
    STAFF,
    START,
    STEP,
    STOP,
    WAKE,
    WAKING,
    WORK,
)

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]


@inlined
def end_of(spans: Whole, span: int, now: int, work: int, overtime: int) -> int:
    """When work that begins now is done, interrupted where a span of the hours ends, but for what is done soon after."""
    while True:
        begin = max(now, int(spans[span, 0]))
        if begin >= NEVER:
            return NEVER
        room = int(spans[span, 1]) - begin
        if work <= room + overtime:
            return begin + work
        work -= room
        span += 1


@inlined
def is_on_duty(spans: Whole, crew: Whole, who: int, now: int) -> bool:
    """Whether somebody works now; moves to the span that is, or comes next."""
    while spans[crew[who, AT], 1] <= now:
        crew[who, AT] += 1
    return bool(spans[crew[who, AT], 0] <= now)


@inlined
def begin(
    steps: Whole, skills: Real, spans: Whole, crew: Whole, live: Whole, cases: Whole, agenda: Whole, count: Whole,
    item: int, who: int,
) -> None:  # fmt: skip
    """Have somebody (or nobody: -1) begin an item and those of its batch."""
    now, step, work, overtime = count[NOW], live[item, STEP], live[item, WORK], 0
    if who >= 0:
        factor = skills[who, steps[step, w.ROLE]]
        if factor != 1.0:
            work = round(min(work * factor, w.LONGEST_WORK))
        crew[who, FREE] -= 1
        span, overtime = crew[who, AT], crew[who, OVERTIME]
    else:
        # The first span that ends later, by halves.
        span, high = steps[step, w.HOURS], steps[step, w.LAST_HOURS]
        while span < high:
            middle = (span + high) >> 1
            if spans[middle, 1] <= now:
                span = middle + 1
            else:
                high = middle
    done = end_of(spans, span, now, work, overtime)
    members, one = 0, item
    while one >= 0:
        members += 1
        one = live[one, NEXT]
    # Dividing takes as long as all the rest, and hardly any work is done in batches.
    part = work if members == 1 else work // members
    one = item
    while one >= 0:
        live[one, STAFF], live[one, STOP], live[one, WORK] = who, done, part
        live[one, START] = max(now, min(done, spans[span, 0]))
        case = live[one, SLOT]
        if who >= 0 and cases[case, LAST] != who:
            cases[case, HANDED] += cases[case, LAST] >= 0
            cases[case, LAST] = who
        one = live[one, NEXT]
    push(agenda, count, done, DONE, item)


@inlined
def longest_idle(roles: Whole, crew: Whole, role: int) -> int:
    """Who can take more work and took none for longest, on duty or not; or -1. No branch hangs on who is free."""
    best, least = -1, NEVER
    for place in range(roles[role], roles[role + 1]):
        who = roles[place]
        since = crew[who, SINCE] if crew[who, FREE] > 0 else NEVER
        best = who if since < least else best
        least = min(since, least)
    return int(best)


@inlined
def longest_idle_on_duty(
    spans: Whole, roles: Whole, crew: Whole, agenda: Whole, count: Whole, role: int
) -> int:
    """Who of those on duty can take more work and took none for longest; or -1. Others are woken when they come."""
    best = -1
    for place in range(roles[role], roles[role + 1]):
        who = roles[place]
        if crew[who, FREE] > 0:
            if is_on_duty(spans, crew, who, count[NOW]):
                if best < 0 or crew[who, SINCE] < crew[best, SINCE]:
                    best = who
            elif not crew[who, WAKING]:
                crew[who, WAKING] = 1
                push(agenda, count, spans[crew[who, AT], 0], WAKE, who)
    return int(best)


@inlined
def offer(
    steps: Whole, skills: Real, spans: Whole, roles: Whole, crew: Whole, live: Whole, cases: Whole, agenda: Whole,
    count: Whole, item: int,
) -> None:  # fmt: skip
    """Give an item to who has been idle for longest, or put it into the queue and see that somebody is woken."""
    role = steps[live[item, STEP], w.ROLE]
    best = -1
    if role >= 0 and first_of(live, count, role) < 0:
        best = longest_idle(roles, crew, role)
        if best >= 0 and not is_on_duty(spans, crew, best, count[NOW]):
            best = longest_idle_on_duty(spans, roles, crew, agenda, count, role)
    if role < 0 or best >= 0:
        begin(steps, skills, spans, crew, live, cases, agenda, count, item, best)
    else:
        # Where others wait already, nobody is free, and who comes later is called.
        enqueue(live, count, role, item)


@inlined
def serve(
    steps: Whole, skills: Real, spans: Whole, roles: Whole, crew: Whole, live: Whole, cases: Whole, agenda: Whole,
    count: Whole, who: int,
) -> None:  # fmt: skip
    """Let somebody take from the queues as much as fits."""
    while crew[who, FREE] > 0:
        item = role = -1
        for place in range(crew[who, POSTS], crew[who, LAST_POST]):
            other = first_of(live, count, roles[place])
            if other >= 0 and (item < 0 or goes_before(live, other, item)):
                item, role = other, roles[place]
        if item < 0:
            break
        if not is_on_duty(spans, crew, who, count[NOW]):
            if not crew[who, WAKING]:
                crew[who, WAKING] = 1
                push(agenda, count, spans[crew[who, AT], 0], WAKE, who)
            break
        dequeue(live, count, role, item)
        begin(steps, skills, spans, crew, live, cases, agenda, count, item, who)
