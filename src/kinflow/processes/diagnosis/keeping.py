"""Findings kept: written to the database as the log stood, read back, and made anew when the log has grown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from kinflow.eventlog.models import Entry
from kinflow.kit.problem import NotFound
from kinflow.records.jobs import defer

from ..definitions.models import Process
from ..definitions.reading import columns_by_id
from ..definitions.sources import source_of
from .contexts import log_and_context
from .finding import findings_in
from .found import Amount, Evidence, Exhibit, Finding, Size, Test
from .models import Diagnosis
from .view import View
from .waiting import BorderWait, border_waits

FORMAT = 6
"""Another number whenever findings are made or written otherwise."""
JOB = "processes.diagnose"
MOST_CASES = 1_000
AGAIN_AFTER = timedelta(minutes=10)
"""A log that grows is not diagnosed again within this time."""
LARGE = 400_000
"""Logs with more events are diagnosed in the background only."""


@dataclass(frozen=True)
class KeptFinding:
    """A finding with its cases by name, worst first and not all if there are many, and how many there are."""

    finding: Finding
    case_ids: tuple[str, ...]
    case_count: int


def state_of(process: Process) -> str:
    """Another value whenever the same log would be diagnosed otherwise: of the process, and of another system's log."""
    source = None if process.case_kind else source_of(process)
    return f"{FORMAT}/{process.version}/{source.state if source else ''}"[:200]


def position_of(process: Process) -> int:
    """Up to which entry our log goes; 0 for the log of another system, which does not grow."""
    if not process.case_kind:
        return 0
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def diagnose(process: Process) -> Diagnosis:
    """Diagnose the process's log as it is now, and keep what is found. Raises NotFound where the log is gone."""
    state, position = state_of(process), position_of(process)
    columns, context = log_and_context(process)
    view = View(columns, context)
    found = [_written(finding, columns.case_ids) for finding in findings_in(view)]
    row, _made = Diagnosis.objects.update_or_create(
        process=process,
        defaults={
            "state": state,
            "position": position,
            "findings": found,
            "waits": [asdict(wait) for wait in border_waits(view)],
            "cases": columns.cases,
            "events": columns.events,
            "made_at": timezone.now(),
            "asked_at": None,
        },
    )
    return row


def is_outdated(row: Diagnosis, process: Process) -> bool:
    """Whether the log has grown, or the process has changed, since."""
    return row.state != state_of(process) or row.position != position_of(process)


def latest(process: Process) -> Diagnosis | None:
    """What was found last; where there is nothing yet or of another process, it is found now unless the log is large.

    Where the log has grown since, the worker is asked to diagnose it again; None while it does so for the first time.
    """
    row = Diagnosis.objects.filter(process=process).first()
    if row is not None and row.state == state_of(process):
        if is_outdated(row, process):
            ask_again(row)
        return row
    columns = columns_by_id(process)
    if columns.events <= LARGE:
        return diagnose(process)
    if row is None:
        row = Diagnosis.objects.get_or_create(
            process=process, defaults={"state": "", "made_at": timezone.now()}
        )[0]
    ask_again(row, at_once=row.asked_at is None)
    return row if row.state else None


def ask_again(row: Diagnosis, *, at_once: bool = False) -> None:
    """Have the worker diagnose the process again, unless it did or was asked just now."""
    now = timezone.now()
    last = max(row.made_at, row.asked_at or row.made_at)
    if at_once or now - last >= AGAIN_AFTER:
        Diagnosis.objects.filter(pk=row.pk).update(asked_at=now)
        defer(JOB, process=row.process_id)


def kept_findings(process: Process) -> list[KeptFinding]:
    """The findings of the process as they were found last, worst first; none where its log is gone."""
    try:
        row = latest(process)
    except NotFound:
        return []
    return [_read(each) for each in row.findings] if row else []


def found_already(process: Process) -> list[KeptFinding]:
    """The findings that are kept of the process as it is; where there are none yet, the worker is asked for them."""
    row = Diagnosis.objects.get_or_create(process=process)[0]
    if row.state == state_of(process):
        return [_read(each) for each in row.findings]
    ask_again(row, at_once=row.asked_at is None)
    return []


def _written(finding: Finding, case_ids: Sequence[str]) -> dict[str, Any]:
    cases = finding.evidence.cases
    return {
        **{name: getattr(finding, name) for name in ("key", "kind", "theme")},
        "facts": dict(finding.facts),
        "size": asdict(finding.size),
        "gain": asdict(finding.gain) if finding.gain else None,
        "test": asdict(finding.test),
        "moves": list(finding.moves),
        "exhibits": [asdict(exhibit) for exhibit in finding.evidence.exhibits],
        "cases": [case_ids[case] for case in cases[:MOST_CASES]],
        "case_count": len(cases),
    }


def _read(kept: Mapping[str, Any]) -> KeptFinding:
    cases = tuple(kept["cases"])
    finding = Finding(
        key=kept["key"],
        kind=kept["kind"],
        theme=kept["theme"],
        facts=kept["facts"],
        size=_size(kept["size"]),
        test=Test(**kept["test"]),
        evidence=Evidence(
            tuple(_exhibit(each) for each in kept["exhibits"]), np.arange(len(cases), dtype=np.int32)
        ),
        moves=tuple(kept["moves"]),
        gain=_size(kept["gain"]) if kept.get("gain") else None,
    )
    return KeptFinding(finding, cases, kept["case_count"])


def _size(kept: Mapping[str, Any]) -> Size:
    return Size(
        cases=Amount(**kept["cases"]),
        waiting_hours=Amount(**kept["waiting_hours"]),
        working_hours=Amount(**kept["working_hours"]),
        money=Amount(**kept["money"]) if kept["money"] else None,
    )


def waits_of(row: Diagnosis) -> list[BorderWait]:
    """The waits at borders of units as they were found last."""
    return [BorderWait(**{**kept, "causes": tuple(kept["causes"])}) for kept in row.waits]


def _exhibit(kept: Mapping[str, Any]) -> Exhibit:
    return Exhibit(
        kept["name"],
        kept["shape"],
        tuple(kept["columns"]),
        tuple(tuple(row) for row in kept["rows"]),
        kept["per_person"],
    )
