"""The event loop of the simulation: cases, tokens, people, queues, in whole microseconds.

All of it is machine code of one file, since compiled functions find each other only there. Random numbers have no state:
each is a hash of seed, case, step, visit and purpose, so that the same case draws the same for the same step whatever
else changes (common random numbers). Waiting work lies in pairing heaps (Fredman et al. 1986), one for each role.
"""

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kinflow.processes.columns.compiled import compiled
from kinflow.processes.simulation import world as w

Whole: TypeAlias = NDArray[np.int64]
Real: TypeAlias = NDArray[np.float64]
NEVER = 1 << 62
GOLD, ONCE, TWICE = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
FIRST_SHIFT, SECOND_SHIFT, LAST_SHIFT, MANTISSA = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
PURPOSES, WORK_DRAW, DELAY_DRAW, WAY_DRAW, FAIL_DRAW, TRY = 16, 0, 3, 6, 7, 1 << 40
"""Purposes of a draw; include draws one for each way, from `WAY_DRAW` on by tries."""

CASE_OF, STEP, STAFF, CAME, READY, START, STOP, WORK, VISIT, SLOT, RANK, KEY, SEQ, CHILD, BESIDE, NEXT = (
    range(16)
)
"""Columns of an item of work under way; the first nine are those of the log."""
LOGGED = 9
CASE, KIND_OF, URGENCY, TOKENS, BUSY, PENDING, DEFECT, LAST, HANDED, HEAD = range(10)
"""Columns of an open case; then by step, how often it was there and how many tokens are, by flow how many wait."""
FREE, SINCE, WAKING, AT = range(4)
"""Columns of somebody: places free, idle since, to be woken, which span of the hours."""
HEAP, SEQUENCE, ITEMS, SPARE, EVENTS, DISCIPLINE, QUEUES = range(7)
"""Counters; from `QUEUES` on the root of each role's heap of waiting work."""
READY_NOW, DONE, WAKE, RELEASE = range(4)
FINISHED, TOO_MANY_OPEN, TOO_MANY_EVENTS = range(3)


@compiled
def unit(key: Any, case: int, name: Any, turn: int) -> float:
    """A number between 0 and 1 (SplitMix64's finish, three times)."""
    x = key + np.uint64(case) * GOLD
    for more in (name, np.uint64(turn) * GOLD, GOLD):
        x ^= more
        x = (x ^ (x >> FIRST_SHIFT)) * ONCE
        x = (x ^ (x >> SECOND_SHIFT)) * TWICE
        x ^= x >> LAST_SHIFT
    return (float(x >> MANTISSA) + 0.5) * 2.0**-53


