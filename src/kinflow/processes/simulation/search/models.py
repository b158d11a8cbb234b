"""Searches kept: what may be combined, and every choice that was tried with its plays."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...definitions.models import Process
from ..calibrating.models import Calibration
from ..works.models import PlayedWork

USUAL_PLAYS, LEAST_PLAYS, MOST_PLAYS = 400, 20, 10_000


class MoveSearch(PlayedWork):
    """A search for the moves that make a process best in time, cost and quality.

    `moves` is a list as `moves.told_move` writes them, `people` has by role by how many people at least and at most it
    changes. `most_cost` limits what everybody's hours cost in a month, `plays` how often is played in all.
    """

    PLACE, KEEPS_BLOCKS = "move-searches", True

    process = models.ForeignKey(Process, models.CASCADE, related_name="move_searches")
    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="move_searches")
    moves = models.JSONField(default=list)
    people = models.JSONField(default=dict)
    most_cost = models.FloatField(null=True)
    plays = models.PositiveIntegerField(_("plays"), default=USUAL_PLAYS)
    seed = models.PositiveIntegerField(default=1)

    class Meta(PlayedWork.Meta):
        indexes = [models.Index(fields=["process", "-id"], name="move_search_of_process")]


class SearchPoint(models.Model):
    """A choice that a search tried, in the order in which it came; no part of the domain.

    `plays` has [time in microseconds, quality] of each, None where no case ended; `target` is how many there will be.
    """

    search = models.ForeignKey(MoveSearch, models.CASCADE, related_name="points")
    place = models.PositiveIntegerField()
    choice = models.JSONField(default=list)
    cost = models.FloatField(default=0.0)
    plays = models.JSONField(default=list)
    target = models.PositiveSmallIntegerField(default=0)
    is_possible = models.BooleanField(default=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["search", "place"], name="search_point_once")]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.choice}"
