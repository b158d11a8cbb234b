"""Moves that the findings of a process suggest: the worst finding's first, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kinflow.eventlog import Actor

from ...definitions.models import Process
from ...diagnosis.telling import ToldFinding, known_findings
from ..scenario import Scenario
from .kinds import Move
from .moves import fits
from .proposing import proposed

MOST = 8
"""So many are suggested: who wants more opens the findings."""


@dataclass(frozen=True)
class Suggestion:
    """A move, and the finding that suggests it."""

    move: Move
    finding: ToldFinding


def suggested(process: Process, scenario: Scenario, by: Actor, most: int = MOST) -> list[Suggestion]:
    """What the findings suggest that are known and not dismissed, of moves that fit; at most so many.

    Raises Refused for who sees no processes.
    """
    return list(islice(_suggestions(process, scenario, by), most))


def _suggestions(process: Process, scenario: Scenario, by: Actor) -> Iterator[Suggestion]:
    seen: set[Move] = set()
    for found in known_findings(process, by):
        for move in proposed(found.finding.moves, found.finding.facts, scenario):
            if move not in seen and fits(move, scenario):
                seen.add(move)
                yield Suggestion(move, found)
