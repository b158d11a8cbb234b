"""What a log says of each principle: pure rules over its findings and a few figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .said import COLLECTED, INSIDE, ONCE, OUTCOMES, SCATTERED, TOGETHER, Evidence, Speaks

KINDS: Mapping[str, tuple[str, ...]] = {
    OUTCOMES: ("pass_through", "ping_pong", "one_hand", "border", "many_borders"),
    COLLECTED: ("missing", "repeated"),
    SCATTERED: ("uneven_load", "single_skilled", "overload"),
    TOGETHER: ("one_outcome", "far_decision", "narrow_spans", "no_change", "late_refusal"),
    ONCE: ("written_again", "asked_again", "put_back"),
}
"""The kinds of findings that speak against a principle."""
ENOUGH = 30
"""With fewer cases nothing follows from finding nothing."""
FEW_HANDS, MANY_HANDS = 1.0, 3.0
"""Hand-overs between units a case: fewer are few, more are many."""
LITTLE, MUCH = 0.01, 0.05
"""Shares of what is told from outside, or by another unit."""


@dataclass(frozen=True)
class Found:
    """A finding of the log: its kind, its key, and how many cases are behind it."""

    kind: str
    key: str
    cases: int


@dataclass(frozen=True)
class Figures:
    """What is counted in a log.

    `people` and `hand_overs`: people, and hand-overs between units, of a case on average, None where the log names
    nobody; `entered` by unit how often it entered facts; `outside` of `entries` came from customers, suppliers and their
    systems.
    """

    cases: int
    people: float | None = None
    hand_overs: float | None = None
    entered: Mapping[str, int] | None = None
    outside: int = 0
    entries: int = 0


def evidence_of_log(findings: Sequence[Found], figures: Figures) -> list[Evidence]:
    """All that the log says: each finding against its principle, figures, and what was looked for and not found."""
    return [*_found(findings, figures), *_hands(figures), *_entered(figures), *_outside(figures)]


def _found(findings: Sequence[Found], figures: Figures) -> Iterator[Evidence]:
    for principle, kinds in KINDS.items():
        ours = [each for each in findings if each.kind in kinds]
        for each in ours:
            facts = {"cases": each.cases}
            yield Evidence(principle, "finding", "against", facts, finding=each.key, of_log=True)
        if not ours and figures.cases >= ENOUGH:
            facts = {"cases": figures.cases}
            yield Evidence(principle, f"no_{principle}", "for", facts, of_log=True)


def _hands(figures: Figures) -> Iterator[Evidence]:
    if figures.people is None or figures.hand_overs is None or figures.cases < ENOUGH:
        return
    often = figures.hand_overs
    speaks: Speaks = "for" if often < FEW_HANDS else "against" if often > MANY_HANDS else ""
    facts = {"people": figures.people, "hand_overs": often, "cases": figures.cases}
    yield Evidence(OUTCOMES, "hands", speaks, facts, of_log=True)


def _entered(figures: Figures) -> Iterator[Evidence]:
    """Who enters facts: neither for nor against, since several units may each enter what they learn."""
    whole = sum((figures.entered or {}).values())
    if not figures.entered or not whole:
        return
    units = {name: times for name, times in figures.entered.items() if times >= MUCH * whole}
    if units:
        most = max(units, key=lambda name: units[name])
        facts = {"units": len(units), "most": most, "share": units[most] / whole, "times": whole}
        yield Evidence(COLLECTED, "entered", "", facts, of_log=True)


def _outside(figures: Figures) -> Iterator[Evidence]:
    if figures.entries < ENOUGH:
        return
    share = figures.outside / figures.entries
    speaks: Speaks = "for" if share >= MUCH else "against" if share < LITTLE else ""
    facts = {"share": share, "entries": figures.entries}
    yield Evidence(INSIDE, "told_outside", speaks, facts, of_log=True)
