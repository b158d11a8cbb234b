"""What happens to contacts."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, personal, typed
from kinflow.kit import phones
from kinflow.organisation.people.models import Person

from ..accounts.models import Account
from ..activities.models import Activity
from .models import POINT_KINDS, Contact


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    """A person became known to us."""

    contact: Contact
    account: Account | None = None
    source: str = ""
    icon = "user"
    sentence = _("{by} added contact {contact}")


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    """Fields of a contact got other values."""

    contact: Contact
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {contact}")


@dataclass(frozen=True, kw_only=True)
class ContactPointAdded(Event):
    """There is one more way to reach a contact."""

    contact: Contact
    kind: str
    value: str = personal(default="")
    icon = "phone"
    words = {"kind": dict(POINT_KINDS), "value": lambda value, _told: phones.display(str(value))}
    sentence = _("{by} noted for {contact}: {kind} {value}")


@dataclass(frozen=True, kw_only=True)
class ContactPointRemoved(Event):
    """A way to reach a contact is no longer right."""

    contact: Contact
    kind: str
    value: str = personal(default="")
    icon = "x"
    words = {"kind": dict(POINT_KINDS), "value": lambda value, _told: phones.display(str(value))}
    sentence = _("{by} removed from {contact}: {kind} {value}")


@dataclass(frozen=True, kw_only=True)
class AccountJoined(Event):
    """A contact belongs to an account from now on."""

    contact: Contact
    account: Account
    role: str = personal(default="")
    icon = "building"
    sentence = _("{by} noted that {contact} belongs to {account}")


@dataclass(frozen=True, kw_only=True)
class AccountLeft(Event):
    """A contact belongs to an account no longer."""

    contact: Contact
    account: Account
    icon = "building"
    sentence = _("{by} noted that {contact} has left {account}")


@dataclass(frozen=True, kw_only=True)
class ContactErased(Event):
    """A person's data were deleted for good, here and in the log; the activities with them lost their texts."""

    contact: Contact
    reason: str = ""
    activities: list[Activity] = field(default_factory=list)
    icon = "trash"
    sentence = _("{by} erased the personal data of {contact}: {reason}")


@dataclass(frozen=True, kw_only=True)
class ContactAssigned(Event):
    """Somebody looks after a contact from now on."""

    contact: Contact
    person: Person | None
    before: Person | None = None
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {contact} to {person}")


@dataclass(frozen=True, kw_only=True)
class ContactTakenBack(Event):
    """A contact is gone again, since the import that brought it was undone."""

    contact: Contact
    icon = "undo"
    sentence = _("{by} took back {contact}: the import was undone")
