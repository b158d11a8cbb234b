"""Receivers of webhooks, and what became of each entry that was for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.records.models import Record

STATES = [
    ("waiting", _("waiting")),
    ("sending", _("being sent")),
    ("sent", _("sent")),
    ("failed", _("failed")),
]


class Webhook(Record):
    """A receiver: which events it is told of, where, and under which condition; `secret` signs and is kept locked."""

    name = models.CharField(_("name"), max_length=120)
    url = models.CharField(_("address"), max_length=1000)
    secret = models.TextField(_("secret"))
    events = models.JSONField(_("events"), default=list)
    kind = models.CharField(_("about"), max_length=40, blank=True, default="")
    condition = models.JSONField(_("only if"), default=dict, blank=True)
    person = models.ForeignKey("organisation.Person", models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(_("active"), default=True)
    stopped_because = models.CharField(max_length=300, blank=True, default="")

    class Meta(Record.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One call to one receiver, until it was heard; not part of the domain: the log has what it tells.

    `key` makes it once: the entry of the log, or the step of a rule. `body` is what was sent, byte by byte.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=200)
    event = models.CharField(max_length=120)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "key"], name="webhook_delivery_once")]
        indexes = [models.Index(fields=["webhook", "-id"], name="webhook_delivery_newest")]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.key}: {self.state}"
