"""What a diagnosis says: findings as values without language, worst first."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LONGEST_KEY = 400
Fact = str | float | int | tuple[str, ...]
Cell = str | float | int
DIVISION, BORDERS, BLOAT, SKILLS, INFORMATION, BEYOND = (
    "division_of_labour",
    "out_of_step",
    "bloat",
    "single_skilled",
    "poor_information",
    "beyond",
)


@dataclass(frozen=True)
class Amount:
    """A number per month with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Size:
    """How big a finding is in a month: cases, hours of waiting and of work, and money where rates are known."""

    cases: Amount
    waiting_hours: Amount
    working_hours: Amount
    money: Amount | None = None

    @property
    def hours(self) -> float:
        """Hours lost in a month, waiting and working."""
        return self.waiting_hours.value + self.working_hours.value


@dataclass(frozen=True)
class Test:
    """How it was made sure of: the test's name, its chance under no difference, and the size of the difference."""

    name: str
    p: float
    effect: str
    value: float


@dataclass(frozen=True)
class Exhibit:
    """A small table to read or to draw: `bars` (a name and numbers), `line` (a month and numbers), or `table`.

    The columns' names, and the kind of their cells (step, unit, person, share, hours, count …), are codes; words are
    found when it is shown. What tells about single people is `per_person`.
    """

    name: str
    shape: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    per_person: bool = False


@dataclass(frozen=True)
class Evidence:
    """What a finding rests on: exhibits, and the cases behind it, worst first."""

    exhibits: tuple[Exhibit, ...]
    cases: NDArray[np.int32]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `kind` says what, `subject` where, `facts` how; `key` stays the same as the log grows.

    `gain` is what could be gained by it beside the worse findings: of the size what they have not counted already.
    """

    key: str
    kind: str
    theme: str
    facts: Mapping[str, Fact]
    size: Size
    test: Test
    evidence: Evidence
    moves: tuple[str, ...]
    gain: Size | None = None


@dataclass(frozen=True)
class Loss:
    """What a candidate costs: hours of waiting and work, and chances of success lost, by event or by case.

    `events` are the events whose wait it explains; `cases` those that show it. All arrays run over `cases`.
    """

    cases: NDArray[np.int32]
    waiting: NDArray[np.float64]
    working: NDArray[np.float64]
    successes: float = 0.0
    events: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True)
class Candidate:
    """Something that was tested; what it says is worked out only if it counts.

    `is_large` says whether the difference matters beside being real; `is_general` that a more special finding about the
    same waiting stands for it.
    """

    kind: str
    subject: tuple[str, ...]
    test: Test
    is_large: bool
    tell: Callable[[], tuple[Mapping[str, Fact], Loss, tuple[Exhibit, ...]]]
    is_general: bool = False

    @property
    def key(self) -> str:
        """Its name, the same whenever the same is found."""
        whole = ":".join((self.kind, *self.subject))
        if len(whole) <= LONGEST_KEY:
            return whole
        return f"{whole[: LONGEST_KEY - 13]}~{hashlib.sha256(whole.encode()).hexdigest()[:12]}"
