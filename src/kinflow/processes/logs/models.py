"""The imported log."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.records.long_work.models import WAITING, LongWork
from kinflow.records.models import Record

from ..definitions.models import Process
from .kinds import LABELS, OBJECT_CENTRIC
from .reading import How

STATES = [
    ("draft", pgettext_lazy("log", "Being prepared")),
    ("waiting", pgettext_lazy("log", "Being read")),
    ("ready", pgettext_lazy("log", "Ready")),
    ("failed", pgettext_lazy("log", "Failed")),
    ("cancelled", pgettext_lazy("log", "Cancelled")),
]
OPEN = ("draft", "failed", "cancelled")
"""States in which it can be decided how the file is read."""


class ImportedLog(LongWork, Record):
    """A log of another system: the file as it was given, how it is read, and what came of it.

    `look` is what was found in the file: `columns` of a table (header, role), `object_types` (name, objects,
    mentions, events). `how` says how it is read, as `reading.How`. `counts` tells what was left out, as `growing.Read`.
    """

    ENDS_WELL = "ready"

    name = models.CharField(_("name"), max_length=120)
    file = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=list(LABELS.items()))
    place = models.CharField(max_length=64, editable=False)
    size = models.BigIntegerField(_("size"), default=0)
    look = models.JSONField(default=dict, editable=False)
    how = models.JSONField(default=dict, editable=False)
    folder = models.CharField(max_length=64, blank=True, default="", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="draft")
    cases = models.PositiveIntegerField(_("cases"), default=0)
    events = models.PositiveIntegerField(_("events"), default=0)
    activities = models.PositiveIntegerField(_("activities"), default=0)
    first_at = models.DateTimeField(_("first event"), null=True)
    last_at = models.DateTimeField(_("last event"), null=True)
    counts = models.JSONField(default=dict, editable=False)
    process = models.ForeignKey(
        Process, models.PROTECT, null=True, related_name="logs", verbose_name=_("process")
    )
    started_by = models.JSONField(default=dict, editable=False)

    class Meta(Record.Meta):
        indexes = [
            models.Index(
                fields=["state"], name="importedlog_active", condition=models.Q(state__in=(WAITING,))
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it is shown."""
        return f"/imported-log/{self.pk}/"

    @property
    def has_objects(self) -> bool:
        """Whether it can be looked at with several kinds of objects."""
        return self.state == "ready" and self.kind in OBJECT_CENTRIC

    @property
    def reads(self) -> How:
        """How the file is read."""
        told: dict[str, Any] = self.how
        return How(
            roles=told.get("roles", {}),
            zone=told.get("zone", "UTC"),
            lifecycle=told.get("lifecycle", "joined"),
            object_type=told.get("object_type", ""),
        )
