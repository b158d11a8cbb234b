"""What happens to messages, choices, channels and templates."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, typed
from kinflow.organisation.people.models import Person

from ..bilingual import in_active_language
from .kinds import URGENCIES
from .models import Channel, MessageChoice, MessageTemplate


def _said(said: Any, _values: Any) -> str:
    return in_active_language(said) if isinstance(said, str | dict) else str(said)


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """People were told something about a record; each by the ways they chose."""

    about: Model | None
    people: tuple[Person, ...]
    subject: Any = typed()
    urgency: str
    key: str
    topic = "assignment"
    icon = "megaphone"
    words = {"urgency": dict(URGENCIES), "subject": _said}
    sentence = _("{by} told {people}: {subject}")


@dataclass(frozen=True, kw_only=True)
class MessageEscalated(Event):
    """Nobody read a message in time, so somebody else is told."""

    about: Model | None
    person: Person
    to: Person
    subject: Any = typed()
    topic = "assignment"
    icon = "alert"
    words = {"subject": _said}
    sentence = _("{person} did not read “{subject}” in time; {to} was told")


@dataclass(frozen=True, kw_only=True)
class MessageChoicesChanged(Event):
    """Somebody chose how messages reach them."""

    choice: MessageChoice
    person: Person
    sentence = _("{by} chose how messages reach {person}")


@dataclass(frozen=True, kw_only=True)
class ChannelAdded(Event):
    """A chat channel was added."""

    channel: Channel
    service: str
    sentence = _("{by} added the channel {channel}")


@dataclass(frozen=True, kw_only=True)
class ChannelChanged(Event):
    """A chat channel has another name or address; the address is a secret and not told."""

    channel: Channel
    sentence = _("{by} changed the channel {channel}")


@dataclass(frozen=True, kw_only=True)
class ChannelSwitchedOn(Event):
    """A chat channel is in use again."""

    channel: Channel
    sentence = _("{by} switched the channel {channel} on")


@dataclass(frozen=True, kw_only=True)
class ChannelSwitchedOff(Event):
    """Nothing goes to a chat channel any more."""

    channel: Channel
    sentence = _("{by} switched the channel {channel} off")


@dataclass(frozen=True, kw_only=True)
class DeliveryRetried(Event):
    """A message that could not be delivered is tried again."""

    person: Person
    way: str
    sentence = _("{by} let a message to {person} be delivered again")


@dataclass(frozen=True, kw_only=True)
class TemplateAdded(Event):
    """A message template was added."""

    template: MessageTemplate
    sentence = _("{by} added the message template {template}")


@dataclass(frozen=True, kw_only=True)
class TemplateChanged(Event):
    """A message template says something else now."""

    template: MessageTemplate
    sentence = _("{by} changed the message template {template}")
