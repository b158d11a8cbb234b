"""The decision table and its versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record


class DecisionTable(Record):
    """What follows from what, for records of one kind.

    `matter` names the matter (`records.matters`) whose facts its conditions may ask about besides the record, if it is a
    policy's. `number` is the newest version, `live_number` the one that counts (none: only drafts).
    """

    kind = models.CharField(_("kind of record"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    matter = models.CharField(max_length=40, blank=True, default="", editable=False)
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)
    live_number = models.PositiveIntegerField(_("version that counts"), null=True, editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["name"], name="decisiontable_name_once")]
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class DecisionVersion(Recorded):
    """One version of a decision table; written once, never changed. `content` is as `drafts` reads it."""

    table = models.ForeignKey(DecisionTable, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.CharField(_("made by"), max_length=200, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="decisionversion_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.table_id} v{self.number}"

    def whole(self) -> DecisionTable:
        """The table."""
        return self.table
