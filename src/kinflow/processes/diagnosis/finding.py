"""What is wrong with a process: candidates of all detectors, the real ones among them, worst first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..columns.events import EventColumns
from .chances import discoveries
from .context import Context
from .detectors import DETECTORS
from .found import (
    BEYOND,
    BLOAT,
    BORDERS,
    DIVISION,
    INFORMATION,
    SKILLS,
    Candidate,
    Evidence,
    Exhibit,
    Fact,
    Finding,
    Loss,
)
from .gains import gains_of
from .moves import MOVES
from .sizes import size_of
from .view import View

__all__ = ["find", "findings_in"]

THEMES = {
    "pass_through": DIVISION,
    "ping_pong": DIVISION,
    "one_hand": DIVISION,
    "border": BORDERS,
    "many_borders": BORDERS,
    "batching": BORDERS,
    "weekend": BORDERS,
    "one_outcome": BLOAT,
    "far_decision": BLOAT,
    "narrow_spans": BLOAT,
    "no_change": BLOAT,
    "single_skilled": SKILLS,
    "put_back": INFORMATION,
    "written_again": INFORMATION,
    "reopened": INFORMATION,
    "repeated": INFORMATION,
    "missing": INFORMATION,
    "asked_again": INFORMATION,
}
MOST = 40
"""So many findings are told, the worst."""
EXPLAINED = 0.5
"""A general finding is left out if special ones explain this share of its waiting."""
NEARER = ("one_hand", "far_decision", "narrow_spans", "uneven_load", "overload")
"""Of general findings those that say what to do stand for others about the same waiting, however heavy these are."""
LEAST_HOURS = 0.5
LEAST_SHARE = 0.005
"""A general finding that costs less in a month, or less of all the waiting and work of the process, is not told."""


def find(columns: EventColumns, context: Context | None = None) -> list[Finding]:
    """The findings of a log, worst first: by money where rates are known, then by hours, then by cases.

    All candidates of all detectors are tested together, and the share of false discoveries among those that count is held
    by Benjamini and Hochberg's procedure. Nothing is found in an empty log.
    """
    return findings_in(View(columns, context or Context()))


def findings_in(view: View) -> list[Finding]:
    """The findings of a log as detectors look at it; see `find`."""
    if not view.columns.events:
        return []
    candidates = [candidate for detector in DETECTORS for candidate in detector(view)]
    counts = discoveries([candidate.test.p for candidate in candidates], view.context.rate)
    real = [c for c, is_real in zip(candidates, counts, strict=True) if is_real and c.is_large]
    found = sorted(_told(view, real), key=lambda pair: _badness(pair[0]))[:MOST]
    gains = gains_of(view, [loss for _finding, loss in found])
    return [replace(finding, gain=gain) for (finding, _loss), gain in zip(found, gains, strict=True)]


def _told(view: View, candidates: list[Candidate]) -> Iterator[tuple[Finding, Loss]]:
    """Special candidates, and then general ones that none of those explains, with what they lose; of the same kind the
    heaviest first, without those that lie within another."""
    told = [(candidate, *candidate.tell()) for candidate in candidates]
    told.sort(
        key=lambda part: (part[0].is_general, part[0].kind not in NEARER, -float(part[2].waiting.sum()))
    )
    nothing = np.zeros(view.columns.events, bool)
    explained, by_kind = nothing.copy(), {candidate.kind: nothing.copy() for candidate in candidates}
    for candidate, facts, loss, exhibits in told:
        others = explained if candidate.is_general else by_kind[candidate.kind]
        if len(loss.events) and _share(view, loss.events, others) >= EXPLAINED:
            continue
        if candidate.is_general and not _is_worth(view, loss):
            continue
        explained[loss.events] = by_kind[candidate.kind][loss.events] = True
        yield _finding(view, candidate, facts, loss, exhibits), loss


def _share(view: View, events: NDArray[np.int64], explained: NDArray[np.bool_]) -> float:
    total = float(view.wait[events].sum())
    return float(view.wait[events[explained[events]]].sum()) / total if total else 1.0


def _is_worth(view: View, loss: Loss) -> bool:
    lost, whole = float(loss.waiting.sum() + loss.working.sum()), float(view.wait.sum() + view.work.sum())
    return lost >= max(LEAST_HOURS * view.months, LEAST_SHARE * whole)


def _finding(
    view: View, candidate: Candidate, facts: Mapping[str, Fact], loss: Loss, exhibits: tuple[Exhibit, ...]
) -> Finding:
    order = np.argsort(-(loss.waiting + loss.working), kind="stable")
    return Finding(
        key=candidate.key,
        kind=candidate.kind,
        theme=THEMES.get(candidate.kind, BEYOND),
        facts=facts,
        size=size_of(loss, view),
        test=candidate.test,
        evidence=Evidence(exhibits, loss.cases[order]),
        moves=MOVES[candidate.kind],
    )


def _badness(finding: Finding) -> tuple[float, float, float, str]:
    money = finding.size.money.value if finding.size.money else 0.0
    return -money, -finding.size.hours, -finding.size.cases.value, finding.key
