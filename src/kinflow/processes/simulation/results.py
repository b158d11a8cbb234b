"""What a play gives: the log as columns, and each case."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .hours import NEVER

Whole = NDArray[np.int64]
STOPS = ("", "open_cases", "events", "tokens")
"""Why a play was broken off: not at all, too many open cases, events, or tokens of a case at once."""


@dataclass(frozen=True)
class Played:
    """One play of a scenario; all times in microseconds since the scenario begins.

    Work items are in the order of being done, those not done at the end. `case`, `step`, `staff` are places in the
    cases that came, `scenario.steps` and `scenario.staff` (-1: nobody). `came` is when the case reached the step,
    `ready` when the work was wanted (after the delay), `start` when it was begun (-1: it was not), `end` when it was
    done (`NEVER`: it was not), `work` its working time, interruptions and sharing in a batch taken off, `visit` how
    often the case had been there.

    Cases: `arrival`, `kind` (place in `scenario.kinds`), `finish` (-1: open at the end, -2: stuck, since tokens wait for
    each other), `is_defective` (ended with a defect that nobody found), `handovers` from one person to another.
    """

    case: Whole
    step: Whole
    staff: Whole
    came: Whole
    ready: Whole
    start: Whole
    end: Whole
    work: Whole
    visit: Whole
    arrival: Whole
    kind: Whole
    finish: Whole
    is_defective: NDArray[np.bool_]
    handovers: Whole
    until: int
    """The last moment that was played."""
    stopped: str = ""
    """Empty, or why the play was broken off: one of `STOPS`."""

    @property
    def cycle(self) -> Whole:
        """How long each case took that ended."""
        ended = self.finish >= 0
        return (self.finish - self.arrival)[ended]

    @property
    def is_done(self) -> NDArray[np.bool_]:
        """Which items of work were done."""
        return self.end < NEVER
