"""One notice; not part of the domain, so not recorded: it can be told again from the log."""

from django.db import models
from django.utils import timezone

from .kinds import KINDS


class Notice(models.Model):
    """What one entry of the log, or one message, means to one person until they read it; `params` name its record."""

    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="notices")
    entry_id = models.BigIntegerField(null=True)
    message = models.OneToOneField("automation.Message", models.CASCADE, null=True, related_name="notice")
    kind = models.CharField(max_length=20, choices=KINDS)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, default="")
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "entry_id"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_person"),
            models.Index(fields=["person"], name="notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: entry {self.entry_id} for {self.person_id}"
