"""Secrets of channels and webhooks: locked with the installation's key before they are kept."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Problem


class SecretLost(Problem):
    """The installation's key is another than when the secret was kept."""

    code = "secret-lost"
    title = gettext_lazy("This secret cannot be read any more")


def lock(text: str) -> str:
    """The secret as it is kept."""
    return _locks().encrypt(text.encode()).decode()


def unlock(kept: str) -> str:
    """The secret as it is used. Raises SecretLost."""
    try:
        return _locks().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise SecretLost(
            _("It was kept with another key of this installation."), remedy=_("Give it once more.")
        ) from None


def masked(text: str) -> str:
    """What may be seen of a secret: its last four characters, where it is long enough to be none by that."""
    return f"…{text[-4:]}" if len(text) >= 20 else "…"


def _locks() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"kinflow messages" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
