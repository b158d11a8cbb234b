"""What-ifs kept: the moves, the calibration that they change, and the figures before and after."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.kit.problem import Conflict

from ...definitions.models import Process
from ..calibrating.models import STATES, WAITING, Calibration

USUAL_TIMES, MOST_TIMES = 20, 200
"""Plays of each side: as usual, at most."""


class NotCalibrated(Conflict):
    """There is nothing yet that moves could change."""

    code = "not-calibrated"


class WhatIf(Recorded):
    """Moves applied to the scenario of a calibration, and what came of playing both.

    `moves` is a list as `moves.told_move` writes them, `figures` as `comparing.compared`; `finding` is the key of the
    finding that it was tried for.
    """

    process = models.ForeignKey(Process, models.CASCADE, related_name="what_ifs")
    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="what_ifs")
    moves = models.JSONField(default=list)
    times = models.PositiveSmallIntegerField(_("plays"), default=USUAL_TIMES)
    finding = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=WAITING)
    figures = models.JSONField(default=dict)
    fault = models.CharField(max_length=40, blank=True, default="")
    made_by = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta(Recorded.Meta):
        ordering = ["-id"]
        indexes = [models.Index(fields=["process", "-id"], name="what_if_of_process")]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.pk}"

    @property
    def is_running(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state == WAITING

    def whole(self) -> Process:
        """The process."""
        return self.process


class WhatIfProgress(models.Model):
    """How far a what-if is, 0 to 100; no part of the domain."""

    what_if = models.OneToOneField(WhatIf, models.CASCADE, primary_key=True, related_name="progress")
    percent = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.what_if_id}: {self.percent} %"
