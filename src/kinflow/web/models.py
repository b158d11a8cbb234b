"""What the doors remember: answers to writes that may be asked for again, and how often somebody asked."""

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


class TakenPlaces(models.Model):
    """How many requests of somebody web processes have taken places for in a minute; `rates` reads and writes it."""

    pk = models.CompositePrimaryKey("period", "who")
    period = models.BigIntegerField()
    who = models.CharField(max_length=200)
    count = models.BigIntegerField()

    class Meta:
        db_table = "web_takenplaces"

    def __str__(self) -> str:
        return f"{self.who} {self.count}"


class CachedValue(models.Model):
    """A value of Django's cache; all web processes count failed second factors in it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "web_cache"

    def __str__(self) -> str:
        return self.cache_key
