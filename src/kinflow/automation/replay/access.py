"""Who may replay scorings and have weights learnt: whoever may try scorings reads, who may change them begins."""

from django.db.models import QuerySet

from kinflow.eventlog import Actor
from kinflow.records.access import ALL, PROCESS_OWNER, grant, may

from ..access import may_try_scorings
from .models import ScoringReplay

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
