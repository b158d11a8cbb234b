"""Whether a version can go into operation."""

from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict

from .at_work import calls_at_work
from .checking import called_by, calls_itself
from .kept import checked_version
from .models import DesignVersion, ProcessDesign
from .words import fault_words


class NotFitForOperation(Conflict):
    """The version cannot go into operation yet."""

    code = "not-fit-for-operation"


def refuse_unfit(design: ProcessDesign, version: DesignVersion) -> None:
    """Raise NotFitForOperation, naming all that is missing or wrong, for a version that could not run today."""
    found = checked_version(design, version)
    words = [fault_words(fault) for fault in found.faults] + [e.message for e in found.errors]
    if calls_itself(design.pk, _calls_of_others(design) | {design.pk: called_by(found.bindings)}):
        words.append(_("The design calls itself, by itself or by way of others."))
    called = called_by(found.bindings)
    if ProcessDesign.objects.filter(pk__in=called, kind=design.kind, live_number__gt=0).count() < len(called):
        words.append(_("It calls a design that is not in operation, or is for other records."))
    if words:
        raise NotFitForOperation(" ".join(dict.fromkeys(words)), remedy=_("Mend the design, then try again."))


def _calls_of_others(design: ProcessDesign) -> dict[int, set[int]]:
    """By other design the designs that it calls."""
    found: dict[int, set[int]] = {}
    for pk, _name, called in calls_at_work():
        if pk != design.pk:
            found.setdefault(pk, set()).update(called)
    return found
