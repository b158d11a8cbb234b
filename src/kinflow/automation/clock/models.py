"""A moment: who is to be told, and when. Not part of the domain, so not recorded: what is done then is."""

from django.db import models


class Moment(models.Model):
    """Something that is due; `handler` and `key` name it, so that setting it again moves it.

    `at` is empty where its handler failed so often that it rests until somebody looks.
    """

    handler = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    at = models.DateTimeField(null=True)
    payload = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(db_default=0)
    error = models.TextField(db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handler", "key"], name="moment_once")]
        indexes = [models.Index(fields=["at"], name="moment_due", condition=models.Q(at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.handler} {self.key} at {self.at}"
