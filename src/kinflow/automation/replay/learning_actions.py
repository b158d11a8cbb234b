"""All that can be done with the learning of weights: begin, cancel, and what the worker notes at the end."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action
from kinflow.kit.problem import Problem, Refused
from kinflow.records.access import permit
from kinflow.records.long_work.acting import begin, cancel, fail, finish

from ..access import may_try_scorings
from ..scorings.models import Scoring
from ..scorings.using import current_version
from .actions import period_of
from .events import LearningCancelled, LearningFailed, LearningStarted, WeightsLearnt
from .models import WeightLearning
from .outcomes import MEASURES

JOB = "automation.learn_weights"
USUAL_DAYS = 365


class NothingToLearnFrom(Problem):
    """This kind of work has no ending that says whether it went well."""

    code = "nothing-to-learn-from"


@action
def learn_weights(*, scoring: Scoring, since: Any = None, until: Any = None, by: Actor) -> WeightLearning:
    """Have the worker propose weights for the criteria of the present version, from how the items it gave out ended.

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
    )
    return begin(row, JOB, LearningStarted)


@action
def cancel_learning(*, learning: WeightLearning, by: Actor) -> WeightLearning:
    """End the learning of weights before its end. Raises NotRunning where it ended already."""
    return cancel(learning, LearningCancelled, by=by)


@action
def finish_learning(*, learning: WeightLearning, proposed: Mapping[str, Any], by: Actor) -> WeightLearning:
    """Keep the proposed weights, unless somebody cancelled it meanwhile."""
    return finish(learning, WeightsLearnt, {"proposed": dict(proposed)}, by=by, items=int(proposed["items"]))


@action
def fail_learning(*, learning: WeightLearning, fault: str, by: Actor) -> WeightLearning:
    """Keep why weights could not be learnt."""
    return fail(learning, fault, LearningFailed, by=by)
