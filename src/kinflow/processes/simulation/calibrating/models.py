"""Calibrations kept: the scenario that a process's log makes, how it was found, and how well it foretells."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.eventlog import Recorded
from kinflow.kit.problem import Conflict

from ...definitions.models import Process

WAITING, DONE, CANCELLED, FAILED = "waiting", "done", "cancelled", "failed"
STATES = [
    (WAITING, pgettext_lazy("calibration", "Running")),
    (DONE, pgettext_lazy("calibration", "Done")),
    (CANCELLED, pgettext_lazy("calibration", "Cancelled")),
    (FAILED, pgettext_lazy("calibration", "Failed")),
]


class NotRunning(Conflict):
    """The calibration ended already."""

    code = "not-running"


class AlreadyRunning(Conflict):
    """The process is being calibrated."""

    code = "already-running"


class Calibration(Recorded):
    """The scenario of a process as its log stood then.

    `scenario` is as `written.told_scenario` writes it, `facts` as `facts.facts_of`, `holdout` as `written.told_check`.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="calibrations")
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=WAITING)
    scenario = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    holdout = models.JSONField(default=dict)
    fault = models.CharField(max_length=40, blank=True, default="")
    made_by = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta(Recorded.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["process", "-id"], name="calibration_of_process"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(state=WAITING), name="calibration_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.pk}"

    @property
    def is_running(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state == WAITING

    def whole(self) -> Process:
        """The process."""
        return self.process


class CalibrationProgress(models.Model):
    """How far a calibration is, 0 to 100; no part of the domain."""

    calibration = models.OneToOneField(Calibration, models.CASCADE, primary_key=True, related_name="progress")
    percent = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.calibration_id}: {self.percent} %"
