"""Refusing what a person's record cannot hold."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.records.access import ROLES

from ..retiring import refuse_retired
from ..units.actions import refuse_closed
from .models import Person
from .queries import superiors_of
from .rules import HIGHEST, LOWEST, closes_circle, is_seniority


class EmailTaken(Conflict):
    """Somebody else here has this e-mail address."""

    code = "email-taken"


class ReportingCircle(Conflict):
    """Somebody would report to themselves."""

    code = "reporting-circle"


class HasLeft(Conflict):
    """The person does not work here any more."""

    code = "has-left"


def refuse_left(person: Person | None, field: str = "", *, on: date | None = None) -> None:
    """Raise HasLeft where the person does not work here any more on the day; without one, where leaving is noted."""
    if person is None or person.left_on is None:
        return
    if on is None or person.left_on < on:
        raise HasLeft(_("%(person)s does not work here any more.") % {"person": person.name}, field=field)


def level_error(pointer: str) -> FieldError:
    """What to tell where a number is no level."""
    return FieldError(
        pointer, _("Give a number from %(first)d to %(last)d.") % {"first": LOWEST, "last": HIGHEST}
    )


def refuse_wrong(person: Person, among: Sequence[str] = ()) -> None:
    """Raise what is wrong with the unsaved person; `among` are the changed fields (all where empty)."""
    errors = []
    if not person.family_name:
        errors.append(FieldError("/family_name", _("Give a name.")))
    if person.email and not _is_email(person.email):
        errors.append(
            FieldError("/email", _("This is not an e-mail address. It looks like name@company.com."))
        )
    if not is_seniority(person.seniority):
        errors.append(level_error("/seniority"))
    if unknown := sorted(set(person.roles) - set(ROLES)):
        errors.append(FieldError("/roles", _("There is no role “%(role)s”.") % {"role": unknown[0][:40]}))
    if errors:
        raise Invalid(errors=errors)
    _refuse_taken(person)
    if not among or "unit" in among:
        refuse_closed(person.unit, "/unit")
    if not among or "position" in among:
        refuse_retired(person.position, "/position")
    if not among or "calendar" in among:
        refuse_retired(person.calendar, "/calendar")
    if not among or "reports_to" in among:
        _refuse_circle(person)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _refuse_taken(person: Person) -> None:
    if not person.email:
        return
    other = Person.objects.filter(email__iexact=person.email).exclude(pk=person.pk).first()
    if other is not None:
        raise EmailTaken(
            _("%(person)s has the e-mail address %(email)s already.")
            % {"person": other.name, "email": person.email},
            field="/email",
            remedy=_("Look whether this is the same person, or use another address."),
        )


def _refuse_circle(person: Person) -> None:
    superior = person.reports_to
    refuse_left(superior, "/reports_to")
    if superior is not None and closes_circle(person.pk, superiors_of(superior)):
        raise ReportingCircle(
            _("%(superior)s reports to %(person)s.") % {"superior": superior.name, "person": person.name},
            field="/reports_to",
            remedy=_("Choose somebody who does not stand below this person."),
        )
