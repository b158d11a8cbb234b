"""Replays of scorings over the past, the items that each would have moved, and weights learnt from outcomes."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.eventlog import Recorded
from kinflow.kit.problem import Conflict
from kinflow.organisation.people.models import WORK_KINDS

from ..scorings.models import Scoring

WAITING, DONE, CANCELLED, FAILED = "waiting", "done", "cancelled", "failed"
STATES = [
    (WAITING, pgettext_lazy("replay", "Running")),
    (DONE, pgettext_lazy("replay", "Done")),
    (CANCELLED, pgettext_lazy("replay", "Cancelled")),
    (FAILED, pgettext_lazy("replay", "Failed")),
]


class NotRunning(Conflict):
    """The replay ended already."""

    code = "not-running"


class ScoringReplay(Recorded):
    """What a scoring's content would have given out in a period; `figures` holds what came of it.

    `number` is the version replayed, None where the content is a draft that no version has.
    """

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="replays")
    kind = models.CharField(_("kind of work"), max_length=20, choices=WORK_KINDS)
    content = models.JSONField(default=dict)
    number = models.PositiveIntegerField(_("version"), null=True)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("to"))
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=WAITING)
    figures = models.JSONField(default=dict)
    fault = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(null=True)

    class Meta(Recorded.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["scoring", "-id"], name="replay_of_scoring"),
            models.Index(fields=["state"], name="replay_running", condition=models.Q(state=WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.scoring} {self.pk}"

    @property
    def last(self) -> date:
        """The last day of the period."""
        return timezone.localdate(self.until - timedelta(seconds=1))

    @property
    def is_running(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state == WAITING


class ReplayProgress(models.Model):
    """How far a replay is; no part of the domain."""

    replay = models.OneToOneField(ScoringReplay, models.CASCADE, primary_key=True, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.replay_id}: {self.percent} %"

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return 100 * self.done // self.total if self.total else 0


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


class WeightLearning(Recorded):
    """Weights proposed from how work ended; nobody's until a person takes them into a version.

    `criteria` are those of version `number`; `proposed` holds a weight, low and high for each of them, and of how much
    they were learnt.
    """

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="learnings")
    number = models.PositiveIntegerField(_("version"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("to"))
    criteria = models.JSONField(default=list)
    proposed = models.JSONField(default=dict)
    made_by = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(_("made"))

    class Meta(Recorded.Meta):
        ordering = ["-id"]
        indexes = [models.Index(fields=["scoring", "-id"], name="learning_of_scoring")]

    def __str__(self) -> str:
        return f"{self.scoring} {self.pk}"

    @property
    def last(self) -> date:
        """The last day of the period."""
        return timezone.localdate(self.until - timedelta(seconds=1))
