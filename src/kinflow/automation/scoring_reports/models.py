"""What the log tells of scorings, kept narrow so that a million assignments are counted at once."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..scorings.models import Scoring

GIVEN, LEFT, OVERRIDDEN, HANDED_BACK = "given", "left", "overridden", "handed_back"
WHATS = [
    (GIVEN, _("Given out")),
    (LEFT, _("Left over")),
    (OVERRIDDEN, _("Overridden")),
    (HANDED_BACK, _("Handed back")),
]


def _outside(to: Any) -> Any:
    """A link without a constraint: the log may name what is gone."""
    return models.ForeignKey(
        to, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )


class ScoringOutcome(models.Model):
    """One thing that became of a scoring's decision; not part of the domain: its entry in the log tells all of it.

    `person` got the item (or handed it back), `by` decided otherwise. `points` are theirs, `best` those of the best
    person on the score card, `candidates` all on it as [person, points]. `reason` is what excluded most people.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    scoring = models.ForeignKey(
        Scoring, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    what = models.CharField(max_length=12, choices=WHATS)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    person = _outside("organisation.Person")
    by = _outside("organisation.Person")
    points = models.FloatField(null=True)
    best = models.FloatField(null=True)
    candidates = models.JSONField(default=list)
    reason = models.CharField(max_length=60, default="")

    class Meta:
        indexes = [
            models.Index(fields=["scoring", "what", "at", "entry_id"], name="outcome_in_time"),
            models.Index(fields=["kind", "object_id", "entry_id"], name="outcome_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.kind} {self.object_id}"


class ScoringWeek(models.Model):
    """What the best matching could have reached with a week's assignments, counted when the week is over."""

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="+", db_constraint=False)
    week = models.DateField()
    items = models.PositiveIntegerField()
    possible = models.FloatField()
    considered = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scoring", "week"], name="scoring_week_once")]

    def __str__(self) -> str:
        return f"{self.scoring_id}: {self.week}"
