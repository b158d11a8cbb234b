"""When people are there: presence and absences."""

from datetime import datetime
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from .checking import refuse_left
from .events import AbsenceAdded, AbsenceRemoved, PresenceSet
from .models import Absence, Person
from .rules import ABSENCE_KINDS, PRESENCES


class AbsenceOverlaps(Conflict):
    """The person is away then already."""

    code = "absence-overlaps"


@action
def set_presence(
    *,
    person: Person,
    presence: Annotated[str, Ask(gettext_lazy("Presence"), choices=PRESENCES)],
    by: Actor,
) -> Person:
    """Say whether somebody is at work, busy, away or offline.

    Raises Invalid for another presence, HasLeft.
    """
    person = hold(person)
    permit(by, person)
    refuse_left(person, on=timezone.localdate())
    if presence not in dict(PRESENCES):
        raise Invalid(errors=[FieldError("/presence", _("Choose one of the values."))])
    before = person.presence
    if before == presence:
        return person
    person.presence, person.presence_at = presence, timezone.now()
    person.save()
    record(PresenceSet(person=person, presence=presence, before=before))
    return person


@action
def add_absence(
    *,
    person: Person,
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=ABSENCE_KINDS)] = "leave",
    starts_at: Annotated[datetime, Ask(gettext_lazy("Starts"))],
    ends_at: Annotated[datetime, Ask(gettext_lazy("Ends"))],
    by: Actor,
) -> Absence:
    """Enter a half-open span in which the person does not work.

    Raises Invalid where it ends before it starts, AbsenceOverlaps where the person is away then already, HasLeft.
    """
    person = hold(person)
    permit(by, person)
    refuse_left(person, on=timezone.localdate())
    errors = []
    if kind not in dict(ABSENCE_KINDS):
        errors.append(FieldError("/kind", _("Choose one of the values.")))
    if ends_at <= starts_at:
        errors.append(FieldError("/ends_at", _("It must end after it starts.")))
    if errors:
        raise Invalid(errors=errors)
    other = person.absences.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at").first()
    if other is not None:
        raise AbsenceOverlaps(
            _("%(person)s is away already from %(start)s to %(end)s.")
            % {"person": person.name, "start": _local(other.starts_at), "end": _local(other.ends_at)},
            field="/starts_at",
            remedy=_("Remove that absence first, or enter only the time outside it."),
        )
    absence = Absence(person=person, kind=kind, starts_at=starts_at, ends_at=ends_at)
    absence.save()
    record(AbsenceAdded(person=person, kind=kind, starts_at=starts_at, ends_at=ends_at))
    return absence


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@action
def remove_absence(*, absence: Absence, by: Actor) -> None:
    """Take an absence back."""
    absence = hold(absence)
    permit(by, absence.person)
    person, kind, starts_at, ends_at = absence.person, absence.kind, absence.starts_at, absence.ends_at
    absence.delete()
    record(AbsenceRemoved(person=person, kind=kind, starts_at=starts_at, ends_at=ends_at))
