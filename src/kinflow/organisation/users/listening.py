"""The sign-in machinery speaks in signals: here they become events."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from .actors import actor_of
from .lock_out import tell_lock
from .models import User
from .recording import note_password, note_second_factor, note_sign_in


@receiver(user_logged_in)
def tell_sign_in(user: User, **_signal: Any) -> None:
    """Somebody signed in."""
    note_sign_in(user=user, by=actor_of(user))


@receiver([account.password_changed, account.password_set, account.password_reset])
def tell_password(user: User, **_signal: Any) -> None:
    """A password is another one."""
    note_password(user=user, by=actor_of(user))


@receiver([mfa.authenticator_added, mfa.authenticator_removed])
def tell_second_factor(user: User, authenticator: Authenticator, signal: Any, **_more: Any) -> None:
    """A second factor came or went; recovery codes come and go with it."""
    if authenticator.type == Authenticator.Type.TOTP:
        note_second_factor(user=user, is_on=signal is mfa.authenticator_added, by=actor_of(user))


user_locked_out.connect(tell_lock, dispatch_uid="kinflow.organisation.users.lock")
