"""Who may replay scorings and have weights learnt: whoever may try scorings reads, who may change them begins."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import Refused
from kinflow.records.access import ALL, PROCESS_OWNER, grant, may, visible

from ..access import may_try_scorings
from ..scorings.models import Scoring
from .models import ScoringReplay, WeightLearning

START, LEARN = "automation.start_replay", "automation.learn_weights"

grant(
    "scoringreplay",
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        (START, "automation.cancel_replay"): {PROCESS_OWNER: ALL},
        ("automation.finish_replay", "automation.fail_replay"): {},
    },
)
grant(
    "weightlearning",
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        (LEARN, "automation.cancel_learning"): {PROCESS_OWNER: ALL},
        ("automation.finish_learning", "automation.fail_learning"): {},
    },
)


def may_replay(by: Actor) -> bool:
    """Whether the actor may have a scoring replayed."""
    return may_try_scorings(by) and may(by, START, kind="scoringreplay")


def may_learn(by: Actor) -> bool:
    """Whether the actor may have weights learnt."""
    return may_try_scorings(by) and may(by, LEARN, kind="weightlearning")


def seen_replays(by: Actor) -> QuerySet[ScoringReplay]:
    """The replays that the actor may see: they tell who has how much of all work."""
    rows = ScoringReplay.objects.select_related("scoring")
    return rows if may_try_scorings(by) else rows.none()


def seen_learnings(by: Actor) -> QuerySet[WeightLearning]:
    """The weights that were learnt and that the actor may see."""
    rows = WeightLearning.objects.select_related("scoring")
    return rows if may_try_scorings(by) else rows.none()


def scoring_for(by: Actor, pk: int) -> Scoring:
    """The scoring with this number. Raises Refused for who may not try scorings, NotFound."""
    if not may_try_scorings(by):
        raise Refused(remedy=_("Ask a process owner."))
    return get_object_or_404(visible(by, Scoring.objects.all()), pk=pk)


def replays_of(by: Actor, pk: int) -> QuerySet[ScoringReplay]:
    """The replays of a scoring, the newest first. Raises as `scoring_for`."""
    return seen_replays(by).filter(scoring=scoring_for(by, pk))


def learnings_of(by: Actor, pk: int) -> QuerySet[WeightLearning]:
    """The weights that were learnt for a scoring, the newest first. Raises as `scoring_for`."""
    return seen_learnings(by).filter(scoring=scoring_for(by, pk))
