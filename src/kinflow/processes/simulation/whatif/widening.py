"""Where a wider authority can be tried: by the move that lets cases pass an approval, in calibrated processes."""

from urllib.parse import urlencode

import numpy as np

from kinflow.automation.authority.models import APPROVED, ASKED, REFUSED, AuthorityUse, Policy
from kinflow.automation.authority.report import LOOKS_BACK, RowUse, widenings
from kinflow.eventlog import Actor
from kinflow.kit.problem import NotFound
from kinflow.records.faces import registry
from kinflow.records.long_work.models import DONE
from kinflow.records.matters import matters

from ...columns import EventColumns
from ...definitions.models import Process
from ...definitions.reading import columns_with_ids
from ..calibrating.models import Calibration
from ..calibrating.written import scenario_of
from .access import may_try
from .actions import calibration_for
from .graphs import step_of
from .kinds import fitting
from .way_moves import Empower

ALIKE = 0.5
"""A step is the approval that a policy speaks of where at least so many of the cases that have either have both."""
MOST_SHARE = 99


def where_to_try(policy: Policy, row: RowUse, answered: int, by: Actor) -> list[tuple[str, str]]:
    """The calibrated processes whose cases a policy rules, by name and address of the what-if with the approval chosen
    and the share of the questions that this row makes; nothing for who may not try.
    """
    if not may_try(by):
        return []
    done = Calibration.objects.filter(state=DONE).values("process")
    kind = matters[policy.matter].kind
    share = min(MOST_SHARE, max(1, round(100 * row.figures.approved / max(1, answered))))
    found = []
    for process in Process.objects.filter(case_kind=kind, is_active=True, pk__in=done):
        told = {"move": Empower.key, "step": approval_in(process, policy, by), "share": share}
        found.append((process.called, f"/processes/{process.key}/what-ifs/new/?{urlencode(told)}#in-move"))
    return found


def approval_in(process: Process, policy: Policy, by: Actor) -> str:
    """The step of the calibrated process that stands in the log of just those cases in which was asked; "" for none."""
    try:
        columns = columns_with_ids(process, by)
    except NotFound:
        return ""
    scenario = scenario_of(calibration_for(process).scenario)
    done = {step_of(scenario, key).name: key for key in reversed(fitting(Empower, "step", scenario))}
    alike = _alike(columns, _asked_cases(policy))
    name = max(done, key=lambda each: alike.get(each, 0.0), default="")
    return done[name] if alike.get(name, 0.0) >= ALIKE else ""


def _asked_cases(policy: Policy) -> set[str]:
    """What the cases are called in whose name somebody was asked within a year of the last question."""
    prefix = registry[matters[policy.matter].kind].prefix
    asked = AuthorityUse.objects.filter(policy=policy, outcome__in=(ASKED, APPROVED, REFUSED))
    last = asked.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return set()
    ids = asked.filter(at__gte=last - LOOKS_BACK).values_list("object_id", flat=True)
    return {f"{prefix}-{each}" for each in ids}


def _alike(columns: EventColumns, asked: set[str]) -> dict[str, float]:
    """By step how many of the cases with it or with a question have both, of those since the first question."""
    is_asked = np.fromiter((each in asked for each in columns.case_ids), np.bool_, columns.cases)
    if not is_asked.any():
        return {}
    begun = columns.at[columns.offsets[:-1]]
    counts = begun >= begun[is_asked].min()
    found: dict[str, float] = {}
    for code, name in enumerate(columns.activities):
        has = np.zeros(columns.cases, np.bool_)
        has[columns.case[columns.activity == code]] = True
        either = int(np.count_nonzero((has | is_asked) & counts))
        found[name] = float(np.count_nonzero(has & is_asked & counts) / max(1, either))
    return found


widenings.append(where_to_try)
