"""Messages to people, what became of each way they went, what people chose, and the chat channels."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record

from .kinds import APP, DIGESTS, QUIET, STATES, URGENCIES, WAITING, WAYS

SERVICES = [
    ("wecom", _("WeCom")),
    ("dingtalk", _("DingTalk")),
    ("feishu", _("Feishu")),
    ("slack", _("Slack")),
    ("other", _("Another service, by its Apprise address")),
]


class Message(models.Model):
    """What one person is told once, by `key`; not part of the domain: the log tells that it was sent.

    `subject` and `text` are kept in every language they were said in. `kind` and `object_id` name the record.
    """

    key = models.CharField(max_length=200)
    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="messages")
    subject = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    kind = models.CharField(max_length=40, blank=True, default="")
    object_id = models.BigIntegerField(null=True)
    url = models.CharField(max_length=200, blank=True, default="")
    urgency = models.CharField(max_length=10, choices=URGENCIES, default="normal")
    by_kind = models.CharField(max_length=20, default="system")
    by_id = models.CharField(max_length=60, default="")
    by_name = models.CharField(max_length=200, default="")
    caused_by = models.BigIntegerField(null=True)
    depth = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    escalates_at = models.DateTimeField(null=True)
    escalates_to = models.ForeignKey("organisation.Person", models.SET_NULL, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    escalated_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="escalations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="message_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="message_person"),
            models.Index(fields=["kind", "object_id", "-id"], name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.person_id}"


class Channel(Record):
    """A chat group or robot that messages go to: everybody's (`person` empty) or one person's own.

    `address` is a secret and kept locked; `shown_address` is what may be seen of it.
    """

    name = models.CharField(_("name"), max_length=120)
    service = models.CharField(_("service"), max_length=12, choices=SERVICES)
    address = models.TextField(_("address"))
    shown_address = models.CharField(max_length=80, default="")
    person = models.ForeignKey(
        "organisation.Person", models.CASCADE, null=True, blank=True, related_name="channels"
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Record.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def owner_id(self) -> int | None:
        """Whose own it is; nobody's where it is everybody's."""
        return self.person_id


class MessageChoice(Recorded):
    """How messages reach a person: the ways for each urgency, quiet hours, digest."""

    person = models.OneToOneField("organisation.Person", models.CASCADE, related_name="message_choice")
    ways = models.JSONField(default=dict)
    chat = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="+")
    quiet = models.CharField(max_length=10, choices=QUIET, blank=True, default="")
    digest = models.CharField(max_length=10, choices=DIGESTS, blank=True, default="")
    digest_hour = models.PositiveSmallIntegerField(default=8)

    def __str__(self) -> str:
        return f"choices of {self.person_id}"

    @property
    def owner_id(self) -> int:
        """Whose choices they are."""
        return self.person_id


class Delivery(models.Model):
    """One way that one message goes, with its state; `mail_id` names the e-mail, however often it is sent."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10, choices=WAYS, default=APP)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    mail_id = models.CharField(max_length=200, blank=True, default="")
    error = models.TextField(blank=True, default="")
    is_doubtful = models.BooleanField(default=False)
    """Whether a worker ended in the middle of sending, so that it may have arrived twice."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "way"], name="delivery_once")]
        indexes = [
            models.Index(fields=["-id"], name="delivery_failed", condition=models.Q(state="failed")),
            models.Index(fields=["state", "due_at"], name="delivery_open", condition=~models.Q(state="sent")),
        ]

    def __str__(self) -> str:
        return f"{self.mail_id or self.pk}: {self.way} {self.state}"


class MessageTemplate(Record):
    """A text to be sent about records of one kind, in both languages, with fields in braces."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("about"), max_length=40)
    subject = models.JSONField(_("subject"), default=dict)
    text = models.JSONField(_("text"), default=dict)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="message_template_name_once")]
        ordering = ["kind", "name", "id"]

    def __str__(self) -> str:
        return self.name
