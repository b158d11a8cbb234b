"""The deployment, the group that each record has in it, and the moves of running instances to another version."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.automation.said import told
from kinflow.eventlog import Recorded
from kinflow.records.models import Record

from ..designs.models import ProcessDesign

ALL, SHARE, CONDITION, SHADOW = "all", "share", "condition", "shadow"
WAYS = [
    (ALL, _("All new cases")),
    (SHARE, _("A random share of new cases")),
    (CONDITION, _("New cases for which a condition holds")),
    (SHADOW, _("In shadow: it only watches")),
]
BEFORE, NONE = "before", "none"
COMPARISONS = [(BEFORE, _("The version in operation so far")), (NONE, _("No process"))]
RUNNING, ENDED, RETURNED = "running", "ended", "returned"
STATES = [
    (RUNNING, pgettext_lazy("deployment", "Running")),
    (ENDED, pgettext_lazy("deployment", "Ended")),
    (RETURNED, pgettext_lazy("deployment", "Returned")),
]
NEW, COMPARED, WATCHED = "new", "comparison", "shadow"
GROUPS = [
    (NEW, _("New version")),
    (COMPARED, pgettext_lazy("group", "Comparison")),
    (WATCHED, _("Watched in shadow")),
]


class Deployment(Record):
    """How version `number` of a design goes live, beside or after version `before`; one runs for a design at a time.

    `trigger` is what starts instances by itself ({"event", "condition"}), `guards` the figures that are watched:
    [{"figure", "limit", "least"}]. What is expected, said at `expected_at`: `goals` are improvements [{"figure", "by"}],
    `promise` the differences that were foretold [{"figure", "value", "low", "high"}], `milestone` the step of a process
    until which hours are counted, too ({"process", "step"}, or nothing).
    """

    design = models.ForeignKey(
        ProcessDesign, models.PROTECT, related_name="deployments", verbose_name=_("design")
    )
    number = models.PositiveIntegerField(_("version"))
    before = models.PositiveIntegerField(_("version before"), null=True, editable=False)
    way = models.CharField(_("for"), max_length=10, choices=WAYS)
    share = models.PositiveSmallIntegerField(_("share in percent"), default=100)
    condition = models.JSONField(default=dict)
    comparison = models.CharField(_("compared with"), max_length=10, choices=COMPARISONS, default=BEFORE)
    trigger = models.JSONField(default=dict)
    guards = models.JSONField(default=list)
    is_guarded = models.BooleanField(_("guards are on"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=RUNNING)
    ended_at = models.DateTimeField(_("ended"), null=True)
    horizon_days = models.PositiveSmallIntegerField(_("days that each record is followed"), default=14)
    found = models.CharField(_("what was found"), max_length=1000, blank=True, default="")
    goals = models.JSONField(default=list)
    promise = models.JSONField(default=list)
    milestone = models.JSONField(default=dict)
    expected_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["design"], name="deployment_one_runs", condition=models.Q(state=RUNNING)
            )
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.design} v{self.number}"


class Placement(Recorded):
    """The group that a record has in a deployment, from the moment it was first asked for; never changed."""

    deployment = models.ForeignKey(Deployment, models.PROTECT, related_name="placements")
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    group = models.CharField(_("group"), max_length=10, choices=GROUPS)
    number = models.PositiveIntegerField(null=True)
    placed_at = models.DateTimeField(default=timezone.now)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["deployment", "about_kind", "about_id"], name="placement_once")
        ]
        indexes = [models.Index(fields=["about_kind", "about_id"], name="placement_about")]

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id}: {self.group}"

    def whole(self) -> Any:
        """The deployment."""
        return self.deployment


class VersionMove(models.Model):
    """Running instances of a design that are taken from one version to another; how far it has come.

    `mapping` gives for each element of the old version the same step of the new one. `stayed` says by reason, as it is
    kept, how many could not be moved. Not part of the domain: what it does to instances is told by their own events.
    """

    design = models.ForeignKey(ProcessDesign, models.CASCADE, related_name="moves")
    number = models.PositiveIntegerField()
    to = models.PositiveIntegerField()
    mapping = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    by_id = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=20)
    by_name = models.CharField(max_length=200)
    total = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    stayed = models.JSONField(default=dict)
    last_id = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.design_id} v{self.number} to v{self.to}"

    @property
    def reasons(self) -> dict[str, int]:
        """How many stayed, by reason in the reader's language."""
        return {told(why): count for why, count in self.stayed.items()}
