"""What people do with an instance at one of its tokens, by one word: the same door for screens and programs."""

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor
from kinflow.kit.problem import FieldError, Invalid

from . import actions
from .models import ProcessInstance

VERBS = ("choose", "skip", "move", "retry", "cancel")


def correct(
    instance: ProcessInstance,
    verb: str,
    *,
    token: int = 0,
    way: str = "",
    to: str = "",
    reason: str = "",
    by: Actor,
) -> ProcessInstance:
    """Do one of `VERBS`. Raises what the actions raise, Invalid for other words."""
    match verb:
        case "choose":
            return actions.choose_way(processinstance=instance, token=token, way=way, by=by)
        case "skip":
            return actions.skip_step(processinstance=instance, token=token, reason=reason, by=by)
        case "move":
            return actions.move_token(processinstance=instance, token=token, to=to, reason=reason, by=by)
        case "retry":
            return actions.retry_step(processinstance=instance, token=token, by=by)
        case "cancel":
            return actions.cancel_process(processinstance=instance, reason=reason, by=by)
    raise Invalid(errors=[FieldError("/verb", _("There is no such thing to do."))])
