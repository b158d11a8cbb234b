"""Compiled passes over the events of a log, by case."""

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled

Whole = NDArray[np.int64]
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]


@compiled
def copy_events(column: Codes, begins: Whole, ends: Whole, count: int) -> Codes:
    """Copy the codes of runs of events, from `begins[k]` up to `ends[k]`, one after the other; `count` in all."""
    found = np.empty(count, np.int32)
    place = 0
    for k in range(begins.shape[0]):
        length = ends[k] - begins[k]
        found[place : place + length] = column[begins[k] : ends[k]]
        place += length
    return found


@compiled
def copy_moments(column: Whole, begins: Whole, ends: Whole, count: int) -> Whole:
    """Copy the moments of runs of events, in the same way."""
    found = np.empty(count, np.int64)
    place = 0
    for k in range(begins.shape[0]):
        length = ends[k] - begins[k]
        found[place : place + length] = column[begins[k] : ends[k]]
        place += length
    return found


@compiled
def case_moments(offsets: Whole, begun_at: Whole, at: Whole) -> tuple[Whole, Whole]:
    """Return the earliest begin and the last end of each case; 0 for a case without events."""
    cases = offsets.shape[0] - 1
    begin, end = np.zeros(cases, np.int64), np.zeros(cases, np.int64)
    for c in range(cases):
        if offsets[c] < offsets[c + 1]:
            begin[c], end[c] = begun_at[offsets[c]], at[offsets[c + 1] - 1]
            for i in range(offsets[c], offsets[c + 1]):
                begin[c] = min(begin[c], begun_at[i])
    return begin, end


@compiled
def count_in_cases(offsets: Whole, codes: Codes, wanted: Mask) -> Whole:
    """Return how many events of each case have a wanted code; the last place of `wanted` is that of -1."""
    cases = offsets.shape[0] - 1
    found = np.zeros(cases, np.int64)
    for c in range(cases):
        for i in range(offsets[c], offsets[c + 1]):
            found[c] += wanted[codes[i]]
    return found


@compiled
def follows_directly(offsets: Whole, activity: Codes, first: int, second: int) -> Mask:
    """Return the cases in which one code comes right after another; a negative code never occurs."""
    cases = offsets.shape[0] - 1
    found = np.zeros(cases, np.bool_)
    for c in range(cases):
        for i in range(offsets[c] + 1, offsets[c + 1]):
            if activity[i] == second and activity[i - 1] == first:
                found[c] = True
                break
    return found


@compiled
def follows_eventually(offsets: Whole, activity: Codes, first: int, second: int) -> Mask:
    """Return the cases in which one code comes at some time after another."""
    cases = offsets.shape[0] - 1
    found = np.zeros(cases, np.bool_)
    for c in range(cases):
        seen = False
        for i in range(offsets[c], offsets[c + 1]):
            if seen and activity[i] == second:
                found[c] = True
                break
            seen = seen or activity[i] == first
    return found


@compiled
def same_steps(offsets: Whole, activity: Codes, steps: Codes) -> Mask:
    """Return the cases with exactly these codes, in order."""
    cases = offsets.shape[0] - 1
    found = np.zeros(cases, np.bool_)
    for c in range(cases):
        if offsets[c + 1] - offsets[c] != steps.shape[0]:
            continue
        found[c] = True
        for i in range(steps.shape[0]):
            if activity[offsets[c] + i] != steps[i]:
                found[c] = False
                break
    return found
