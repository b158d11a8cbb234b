"""What can be asked about consent."""

from ..contacts.models import Contact
from .models import Consent


def may_contact(contact: Contact, channel: str, purpose: str) -> bool:
    """Whether the contact has agreed; without a decision it has not."""
    return Consent.objects.filter(contact=contact, channel=channel, purpose=purpose, is_given=True).exists()


def consents_of(contact: Contact) -> list[Consent]:
    """The latest decisions of the contact, by channel and purpose."""
    return list(Consent.objects.filter(contact=contact).order_by("channel", "purpose"))
