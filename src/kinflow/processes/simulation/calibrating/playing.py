"""Playing a scenario as the other side of a hold-out check: what the engine gives, measured as the real log is."""

import numpy as np

from .. import results
from ..hours import NEVER
from ..scenario import Scenario
from ..simulating import simulate
from .checking import Play
from .distances import Played
from .periods import Parts, side_of
from .scenarios import Calibrated

SEED = 20_230_911


def player(known: Calibrated, parts: Parts) -> Play:
    """Plays the later period, and gives the cases that begin in it as they would stand in the log at its end."""
    is_single = known.work.is_single

    def play(scenario: Scenario, number: int) -> Played:
        return _side(simulate(scenario, SEED, number), scenario, parts, is_single)

    return play


def _side(found: results.Played, scenario: Scenario, parts: Parts, is_single: bool) -> Played:
    codes = np.array(
        [int(each.id.split()[1]) if each.kind in ("task", "auto") else -1 for each in scenario.steps],
        np.int64,
    )
    activity = codes[found.step]
    latest = NEVER if parts.ends_known else parts.log_end - scenario.begins
    real = np.flatnonzero((activity >= 0) & (found.start >= 0) & (found.end < latest))
    order = real[np.lexsort((found.end[real], found.start[real], found.case[real]))]
    case = found.case[order].astype(np.int64)
    begun, done = (column[order].astype(np.int64) + scenario.begins for column in (found.start, found.end))
    first = np.flatnonzero(np.append(True, case[1:] != case[:-1])) if len(case) else np.empty(0, np.int64)
    before = np.concatenate((begun[:1], done[:-1]))
    ready = np.minimum(before, begun)
    ready[first] = begun[first]
    count = int(case.max(initial=-1)) + 1
    begins, ends = np.full(count, -1, np.int64), np.full(count, np.iinfo(np.int64).max)
    begins[case[first]] = (done if is_single else begun)[first]
    if len(first):
        ends[case[first]] = np.maximum.reduceat(done, first)
    kept = (begins >= parts.split) & (begins < parts.followed)
    if parts.ends_known:
        kept &= (ends < parts.log_end) & (found.finish[:count] >= 0)
    period = (parts.split, parts.followed)
    return side_of(case, activity[order], ready, begun, done, kept, period, is_single=is_single)
