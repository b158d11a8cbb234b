"""Replays of scorings over the past, the items that each would have moved, and weights learnt from outcomes."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.organisation.people.models import WORK_KINDS
from kinflow.records.long_work.models import WAITING, AskedWork

from ..scorings.models import Scoring

FAULTS = {
    "no_kind": _("There is no such kind of work any more."),
    "unreadable": _("What should be looked at cannot be read any more. Save the scoring anew."),
}
"""Why replays and learning fail."""


class ScoringWork(AskedWork):
    """Work on a `scoring` and a period, `since` to `until`; `PLACE` is where it is shown below the scoring."""

    PLACE: ClassVar[str]
    scoring: Scoring
    scoring_id: int
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("to"))

    class Meta(AskedWork.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.scoring} {self.pk}"

    @property
    def address(self) -> str:
        """Where it is shown."""
        return f"/scorings/{self.scoring_id}/{self.PLACE}/{self.pk}/"

    @property
    def last(self) -> date:
        """The last day of the period."""
        return timezone.localdate(self.until - timedelta(seconds=1))


class ScoringReplay(ScoringWork):
    """What a scoring's content would have given out in a period; `figures` holds what came of it.

    `number` is the version replayed, None where the content is a draft that no version has.
    """

    PLACE = "replays"

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="replays")
    kind = models.CharField(_("kind of work"), max_length=20, choices=WORK_KINDS)
    content = models.JSONField(default=dict)
    number = models.PositiveIntegerField(_("version"), null=True)
    figures = models.JSONField(default=dict)

    class Meta(ScoringWork.Meta):
        indexes = [
            models.Index(fields=["scoring", "-id"], name="replay_of_scoring"),
            models.Index(fields=["state"], name="replay_running", condition=models.Q(state=WAITING)),
        ]


class ReplayMove(models.Model):
    """One item that would have gone to somebody else (`after`; None: to nobody); no part of the domain.

    `points_before` and `points_after` are both by the content replayed, None for who could not have got it. `is_on_card`:
    the score card of then tells of the new person. `is_own`: replaying the version of then moves it as well.
    """

    replay = models.ForeignKey(ScoringReplay, models.CASCADE, related_name="moves")
    at = models.DateTimeField()
    object_id = models.BigIntegerField()
    before = models.ForeignKey(
        "organisation.Person",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    after = models.ForeignKey(
        "organisation.Person",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    points_before = models.FloatField(null=True)
    points_after = models.FloatField(null=True)
    is_on_card = models.BooleanField(default=False)
    is_own = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["replay", "id"], name="replay_move_order")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.object_id}: {self.before_id} → {self.after_id}"


class WeightLearning(ScoringWork):
    """Weights proposed from how work ended; nobody's until a person takes them into a version.

    `criteria` are those of version `number`; `proposed` holds a weight, low and high for each of them, and of how much
    they were learnt; it is empty until the worker is done.
    """

    PLACE = "learning"

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="learnings")
    number = models.PositiveIntegerField(_("version"))
    criteria = models.JSONField(default=list)
    proposed = models.JSONField(default=dict)

    class Meta(ScoringWork.Meta):
        indexes = [models.Index(fields=["scoring", "-id"], name="learning_of_scoring")]
