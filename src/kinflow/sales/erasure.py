"""What sales forgets when a contact's personal data are erased."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import SYSTEM, Actor, Event, action, record
from kinflow.eventlog.erasure import forget
from kinflow.eventlog.models import Entry
from kinflow.eventlog.readers import reader

from .leads.models import Lead
from .opportunities.models import Opportunity


@dataclass(frozen=True, kw_only=True)
class SalesTextsErased(Event):
    """What was written about an erased contact in leads and opportunities is gone."""

    contact: Contact
    leads: list[Lead] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    icon = "trash"
    sentence = _("{by} erased what sales had written about {contact}")


@action
def erase_sales_texts(*, contact: Contact, by: Actor) -> None:
    """Blank notes and need of the contact's leads and the notes of its opportunities, there and in the log.

    An opportunity that is called by a lead's need is called by its account from then on.
    """
    leads = list(Lead.objects.select_for_update(of=("self",)).filter(contact=contact).order_by("pk"))
    needs = {lead.need for lead in leads if lead.need}
    for lead in leads:
        lead.need = lead.notes = lead.source_detail = ""
        lead.save()
        forget("lead", lead.pk)
    theirs = Opportunity.objects.select_for_update(of=("self",)).filter(contact=contact).order_by("pk")
    opportunities = list(theirs)
    for opportunity in opportunities:
        opportunity.notes = ""
        if any(need.startswith(opportunity.name) for need in needs):
            opportunity.name = str(opportunity.account)
        opportunity.save()
        forget("opportunity", opportunity.pk)
    forget("contact", contact.pk)
    if leads or opportunities:
        record(SalesTextsErased(contact=contact, leads=leads, opportunities=opportunities))


erasing = reader("sales-erasure", from_start=True)


@erasing.on("customers.contact_erased")
def after_erasure(entry: Entry) -> None:
    """Follow the erasure of a contact."""
    mention = entry.mentions.get(role="contact")
    contact = Contact.objects.get(pk=mention.object_id)
    erase_sales_texts(contact=contact, by=SYSTEM.because_of(entry.pk, entry.depth))
