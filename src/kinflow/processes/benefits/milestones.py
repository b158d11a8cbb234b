"""The step until which a deployment counts hours, too: when records came to it, and what it is called."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
from django.utils.translation import gettext as _

from ..definitions.extracting import extract
from ..definitions.labels import labels_of
from ..definitions.models import Process
from ..definitions.steps import step_key, steps_of
from ..deployments.models import ALL, BEFORE, Deployment
from .figures import FIGURES, Figure

RATED_KIND = "case"
ALL_TRANSACTIONS = 2**62
"""What is being written is read, too, as by the other figures."""


def reached(deployment: Deployment, ids: Sequence[int]) -> Iterator[tuple[int, datetime]]:
    """Whenever one of these records came to the step, as the process tells its steps now."""
    process = _process_of(deployment)
    if process is None or not ids:
        return
    columns = extract(process.case_kind, steps_of(process.steps), ALL_TRANSACTIONS, ids)
    wanted = [n for n, key in enumerate(columns.activities) if step_key(key) == deployment.milestone["step"]]
    for event in np.flatnonzero(np.isin(columns.activity, wanted)):
        at = datetime.fromtimestamp(int(columns.at[event]) / 1e6, UTC)
        yield int(columns.case_ids[columns.case[event]]), at


def is_told(deployment: Deployment) -> bool:
    """Whether there is such a step, and its process still."""
    return _process_of(deployment) is not None


def _process_of(deployment: Deployment) -> Process | None:
    if not deployment.milestone:
        return None
    rows = Process.objects.filter(case_kind=deployment.design.kind)
    return rows.filter(pk=deployment.milestone["process"]).first()


def figures_of(deployment: Deployment) -> dict[str, Figure]:
    """The figures of a deployment by key."""
    is_here, both = is_told(deployment), runs_on_both_sides(deployment)
    return {
        key: one
        for key, one in FIGURES.items()
        if (is_here or not one.of_milestone)
        and (both or not one.of_instances)
        and (deployment.design.kind == RATED_KIND or not one.of_rated)
    }


def runs_on_both_sides(deployment: Deployment) -> bool:
    """Whether the records to compare with can have a process, too: without one, it is neither done nor stuck."""
    return deployment.before is not None and (deployment.way == ALL or deployment.comparison == BEFORE)


def called(deployment: Deployment, figure: str) -> str:
    """What a figure is called: the one until the step by the step's name."""
    process = _process_of(deployment) if FIGURES[figure].of_milestone else None
    if process is None:
        return str(FIGURES[figure].label)
    step = deployment.milestone["step"]
    return _("Hours until “%(step)s”") % {"step": labels_of(process, [step])[step]}
