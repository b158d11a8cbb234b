"""Calibrations kept: the scenario that a process's log makes, how it was found, and how well it foretells."""

from django.db import models

from kinflow.kit.problem import Conflict
from kinflow.records.long_work.models import WAITING

from ...definitions.models import Process
from ..works.models import ProcessWork


class AlreadyRunning(Conflict):
    """The process is being calibrated."""

    code = "already-running"


class Calibration(ProcessWork):
    """The scenario of a process as its log stood then.

    `scenario` is as `written.told_scenario` writes it, `facts` as `facts.facts_of`, `holdout` as `written.told_check`.
    """

    PLACE = "simulation"

    process = models.ForeignKey(Process, models.CASCADE, related_name="calibrations")
    scenario = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    holdout = models.JSONField(default=dict)

    class Meta(ProcessWork.Meta):
        indexes = [
            models.Index(fields=["process", "-id"], name="calibration_of_process"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(state=WAITING), name="calibration_runs_once"
            ),
        ]

    @property
    def address(self) -> str:
        """The tab, which shows the newest."""
        return f"/processes/{self.process.key}/{self.PLACE}/"
