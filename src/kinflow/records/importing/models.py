"""The run of an import, what it made, and the rows it could not take."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Record

STATES = [
    ("draft", pgettext_lazy("import", "Being prepared")),
    ("waiting", pgettext_lazy("import", "Waiting")),
    ("running", pgettext_lazy("import", "Running")),
    ("done", pgettext_lazy("import", "Done")),
    ("cancelled", pgettext_lazy("import", "Cancelled")),
    ("failed", pgettext_lazy("import", "Failed")),
    ("undoing", pgettext_lazy("import", "Being undone")),
    ("undone", pgettext_lazy("import", "Undone")),
]
ACTIVE = ("waiting", "running", "undoing")
"""States in which the worker has something to do."""


class ImportRun(Record):
    """One file on its way into the records.

    `last_row` is the number of the last row that was taken or refused, committed together with what the rows made, so
    that a run goes on where it stood. `started_by` is who started it, as they were then.
    """

    kind = models.CharField(_("kind"), max_length=40)
    name = models.CharField(_("file"), max_length=200)
    place = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True)
    size = models.BigIntegerField(_("size"), default=0)
    headers: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    mapping: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=60, default="UTC")
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="draft")
    progress = models.FloatField(_("progress"), default=0.0)
    last_row = models.BigIntegerField(default=0)
    read = models.PositiveIntegerField(_("rows read"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    matched = models.PositiveIntegerField(_("already known"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    made: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    kept = models.PositiveIntegerField(_("kept"), default=0)
    fault = models.TextField(_("fault"), blank=True, default="")
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    started_by: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner_id", "id"], name="importrun_owner"),
            models.Index(fields=["state"], name="importrun_active", condition=models.Q(state__in=ACTIVE)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state in ACTIVE

    @property
    def percent(self) -> int:
        """How much of the file is read, 0 to 100."""
        return int(self.progress * 100)


class ImportedRecord(models.Model):
    """A record that a run made, and whether it is still there: "made", "removed" or "kept" after an undo."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="records")
    row = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    state = models.CharField(max_length=8, default="made")

    class Meta:
        indexes = [models.Index(fields=["run", "kind", "state", "id"], name="imported_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class ImportReject(models.Model):
    """A row that was not taken: its cells as texts, and why."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rejects")
    number = models.BigIntegerField()
    cells: "models.JSONField[Any, Any]" = models.JSONField()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["run", "number"], name="import_reject_order")]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"
