"""For each kind of object what follows what, over the events that mention its objects (van der Aalst and Berti, 2020)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..columns import EventColumns
from ..measuring.follows import follows
from ..measuring.variants import variants
from ..studio.levels import Arrow, arrows_of, revealed
from .log import ObjectLog, columns_of_kind
from .sharing import Shared, shared

STANDS = 40
"""The slider's stands beyond the main paths: each shows a fortieth more of every kind's arrows."""


@dataclass(frozen=True)
class Flow:
    """What follows what for the objects of one kind."""

    kind: int
    columns: EventColumns
    arrows: Mapping[Arrow, int]
    levels: Mapping[Arrow, int]
    times: Mapping[Arrow, tuple[float, float, float]]
    """Mean, median and p90 in seconds."""


@dataclass(frozen=True)
class Flows:
    """What follows what for the chosen kinds, and what they share."""

    log: ObjectLog
    flows: Sequence[Flow]
    shared: Mapping[int, Shared]


def flows_of(log: ObjectLog, kinds: Sequence[int]) -> Flows:
    """The directly-follows graph of each kind over the events that mention its objects."""
    return Flows(log, [_flow(log, kind) for kind in kinds], shared(log, kinds))


def _flow(log: ObjectLog, kind: int) -> Flow:
    columns = columns_of_kind(log, kind)
    walked = arrows_of(columns)
    example = variants(columns).example[:1].tolist()
    main = [columns.activity[columns.offsets[case] : columns.offsets[case + 1]].tolist() for case in example]
    found, levels = follows(columns), revealed(walked, main[0] if main else [])
    last = max(levels.values(), default=0)
    times = {
        (int(a), int(b)): (float(mean), float(median), float(p90))
        for a, b, mean, median, p90 in zip(
            found.first, found.second, found.times.mean, found.times.median, found.times.p90, strict=True
        )
    }
    stands = {arrow: int(np.ceil(STANDS * level / last)) if last else 0 for arrow, level in levels.items()}
    return Flow(kind, columns, walked, stands, times)


def usual_stand(flows: Flows, most: int = 45) -> int:
    """The stand to begin with: the last that shows no more arrows than can be read."""
    at = [level for flow in flows.flows for level in flow.levels.values()]
    return max((stand for stand in range(STANDS + 1) if sum(each <= stand for each in at) <= most), default=0)


def kinds_there(log: ObjectLog) -> list[tuple[int, int]]:
    """The kinds of the log with how many of their objects are in an event, most mentioned first."""
    mentions = np.bincount(log.kind[log.object], minlength=len(log.kinds))
    there = np.zeros(len(log.kind), np.bool_)
    there[log.object] = True
    objects = np.bincount(log.kind[there & (log.kind >= 0)], minlength=len(log.kinds))
    order = np.argsort(-mentions, kind="stable").tolist()
    return [(code, int(objects[code])) for code in order if objects[code]]


def often_of(flows: Flows) -> dict[int, int]:
    """How many events of each step mention an object of a chosen kind, each event once."""
    log = flows.log
    places = [log.mentions_of(flow.kind) for flow in flows.flows]
    events = np.unique(np.concatenate([np.empty(0, np.int64), *(log.event[each] for each in places)]))
    counts = np.bincount(log.activity[events], minlength=len(log.activities))
    return {code: int(counts[code]) for code in np.flatnonzero(counts).tolist()}
