"""What happens to activities; `about` is the record they serve, a lead or a case for example."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event, personal, typed
from kinflow.organisation.people.models import Person

from ..accounts.models import Account
from ..contacts.models import Contact
from .models import Activity
from .rules import KINDS, RESULTS


@dataclass(frozen=True, kw_only=True)
class ActivityPlanned(Event):
    """Somebody is to do something."""

    activity: Activity
    kind: str
    subject: str = personal(default="")
    account: Account | None = None
    contact: Contact | None = None
    about: Model | None = None
    due_at: Any = None
    topic = "contact"
    icon = "calendar"
    words = {"kind": dict(KINDS)}
    sentence = _("{by} planned {kind}: {activity}")


@dataclass(frozen=True, kw_only=True)
class ActivityStarted(Event):
    """Work on an activity began."""

    activity: Activity
    account: Account | None = None
    contact: Contact | None = None
    about: Model | None = None
    topic = "contact"
    icon = "play"
    sentence = _("{by} started {activity}")


@dataclass(frozen=True, kw_only=True)
class ActivityFinished(Event):
    """An activity was done, with what came out."""

    activity: Activity
    kind: str
    result: str = ""
    outcome: str = personal(default="")
    account: Account | None = None
    contact: Contact | None = None
    about: Model | None = None
    topic = "contact"
    icon = "check"
    words = {"kind": dict(KINDS), "result": dict(RESULTS)}
    sentence = _("{by} finished {activity}: {result}")


@dataclass(frozen=True, kw_only=True)
class ActivityCancelled(Event):
    """An activity will not be done after all."""

    activity: Activity
    reason: str = personal(default="")
    account: Account | None = None
    contact: Contact | None = None
    about: Model | None = None
    topic = "contact"
    icon = "x"
    sentence = _("{by} cancelled {activity}: {reason}")


@dataclass(frozen=True, kw_only=True)
class ActivityChanged(Event):
    """Fields of an activity got other values."""

    activity: Activity
    changes: dict[str, list[Any]] = personal(default_factory=dict)
    icon = "edit"
    sentence = _("{by} changed {changes} of {activity}")


@dataclass(frozen=True, kw_only=True)
class ActivityAssigned(Event):
    """An activity found its person."""

    activity: Activity
    person: Person | None
    before: Person | None = None
    card: dict[str, Any] = field(default_factory=dict)
    reason: str = typed(default="")
    topic = "assignment"
    icon = "user"
    sentence = _("{by} gave {activity} to {person}")


@dataclass(frozen=True, kw_only=True)
class ActivityLogged(Event):
    """Something was done and is noted at once: a call, a visit, a note."""

    activity: Activity
    kind: str
    result: str = ""
    outcome: str = personal(default="")
    account: Account | None = None
    contact: Contact | None = None
    about: Model | None = None
    minutes: int = 0
    topic = "contact"
    icon = "note"
    words = {"kind": dict(KINDS), "result": dict(RESULTS)}
    sentence = _("{by} noted {kind}: {activity}")


@dataclass(frozen=True, kw_only=True)
class ActivityTakenBack(Event):
    """An activity is gone again, since the import that brought it was undone."""

    activity: Activity
    icon = "undo"
    sentence = _("{by} took back {activity}: the import was undone")
