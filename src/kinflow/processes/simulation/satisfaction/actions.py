"""What can be done with the satisfaction model of a process: keep numbers for it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit

from ...definitions.models import Process
from .events import SatisfactionModelKept
from .keeping import kept_of
from .models import SatisfactionModel
from .reckoning import NUMBERS, STATED, Satisfaction, limits_of, number_within


@action
def keep_satisfaction_model(*, process: Process, numbers: Mapping[str, Any], by: Actor) -> Satisfaction:
    """Reckon the expected satisfaction of a process with these numbers; one that is left out is the stated one.

    Changes nothing where they are kept already. Raises Invalid naming each that is no number within its limits.
    """
    process = hold(process)
    permit(by, process)
    after, before = _read(numbers), kept_of(process).model
    if after == before:
        return after
    row = SatisfactionModel.objects.filter(process=process).first() or SatisfactionModel(process=process)
    row.numbers = {} if after == STATED else asdict(after)
    row.by_name, row.kept_at = by.name, timezone.now()
    row.save()
    record(SatisfactionModelKept(process=process, before=asdict(before), after=asdict(after)))
    return after


def _read(numbers: Mapping[str, Any]) -> Satisfaction:
    """The model of these numbers. Raises Invalid."""
    errors = [
        FieldError(f"/{name}", _("There is no such number.")) for name in sorted(set(numbers) - set(NUMBERS))
    ]
    values = {}
    for name in NUMBERS:
        value = number_within(name, numbers.get(name, getattr(STATED, name)))
        if value is None:
            errors.append(FieldError(f"/{name}", _outside(name)))
        else:
            values[name] = value
    if errors:
        raise Invalid(
            errors=errors, remedy=_("Correct these numbers, or leave one out to have the stated one.")
        )
    return Satisfaction(**values)


def _outside(name: str) -> str:
    least, most = limits_of(name)
    return _("Give a number from %(least)s to %(most)s.") % {"least": f"{least:g}", "most": f"{most:,.0f}"}
