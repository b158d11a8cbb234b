"""The numbers of the satisfaction model that a process keeps."""

from django.db import models
from django.utils import timezone

from kinflow.eventlog import Recorded

from ...definitions.models import Process


class SatisfactionModel(Recorded):
    """What a process reckons expected satisfaction with; `numbers` is empty after the stated ones were taken again."""

    process = models.OneToOneField(Process, models.CASCADE, related_name="satisfaction_model")
    numbers = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200, default="")
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.process_id}: {self.numbers}"

    def whole(self) -> Process:
        """The process."""
        return self.process
