"""All that can be done with people; abilities and presence have files of their own."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.records.access import ADMINISTRATOR, ROLES, permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..calendars.models import WorkingCalendar
from ..positions.models import Position
from ..units.models import Unit
from ..users.administrators import keep_an_administrator
from ..users.models import User
from .abilities import set_capacity, set_language, set_skill, set_territories
from .checking import refuse_left, refuse_wrong
from .events import PersonAdded, PersonChanged, PersonLeft
from .models import Person
from .presence import add_absence, remove_absence, set_presence
from .queries import open_work_of

__all__ = [
    "add_absence",
    "add_person",
    "change_person",
    "record_leaving",
    "remove_absence",
    "set_capacity",
    "set_language",
    "set_presence",
    "set_skill",
    "set_territories",
]


@action
def add_person(
    *,
    family_name: Annotated[str, Ask(gettext_lazy("Family name"))],
    given_name: Annotated[str, Ask(gettext_lazy("Given name"))] = "",
    unit: Unit,
    position: Annotated[Position | None, Ask(gettext_lazy("Position"))] = None,
    email: Annotated[str, Ask(gettext_lazy("E-mail"))] = "",
    phone: Annotated[str, Ask(gettext_lazy("Phone"))] = "",
    seniority: Annotated[int, Ask(gettext_lazy("Seniority"), help=gettext_lazy("1 to 5"))] = 2,
    roles: Annotated[Sequence[str], Ask(gettext_lazy("Roles"), choices=tuple(ROLES.items()))] = (),
    calendar: Annotated[WorkingCalendar | None, Ask(gettext_lazy("Working calendar"))] = None,
    reports_to: Annotated[Person | None, Ask(gettext_lazy("Reports to"))] = None,
    takes_work: Annotated[bool, Ask(gettext_lazy("Takes assigned work"))] = True,
    by: Actor,
) -> Person:
    """Take somebody in who works here; without a calendar every hour counts as working time.

    Raises Invalid, EmailTaken, UnitIsClosed, HasLeft (of a superior).
    """
    permit(by, kind="person")
    person = Person(
        family_name=family_name.strip(),
        given_name=given_name.strip(),
        unit=hold(unit),
        position=position,
        email=email.strip(),
        phone=phone.strip(),
        seniority=seniority,
        roles=[role for role in ROLES if role in roles] + sorted(set(roles) - set(ROLES)),
        calendar=calendar,
        reports_to=hold(reports_to) if reports_to is not None else None,
        takes_work=takes_work,
    )
    refuse_wrong(person)
    person.save()
    record(PersonAdded(person=person, unit=person.unit))
    return person


@action
def change_person(
    *, person: Person, changes: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Actor
) -> Person:
    """Change fields; `seen` are the values the editor saw. Who has left takes no work any more."""
    person = hold(person)
    permit(by, person)
    changed = apply_changes(person, changes, seen=seen)
    if changed:
        if "takes_work" in changed and person.takes_work:
            refuse_left(person, "/takes_work")
        refuse_wrong(person, among=tuple(changed))
        person.save()
        record(PersonChanged(person=person, changes=changed))
    return person


@action
def record_leaving(
    *, person: Person, on: Annotated[date, Ask(gettext_lazy("Last day"))], by: Actor
) -> Person:
    """Note that somebody leaves: they take no work any more, and the log counts what others have to take over.

    Raises HasLeft where that is noted already, LastAdministrator where nobody else could set things up.
    """
    person = hold(person)
    permit(by, person)
    refuse_left(person)
    user = User.objects.filter(person=person, is_active=True).first()
    if user is not None and (user.is_superuser or ADMINISTRATOR in person.roles):
        keep_an_administrator(user)
    person.left_on, person.takes_work = on, False
    person.save()
    record(PersonLeft(person=person, on=on, open_work=open_work_of(person.pk)))
    return person
