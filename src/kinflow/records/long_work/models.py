"""What all long work has in common in its row, and how far the worker is with it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.eventlog import Recorded
from kinflow.kit.problem import Conflict

WAITING, DONE, CANCELLED, FAILED = "waiting", "done", "cancelled", "failed"
STATES = [
    (WAITING, pgettext_lazy("long work", "Running")),
    (DONE, pgettext_lazy("long work", "Done")),
    (CANCELLED, pgettext_lazy("long work", "Cancelled")),
    (FAILED, pgettext_lazy("long work", "Failed")),
]


class NotRunning(Conflict):
    """The work ended already."""

    code = "not-running"
    title = _("This ended already")


class LongWork(Recorded):
    """A row that the worker has something to do with while it is `waiting`.

    `fault` is why it failed: a word that its `Work` has words for, or the words themselves.
    """

    ENDS_WELL: ClassVar[str] = DONE
    KEEPS_BLOCKS: ClassVar[bool] = False
    """Whether its blocks stay when it ends, since it can go on from there."""

    state = models.CharField(_("state"), max_length=10, choices=STATES, default=WAITING)
    fault = models.TextField(_("fault"), blank=True, default="")
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta(Recorded.Meta):
        abstract = True

    @property
    def address(self) -> str:
        """Where it is shown; `cancel/` below it ends it."""
        raise NotImplementedError

    @property
    def is_running(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state == WAITING


class AskedWork(LongWork):
    """Long work that begins when somebody asks for it: its row is the work."""

    made_by = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta(LongWork.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["-id"]


class WorkProgress(models.Model):
    """How far the worker is with a row of long work; no part of the domain, gone when the work ends.

    `stage` is a word that its `Work` has words for, which may name `done` and `total`.
    """

    kind = models.CharField(max_length=40)
    number = models.BigIntegerField()
    share = models.FloatField(default=0.0)
    stage = models.CharField(max_length=40, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="work_progress_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.share:.0%}"


class WorkBlock(models.Model):
    """Parts of a row of long work that one worker does in one go, about a second's work; no part of the domain.

    `results` has what came of each of the `parts`, in their order, as JSON in words: each number stays the same to the
    last bit, those that are none, too. It is None while they are to be done; `seconds` is what they took. The blocks of a
    `round` make room for those of the next.
    """

    kind = models.CharField(max_length=40)
    number = models.BigIntegerField()
    round = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    parts = models.JSONField(default=list)
    results = models.TextField(null=True)
    seconds = models.FloatField(null=True)

    class Meta:
        ordering = ["round", "place"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "round", "place"], name="work_block_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.round}.{self.place}"