@compiled
def normal(u: float) -> float:
    """The quantile of the normal distribution (Acklam's rational form, one step of Halley's on top)."""
    if u < 0.02425 or u > 0.97575:
        q = math.sqrt(-2.0 * math.log(min(u, 1.0 - u)))
        x = (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734)
            * q + 4.374664141464968) * q + 2.938163982698783) / ((((7.784695709041462e-03 * q + 3.224671290700398e-01)
            * q + 2.445134137142996) * q + 3.754408661907416) * q + 1.0)  # fmt: skip
        x = x if u < 0.5 else -x
    else:
        q = u - 0.5
        r = q * q
        x = (((((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
            + 1.383577518672690e02) * r - 3.066479806614716e01) * r + 2.506628277459239) * q / (((((
            -5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
            + 6.680131188771972e01) * r - 1.328068155288572e01) * r + 1.0)  # fmt: skip
    e = (0.5 * math.erfc(-x / math.sqrt(2.0)) - u) * math.sqrt(2.0 * math.pi) * math.exp(x * x / 2.0)
    return x - e / (1.0 + x * e / 2.0)


@compiled
def gamma(shape: float, key: Any, case: int, name: Any, turn: int) -> float:
    """A draw of mean `shape` (Marsaglia and Tsang 2000)."""
    more = shape if shape >= 1.0 else shape + 1.0
    d = more - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    found = 0.0
    for attempt in range(1000):
        z = normal(unit(key, case, name, turn + attempt * TRY))
        v = (1.0 + c * z) ** 3
        if v > 0.0 and math.log(
            unit(key, case, name, turn + 1 + attempt * TRY)
        ) < z * z / 2 + d - d * v + d * math.log(v):
            found = d * v
            break
    if shape < 1.0:
        found *= unit(key, case, name, turn + 2) ** (1.0 / shape)
    return found


@compiled
def draw(times: Real, row: int, table: Real, key: Any, case: int, name: Any, turn: int) -> int:
    """How long something lasts, by a row of `times`."""
    shape = int(times[row, w.SHAPE])
    if shape == w.FIXED:
        return int(times[row, w.ONE])
    if shape == w.GAMMA:
        return round(times[row, w.TWO] * gamma(times[row, w.ONE], key, case, name, turn))
    u = unit(key, case, name, turn)
    if shape == w.EXPONENTIAL:
        return round(-times[row, w.ONE] * math.log(u))
    if shape == w.UNIFORM:
        return max(0, round(times[row, w.ONE] + times[row, w.TWO] * u))
    if shape == w.LOGNORMAL:
        return round(math.exp(times[row, w.ONE] + times[row, w.TWO] * normal(u)))
    if shape == w.EMPIRICAL:
        place = u * (times[row, w.COUNT] - 1)
        low = int(place)
        at = int(times[row, w.FROM]) + low
        here = table[at]
        return round(
            here
            + (place - low) * (table[min(at + 1, int(times[row, w.FROM] + times[row, w.COUNT]) - 1)] - here)
        )
    return round(times[row, w.TWO] * (-math.log(u)) ** times[row, w.ONE])  # Weibull


@compiled
def coming(
    times: NDArray[np.float64], table: NDArray[np.float64], key: Any, name: Any, until: int, most: int
) -> Whole:
    """Moments of arrivals before `until`, `times` between them, `most` at most."""
    found = np.empty(1024, np.int64)
    count, now = 0, 0
    while count < most:
        now += draw(times, 0, table, key, count, name, 0)
        if now >= until:
            break
        if count == len(found):
            found = np.concatenate((found, np.empty_like(found)))
        found[count] = now
        count += 1
    return found[:count]


@compiled
def units(key: Any, name: Any, count: int) -> NDArray[np.float64]:
    """A number between 0 and 1 for each of `count` cases."""
    found = np.empty(count)
    for case in range(count):
        found[case] = unit(key, case, name, 0)
    return found


@compiled
def push(heap: Whole, count: Whole, at: int, what: int, of: int) -> Whole:
    """Note that something happens at a moment; those of one moment happen in the order of noting."""
    if count[HEAP] == len(heap):
        heap = np.concatenate((heap, np.empty_like(heap)))
    place = count[HEAP]
    count[HEAP] += 1
    count[SEQUENCE] += 1
    while place > 0:
        above = (place - 1) >> 2
        if heap[above, 0] <= at:
            break
        for column in range(3):
            heap[place, column] = heap[above, column]
        place = above
    heap[place, 0], heap[place, 1], heap[place, 2] = at, count[SEQUENCE], of * 4 + what
    return heap


@compiled
def pull(heap: Whole, count: Whole) -> tuple[int, int]:
    """Take the next that happens: its moment, and what."""
    at, what = heap[0, 0], heap[0, 2]
    count[HEAP] -= 1
    size = count[HEAP]
    time, order, last = heap[size, 0], heap[size, 1], heap[size, 2]
    place = 0
    while True:
        least, best, first = -1, time, order
        for below in range(4 * place + 1, min(4 * place + 5, size)):
            if heap[below, 0] < best or (heap[below, 0] == best and heap[below, 1] < first):
                least, best, first = below, heap[below, 0], heap[below, 1]
        if least < 0:
            break
        for column in range(3):
            heap[place, column] = heap[least, column]
        place = least
    heap[place, 0], heap[place, 1], heap[place, 2] = time, order, last
    return at, what


@compiled
def goes_before(live: Whole, one: int, other: int) -> bool:
    """Whether an item of work is taken before another."""
    if live[one, RANK] != live[other, RANK]:
        return bool(live[one, RANK] < live[other, RANK])
    if live[one, KEY] != live[other, KEY]:
        return bool(live[one, KEY] < live[other, KEY])
    return bool(live[one, SEQ] < live[other, SEQ])


@compiled
def meld(live: Whole, one: int, other: int) -> int:
    """One heap of two; -1 is the empty one."""
    if one < 0 or other < 0:
        return max(one, other)
    if goes_before(live, other, one):
        one, other = other, one
    live[other, BESIDE] = live[one, CHILD]
    live[one, CHILD] = other
    return one


@compiled
def without_first(live: Whole, root: int) -> int:
    """The heap without its root: its children melded in pairs, then the pairs."""
    pairs, child = -1, live[root, CHILD]
    while child >= 0:
        mate = live[child, BESIDE]
        rest = live[mate, BESIDE] if mate >= 0 else -1
        live[child, BESIDE] = -1
        if mate >= 0:
            live[mate, BESIDE] = -1
        pair = meld(live, child, mate)
        live[pair, BESIDE] = pairs
        pairs, child = pair, rest
    found = -1
    while pairs >= 0:
        rest = live[pairs, BESIDE]
        live[pairs, BESIDE] = -1
        found = meld(live, found, pairs)
        pairs = rest
    return found


@compiled
def end_of(spans: Whole, span: int, now: int, work: int) -> int:
    """When work that begins now is done, interrupted where a span of the hours ends."""
    while True:
        begin = max(now, spans[span, 0])
        if begin >= NEVER:
            return NEVER
        room = spans[span, 1] - begin
        if work <= room:
            return begin + work
        work -= room
        span += 1


@compiled
def opens(spans: Whole, low: int, high: int, now: int) -> int:
    """The span of some hours in which something can begin now, or the next one."""
    while low < high:
        middle = (low + high) >> 1
        if spans[middle, 1] <= now:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def is_on_duty(spans: Whole, crew: Whole, who: int, now: int) -> bool:
    """Whether somebody works now; moves to the span that is, or comes next."""
    while spans[crew[who, AT], 1] <= now:
        crew[who, AT] += 1
    return bool(spans[crew[who, AT], 0] <= now)


@compiled
def begin(
    steps: Whole,
    skills: Real,
    spans: Whole,
    crew: Whole,
    live: Whole,
    cases: Whole,
    item: int,
    who: int,
    now: int,
) -> int:
    """Have somebody (or nobody: -1) begin an item and those of its batch; when it is done."""
    step = live[item, STEP]
    work, span = live[item, WORK], 0
    if who >= 0:
        work = round(work * skills[who, steps[step, w.ROLE]])
        crew[who, FREE] -= 1
        span = crew[who, AT]
    else:
        span = opens(spans, steps[step, w.HOURS], steps[step, w.LAST_HOURS], now)
    done = end_of(spans, span, now, work)
    count, one = 0, item
    while one >= 0:
        count += 1
        one = live[one, NEXT]
    one = item
    while one >= 0:
        live[one, STAFF], live[one, START], live[one, STOP] = (
            who,
            max(now, min(done, spans[span, 0])),
            done,
        )
        live[one, WORK] = work // count
        case = live[one, SLOT]
        if who >= 0 and cases[case, LAST] != who:
            cases[case, HANDED] += cases[case, LAST] >= 0
            cases[case, LAST] = who
        one = live[one, NEXT]
    return done


@compiled
def offer(
    steps: Whole, skills: Real, spans: Whole, roles: Whole, crew: Whole, live: Whole, cases: Whole, heap: Whole,
    count: Whole,     item: int, now: int,
) -> Whole:  # fmt: skip
    """Give an item to who has been idle for longest, or put it into the queue and see that somebody is woken."""
    role = steps[live[item, STEP], w.ROLE]
    best = -1
    if role < 0:
        return push(heap, count, begin(steps, skills, spans, crew, live, cases, item, -1, now), DONE, item)
    for place in range(roles[role], roles[role + 1]):
        who = roles[place]
        if crew[who, FREE] > 0:
            if is_on_duty(spans, crew, who, now):
                if best < 0 or crew[who, SINCE] < crew[best, SINCE]:
                    best = who
            elif not crew[who, WAKING]:
                crew[who, WAKING] = 1
                heap = push(heap, count, spans[crew[who, AT], 0], WAKE, who)
    if best >= 0:
        return push(heap, count, begin(steps, skills, spans, crew, live, cases, item, best, now), DONE, item)
    live[item, CHILD] = live[item, BESIDE] = -1
    count[QUEUES + role] = meld(live, count[QUEUES + role], item)
    return heap


@compiled
def serve(
    steps: Whole, skills: Real, spans: Whole, roles: Whole, crew: Whole, live: Whole, cases: Whole, heap: Whole,
    count: Whole,     who: int, now: int,
) -> Whole:  # fmt: skip
    """Let somebody take from the queues as much as fits."""
    while crew[who, FREE] > 0:
        role = -1
        for other in range(len(count) - QUEUES):
            if count[QUEUES + other] < 0 or skills[who, other] == 0.0:
                continue
            if role < 0 or goes_before(live, count[QUEUES + other], count[QUEUES + role]):
                role = other
        if role < 0:
            break
        if not is_on_duty(spans, crew, who, now):
            if not crew[who, WAKING]:
                crew[who, WAKING] = 1
                heap = push(heap, count, spans[crew[who, AT], 0], WAKE, who)
            break
        item = count[QUEUES + role]
        count[QUEUES + role] = without_first(live, item)
        heap = push(heap, count, begin(steps, skills, spans, crew, live, cases, item, who, now), DONE, item)
    return heap


@compiled
def pushed(todo: Whole, depth: int, target: int, flow: int) -> int:
    """Note a token that is to move on."""
    todo[depth, 0], todo[depth, 1] = target, flow
    return depth + 1


@compiled
def leave(
    steps: Whole,
    flows: Whole,
    chances: Real,
    cases: Whole,
    todo: Whole,
    depth: int,
    slot: int,
    step: int,
    key: Any,
) -> int:
    """Send the token on a step along the ways out of it; how many tokens are to be moved then."""
    first, ways, kind = steps[step, w.OUT], steps[step, w.OUTS], steps[step, w.KIND]
    before, case, visit = depth, cases[slot, CASE], cases[slot, HEAD + step]
    cases[slot, HEAD + step] += 1
    last = first + ways
    if ways > 1 and kind in (w.CHOOSE, w.INCLUDE):
        sort, turn = cases[slot, KIND_OF], visit * PURPOSES + WAY_DRAW
        column = min(visit, chances.shape[2] - 1)
        if kind == w.CHOOSE:
            whole, left = 0.0, unit(key, case, np.uint64(steps[step, w.NAME]), turn)
            for flow in range(first, last):
                whole += chances[flow, sort, column]
            left *= whole
            chosen = first
            for flow in range(first, last):
                if chances[flow, sort, column] > 0.0:
                    chosen = flow
                    left -= chances[flow, sort, column]
                    if left <= 0.0:
                        break
            depth = pushed(todo, depth, flows[chosen, 0], chosen)
        else:
            for flow in range(first, last):
                if (
                    unit(key, case, np.uint64(steps[step, w.NAME]), turn + (flow - first) * TRY)
                    < chances[flow, sort, column]
                ):
                    depth = pushed(todo, depth, flows[flow, 0], flow)
            if depth == before:
                best = first
                for flow in range(first, last):
                    if chances[flow, sort, column] > chances[best, sort, column]:
                        best = flow
                depth = pushed(todo, depth, flows[best, 0], best)
    else:
        for flow in range(first, last):
            depth = pushed(todo, depth, flows[flow, 0], flow)
    cases[slot, TOKENS] += depth - before - 1
    return depth


@compiled
def joins(steps: Whole, flows: Whole, cases: Whole, slot: int, step: int, flow: int) -> bool:
    """Whether a token that comes to a parallel join on a way is the one it waited for; takes the others."""
    first, ways = steps[step, w.INTO], steps[step, w.INS]
    at = HEAD + 2 * len(steps)
    cases[slot, at + flow] += 1
    cases[slot, HEAD + len(steps) + step] += 1
    for place in range(first, first + ways):
        if cases[slot, at + flows[place, 1]] == 0:
            return False
    for place in range(first, first + ways):
        cases[slot, at + flows[place, 1]] -= 1
    cases[slot, HEAD + len(steps) + step] -= ways
    cases[slot, TOKENS] -= ways - 1
    return True


@compiled
def opened(steps: Whole, reach: Any, cases: Whole, slot: int) -> int:
    """An inclusive join that nothing on its way to it holds up, its tokens taken for one; or -1."""
    for step in range(len(steps)):
        here = cases[slot, HEAD + len(steps) + step]
        if here == 0 or steps[step, w.KIND] != w.INCLUDE:
            continue
        held = False
        for other in range(len(steps)):
            if other != step and cases[slot, HEAD + len(steps) + other] > 0 and reach[other, step]:
                held = True
        if not held or cases[slot, BUSY] == 0:
            cases[slot, HEAD + len(steps) + step] = 0
            cases[slot, PENDING] -= here
            cases[slot, TOKENS] -= here - 1
            return step
    return -1


@compiled
def grown(rows: Whole) -> Whole:
    """Twice as many rows."""
    more = np.zeros((2 * len(rows), rows.shape[1]), np.int64)
    more[: len(rows)] = rows
    return more


@compiled
def created(
    steps: Whole,
    times: Real,
    table: Real,
    live: Whole,
    cases: Whole,
    count: Whole,
    slot: int,
    step: int,
    now: int,
    key: Any,
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
    count[SEQUENCE] += 1
    live[item, CASE_OF], live[item, STEP], live[item, STAFF], live[item, CAME] = case, step, -1, now
    live[item, READY], live[item, START], live[item, STOP] = NEVER, NEVER, NEVER
    live[item, WORK] = draw(
        times, 2 * step, table, key, case, np.uint64(steps[step, w.NAME]), visit * PURPOSES + WORK_DRAW
    )
    live[item, VISIT], live[item, SLOT], live[item, NEXT] = visit, slot, -1
    live[item, RANK] = cases[slot, URGENCY]
    return item


@compiled
def wanted(
    steps: Whole, skills: Real, spans: Whole, roles: Whole, crew: Whole, batches: Whole, live: Whole, cases: Whole,
    heap: Whole, count: Whole, item: int, now: int,
) -> Whole:  # fmt: skip
    """Have an item done from now on, or wait until its batch is full or has waited long enough."""
    step = live[item, STEP]
    live[item, READY] = now
    count[SEQUENCE] += 1
    live[item, SEQ] = live[item, KEY] = count[SEQUENCE]
    if count[DISCIPLINE] == w.LIFO:
        live[item, KEY] = -count[SEQUENCE]
    elif count[DISCIPLINE] == w.SHORTEST:
        live[item, KEY] = live[item, WORK]
    elif count[DISCIPLINE] == w.DUE:
        live[item, KEY] = live[item, CASE_OF]
    if steps[step, w.SIZE] <= 1:
        return offer(steps, skills, spans, roles, crew, live, cases, heap, count, item, now)
    live[item, NEXT] = -1
    if batches[step, 0] == 0:
        batches[step, 1] = item
        heap = push(
            heap, count, now + steps[step, w.LONGEST], RELEASE, batches[step, 3] * len(batches) + step
        )
    else:
        live[batches[step, 2], NEXT] = item
    batches[step, 0] += 1
    batches[step, 2] = item
    if batches[step, 0] >= steps[step, w.SIZE]:
        batches[step, 0] = 0
        batches[step, 3] += 1
        heap = offer(steps, skills, spans, roles, crew, live, cases, heap, count, batches[step, 1], now)
    return heap


@compiled
def walk(
    steps: Whole, times: Real, table: Real, flows: Whole, chances: Real, reach: Any, skills: Real, spans: Whole,
    roles: Whole, crew: Whole, batches: Whole, live: Whole, cases: Whole, heap: Whole, count: Whole, todo: Whole,
    slot: int, target: int, way: int, now: int, key: Any,
) -> tuple[Whole, Whole]:  # fmt: skip
    """Move a token, and all that come of it, until each waits for something or has ended."""
    depth = pushed(todo, 0, target, way)
    while True:
        while depth > 0:
            depth -= 1
            step, flow = todo[depth, 0], todo[depth, 1]
            kind = steps[step, w.KIND] if step >= 0 else w.END
            if kind == w.END:
                cases[slot, TOKENS] -= 1
            elif kind <= w.AUTO:
                if count[ITEMS] == len(live):
                    live = grown(live)
                item = created(steps, times, table, live, cases, count, slot, step, now, key)
                later = draw(
                    times, 2 * step + 1, table, key, cases[slot, CASE], np.uint64(steps[step, w.NAME]),
                    live[item, VISIT] * PURPOSES + DELAY_DRAW,
                )  # fmt: skip
                if later > 0:
                    heap = push(heap, count, now + later, READY_NOW, item)
                else:
                    heap = wanted(
                        steps, skills, spans, roles, crew, batches, live, cases, heap, count, item, now
                    )
            elif kind == w.INCLUDE and steps[step, w.INS] > 1:
                cases[slot, HEAD + len(steps) + step] += 1
                cases[slot, PENDING] += 1
            elif kind != w.FORK or steps[step, w.INS] < 2 or joins(steps, flows, cases, slot, step, flow):
                depth = leave(steps, flows, chances, cases, todo, depth, slot, step, key)
        step = opened(steps, reach, cases, slot) if cases[slot, PENDING] > 0 else -1
        if step < 0:
            return live, heap
        depth = leave(steps, flows, chances, cases, todo, depth, slot, step, key)


@compiled
def play(
    start: int, discipline: int, steps: Whole, times: Real, table: Real, flows: Whole, chances: Real, reach: Any,
    skills: Real, spans: Whole, roles: Whole, crew: Whole, arrivals: Whole, sorts: Whole, urgency: Whole, key: Any,
    until: int, most_open: int, most_events: int,
) -> tuple[Whole, Whole, int, int]:  # fmt: skip
    """Play all cases. The log, by the moment of being done, then what was not; by case end, defect, hand-overs; why it
    stopped, and when.
    """
    live, heap, log = (
        np.zeros((256, 16), np.int64),
        np.zeros((256, 3), np.int64),
        np.zeros((4096, LOGGED), np.int64),
    )
    cases = np.zeros((64, HEAD + 2 * len(steps) + len(flows)), np.int64)
    found, batches = np.zeros((len(arrivals), 3), np.int64), np.zeros((len(steps), 4), np.int64)
    todo = np.empty((len(flows) + len(steps) + 8, 2), np.int64)
    count = np.full(QUEUES + skills.shape[1], -1, np.int64)
    count[:QUEUES] = 0
    count[SPARE], count[DISCIPLINE] = -1, discipline
    found[:, 0] = -1
    slots = np.arange(64)[::-1].copy()
    written, came, now, reason, is_open = 0, 0, 0, FINISHED, 0
    while True:
        of, slot, target, way, who = -1, -1, start, -1, -1
        if came < len(arrivals) and (count[HEAP] == 0 or arrivals[came] <= heap[0, 0]):
            now = arrivals[came]
            if now > until:
                break
            if is_open >= most_open:
                reason = TOO_MANY_OPEN
                break
            if is_open == len(cases):
                slots = np.concatenate((np.arange(len(cases), 2 * len(cases))[::-1], slots))
                cases = grown(cases)
            slot = slots[len(cases) - 1 - is_open]
            is_open += 1
            for column in range(cases.shape[1]):
                cases[slot, column] = 0
            cases[slot, CASE], cases[slot, KIND_OF], cases[slot, URGENCY] = (
                came,
                sorts[came],
                urgency[sorts[came]],
            )
            cases[slot, TOKENS], cases[slot, LAST] = 1, -1
            came += 1
        elif count[HEAP] == 0 or heap[0, 0] > until:
            break
        elif count[EVENTS] >= most_events:
            reason = TOO_MANY_EVENTS
            break
        else:
            now, what = pull(heap, count)
            count[EVENTS] += 1
            what, of = what & 3, what >> 2
            if what == READY_NOW:
                heap = wanted(steps, skills, spans, roles, crew, batches, live, cases, heap, count, of, now)
                continue
            if what == RELEASE:
                step = of % len(steps)
                if batches[step, 0] > 0 and batches[step, 3] == of // len(steps):
                    batches[step, 0] = 0
                    batches[step, 3] += 1
                    heap = offer(
                        steps, skills, spans, roles, crew, live, cases, heap, count, batches[step, 1], now
                    )
                continue
            who = of
            if what == WAKE:
                crew[who, WAKING] = 0
            else:
                who = live[of, STAFF]
                if who >= 0:
                    crew[who, FREE] += 1
                    crew[who, SINCE] = now
            if who >= 0:
                heap = serve(steps, skills, spans, roles, crew, live, cases, heap, count, who, now)
            if what == WAKE:
                continue
        while True:
            if of >= 0:
                if written == len(log):
                    log = grown(log)
                for column in range(LOGGED):
                    log[written, column] = live[of, column]
                written += 1
                slot, step, visit, after = live[of, SLOT], live[of, STEP], live[of, VISIT], live[of, NEXT]
                live[of, NEXT], live[of, SLOT], count[SPARE] = count[SPARE], -1, of
                of = after
                cases[slot, BUSY] -= 1
                cases[slot, HEAD + len(steps) + step] -= 1
                way = steps[step, w.OUT] if steps[step, w.OUTS] > 0 else -1
                target = flows[way, 0] if way >= 0 else -1
                if steps[step, w.CHECK] and cases[slot, DEFECT] > 0:
                    back = steps[step, w.REWORK] if steps[step, w.REWORK] >= 0 else cases[slot, DEFECT] - 2
                    cases[slot, DEFECT] = 0
                    if back >= 0:
                        target, way = back, -1
                if times[2 * step, w.FAILS] > 0.0:
                    turn = visit * PURPOSES + FAIL_DRAW
                    if (
                        unit(key, cases[slot, CASE], np.uint64(steps[step, w.NAME]), turn)
                        < times[2 * step, w.FAILS]
                    ):
                        cases[slot, DEFECT] = steps[step, w.REWORK] + 2
            live, heap = walk(
                steps, times, table, flows, chances, reach, skills, spans, roles, crew, batches, live, cases, heap,
                count, todo, slot, target, way, now, key,
            )  # fmt: skip
            if cases[slot, BUSY] == 0:
                found[cases[slot, CASE], 0] = now if cases[slot, TOKENS] == 0 else -2
                found[cases[slot, CASE], 1] = cases[slot, DEFECT] > 0
                found[cases[slot, CASE], 2] = cases[slot, HANDED]
                is_open -= 1
                slots[len(cases) - 1 - is_open] = slot
            if of < 0:
                break
    for item in range(count[ITEMS]):
        if live[item, SLOT] >= 0:
            if written == len(log):
                log = grown(log)
            for column in range(LOGGED):
                log[written, column] = live[item, column]
            written += 1
    return log[:written], found, reason, now
