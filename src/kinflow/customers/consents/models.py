"""The consent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record

CHANNELS = [("email", _("E-mail")), ("phone", _("Phone")), ("sms", _("SMS")), ("chat", _("Chat"))]
PURPOSES = [("marketing", _("Marketing")), ("service", _("Service")), ("research", _("Surveys"))]


class Consent(Record):
    """Whether a contact allows to be contacted on a channel for a purpose, and how we know."""

    contact = models.ForeignKey("customers.Contact", models.PROTECT, related_name="consents")
    channel = models.CharField(_("channel"), max_length=10, choices=CHANNELS)
    purpose = models.CharField(_("purpose"), max_length=12, choices=PURPOSES, default="marketing")
    is_given = models.BooleanField(_("given"))
    basis = models.CharField(_("how we know"), max_length=300, blank=True, default="")
    decided_at = models.DateTimeField(_("decided"))

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["contact", "channel", "purpose"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.channel}/{self.purpose}: {self.is_given}"

    def whole(self) -> Recorded:
        """The contact: a consent is part of its history."""
        return self.contact
