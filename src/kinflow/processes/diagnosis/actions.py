"""All that can be done with findings."""

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, NotFound
from kinflow.records.access import permit

from ..definitions.models import Process
from .events import FindingDismissed, FindingTakenUp
from .keeping import kept_findings
from .models import Dismissal

LONGEST_REASON = 2_000


@action
def dismiss_finding(*, process: Process, finding: str, reason: str, by: Actor) -> Dismissal:
    """Put a finding aside, by its key; it stays aside as the log grows.

    Raises Invalid without a reason, NotFound where the process has no such finding, Conflict where it is aside already.
    """
    process = hold(process)
    permit(by, process)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Invalid(errors=[FieldError("/reason", _("Say why, in at most 2,000 characters."))])
    if finding not in [kept.finding.key for kept in kept_findings(process)]:
        raise NotFound(_("This process has no such finding now."))
    if Dismissal.objects.filter(process=process, finding=finding).exists():
        raise Conflict(_("Somebody dismissed this finding already."))
    dismissal = Dismissal(process=process, finding=finding, reason=reason, by_name=by.name)
    dismissal.save()
    record(FindingDismissed(process=process, finding=finding, reason=reason))
    return dismissal


@action
def take_up_finding(*, process: Process, finding: str, by: Actor) -> None:
    """Look at a finding again that was put aside. Raises NotFound where it was not."""
    process = hold(process)
    permit(by, process)
    dismissal = Dismissal.objects.filter(process=process, finding=finding).first()
    if dismissal is None:
        raise NotFound(_("Nobody dismissed this finding."))
    dismissal.delete()
    record(FindingTakenUp(process=process, finding=finding))
