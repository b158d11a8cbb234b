"""What is kept for a rule's states and schedule, forgotten when it is switched off or says something else."""

from ..clock import take_lock
from ..clock.models import Moment
from .models import RuleHold

STATE, TAKE_IN, SCHEDULE = "automation.rule_state", "automation.rule_take_in", "automation.rule_schedule"
STATES_LOCK = "automation.rule_states"


def one_at_a_time() -> None:
    """Let nobody else look at states until this transaction ends: in another order they would block each other."""
    take_lock(STATES_LOCK)


def let_go(rule_id: int) -> None:
    """Forget for which records the rule's state holds, and when it is due."""
    one_at_a_time()
    RuleHold.objects.filter(rule_id=rule_id).delete()
    mine = Moment.objects.filter(handler__in=(STATE, TAKE_IN, SCHEDULE))
    mine.filter(key__startswith=f"{rule_id}:").delete()
    mine.filter(key=str(rule_id)).delete()
