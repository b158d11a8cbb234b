"""The models of the customers."""

from .accounts.models import Account
from .activities.models import Activity
from .consents.models import Consent
from .contacts.models import Contact, ContactPoint, Membership

__all__ = ["Account", "Activity", "Consent", "Contact", "ContactPoint", "Membership"]
