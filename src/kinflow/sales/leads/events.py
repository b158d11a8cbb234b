"""What happens to leads."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import Event, personal, typed
from kinflow.organisation.people.models import Person

from ..opportunities.models import Opportunity
from .models import Lead
from .rules import REASONS, SOURCES, STAGES


@dataclass(frozen=True, kw_only=True)
class LeadCaptured(Event):
    """Somebody showed interest."""

    lead: Lead
    contact: Contact
    source: str
    need: str = personal(default="")
    topic = "sale"
    icon = "target"
    words = {"source": dict(SOURCES)}
    sentence = _("{by} captured lead {lead} from {contact} ({source})")


@dataclass(frozen=True, kw_only=True)
class LeadChanged(Event):
    """Fields of a lead got other values."""

    lead: Lead
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {lead}")


@dataclass(frozen=True, kw_only=True)
class LeadAssigned(Event):
    """A lead found its person."""

    lead: Lead
    person: Person | None
    before: Person | None = None
    card: dict[str, Any] = field(default_factory=dict)
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {lead} to {person}")


@dataclass(frozen=True, kw_only=True)
class LeadContacted(Event):
    """Somebody spoke with the person behind the lead for the first time."""

    lead: Lead
    contact: Contact
    note: str = personal(default="")
    topic = "contact"
    icon = "phone"
    sentence = _("{by} contacted {contact} about {lead}")


@dataclass(frozen=True, kw_only=True)
class LeadQualified(Event):
    """The interest is real and worth pursuing."""

    lead: Lead
    stage: str = "qualified"
    topic = "sale"
    icon = "check"
    words = {"stage": dict(STAGES)}
    sentence = _("{by} qualified {lead}")


@dataclass(frozen=True, kw_only=True)
class LeadDisqualified(Event):
    """The interest leads nowhere, and why."""

    lead: Lead
    reason: str
    note: str = personal(default="")
    topic = "sale"
    icon = "x"
    words = {"reason": dict(REASONS)}
    sentence = _("{by} disqualified {lead}: {reason}")


@dataclass(frozen=True, kw_only=True)
class LeadReopened(Event):
    """A disqualified lead is worth another look."""

    lead: Lead
    topic = "sale"
    icon = "refresh"
    sentence = _("{by} reopened {lead}")


@dataclass(frozen=True, kw_only=True)
class LeadConverted(Event):
    """A lead became an opportunity; its history goes with it."""

    lead: Lead
    opportunity: Opportunity
    contact: Contact
    topic = "sale"
    icon = "dollar"
    sentence = _("{by} converted {lead} to opportunity {opportunity}")


@dataclass(frozen=True, kw_only=True)
class LeadTakenBack(Event):
    """A lead is gone again, since the import that brought it was undone."""

    lead: Lead
    icon = "undo"
    sentence = _("{by} took back {lead}: the import was undone")
