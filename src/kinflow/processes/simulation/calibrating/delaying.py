"""Extraneous delays: waiting that neither busy people nor their hours explain, by the move that it lies on.

The idea, and why it must not be left out, is that of Chapela-Campa and Dumas ("Enhancing business process simulation
models with extraneous activity delays", Information Systems 2024): what passes from when a case could go on until its
person began, or began with the work that they did without a pause before this, in hours in which the step is done.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import wasserstein_distance

from ..scenario import ALWAYS, SECOND, Calendar, Step
from .fitting import empirical
from .holidays import Planned
from .routing import Move, Ways
from .weeks import HOURS, Open, calendar_from, open_over, own_hours
from .working import Work, busy_since

OWN_MOVE = 15
"""Waits by which a move has its own delay; rarer moves take that of all moves to the step."""
OWN_KIND = 40
EVEN = 0.8
"""Delays pass at all hours where they are so much more alike, or come so much nearer, in elapsed time than in hours."""
OWN_HOURS = 200
"""Events by which a step has its own hours."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Delays:
    """The delay steps by move and kind, the hours of each, and what was observed behind each (microseconds).

    `spans` is the delay before each event, NaN where none is known, `hours` the calendar of the delays before a step.
    """

    steps: dict[tuple[Move, int], Step] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    observed: dict[str, Numbers] = field(default_factory=dict)
    spans: Numbers = field(default_factory=lambda: np.empty(0))
    hours: dict[int, str] = field(default_factory=dict)

    def of(self, move: Move, kind: int) -> Step | None:
        """The delay on a move; None where there is none."""
        return self.steps.get((move, kind))


def delays_of(
    work: Work,
    ways: Ways,
    kinds: int,
    monday: int,
    until: int,
    usual: Calendar | None,
    planned: Planned = Planned(),
) -> Delays:
    """The delays on all moves of the chosen cases; where there are no usual hours, all time until the begin of work."""
    columns = work.columns
    found = Delays(spans=np.full(columns.events, np.nan))
    since = work.begun if usual is None else np.maximum(busy_since(work), work.ready)
    inner = np.flatnonzero((ways.source >= 0) & (ways.target >= 0))
    for target in np.unique(ways.target[inner]).tolist():
        into = inner[ways.target[inner] == target]
        events = ways.into[into]
        name, hours = (
            _hours(work, int(target), events, usual, monday, until, planned) if usual else (ALWAYS, None)
        )
        spans = (since[events] - work.ready[events]).astype(np.float64)
        if hours is not None:
            inside = hours[1].between(work.ready[events], since[events]).astype(np.float64)
            ready = work.ready[events]
            if _deal_better(ready, spans, inside, hours[1]) if planned.off else _more_alike(spans, inside):
                name = ALWAYS
            else:
                found.calendars[name], spans = hours[0], inside
        found.spans[events] = spans
        if spans.mean() >= SECOND:
            found.hours[int(target)] = name
        _take(found, ways, into, spans, kinds, name, columns.activities)
    return found


def _more_alike(spans: Numbers, inside: Numbers) -> bool:
    """Whether delays pass at all hours, by that way to count time which makes them more alike."""
    deviations = (each.std() / each.mean() if each.mean() > 0 else np.inf for each in (spans, inside))
    return bool(next(deviations) < EVEN * next(deviations))


def _deal_better(ready: NDArray[np.int64], spans: Numbers, inside: Numbers, hours: Open) -> bool:
    """Whether delays pass at all hours, by that way to count time in which they, dealt out anew to the same cases, come
    nearer to what they were.

    Counted as time that passes, a delay ends at once or, out of hours, when these begin; counted in hours, within them.
    So it can be told where a calendar says which days are off.
    """
    order = np.random.default_rng(len(ready)).permutation(len(ready))
    elapsed = hours.opening(ready + spans[order].astype(np.int64)) - ready
    counted = hours.after(ready, inside[order]) - ready
    off = [wasserstein_distance(spans, each) for each in (elapsed, counted)]
    return bool(off[0] < EVEN * off[1])


def _hours(
    work: Work,
    target: int,
    events: NDArray[np.int64],
    usual: Calendar,
    monday: int,
    until: int,
    planned: Planned,
) -> tuple[str, tuple[Calendar, Open] | None]:
    """The hours in which a step is begun; none where that is at all hours."""
    if len(events) >= OWN_HOURS:
        hours = own_hours(planned.usual(work.begun[events]), planned.usual(work.begun))
        calendar, name = calendar_from(hours, usual.closed, usual.opened), f"step {target}"
    else:
        calendar, name = usual, "usual"
    if sum(b - a for a, b in calendar.spans) >= HOURS * 3_600 * SECOND and not calendar.closed:
        return ALWAYS, None
    return name, (calendar, open_over(calendar, monday, until))


def _take(
    found: Delays,
    ways: Ways,
    into: NDArray[np.int64],
    spans: Numbers,
    kinds: int,
    calendar: str,
    activities: object,
) -> None:
    """Keep the delays of one step's moves."""
    target = int(ways.target[into[0]])
    rest = _step(f"wait to {target}", "", spans, calendar)
    for source in np.unique(ways.source[into]).tolist():
        own = ways.source[into] == source
        here = spans[own]
        name = f"wait {source} {target}"
        step = _step(name, "", here, calendar) if len(here) >= OWN_MOVE else rest
        if len(here) < OWN_MOVE:
            name, here = f"wait to {target}", spans
        of_kinds = ways.kind[into][own]
        for kind in range(kinds):
            of_kind = spans[own][of_kinds == kind]
            if kinds > 1 and len(of_kind) >= OWN_KIND:
                each = _step(f"{name} {kind}", "", of_kind, calendar)
                if each is not None:
                    found.observed[each.id] = of_kind
            else:
                each = step
                if each is not None:
                    found.observed[name] = here
            if each is not None:
                found.steps[(source, target), kind] = each


def _step(name: str, label: str, spans: Numbers, calendar: str) -> Step | None:
    """A delay; None where it is less than a second on average."""
    if not len(spans) or spans.mean() < SECOND:
        return None
    return Step(name, label or name, "wait", times=empirical(spans), calendar=calendar)
