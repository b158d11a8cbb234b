"""The difference between two groups, the mix of records taken out, with intervals that hold at one look and at any.

The estimate is a regression in each group on what was known of the records before (W. Lin, "Agnostic notes on
regression adjustments to experimental data", Annals of Applied Statistics 7, 2013). It is a mean of one influence value
per record. From these come the interval for one look (Student), and the one that holds however often somebody looks:
the asymptotic confidence sequence of I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform
central limit theory and asymptotic confidence sequences", Annals of Statistics 52, 2024, theorem 2.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

ERROR = 0.05
LEAST = 20
"""So many records each group needs before the sequence begins: its theory is one of large numbers."""
LEAST_OF_KIND = 10
"""Values of an attribute with fewer records than this in a group count as one value."""
TELLING = 10
"""What one in so many records has otherwise than most would be taken out where groups are large enough."""
LEAST_HITS = 5
"""A share needs so many records of each sort, since a spread of nothing would look like certainty."""
TUNED_FOR = 400
MOST_NEEDED = 1_000_000
FEW, SAME = "few", "same"


@dataclass(frozen=True)
class Difference:
    """New less comparison: the estimate, its interval at one look, and the one that holds at any number of looks.

    `plain` is the difference of means without the mix taken out; `spread` the deviation of one influence value.
    `refused` says why there are no intervals; `is_mixed` that groups were too small to take out something that differs.
    """

    new: int
    compared: int
    mean_new: float | None
    mean_compared: float | None
    plain: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    always_low: float | None = None
    always_high: float | None = None
    spread: float = 0.0
    refused: str = ""
    is_mixed: bool = False


def difference_of(outcome: Floats, is_new: Flags, facts: Sequence[Codes] = ()) -> Difference:
    """Compare the groups' means; facts are codes of what was known of each record before (−1: not known)."""
    new, compared = int(is_new.sum()), int((~is_new).sum())
    means = [float(outcome[group].mean()) if group.any() else None for group in (is_new, ~is_new)]
    if min(new, compared) < LEAST:
        return Difference(new, compared, means[0], means[1], refused=FEW)
    if _says_nothing(outcome):
        return Difference(new, compared, means[0], means[1], refused=SAME)
    known, is_mixed = _known(facts, is_new)
    influence = influence_of(outcome, is_new, known)
    found = told(influence, new, compared, means[0], means[1], float(influence.mean()))
    return replace(found, is_mixed=is_mixed)


def told(
    influence: Floats,
    new: int,
    compared: int,
    mean_new: float | None,
    mean_compared: float | None,
    value: float,
) -> Difference:
    """A difference by the influence values of its records, which have its value as their mean."""
    plain = None if mean_new is None or mean_compared is None else mean_new - mean_compared
    n, spread = len(influence), float(influence.std(ddof=1))
    reach = float(stats.t.ppf(1 - ERROR / 2, min(new, compared) - 1)) * spread / sqrt(n)
    always = max(always_reach(spread, n), reach)
    return Difference(
        new,
        compared,
        mean_new,
        mean_compared,
        plain,
        value,
        value - reach,
        value + reach,
        value - always,
        value + always,
        spread,
    )


def _says_nothing(outcome: Floats) -> bool:
    """Whether all values are (nearly) one: a share with too few of one sort, or no spread at all."""
    _values, counts = np.unique(outcome, return_counts=True)
    return len(counts) < 2 or (len(outcome) - counts.max()) < LEAST_HITS


def _known(facts: Sequence[Codes], is_new: Flags) -> tuple[Floats, bool]:
    """The facts as centred columns of zeros and ones, as many as both groups can carry; whether one has no column
    though more than one in ten records differ in it."""
    columns: list[Floats] = []
    ends: list[tuple[int, int]] = []
    room = min(int(is_new.sum()), int((~is_new).sum())) // LEAST_OF_KIND - 1
    for fact in facts:
        values, counts = np.unique(fact, return_counts=True)
        begins = len(columns)
        for value in values[np.argsort(-counts, kind="stable")][1:]:
            hit = fact == value
            if min(hit[is_new].sum(), hit[~is_new].sum()) >= LEAST_OF_KIND:
                columns.append(hit.astype(np.float64))
        if (len(fact) - counts.max()) * TELLING > len(fact):
            ends.append((begins, len(columns)))
    table = np.column_stack(columns[: max(room, 0)]) if columns and room > 0 else np.zeros((len(is_new), 0))
    is_mixed = any(begins == end or begins >= table.shape[1] for begins, end in ends)
    return np.asarray(table - table.mean(axis=0), np.float64), is_mixed


def influence_of(outcome: Floats, is_new: Flags, known: Floats) -> Floats:
    """For each record its part in the difference, whose mean is the estimate."""
    n, expected, parts = len(outcome), [], np.zeros(len(outcome))
    for group, sign in ((is_new, 1.0), (~is_new, -1.0)):
        x = np.column_stack((np.ones(n), known))
        slopes, _rest, rank, _sizes = np.linalg.lstsq(x[group], outcome[group], rcond=None)
        expected.append(x @ slopes)
        size = int(group.sum())
        stretched = sqrt(size / max(size - int(rank), 1))
        parts[group] = sign * stretched * n / size * (outcome[group] - x[group] @ slopes)
    return np.asarray(expected[0] - expected[1] + parts, np.float64)


def always_reach(spread: float, n: int) -> float:
    """Half the width of the confidence sequence after n records."""
    rate = -2 * log(ERROR)
    rho2 = (rate + log(rate) + 1) / TUNED_FOR
    return spread * sqrt(2 * (n * rho2 + 1) / (n**2 * rho2) * log(sqrt(n * rho2 + 1) / ERROR))


def needed_for(spread: float, size: float) -> int | None:
    """How many records in both groups until the sequence is narrower than a difference of this size; None: too many."""
    size = abs(size)
    if spread <= 0 or size <= 0 or always_reach(spread, MOST_NEEDED) > size:
        return None
    low, high = 0.0, log(MOST_NEEDED)
    while high - low > 0.01:
        middle = (low + high) / 2
        if always_reach(spread, ceil(exp(middle))) > size:
            low = middle
        else:
            high = middle
    return ceil(exp(high))


def difference_of_differences(after: Difference, beside: Difference) -> Difference:
    """What one unit's change before to after is beyond the change of another, the comparison (both by the same figure).

    It holds where both would have changed alike without the deployment. The groups are apart, so their errors add.
    """
    refused = after.refused or beside.refused
    sizes = after.new + after.compared, beside.new + beside.compared
    if refused or after.value is None or beside.value is None:
        return Difference(
            after.new, after.compared, after.mean_new, after.mean_compared, refused=refused or FEW
        )
    n = sum(sizes)
    spread = sqrt(n * (after.spread**2 / sizes[0] + beside.spread**2 / sizes[1]))
    value = after.value - beside.value
    least = min(after.new, after.compared, beside.new, beside.compared)
    reach = float(stats.t.ppf(1 - ERROR / 2, least - 1)) * spread / sqrt(n)
    always = max(always_reach(spread, n), reach)
    ends = (value - reach, value + reach, value - always, value + always)
    sides = (after.new, after.compared, after.mean_new, after.mean_compared)
    return Difference(*sides, after.plain, value, *ends, spread, is_mixed=after.is_mixed or beside.is_mixed)
