"""What the doors remember: answers to writes that may be asked for again."""

from django.db import models
from django.utils import timezone


class KeptAnswer(models.Model):
    """The answer to a write that carried an idempotency key; kept for a day. No part of the domain, so not recorded."""

    caller = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("caller", "key", name="web_keptanswer_once")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
