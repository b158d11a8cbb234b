"""What happens when two records are held for the same."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event

from ..accounts.models import Account
from ..contacts.models import Contact
from .rules import REASONS


@dataclass(frozen=True, kw_only=True)
class ContactDuplicateFound(Event):
    """A new or changed contact is most likely one that is known already."""

    contact: Contact
    other: Contact
    reason: str
    icon = "users"
    words = {"reason": dict(REASONS)}
    sentence = _("{by} noticed that {contact} may be the same as {other}: {reason}")


@dataclass(frozen=True, kw_only=True)
class AccountDuplicateFound(Event):
    """A new or changed account is most likely one that is known already."""

    account: Account
    other: Account
    reason: str
    icon = "building"
    words = {"reason": dict(REASONS)}
    sentence = _("{by} noticed that {account} may be the same as {other}: {reason}")


@dataclass(frozen=True, kw_only=True)
class ContactsToldApart(Event):
    """Somebody said that two contacts are not the same, although they are alike."""

    contact: Contact
    other: Contact
    icon = "x"
    sentence = _("{by} said that {contact} and {other} are not the same")


@dataclass(frozen=True, kw_only=True)
class AccountsToldApart(Event):
    """Somebody said that two accounts are not the same, although they are alike."""

    account: Account
    other: Account
    icon = "x"
    sentence = _("{by} said that {account} and {other} are not the same")
