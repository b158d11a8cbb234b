"""Having weights proposed from how a scoring's items ended; they count nowhere until a person takes them over."""

from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, record
from kinflow.eventlog.readers import has_read
from kinflow.kit.problem import Problem, Refused
from kinflow.records.access import permit

from ..access import may_try_scorings
from ..scoring_reports.following import follow
from ..scorings.models import Scoring
from ..scorings.using import current_version
from .actions import period_of
from .events import WeightsLearnt
from .learning import learn
from .logged import Versions, decisions, told_values
from .models import WeightLearning
from .outcomes import MEASURES

USUAL_DAYS, MOST = 365, 20_000
DECIMALS = 1


class NothingToLearnFrom(Problem):
    """This kind of work has no ending that says whether it went well."""

    code = "nothing-to-learn-from"


@action
def learn_weights(*, scoring: Scoring, since: Any = None, until: Any = None, by: Actor) -> WeightLearning:
    """Propose weights for the criteria of the present version, from how the items it gave out ended.

    At most the first 20,000 endings of the period (the last year unless asked otherwise) are used. Nothing is changed.
    Raises Invalid for a wrong period, NothingToLearnFrom.
    """
    permit(by, kind="weightlearning")
    if not may_try_scorings(by):
        raise Refused(remedy=_("Ask a process owner."))
    if scoring.kind not in MEASURES:
        raise NothingToLearnFrom(
            _("Nothing says of this kind of work whether it ended well."),
            remedy=_("Weights can be learnt for leads, opportunities and service requests."),
        )
    begins, ends = period_of(since, until, usual_days=USUAL_DAYS)
    version = current_version(scoring)
    row = WeightLearning(
        scoring=scoring,
        number=version.number,
        since=begins,
        until=ends,
        criteria=version.criteria,
        made_by=by.name or by.id,
        made_at=timezone.now(),
    )
    row.proposed = _proposed(scoring, row)
    row.save()
    record(WeightsLearnt(learning=row, scoring=scoring, items=row.proposed["items"]))
    return row


def _proposed(scoring: Scoring, row: WeightLearning) -> dict[str, Any]:
    versions, now = Versions(scoring), timezone.now()
    draft = versions.get(row.number)
    if draft is None:
        raise Problem(_("The present version cannot be read any more."), remedy=_("Save it anew."))
    ended = MEASURES[scoring.kind][0]
    weights = np.array([w.weight for w in draft.criteria])
    values, well, looked_at = [], [], 0
    is_complete = has_read(follow, row.since, row.until)
    for n, chunk in decisions(scoring, row.since, row.until):
        looked_at += n
        for one in chunk:
            outcome = ended.value(one.record, now) if one.item.owner_id == one.person_id else np.nan
            then = versions.get(one.number)
            told = told_values(draft, then, one.candidates()[0]) if one.candidates() else {}
            if np.isfinite(outcome) and all(k in told for k in range(len(weights)) if weights[k]):
                values.append([told.get(k, 0.0) for k in range(len(weights))])
                well.append(outcome > 0)
        if len(well) >= MOST:
            break
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
