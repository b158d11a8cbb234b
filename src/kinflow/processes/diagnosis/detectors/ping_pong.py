"""Ping-pong: two units send a case to and fro.

Looked at are the first four turns of a case that begin with the two units, A B x y: it is ping-pong if x is A and y is B.
Asked by a binomial test: is that more frequent than if the next unit were drawn by how often units have turns at all?
"""

from collections.abc import Iterator

import numpy as np

from ..chances import at_least
from ..found import Candidate, Exhibit, Loss, Test
from ..sizes import loss_of
from ..view import Mask, Places, Turns, View

LEAST_CASES = 10
LEAST_SHARE = 0.01


def ping_pong(view: View) -> Iterator[Candidate]:
    """One candidate for each pair of units that begins four turns often enough."""
    turns = view.unit_turns
    whole = np.flatnonzero(turns.follows(3))
    if not len(whole):
        return
    code, units = turns.code.astype(np.int64), max(len(view.columns.units), 1)
    a, b = np.minimum(code[whole], code[whole + 1]), np.maximum(code[whole], code[whole + 1])
    pair = a * units + b
    frequency = np.bincount(turns.code, minlength=units) / len(turns)
    for value in np.unique(pair):
        windows = whole[pair == value]
        windows = windows[np.unique(turns.case[windows], return_index=True)[1]]
        if len(windows) >= LEAST_CASES:
            yield _candidate(view, turns, windows, frequency)


def _candidate(view: View, turns: Turns, windows: Places, frequency: np.ndarray) -> Candidate:
    code, units = turns.code, view.columns.units
    one, other = sorted((units[code[windows[0]]], units[code[windows[0] + 1]]))
    to_and_fro = (code[windows] == code[windows + 2]) & (code[windows + 1] == code[windows + 3])
    first, second = frequency[code[windows[0]]], frequency[code[windows[0] + 1]]
    chance = min(1.0, first / max(1 - second, 1e-9) * second / max(1 - first, 1e-9))
    hits, share = int(to_and_fro.sum()), float(to_and_fro.mean())
    p = at_least(hits, len(windows), chance)
    is_large = hits >= LEAST_CASES and hits >= LEAST_SHARE * view.columns.cases and share > chance

    def tell() -> tuple[dict[str, str | float], Loss, tuple[Exhibit, ...]]:
        pair = {int(code[windows[0]]), int(code[windows[0] + 1])}
        returns = _returns(turns, pair, np.unique(turns.case[windows[to_and_fro]]))
        places = _events_of(turns, returns)
        loss = loss_of(view, places, with_work=True)
        times = np.bincount(np.unique(turns.case[returns], return_inverse=True)[1])
        return (
            {
                "unit": one,
                "other": other,
                "cases": len(loss.cases),
                "share": len(loss.cases) / view.columns.cases,
                "returns": float(times.mean()),
                "most": int(times.max()),
                "wait": float(loss.waiting.mean()),
            },
            loss,
            (_times(times),),
        )

    return Candidate("ping_pong", (one, other), Test("binomial", p, "share", share), is_large, tell)


def _returns(turns: Turns, pair: set[int], cases: Places) -> Places:
    """Turns of these cases at which one of the pair has the case again, from the other."""
    ours: Mask = np.isin(turns.code, list(pair)) & np.isin(turns.case, cases)
    again = np.zeros(len(turns), bool)
    again[2:] = (
        ours[2:] & ours[1:-1] & (turns.code[2:] == turns.code[:-2]) & (turns.case[2:] == turns.case[:-2])
    )
    return np.flatnonzero(again)


def _events_of(turns: Turns, which: Places) -> Places:
    return np.concatenate([np.arange(turns.first[k], turns.last[k] + 1) for k in which])


def _times(times: np.ndarray) -> Exhibit:
    rows = tuple((k, int(count)) for k, count in enumerate(np.bincount(times)) if count)
    return Exhibit("returns_per_case", "bars", ("count:returns", "count:cases"), rows)
