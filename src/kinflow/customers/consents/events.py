"""What contacts decide about being contacted."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, personal

from ..contacts.models import Contact
from .models import CHANNELS, PURPOSES


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """A contact allows to be contacted on a channel for a purpose."""

    contact: Contact
    channel: str
    purpose: str
    basis: str = personal(default="")
    topic = "marketing"
    icon = "check"
    words = {"channel": dict(CHANNELS), "purpose": dict(PURPOSES)}
    sentence = _("{contact} agrees to {purpose} by {channel} (noted by {by})")


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A contact does not want to be contacted on a channel for a purpose."""

    contact: Contact
    channel: str
    purpose: str
    basis: str = personal(default="")
    topic = "marketing"
    icon = "x"
    words = {"channel": dict(CHANNELS), "purpose": dict(PURPOSES)}
    sentence = _("{contact} does not agree to {purpose} by {channel} (noted by {by})")
