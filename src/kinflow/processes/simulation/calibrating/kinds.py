"""Kinds of cases: the attribute, if any, by which cases clearly go other ways or take longer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...columns import EventColumns, Labels
from ..scenario import Kind

MOST, FEWEST = 6, 30
"""So many kinds at most, each of so many cases at least; what is rarer is one kind, "other"."""
CLEAR = 20.0
"""So much must an attribute gain in likelihood, after paying for what it adds (half BIC), to count."""
OTHER = ""


@dataclass(frozen=True)
class Kinds:
    """The kind of each case (m,), and what the kinds are; `attribute` is "" where all cases are alike."""

    kinds: tuple[Kind, ...]
    of_case: NDArray[np.int64]
    attribute: str = ""
    gain: float = 0.0


def kinds_of(columns: EventColumns, minutes: NDArray[np.float64]) -> Kinds:
    """The attribute that tells most about the way of cases and their time (minutes of each), if it clearly does.

    Held against each other by log-likelihood of the next step after each step, and of the logarithm of the time as
    normally distributed, less the Bayesian information criterion's price for more numbers.
    """
    best = Kinds((Kind("all"),), np.zeros(columns.cases, np.int64))
    for name, labels in columns.attributes.items():
        found = _grouped(labels)
        if found is None:
            continue
        names, codes = found
        gain = _gain_in_ways(columns, codes, len(names)) + _gain_in_times(codes, len(names), minutes)
        if gain > max(CLEAR, best.gain):
            shares = np.bincount(codes, minlength=len(names)) / max(1, len(codes))
            kinds = tuple(Kind(each, float(part)) for each, part in zip(names, shares, strict=True))
            best = Kinds(kinds, codes, name, gain)
    return best


def _grouped(labels: Labels) -> tuple[list[str], NDArray[np.int64]] | None:
    """Frequent values each for itself, all others together; None where that tells nothing apart."""
    counts = np.bincount(labels.codes[labels.codes >= 0], minlength=len(labels.values))
    frequent = [
        int(code) for code in np.argsort(-counts, kind="stable")[: MOST - 1] if counts[code] >= FEWEST
    ]
    rest = len(labels.codes) - int(counts[frequent].sum())
    if len(frequent) + (rest > 0) < 2 or len(labels.values) > max(50, len(labels.codes) // 10):
        return None
    table = np.full(len(labels.values) + 1, len(frequent), np.int64)
    table[frequent] = np.arange(len(frequent))
    names = [labels.values[code] for code in frequent]
    return (names + [OTHER] if rest else names), table[labels.codes]


def _gain_in_ways(columns: EventColumns, codes: NDArray[np.int64], groups: int) -> float:
    wide = len(columns.activities) + 1
    following = np.append(columns.activity[1:].astype(np.int64) + 1, 0)
    following[columns.offsets[1:][np.diff(columns.offsets) > 0] - 1] = 0
    pairs = columns.activity.astype(np.int64) * wide + following
    together = np.bincount(pairs, minlength=wide * wide).reshape(-1, wide)
    free = int((np.maximum((together > 0).sum(axis=1) - 1, 0)).sum())
    apart = 0.0
    for group in range(groups):
        own = pairs[codes[columns.case] == group]
        apart += _likelihood(np.bincount(own, minlength=wide * wide).reshape(-1, wide))
    price = 0.5 * free * (groups - 1) * np.log(max(columns.events, 2))
    return float(apart - _likelihood(together) - price)


def _likelihood(table: NDArray[np.int64]) -> float:
    rows = np.repeat(table.sum(axis=1, keepdims=True), table.shape[1], axis=1)
    there = table > 0
    return float((table[there] * np.log(table[there] / rows[there])).sum())


def _gain_in_times(codes: NDArray[np.int64], groups: int, minutes: NDArray[np.float64]) -> float:
    values = np.log1p(np.maximum(minutes, 0))
    if len(values) < 2 * FEWEST:
        return 0.0
    means = np.bincount(codes, weights=values, minlength=groups) / np.maximum(
        np.bincount(codes, minlength=groups), 1
    )
    whole, within = float(values.var()), float(((values - means[codes]) ** 2).mean())
    return float(
        0.5 * len(values) * np.log(max(whole, 1e-9) / max(within, 1e-9))
        - 0.5 * (groups - 1) * np.log(len(values))
    )
