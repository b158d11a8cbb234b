"""What chance would do: hand-overs as they would fall if everybody gave and took as often as they do, but to and from
anybody.

A log is one pool; within it givers and takers are put together by lot. Expected numbers follow from how often each
gives and takes (iterative proportional fitting, with those cells at zero that cannot be, as somebody's hand-overs to
themselves). Whether a number is more or less than chance is asked by the exact binomial test in which each case counts
once, since one case that goes to and fro would count many times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ...diagnosis.chances import at_least, at_most, discoveries
from .handing import Passing

Numbers = NDArray[np.float64]
ROUNDS = 60
RATE = 0.05
LARGE = 1.5
"""A tie is remarkable only where it is that many times what chance would give."""


@dataclass(frozen=True)
class Handed:
    """Hand-overs between groups, g by g: how often, in how many cases, how often by chance."""

    times: Numbers
    cases: Numbers
    expected: Numbers

    @property
    def total(self) -> float:
        """All hand-overs."""
        return float(self.times.sum())

    def chance(self, one: int, other: int, *, less: bool = False) -> float:
        """The chance of so many hand-overs or more (of so few or fewer) between two groups."""
        return chance_of(
            float(self.times[one, other]),
            float(self.cases[one, other]) if self.times[one, other] else 1.0,
            float(self.expected[one, other]),
            self.total,
            less=less,
        )


def chance_of(times: float, cases: float, expected: float, total: float, *, less: bool = False) -> float:
    """The chance of so many (so few) of all hand-overs where so many are expected, if each case counts once."""
    if total <= 0 or expected <= 0:
        return 1.0
    weight = min(1.0, cases / times) if times else 1.0
    hits, tries = round(times * weight), max(1, round(total * weight))
    asked = at_most if less else at_least
    return asked(hits, tries, min(1.0, expected / total))


def tested(logs: Sequence[Passing], groups: int, alone: NDArray[np.bool_]) -> Handed:
    """The hand-overs of some logs between groups; `alone` (g,) marks groups of one person, who hand nothing over
    inside.
    """
    times, cases, expected = np.zeros((3, groups, groups))
    for log in logs:
        own = np.zeros((groups, groups))
        np.add.at(own, (log.giver, log.taker), log.times)
        np.add.at(cases, (log.giver, log.taker), log.cases)
        times += own
        expected += expected_of(own, alone)
    return Handed(times, cases, expected)


def expected_of(times: Numbers, alone: NDArray[np.bool_]) -> Numbers:
    """Hand-overs by chance with the same sums of rows and columns, none inside groups of one."""
    out, into, total = times.sum(axis=1), times.sum(axis=0), times.sum()
    if not total:
        return np.zeros_like(times)
    found: Numbers = np.outer(out, into) / total
    found[alone, alone] = 0
    if not alone.any():
        return found
    for _round in range(ROUNDS):
        found *= _ratio(out, found.sum(axis=1))[:, None]
        found *= _ratio(into, found.sum(axis=0))[None, :]
    return found


def _ratio(wanted: Numbers, there: Numbers) -> Numbers:
    found: Numbers = np.divide(wanted, there, out=np.zeros_like(wanted), where=there > 0)
    return found


def remarkable(found: Handed) -> NDArray[np.bool_]:
    """Between which groups more is handed over than by chance, clearly and by much; of those marked at most one in
    twenty is expected to be false (Benjamini and Hochberg).
    """
    possible = found.expected > 0
    p = np.ones(found.times.shape)
    more = possible & (found.times > found.expected)
    times, cases, expected = (each[more] for each in (found.times, found.cases, found.expected))
    weight = np.minimum(1.0, cases / times)
    hits, tries = np.round(times * weight), np.round(found.total * weight)
    p[more] = special.betainc(hits, tries - hits + 1, expected / found.total)
    marked = np.zeros(p.shape, np.bool_)
    marked[possible] = discoveries(p[possible], RATE)
    return marked & (found.times >= LARGE * found.expected)
