"""Moves that the findings of a process suggest: each once, the worst finding's first, but last what did not help."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kinflow.eventlog import Actor
from kinflow.records.long_work.models import DONE

from ...definitions.models import Process
from ...diagnosis.found import Finding
from ...diagnosis.telling import ToldFinding, known_findings
from ..calibrating.models import Calibration
from ..scenario import Scenario
from .kinds import Move
from .models import WhatIf
from .moves import fits, move_of
from .people_moves import CrossTrain
from .proposing import proposed
from .trials import LAST, Trial, trial_in, trial_of
from .trying import with_others

MOST = 8
"""So many are suggested: who wants more opens the findings."""
LATELY = 100
"""So many what-ifs, those played last, tell what came of a move."""
Trials = Mapping[Move, Trial]


@dataclass(frozen=True)
class Suggestion:
    """A move, the finding that suggests it, and what came of it in a trial, if it was tried."""

    move: Move
    finding: ToldFinding
    trial: Trial | None = None

    @property
    def is_worse(self) -> bool:
        """Whether it did harm when it was tried."""
        return self.trial is not None and self.trial.outcome == "worse"


def suggested(process: Process, scenario: Scenario, by: Actor, most: int = MOST) -> list[Suggestion]:
    """What the findings suggest that are known and not dismissed, of moves that fit; at most so many.

    What helped when it was tried comes first, then what was not tried, what changed nothing, and what did harm.
    Raises Refused for who sees no processes.
    """
    found = sorted(_suggestions(process, scenario, by), key=lambda each: _place(each.trial))
    fitting = (each for each in found if each.trial or fits(each.move, scenario))
    return list(islice(fitting, most))


def _suggestions(process: Process, scenario: Scenario, by: Actor) -> Iterator[Suggestion]:
    """Each move once; whether one that was not tried can be played is not looked at."""
    seen: set[Move] = set()
    known = known_findings(process, by)
    trials = trials_for(process) if known else {}
    for found in known:
        for move, trial in tried_moves(found.finding, scenario, trials):
            if move not in seen:
                seen.add(move)
                yield Suggestion(move, found, trial)


def tried_moves(finding: Finding, scenario: Scenario, trials: Trials) -> list[tuple[Move, Trial | None]]:
    """The moves that a finding proposes, what helped first; people learn who did best of those that were tried."""
    found = [_best(move, scenario, trials) for move in proposed(finding.moves, finding.facts, scenario)]
    return sorted(((move, trials.get(move)) for move in found), key=lambda pair: _place(pair[1]))


def _best(move: Move, scenario: Scenario, trials: Trials) -> Move:
    """The move, or where people are to learn a role, that of the tried ones after which cases take the least time."""
    if not isinstance(move, CrossTrain):
        return move
    known = [each for each in with_others(move, scenario) if each in trials]
    return min(known, key=lambda each: _saved(trials[each]), default=move)


def _saved(trial: Trial) -> tuple[int, float]:
    _before, off = trial.rows.get("cycle_mean", (0.0, (0.0,)))
    return LAST[trial.outcome], off[0] or 0.0


def _place(trial: Trial | None) -> int:
    return LAST[trial.outcome if trial else None]


def trials_for(process: Process) -> dict[Move, Trial]:
    """What came of single moves of the process as it is calibrated: when it was, and in what-ifs since."""
    calibration = Calibration.objects.filter(process=process, state=DONE).first()
    if calibration is None:
        return {}
    found = {move_of(each["move"]): trial_in(each) for each in calibration.facts.get("trials", ())}
    rows = WhatIf.objects.filter(calibration=calibration, state=DONE).only("moves", "times", "figures")
    for row in reversed(rows[:LATELY]):
        if len(row.moves) == 1:
            found[move_of(row.moves[0])] = trial_of(row.times, row.figures)
    return found
