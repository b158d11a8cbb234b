"""How sign-in is done here: nobody signs up by themselves, errors in our words, secrets encrypted where they are kept."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kinflow.web.callers import address_of


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by name or e-mail and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Name or password is not right."),
        "email_password_mismatch": _("Name or password is not right."),
        "invalid_login": _("Name or password is not right."),
        "account_inactive": _("Name or password is not right."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("Give your present password."),
        "incorrect_code": _("This code is not right. Codes change every 30 seconds; take the newest."),
        "invalid_password_reset": _("This link was used already or is too old. Ask for a new one."),
        "rate_limited": _("Too many tries. Wait a little, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait a little, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: administrators invite people."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address, as everywhere else."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count no wrong passwords here: the lock-out does, by name and address, so that nobody locks out another."""
        self._login_failed_rl_usage = None

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing that the page that follows does not say anyway."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Changes are in the log; no e-mail besides."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: codes of an app, and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": SignInAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return _locks().decrypt(encrypted_text.encode()).decode()


def _locks() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"kinflow second factor" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
