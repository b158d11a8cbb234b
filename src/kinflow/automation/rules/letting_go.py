"""What is kept for a rule's states and schedule, forgotten when it is switched off or says something else."""

from ..clock.models import Moment
from .models import RuleHold

STATE, TAKE_IN, SCHEDULE = "automation.rule_state", "automation.rule_take_in", "automation.rule_schedule"


def let_go(rule_id: int) -> None:
    """Forget for which records the rule's state holds, and when it is due."""
    RuleHold.objects.filter(rule_id=rule_id).delete()
    mine = Moment.objects.filter(handler__in=(STATE, TAKE_IN, SCHEDULE))
    mine.filter(key__startswith=f"{rule_id}:").delete()
    mine.filter(key=str(rule_id)).delete()
