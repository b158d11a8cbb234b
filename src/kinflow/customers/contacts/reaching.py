"""Keeping a contact's main e-mail and phone in step with all the ways to reach it."""

from typing import Any

from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict, FieldError, Invalid

from .models import Contact, ContactPoint
from .rules import CALLED, MAIN_OF, one_form


class PointKnown(Conflict):
    """The contact has this e-mail, number or name already."""

    code = "point-known"


class ContactIsErased(Conflict):
    """The contact's personal data were deleted for good; it takes no new ones."""

    code = "contact-erased"


def refuse_erased(contact: Contact) -> None:
    """Raise ContactIsErased where the contact's data were deleted."""
    if contact.erased_at is not None:
        raise ContactIsErased(
            _("The personal data of this contact were erased."),
            remedy=_("If the person is in touch again, add a new contact."),
        )


def wrong_point(kind: str, pointer: str) -> FieldError:
    """What to tell where a value is not of its kind."""
    if kind == "email":
        return FieldError(pointer, _("This is not an e-mail address. It looks like name@company.com."))
    if kind in CALLED:
        return FieldError(
            pointer, _("This is not a phone number. Numbers abroad begin with + and the country code.")
        )
    return FieldError(pointer, _("Enter something, at most 300 characters."))


def checked(kind: str, given: str, country: str, pointer: str) -> str:
    """The value in the one form of its kind; Invalid, pointing there, where it is none."""
    value = one_form(kind, given, country or "CN")
    if value is None:
        raise Invalid(errors=[wrong_point(kind, pointer)])
    return value


def points_like(contact: Contact, kind: str) -> Any:
    """The contact's points that share a main one with the kind: phones and mobiles are one family."""
    kinds = [k for k, main in MAIN_OF.items() if main == MAIN_OF.get(kind, "")] or [kind]
    return ContactPoint.objects.filter(contact=contact, kind__in=kinds)


def put_point(
    contact: Contact, kind: str, given: str, value: str, *, label: str = "", main: bool = False
) -> None:
    """Write the point; the first of its family, or one that is meant so, is the main one. The contact is not saved."""
    family = points_like(contact, kind)
    main = main or not family.filter(is_main=True).exists()
    if main:
        for other in family.filter(is_main=True):
            other.is_main = False
            other.save()
    point = family.filter(value=value).first() or ContactPoint(contact=contact, kind=kind, value=value)
    point.given, point.is_main = given.strip()[:300], main
    point.label = label.strip()[:60] or point.label
    point.save()
    if main and kind in MAIN_OF:
        setattr(contact, MAIN_OF[kind], value)


def drop_point(point: ContactPoint) -> None:
    """Remove the point; the oldest other one of its family becomes the main one. The contact is not saved."""
    contact, kind, was_main = point.contact, point.kind, point.is_main
    point.delete()
    if not was_main:
        return
    heir = points_like(contact, kind).order_by("pk").first()
    if heir is not None:
        heir.is_main = True
        heir.save()
    if kind in MAIN_OF:
        setattr(contact, MAIN_OF[kind], heir.value if heir else "")
