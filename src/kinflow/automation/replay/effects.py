"""What moving items to other people would have done to an outcome, as far as the log has items alike to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEW_MOVED, NO_OVERLAP, FEW_ALIKE = "few_moved", "no_overlap", "few_alike"
LEAST_MOVED, LEAST_OVERLAP, LEAST_ALIKE, LEAST_EFFECTIVE = 10, 0.5, 3, 20.0
FOLDS, RIDGE, CONFIDENCE = 5, 5.0, 0.95


@dataclass(frozen=True)
class Effect:
    """The mean change of an outcome over the moved items that have items alike, with its interval.

    `refused` says why there is none. `effective` is the effective sample size of the items compared with,
    (Σw)² / Σw² (L. Kish, Survey Sampling, 1965); `compared` of `moved` items have items alike.
    """

    known: int
    moved: int
    compared: int
    effective: float
    before: float | None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    refused: str = ""


@dataclass(frozen=True)
class _Alike:
    """For each item whether it was moved and has items alike, and how much it counts as one that others compare with."""

    matched: NDArray[np.bool_]
    weight: Floats


def effect_of(outcome: Floats, had: Ints, gets: Ints, facts: Sequence[Ints]) -> Effect:
    """Estimate how the outcome of the moved items changes.

    outcome: (items,), nan where it is not known; had, gets: who had the item, who would get it (−1: nobody);
    facts: coded facts of the items, those that matter most first.

    Each moved item is compared with the items alike that its new person really had: the same facts, or fewer of them
    where there are too few. The difference between the items is taken out by a ridge regression over the facts and
    people, fitted on other folds than the one it is used for. It holds where either the regression is right, or among
    items alike chance decided who got them.

    Methods: A. Abadie, G. W. Imbens, "Bias-Corrected Matching Estimators for Average Treatment Effects" (2011);
    M. Dudík, J. Langford, L. Li, "Doubly Robust Policy Evaluation and Learning" (2011); folds: V. Chernozhukov et al.,
    "Double/Debiased Machine Learning" (2018). The interval comes from the estimator's influence function.
    """
    known = np.isfinite(outcome)
    y, had, gets = outcome[known], had[known], gets[known]
    own = [fact[known] for fact in facts]
    moved = (gets >= 0) & (gets != had)
    n, before = int(moved.sum()), float(y.mean()) if len(y) else None
    if n < LEAST_MOVED:
        return Effect(len(y), n, 0, 0.0, before, refused=FEW_MOVED)
    alike = _alike(had, gets, moved, own)
    compared, total = int(alike.matched.sum()), float(alike.weight.sum())
    effective = total**2 / float((alike.weight**2).sum()) if total else 0.0
    if compared < max(LEAST_MOVED, LEAST_OVERLAP * n):
        return Effect(len(y), n, compared, effective, before, refused=NO_OVERLAP)
    if effective < LEAST_EFFECTIVE:
        return Effect(len(y), n, compared, effective, before, refused=FEW_ALIKE)
    as_had, as_got = _expected(y, had, gets, own)
    weight = alike.weight / compared
    differences = np.where(alike.matched, as_got - y, 0.0) / compared
    corrections = weight * (y - as_had)
    change = float(differences.sum() + corrections.sum())
    influence = differences - np.where(alike.matched, change / compared, 0.0) + corrections
    reach = float(stats.t.ppf(0.5 + CONFIDENCE / 2, effective - 1) * np.sqrt((influence**2).sum()))
    return Effect(len(y), n, compared, effective, before, change, change - reach, change + reach)


def _alike(had: Ints, gets: Ints, moved: NDArray[np.bool_], facts: Sequence[Ints]) -> _Alike:
    """By all facts, then by fewer and fewer, at last by the first alone."""
    matched, weight = np.zeros(len(had), np.bool_), np.zeros(len(had))
    for level in range(len(facts), 0, -1):
        left = moved & ~matched
        if not left.any():
            break
        cells = np.stack([*facts[:level], had])
        asked = np.stack([*facts[:level], gets])
        _unique, codes = np.unique(np.concatenate([cells, asked], axis=1), axis=1, return_inverse=True)
        codes = codes.reshape(-1)
        of, to = codes[: len(had)], codes[len(had) :]
        count = np.bincount(of, minlength=int(codes.max()) + 1)
        now = left & (count[to] >= LEAST_ALIKE)
        wanted = np.bincount(to[now], minlength=len(count))
        weight += wanted[of] / np.maximum(count[of], 1)
        matched |= now
    return _Alike(matched, weight)


def _expected(y: Floats, had: Ints, gets: Ints, facts: Sequence[Ints]) -> tuple[Floats, Floats]:
    """The outcome that the regression expects of each item with who had it, and with who would get it."""
    offsets, width = [], 0
    for fact in facts:
        offsets.append(width)
        width += int(fact.max(initial=0)) + 1
    people = int(max(had.max(initial=0), gets.max(initial=0))) + 1
    columns = [fact + offset for fact, offset in zip(facts, offsets, strict=True)]
    design = _one_hot([*columns, had + width], width + people)
    other = _one_hot([*columns, np.maximum(gets, 0) + width], width + people)
    fold = np.random.default_rng(0).permutation(len(y)) % FOLDS
    as_had, as_got = np.empty(len(y)), np.empty(len(y))
    for k in range(FOLDS):
        rest, here = fold != k, fold == k
        mean = float(y[rest].mean()) if rest.any() else 0.0
        x = design[rest]
        square = (x.T @ x).toarray() + RIDGE * np.eye(width + people)
        slopes = np.linalg.solve(square, x.T @ (y[rest] - mean))
        as_had[here], as_got[here] = mean + design[here] @ slopes, mean + other[here] @ slopes
    return as_had, as_got


def _one_hot(columns: Sequence[Ints], width: int) -> sparse.csr_matrix:
    n = len(columns[0])
    rows = np.tile(np.arange(n), len(columns))
    ones = np.ones(len(rows))
    return sparse.csr_matrix((ones, (rows, np.concatenate(columns))), shape=(n, width))
