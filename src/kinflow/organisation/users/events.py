"""What happens to sign-ins; no secret is ever among it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Event
from kinflow.records.access import ROLES

from ..people.models import Person


@dataclass(frozen=True, kw_only=True)
class UserCreated(Event):
    """Somebody got a sign-in."""

    person: Person | None
    login: str
    icon = "user"
    sentence = _("{by} created the sign-in “{login}” of {person}")


@dataclass(frozen=True, kw_only=True)
class UserInvited(Event):
    """A person was invited by e-mail to choose a password."""

    person: Person
    login: str
    icon = "mail"
    sentence = _("{by} invited {person} to sign in")


@dataclass(frozen=True, kw_only=True)
class UserDisabled(Event):
    """A sign-in was switched off; its sessions and tokens end with it."""

    person: Person | None
    login: str
    icon = "x"
    sentence = _("{by} disabled the sign-in “{login}” of {person}")


@dataclass(frozen=True, kw_only=True)
class UserEnabled(Event):
    """A sign-in was switched on again."""

    person: Person | None
    login: str
    icon = "check"
    sentence = _("{by} enabled the sign-in “{login}” of {person}")


@dataclass(frozen=True, kw_only=True)
class RolesSet(Event):
    """A person has other roles."""

    person: Person
    before: list[str]
    roles: list[str]
    icon = "users"
    words = {"before": ROLES, "roles": ROLES}
    sentence = _("{by} gave {person} the roles: {roles}")


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in."""

    person: Person | None
    login: str
    icon = "user"
    sentence = _("{person} signed in as “{login}”")


@dataclass(frozen=True, kw_only=True)
class SignInLocked(Event):
    """Too many wrong passwords: the sign-in waits."""

    person: Person | None
    login: str
    icon = "x"
    sentence = _("The sign-in “{login}” of {person} was locked after too many wrong passwords")


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A password was set or changed."""

    person: Person | None
    login: str
    icon = "edit"
    sentence = _("The password of {person} (“{login}”) was changed")


@dataclass(frozen=True, kw_only=True)
class SecondFactorSet(Event):
    """A second factor was added or taken away."""

    person: Person | None
    login: str
    is_on: bool
    icon = "edit"
    words = {"is_on": {"True": _("on"), "False": _("off")}}
    sentence = _("The second factor of {person} (“{login}”) was switched {is_on}")


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    """An administrator took away the second factor of somebody who cannot give it any more."""

    person: Person | None
    login: str
    icon = "edit"
    sentence = _("{by} took the second factor of {person} (“{login}”) away")


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """All other sessions of a sign-in were ended."""

    person: Person | None
    login: str
    icon = "x"
    sentence = _("{by} signed {person} (“{login}”) out everywhere")


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Event):
    """A program may act for somebody from now on."""

    person: Person | None
    login: str
    token_name: str
    scopes: list[str]
    expires_at: datetime | None = None
    icon = "check"
    sentence = _("{by} issued the token “{token_name}” for {login}: {scopes}")


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Event):
    """A token holds no longer."""

    person: Person | None
    login: str
    token_name: str
    icon = "x"
    sentence = _("{by} revoked the token “{token_name}” of {login}")
