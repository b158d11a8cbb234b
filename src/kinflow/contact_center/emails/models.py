"""The incoming e-mail, its thread and its attachments."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

from .rules import STATUSES, UNANSWERED


class Thread(Record):
    """The e-mails of one exchange; `key` is the first message's id."""

    subject = models.CharField(_("subject"), max_length=500, blank=True, default="")
    key = models.CharField(max_length=300, unique=True)
    case = models.ForeignKey(
        "service.Case", models.PROTECT, null=True, blank=True, related_name="threads", verbose_name=_("case")
    )

    def __str__(self) -> str:
        return self.subject


class Email(Record, Owned):
    """One message that came in, as it was understood; the raw message is kept as a file under its `digest`."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="emails", verbose_name=_("thread"))
    message_id = models.CharField(max_length=300, unique=True)
    sender_name = models.CharField(_("sender"), max_length=300, blank=True, default="")
    sender = models.CharField(_("from"), max_length=254, blank=True, default="")
    recipients = ArrayField(models.CharField(max_length=254), verbose_name=_("to"), default=list)
    subject = models.CharField(_("subject"), max_length=500, blank=True, default="")
    text = models.TextField(_("text"), blank=True, default="")
    fresh_text = models.TextField(_("new text"), blank=True, default="")
    html = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default="new")
    contact = models.ForeignKey(
        "customers.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="emails",
        verbose_name=_("contact"),
    )
    account = models.ForeignKey(
        "customers.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="emails",
        verbose_name=_("account"),
    )
    case = models.ForeignKey(
        "service.Case", models.PROTECT, null=True, blank=True, related_name="emails", verbose_name=_("case")
    )
    product = models.ForeignKey(
        "catalogue.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product"),
    )
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    is_automatic = models.BooleanField(_("automatic"), default=False)
    problems = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "status", "id"], name="email_owner"),
            models.Index(fields=["unit", "id"], name="email_unit"),
            models.Index(fields=["status", "id"], name="email_status"),
            models.Index(fields=["sender", "id"], name="email_sender"),
        ]

    def __str__(self) -> str:
        return self.subject or self.sender

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.status in UNANSWERED


class Attachment(Recorded):
    """A file that came with an e-mail; its bytes lie in the file store under their SHA-256."""

    email = models.ForeignKey(Email, models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(max_length=300, blank=True, default="")

    def __str__(self) -> str:
        return self.name

    def whole(self) -> Email:
        """The e-mail."""
        return self.email
