"""Weights proposed in the worker from how a scoring's items ended; they count nowhere until a person takes them over."""

from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import has_read
from kinflow.records.long_work.works import Told, Work

from ..scoring_reports.following import follow
from .learning import learn
from .learning_actions import JOB, fail_learning, finish_learning
from .logged import Versions, decided, decisions, told_values
from .models import FAULTS, WeightLearning
from .outcomes import MEASURES
from .running import FAULT_OF, STAGES, Unreadable

MOST = 20_000
DECIMALS = 1
READ = 0.7
"""So much is done when all endings are read."""


def _proposed(row: WeightLearning, told: Told) -> dict[str, Any] | None:
    """What is proposed; None where it was told to stop."""
    scoring = row.scoring
    versions, now = Versions(scoring), timezone.now()
    draft = versions.get(row.number)
    if draft is None:
        raise Unreadable
    ended = MEASURES[scoring.kind][0]
    weights = np.array([w.weight for w in draft.criteria])
    values, well, looked_at = [], [], 0
    is_complete = has_read(follow, row.since, row.until)
    total = decided(scoring, row.since, row.until).count()
    for n, chunk in decisions(scoring, row.since, row.until):
        if not told(READ * looked_at / max(total, 1), "items", looked_at, total):
            return None
        looked_at += n
        for one in chunk:
            outcome = ended.value(one.record, now) if one.item.owner_id == one.person_id else np.nan
            then = versions.get(one.number)
            known = told_values(draft, then, one.candidates()[0]) if one.candidates() else {}
            if np.isfinite(outcome) and all(k in known for k in range(len(weights)) if weights[k]):
                values.append([known.get(k, 0.0) for k in range(len(weights))])
                well.append(outcome > 0)
        if len(well) >= MOST:
            break
    if not told(READ, "weights"):
        return None
    table = np.array(values, np.float64).reshape(len(values), len(weights))
    learnt = learn(table, np.array(well, np.bool_), weights)
    return {
        "looked_at": looked_at,
        "is_complete": is_complete,
        "items": learnt.items,
        "well": learnt.well,
        "rarer": learnt.rarer,
        "needed": learnt.needed,
        "is_enough": learnt.is_enough,
        "strength": learnt.strength,
        "weights": [
            {
                "learnable": learnt.learnable[k],
                "weight": _round(learnt.weights[k]) if learnt.low[k] is not None else float(weights[k]),
                "low": _round(learnt.low[k]),
                "high": _round(learnt.high[k]),
            }
            for k in range(len(weights))
        ],
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


WORK = Work(
    JOB,
    WeightLearning,
    does=_proposed,
    finish=lambda row, proposed: finish_learning(learning=row, proposed=proposed, by=SYSTEM),
    fail=lambda row, fault: fail_learning(learning=row, fault=fault, by=SYSTEM),
    faults=FAULT_OF,
    fault_words=FAULTS,
    stage_words={**STAGES, "weights": _("Weights are fitted")},
    related=("scoring",),
)
