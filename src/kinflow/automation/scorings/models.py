"""The scoring and its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.organisation.people.models import WORK_KINDS
from kinflow.records.models import Record


class Scoring(Record):
    """How the person is found for the items of one kind that meet a condition; the first that fits by position counts."""

    kind = models.CharField(_("kind of work"), max_length=20, choices=WORK_KINDS)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    condition = models.JSONField(_("for which items"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    is_active = models.BooleanField(_("active"), default=True)
    shipped_as = models.CharField(max_length=20, blank=True, default="", editable=False)
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="scoring_name_once")]
        ordering = ["kind", "position", "id"]

    def __str__(self) -> str:
        return self.name


class ScoringVersion(Recorded):
    """One version of a scoring; written once, never changed."""

    scoring = models.ForeignKey(Scoring, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    eligibility = models.JSONField(_("eligibility"), default=list)
    criteria = models.JSONField(_("criteria"), default=list)
    fallback = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    minimum_points = models.FloatField(_("minimum points"), null=True, blank=True)
    tell = models.JSONField(_("who is told"), default=list)
    offer = models.JSONField(_("offers instead of giving"), null=True, blank=True, default=None)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.CharField(_("made by"), max_length=200, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["scoring", "number"], name="scoring_version_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.scoring_id} v{self.number}"

    def whole(self) -> Scoring:
        """The scoring."""
        return self.scoring

    def content(self) -> dict[str, object]:
        """What the version says, as plain values."""
        return {
            "eligibility": self.eligibility,
            "criteria": self.criteria,
            "fallback": self.fallback_id,
            "minimum_points": self.minimum_points,
            "tell": self.tell,
            "offer": self.offer,
        }
