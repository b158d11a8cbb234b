"""What can be done with the ways to reach a contact."""

from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid, NotFound
from kinflow.records.access import permit
from kinflow.records.faces import Ask

from .events import ContactPointAdded, ContactPointRemoved
from .models import POINT_KINDS, Contact, ContactPoint
from .reaching import PointKnown, checked, drop_point, points_like, put_point, refuse_erased
from .rules import MAIN_OF, one_form


@action
def add_contact_point(
    *,
    contact: Contact,
    kind: Annotated[str, Ask(gettext_lazy("Kind"), choices=POINT_KINDS)],
    value: Annotated[str, Ask(gettext_lazy("Number, address or name"))],
    label: Annotated[str, Ask(gettext_lazy("Label"))] = "",
    by: Actor,
) -> ContactPoint:
    """Note one more way to reach a contact; the first of its kind becomes the main one.

    Raises Invalid for a value that is not of its kind, PointKnown where the contact has it already.
    """
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    if kind not in dict(POINT_KINDS):
        raise Invalid(errors=[FieldError("/kind", _("Choose one of the values."))])
    form = checked(kind, value, contact.country, "/value")
    if points_like(contact, kind).filter(value=form).exists():
        raise PointKnown(
            _("%(contact)s has %(value)s already.") % {"contact": contact.name, "value": form},
            field="/value",
            remedy=_("Nothing needs to be done."),
        )
    before = contact.email, contact.phone
    put_point(contact, kind, value, form, label=label)
    if (contact.email, contact.phone) != before:
        contact.save()
    record(ContactPointAdded(contact=contact, kind=kind, value=form))
    return ContactPoint.objects.get(contact=contact, kind=kind, value=form)


@action
def remove_contact_point(*, point: ContactPoint, by: Actor) -> Contact:
    """Take away a way to reach a contact; another of its kind becomes the main one where it was that."""
    contact = hold(point.contact)
    permit(by, contact)
    refuse_erased(contact)
    found = ContactPoint.objects.filter(pk=point.pk, contact=contact).first()
    if found is None:
        raise NotFound(_("This was removed meanwhile."))
    found.contact = contact
    before = contact.email, contact.phone
    drop_point(found)
    if (contact.email, contact.phone) != before:
        contact.save()
    record(ContactPointRemoved(contact=contact, kind=found.kind, value=found.value))
    return contact


@action
def forget_contact_point(
    *, contact: Contact, value: Annotated[str, Ask(gettext_lazy("Number, address or name"))], by: Actor
) -> Contact:
    """Take away the way to reach the contact that has this value, in any spelling.

    Raises Invalid where the contact has no such value.
    """
    permit(by, contact)
    for point in ContactPoint.objects.filter(contact=contact).order_by("pk"):
        if value.strip() in (point.value, point.given) or (
            point.kind in MAIN_OF and one_form(point.kind, value, contact.country) == point.value
        ):
            return remove_contact_point(point=point, by=by)
    raise Invalid(errors=[FieldError("/value", _("The contact has no such number or address."))])
