"""What-ifs kept: the moves, the calibration that they change, and the figures before and after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.kit.problem import Conflict

from ...definitions.models import Process
from ..calibrating.models import Calibration
from ..works.models import PlayedWork

USUAL_TIMES, MOST_TIMES = 20, 200
"""Plays of each side: as usual, at most."""


class NotCalibrated(Conflict):
    """There is nothing yet that moves could change."""

    code = "not-calibrated"


class WhatIf(PlayedWork):
    """Moves applied to the scenario of a calibration, and what came of playing both.

    `moves` is a list as `moves.told_move` writes them, `figures` as `comparing.Pair.figures`; `finding` is the key of the
    finding that it was tried for.
    """

    PLACE = "what-ifs"

    process = models.ForeignKey(Process, models.CASCADE, related_name="what_ifs")
    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="what_ifs")
    moves = models.JSONField(default=list)
    times = models.PositiveSmallIntegerField(_("plays"), default=USUAL_TIMES)
    finding = models.CharField(max_length=500, blank=True, default="")
    figures = models.JSONField(default=dict)

    class Meta(PlayedWork.Meta):
        indexes = [models.Index(fields=["process", "-id"], name="what_if_of_process")]
