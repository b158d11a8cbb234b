"""Sensitivities kept: by how much each input moves time and cost when it alone changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...definitions.models import Process
from ..calibrating.models import Calibration
from ..works.models import PlayedWork

USUAL_TIMES, LEAST_TIMES, MOST_TIMES = 8, 2, 60
PERCENTS = (10, 20)


class Sensitivity(PlayedWork):
    """Every input of a calibrated model, after `moves`, changed by `percent` up and down, played `times` times each.

    `figures` is as `running.Swings.figures`: the process as it is, and of each input what it does, the strongest first.
    """

    PLACE = "sensitivity"

    process = models.ForeignKey(Process, models.CASCADE, related_name="sensitivities")
    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="sensitivities")
    moves = models.JSONField(default=list)
    percent = models.PositiveSmallIntegerField(default=PERCENTS[-1])
    times = models.PositiveSmallIntegerField(_("plays"), default=USUAL_TIMES)
    figures = models.JSONField(default=dict)

    class Meta(PlayedWork.Meta):
        indexes = [models.Index(fields=["process", "-id"], name="sensitivity_of_process")]
