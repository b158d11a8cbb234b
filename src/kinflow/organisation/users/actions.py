"""All that can be done with sign-ins and tokens."""

import functools
from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused
from kinflow.records.access import ADMINISTRATOR, ROLES, permit

from ..people.models import Person
from .administrators import keep_an_administrator
from .events import (
    RolesSet,
    SecondFactorReset,
    SessionsEnded,
    TokenIssued,
    TokenRevoked,
    UserCreated,
    UserDisabled,
    UserEnabled,
    UserInvited,
)
from .invitations import send_invitation
from .models import Token, User
from .scopes import checked_scopes
from .token_texts import digest_of, hint_of, new_text


class SecondFactorIsOff(Conflict):
    """There is no second factor to take away."""

    code = "second-factor-off"


@action
def create_user(
    *,
    login: str,
    person: Person | None = None,
    email: str = "",
    password: str = "",
    language: str = "",
    is_superuser: bool = False,
    by: Actor,
) -> User:
    """Make a sign-in; without a password nobody can use it before one is chosen by e-mail.

    Raises Invalid for a login that is empty, taken or too long, a weak password, and a person with a sign-in.
    """
    permit(by, kind="user")
    login = login.strip()
    user = User(username=login, email=email or (person.email if person else ""), language=language)
    user.person, user.is_superuser = person, is_superuser
    if password:
        _check_password(password, user)
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Invalid(
            errors=[FieldError(f"/{n}", " ".join(m)) for n, m in error.message_dict.items()]
        ) from None
    user.save()
    record(UserCreated(person=person, login=login))
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(errors=[FieldError("/password", " ".join(error.messages))]) from None


@action
def invite_user(*, person: Person, by: Actor) -> User:
    """Let a person sign in: a sign-in named after their e-mail, and an e-mail to choose a password.

    Raises Invalid where the person has no e-mail address.
    """
    permit(by, kind="user")
    if not person.email:
        raise Invalid(errors=[FieldError("/email", _("This person has no e-mail address."))])
    user = User.objects.filter(person=person).first()
    if user is None:
        user = create_user(login=person.email, person=person, by=by)
    record(UserInvited(person=person, login=user.username))
    transaction.on_commit(functools.partial(send_invitation, user))
    return user


@action
def disable_user(*, user: User, by: Actor) -> User:
    """Switch a sign-in off: its sessions and tokens end at once.

    Raises LastAdministrator where nobody would be left to set things up.
    """
    permit(by, user)
    keep_an_administrator(user)
    user.is_active = False
    user.session_round += 1
    user.save(update_fields=["is_active", "session_round"])
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    record(UserDisabled(person=user.person, login=user.username))
    return user


@action
def enable_user(*, user: User, by: Actor) -> User:
    """Switch a sign-in on again; its old tokens stay revoked."""
    permit(by, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(UserEnabled(person=user.person, login=user.username))
    return user


@action
def reset_second_factor(*, user: User, by: Actor) -> User:
    """Take away the second factor, and the recovery codes, of somebody who has lost them.

    Raises SecondFactorIsOff where there is none.
    """
    permit(by, user)
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        raise SecondFactorIsOff(_("This sign-in has no second factor."))
    Authenticator.objects.filter(user=user).delete()
    record(SecondFactorReset(person=user.person, login=user.username))
    return user


@action
def set_roles(*, person: Person, roles: Sequence[str], by: Actor) -> Person:
    """Give a person exactly these roles.

    Raises Invalid for unknown roles, LastAdministrator where nobody would be left to set things up.
    """
    permit(by, kind="user")
    if unknown := set(roles) - set(ROLES):
        raise Invalid(
            errors=[FieldError("/roles", _("There is no role “%(role)s”.") % {"role": min(unknown)[:40]})]
        )
    person = hold(person)
    before, wanted = list(person.roles), [role for role in ROLES if role in roles]
    user = User.objects.filter(person=person).first()
    if user is not None and ADMINISTRATOR in before and ADMINISTRATOR not in wanted and not user.is_superuser:
        keep_an_administrator(user)
    if set(before) != set(wanted):
        person.roles = wanted
        person.save()
        record(RolesSet(person=person, before=before, roles=wanted))
    return person


@action
def end_sessions(*, user: User, by: Actor) -> User:
    """End every session of a sign-in, the running one too."""
    permit(by, user)
    user.session_round += 1
    user.save(update_fields=["session_round"])
    record(SessionsEnded(person=user.person, login=user.username))
    return user


@action
def issue_token(
    *, user: User, name: str, scopes: Sequence[str], expires_at: datetime | None = None, by: Actor
) -> tuple[Token, str]:
    """Make a token that acts for the user; returns it with its text, which is kept nowhere.

    Raises Refused where a token asks for another, Invalid without a name, for unknown scopes, or an end that is past.
    """
    permit(by, user)
    if by.scopes is not None:
        raise Refused(_("A token cannot issue tokens."), remedy=_("Sign in, and issue it yourself."))
    name = name.strip()
    if not 0 < len(name) <= 120:
        raise Invalid(errors=[FieldError("/name", _("Give the token a name of at most 120 characters."))])
    if expires_at is not None and expires_at <= timezone.now():
        raise Invalid(errors=[FieldError("/expires_at", _("This time is over already."))])
    wanted, text = checked_scopes(scopes), new_text()
    token = Token(user=user, name=name, scopes=wanted, expires_at=expires_at)
    token.digest, token.hint = digest_of(text), hint_of(text)
    token.save()
    record(
        TokenIssued(
            person=user.person, login=user.username, token_name=name, scopes=wanted, expires_at=expires_at
        )
    )
    return token, text


@action
def revoke_token(*, token: Token, by: Actor) -> Token:
    """Let a token hold no longer, from this moment."""
    permit(by, token)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(TokenRevoked(person=token.user.person, login=token.user.username, token_name=token.name))
    return token
