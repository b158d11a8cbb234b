"""Switching off a rule that fires far more often than usual."""

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.records.access import permit

from ..bilingual import in_all_languages
from ..messages.sending import send
from .events import RuleStopped
from .letting_go import let_go
from .models import Rule

TOO_OFTEN = "too_often"


@action
def stop_rule(*, rule: Rule, fired: int, usual: int, by: Actor) -> None:
    """Switch the rule off, and tell its owner how often it fired."""
    rule = hold(rule)
    permit(by, rule)
    if not rule.is_active:
        return
    rule.is_active, rule.stopped_why = False, TOO_OFTEN
    rule.save()
    let_go(rule.pk)
    record(RuleStopped(rule=rule, person=rule.owner, fired=fired, usual=usual))
    send(
        key=f"rule_stopped:{rule.pk}:{rule.version}",
        to=[rule.owner],
        subject=in_all_languages(lambda: _("Rule %(rule)s was switched off") % {"rule": rule.name}),
        text=in_all_languages(
            lambda: (
                _("It fired %(fired)d times in an hour; at most %(usual)d is usual. Look at its runs.")
                % {"fired": fired, "usual": usual}
            )
        ),
        urgency="urgent",
        by=by,
    )
