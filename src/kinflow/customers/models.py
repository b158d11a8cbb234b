"""The models of the customers."""

from .accounts.models import Account
from .activities.models import Activity
from .consents.models import Consent
from .contacts.models import Contact, ContactPoint, Membership
from .duplicates.models import AccountLikeness, ContactLikeness

__all__ = [
    "Account",
    "AccountLikeness",
    "Activity",
    "Consent",
    "Contact",
    "ContactLikeness",
    "ContactPoint",
    "Membership",
]
