"""Erasing a person: what stands in the rows of this package, and what the log says about them."""

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.eventlog import Actor, action, hold, record
from kinflow.eventlog.erasure import forget
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.api.telling import as_json
from kinflow.records.faces import Ask
from kinflow.records.importing.keeping import forget_rows_naming
from kinflow.web.once import forget_answers

from ..activities.models import Activity
from ..consents.models import Consent
from .events import ContactErased
from .models import Contact, ContactPoint, Membership
from .reaching import refuse_erased
from .rules import CALLED

BLANKED = (
    "family_name",
    "given_name",
    "title",
    "department",
    "email",
    "phone",
    "province",
    "city",
    "birthday",
    "notes",
)


@action
def erase_contact(
    *,
    contact: Contact,
    reason: Annotated[str, Ask(gettext_lazy("Reason"), help=gettext_lazy("This cannot be undone."))],
    by: Actor,
) -> Contact:
    """Delete a person's data for good: the contact's, its points and consents, its activities' texts, and in the log.

    What happened, when and by whom stays. Packages above react to `ContactErased`. Raises Invalid for an empty reason.
    """
    contact = hold(contact)
    permit(by, contact)
    refuse_erased(contact)
    reason = reason.strip()
    if not reason:
        raise Invalid(errors=[FieldError("/reason", _("Say why, for those who check it later."))])
    _forget_answers(contact)
    _forget_rejected_rows(contact)
    for name in BLANKED:
        setattr(contact, name, "")
    contact.account, contact.erased_at = None, timezone.now()
    contact.save()
    for parts in (ContactPoint, Membership, Consent):
        for part in parts.objects.filter(contact=contact):
            part.delete()
    activities = _blanked_activities(contact)
    forget("contact", contact.pk)
    for activity in activities:
        forget("activity", activity.pk)
    record(ContactErased(contact=contact, reason=reason, activities=activities))
    return contact


def _forget_answers(contact: Contact) -> None:
    """What the API still keeps to say once more, where it tells of the contact."""
    points = contact.points.values_list("value", flat=True)
    named, pointed = (
        as_json({"id": contact.pk, "kind": "contact"}),
        as_json({"kind": "contact", "id": contact.pk}),
    )
    told = [named.decode().strip("{}"), f"{pointed.decode().strip('{}')},"]
    forget_answers([*told, contact.email, contact.phone, *points])


def _forget_rejected_rows(contact: Contact) -> None:
    """Rows about the contact that imports could not take, and that are still kept to be corrected."""
    points = list(contact.points.values_list("kind", "value"))
    emails = [value for kind, value in points if kind == "email"]
    phones = [value for kind, value in points if kind in CALLED]
    forget_rows_naming([contact.email, *emails], [contact.phone, *phones])


def _blanked_activities(contact: Contact) -> list[Activity]:
    found = list(Activity.objects.select_for_update().filter(contact=contact).order_by("pk"))
    for activity in found:
        activity.subject = activity.outcome = activity.notes = ""
        activity.subjects = {}
        activity.save()
    return found
