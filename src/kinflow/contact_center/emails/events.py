"""What happens to e-mails."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kinflow.customers.accounts.models import Account
from kinflow.customers.contacts.models import Contact
from kinflow.eventlog import Event, personal, typed
from kinflow.organisation.people.models import Person
from kinflow.service.cases.models import Case

from .models import Email, Thread


@dataclass(frozen=True, kw_only=True)
class EmailReceived(Event):
    """Somebody wrote."""

    email: Email
    thread: Thread
    contact: Contact | None = None
    account: Account | None = None
    case: Case | None = None
    sender: str = personal(default="")
    topic = "contact"
    icon = "mail"
    sentence = _("{by} received e-mail {email}")


@dataclass(frozen=True, kw_only=True)
class AutomaticEmailReceived(Event):
    """A machine wrote: a failed delivery, a receipt, an automatic reply, a newsletter."""

    email: Email
    thread: Thread
    contact: Contact | None = None
    account: Account | None = None
    case: Case | None = None
    kind: str = ""
    sender: str = personal(default="")
    topic = "contact"
    icon = "mail"
    words = {
        "kind": {
            "bounce": _("failed delivery"),
            "receipt": _("receipt"),
            "reply": _("automatic reply"),
            "notice": _("notice"),
            "list": _("newsletter or list"),
        }
    }
    sentence = _("{by} received automatic e-mail {email} ({kind})")


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Event):
    """Fields of an e-mail got other values."""

    email: Email
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {email}")


@dataclass(frozen=True, kw_only=True)
class EmailAssigned(Event):
    """An e-mail found its person."""

    email: Email
    person: Person | None
    before: Person | None = None
    card: dict[str, Any] = field(default_factory=dict)
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {email} to {person}")


@dataclass(frozen=True, kw_only=True)
class EmailAnswered(Event):
    """The sender got an answer."""

    email: Email
    contact: Contact | None = None
    case: Case | None = None
    text: str = personal(default="")
    topic = "contact"
    icon = "reply"
    sentence = _("{by} answered {email}")


@dataclass(frozen=True, kw_only=True)
class EmailIgnored(Event):
    """The e-mail needs no answer."""

    email: Email
    reason: str = ""
    topic = "contact"
    icon = "x"
    sentence = _("{by} decided that {email} needs no answer")


@dataclass(frozen=True, kw_only=True)
class EmailReopened(Event):
    """The e-mail needs an answer after all."""

    email: Email
    topic = "contact"
    icon = "refresh"
    sentence = _("{by} reopened {email}")


@dataclass(frozen=True, kw_only=True)
class EmailJoinedToCase(Event):
    """The e-mail, and its thread, belong to a case."""

    email: Email
    thread: Thread
    case: Case
    topic = "service"
    icon = "link"
    sentence = _("{by} joined {email} to case {case}")
