"""A design judged: each principle with its verdict, its evidence in words, and the moves that would mend it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor

from ...definitions.models import Process
from ...diagnosis.telling import ToldFinding
from ...simulation.whatif.moves import MOVES
from ..kept import checked_version, model_of
from ..models import DesignVersion, ProcessDesign
from ..telling import rows_of
from ..unnamed import placed_in
from .drawn import evidence_of_design
from .hands import Drawn
from .logged import evidence_of_log
from .reading import figures_of, found_in, told_by
from .said import (
    COLLECTED,
    INSIDE,
    ONCE,
    OUTCOMES,
    PRINCIPLES,
    SCATTERED,
    TOGETHER,
    Evidence,
    Speaks,
    Verdict,
    verdict_of,
)
from .words import LABELS, MEANINGS, REMEDIES, VERDICTS, evidence_words

MENDING: Mapping[str, tuple[str, ...]] = {
    OUTCOMES: ("case_manager", "merge"),
    COLLECTED: ("capture_at_source", "merge"),
    SCATTERED: ("cross_train",),
    TOGETHER: ("empower", "eliminate"),
    ONCE: ("capture_at_source", "merge", "automate"),
    INSIDE: ("move_outside", "automate"),
}
"""The moves of what-ifs that mend a principle."""


@dataclass(frozen=True)
class Said:
    """One evidence in the reader's words; `at` are the elements behind it: id, name, and whether they have a page."""

    text: str
    speaks: Speaks
    of_log: bool
    at: Sequence[tuple[str, str, bool]] = ()
    finding: ToldFinding | None = None


@dataclass(frozen=True)
class Judged:
    """A principle with its verdict; `moves` are keys and names of moves that would mend it, none where it is kept."""

    key: str
    label: str
    meaning: str
    verdict: Verdict
    verdict_label: str
    said: Sequence[Said]
    remedy: str
    moves: Sequence[tuple[str, str]]


def judged(design: ProcessDesign, process: Process | None, by: Actor) -> list[Judged]:
    """The seven principles for a design's newest version, and the log of a process where one is given."""
    version = DesignVersion.objects.get(design=design, number=design.number)
    found = checked_version(design, version)
    drawn = Drawn(placed_in(model_of(design.pk, design.number)), found.bindings)
    paged = {row.id for row in rows_of(design.kind, found.plan, found.bindings)} if found.plan else set()
    evidence = evidence_of_design(drawn)
    told = told_by(process, by) if process is not None else []
    if process is not None:
        evidence += evidence_of_log(found_in(told), figures_of(process, by))
    by_key = {each.key: each for each in told}
    return [
        _judged(key, [e for e in evidence if e.principle == key], drawn, by_key, paged) for key in PRINCIPLES
    ]


def _judged(
    key: str,
    evidence: Sequence[Evidence],
    drawn: Drawn,
    findings: Mapping[str, ToldFinding],
    paged: Collection[str],
) -> Judged:
    verdict = verdict_of(evidence)
    is_to_mend = verdict in ("partly", "not_kept")
    return Judged(
        key,
        str(LABELS[key]),
        str(MEANINGS[key]),
        verdict,
        str(VERDICTS[verdict]),
        [_said(each, drawn, findings, paged) for each in evidence],
        str(REMEDIES[key]) if is_to_mend else "",
        [(move, str(MOVES[move].label)) for move in MENDING.get(key, ())] if is_to_mend else [],
    )


def _said(
    evidence: Evidence, drawn: Drawn, findings: Mapping[str, ToldFinding], paged: Collection[str]
) -> Said:
    found = findings.get(evidence.finding)
    text = evidence_words(evidence)
    if found is not None:
        text = _("%(title)s. %(seen)s") % {"title": found.title, "seen": found.seen}
    known = [key for key in evidence.elements if key in drawn.by_id]
    at = [(key, drawn.by_id[key].name or key, key in paged) for key in known]
    return Said(text, evidence.speaks, evidence.of_log, at, found)


def answers(rows: Sequence[Judged]) -> Iterator[dict[str, object]]:
    """The principles as the API gives them."""
    for each in rows:
        yield {
            "key": each.key,
            "label": each.label,
            "verdict": each.verdict,
            "evidence": [
                {
                    "text": said.text,
                    "speaks": said.speaks,
                    "source": "log" if said.of_log else "design",
                    "elements": [key for key, _name, _paged in said.at],
                    "finding": said.finding.key if said.finding else "",
                    "cases": said.finding.kept.case_count if said.finding else None,
                }
                for said in each.said
            ],
            "remedy": each.remedy,
            "moves": [move for move, _label in each.moves],
        }


def source_words() -> str:
    """Where the principles come from, and how verdicts follow."""
    return _(
        "After M. Hammer, “Reengineering Work: Don’t Automate, Obliterate” (Harvard Business Review, 1990), and Hammer"
        " and Champy, “Reengineering the Corporation” (1993). Kept: all evidence speaks for it. Not kept: all speaks"
        " against it. Partly: some each way. Cannot tell: none."
    )
