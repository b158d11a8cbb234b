"""What was found in a process's log, kept until the log has grown; and which of it somebody has put aside."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded

from ..definitions.models import Process


class Diagnosis(models.Model):
    """The findings of a process as its log stood after entry `position`; no part of the domain, so not recorded.

    `state` says of which process and log they are, `findings` and `waits` are as `keeping`
    writes them.
    """

    process = models.OneToOneField(Process, models.CASCADE, related_name="diagnosis")
    state = models.CharField(max_length=200)
    position = models.BigIntegerField(default=0)
    findings = models.JSONField(default=list)
    waits = models.JSONField(default=list)
    cases = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.process_id} at {self.position}"


class Dismissal(Recorded):
    """A finding that somebody does not want to see among the others any more, and why."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="dismissals")
    finding = models.CharField(max_length=500)
    reason = models.TextField(_("reason"))
    by_name = models.CharField(max_length=200, default="")
    dismissed_at = models.DateTimeField(default=timezone.now)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["process", "finding"], name="dismissal_once")]

    def __str__(self) -> str:
        return self.finding

    def whole(self) -> Process:
        """The process."""
        return self.process
