"""The sign-in of a person, and access tokens; not part of the domain, so not recorded row by row."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kinflow.kit.loaded import Loaded

THEMES = [("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]


class User(AbstractUser, Loaded):
    """A sign-in; what it may do follows from the person's roles and unit.

    `session_round` counts how often all sessions were ended at once.
    """

    person = models.OneToOneField(
        "organisation.Person", models.PROTECT, null=True, blank=True, related_name="user"
    )
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    theme = models.CharField(_("theme"), max_length=10, blank=True, default="", choices=THEMES)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, default="")
    session_round = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return self.username

    @property
    def owner_id(self) -> int | None:
        """The person whose sign-in this is: it is their own record."""
        return self.person_id

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session must know to be valid: it changes with the password, and when all sessions are ended."""
        key = "kinflow.organisation.users.session"
        known = f"{self.password}:{self.session_round}"
        return salted_hmac(key, known, secret=secret, algorithm="sha256").hexdigest()


class Token(Loaded):
    """An access token for programs; only its SHA-256 is kept. `hint` is how it begins, to know it by."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=120)
    hint = models.CharField(max_length=12, default="", editable=False)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=60), default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def owner_id(self) -> int | None:
        """The person whose token this is."""
        return self.user.person_id
