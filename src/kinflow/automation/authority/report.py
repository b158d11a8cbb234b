"""How a policy is used, what came of it, and where it could be wider."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from kinflow.eventlog import Actor

from ..decisions.deciding import draft_of
from ..decisions.outcomes import WHO
from .models import ALONE, APPROVED, ASKED, REFUSED, AuthorityUse, Policy

LOOKS_BACK = timedelta(days=365)
ENOUGH = 10
"""So many questions approved, and hardly any refused, make a limit one that is always approved."""
HARDLY_ANY = 0.01
"""Of the questions that were answered."""
UNUSED = timedelta(days=90)
MOST = 50_000


@dataclass(frozen=True)
class Figures:
    """How often something was decided, how, and how long questions took (the median, in hours; none without answers)."""

    alone: int = 0
    asked: int = 0
    approved: int = 0
    refused: int = 0
    hours: float | None = None

    @property
    def total(self) -> int:
        """All decisions, those that wait included."""
        return self.alone + self.asked + self.approved + self.refused

    @property
    def is_always_approved(self) -> bool:
        """Whether so many were approved, and hardly any refused, that asking looks idle."""
        return self.approved >= ENOUGH and self.refused <= HARDLY_ANY * self.answered

    @property
    def answered(self) -> int:
        """Questions that were approved or refused."""
        return self.approved + self.refused


@dataclass(frozen=True)
class RowUse:
    """One row (from 0; none for what no row held for) of the version that counts, in words, and its figures."""

    row: int | None
    when: tuple[str, ...]
    who: str
    figures: Figures


@dataclass(frozen=True)
class Report:
    """A policy over the last year: in all, by row of the version that counts, and whether nobody used it lately."""

    figures: Figures
    rows: tuple[RowUse, ...]
    is_unused: bool

    @property
    def to_widen(self) -> tuple[RowUse, ...]:
        """The rows whose questions are always approved."""
        return tuple(row for row in self.rows if row.figures.is_always_approved)


Widening = Callable[[Policy, RowUse, int, Actor], Sequence[tuple[str, str]]]
widenings: list[Widening] = []
"""What knows, for a row of a policy of whose questions so many were answered, where widening it can be simulated: by
name and address."""


def report_of(policy: Policy, now: datetime) -> Report:
    """The report of one policy."""
    uses = AuthorityUse.objects.filter(policy=policy, at__gte=now - LOOKS_BACK).order_by("-at")[:MOST]
    told = list(uses.values("number", "row", "outcome", "at", "answered_at"))
    number = policy.table.live_number or policy.table.number
    table = draft_of(policy.table, number).table
    content = policy.table.versions.get(number=number).content
    who = next(at for at, output in enumerate(table.outputs) if output.name == WHO)
    by_row = [each for each in told if each["number"] == number]
    rows = [
        RowUse(
            at,
            tuple(_shown(cell) for cell in row["when"]),
            row["then"][who],
            figures_of([each for each in by_row if each["row"] == at]),
        )
        for at, row in enumerate(content["rows"])
    ]
    rest = [each for each in by_row if each["row"] is None]
    if rest:
        rows.append(RowUse(None, (), "", figures_of(rest)))
    last = max((each["at"] for each in told), default=policy.changed_at)
    return Report(figures_of(told), tuple(rows), policy.is_active and last < now - UNUSED)


def _shown(cell: str) -> str:
    """A cell as people write it; "–" holds for everything."""
    return "–" if cell in ("", "-") else cell.replace("<=", "≤").replace(">=", "≥")


def figures_of(told: Sequence[Mapping[str, Any]]) -> Figures:
    """The figures of some decisions; what was taken back counts for nothing."""
    counted = {
        name: sum(each["outcome"] == name for each in told) for name in (ALONE, ASKED, APPROVED, REFUSED)
    }
    waits = [
        (each["answered_at"] - each["at"]).total_seconds() / 3600
        for each in told
        if each["outcome"] in (APPROVED, REFUSED) and each["answered_at"]
    ]
    return Figures(**counted, hours=median(waits) if waits else None)


def where_to_widen(policy: Policy, row: RowUse, answered: int, by: Actor) -> list[tuple[str, str]]:
    """Where the actor can simulate that what this row asks for is decided alone; nothing while no policy is in force.

    `answered` is of how many of the policy's questions.
    """
    if not policy.is_active:
        return []
    return [each for find in widenings for each in find(policy, row, answered, by)]
