"""What service forgets when a contact's personal data are erased."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import SYSTEM, Actor, Event, action, record
from kinflow.eventlog.erasure import forget
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader

from .cases.models import Case


@dataclass(frozen=True, kw_only=True)
class CaseTextsErased(Event):
    """What was written about an erased contact in service requests is gone."""

    contact: Contact
    cases: list[Case] = field(default_factory=list)
    icon = "trash"
    sentence = _("{by} erased what service requests said about {contact}")


@action
def erase_case_texts(*, contact: Contact, by: Actor) -> None:
    """Blank subject, description and solution of the contact's cases, there and in the log."""
    cases = list(Case.objects.select_for_update(of=("self",)).filter(contact=contact).order_by("pk"))
    for case in cases:
        case.subject = case.description = case.solution = ""
        case.save()
        forget("case", case.pk)
    if cases:
        record(CaseTextsErased(contact=contact, cases=cases))


erasing = reader("service-erasure", from_start=True)


@erasing.on("customers.contact_erased")
def after_erasure(entry: Entry) -> None:
    """Follow the erasure of a contact."""
    mention = entry.mentions.get(role="contact")
    contact = Contact.objects.get(pk=mention.object_id)
    erase_case_texts(contact=contact, by=SYSTEM.because_of(entry.pk, entry.depth))
