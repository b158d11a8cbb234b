"""The instance, its tokens, and what each of them waits for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.records.models import Record

from ..designs.models import ProcessDesign

RUNNING, STUCK, DONE, CANCELLED = "running", "stuck", "done", "cancelled"
STATES = [
    (RUNNING, pgettext_lazy("process", "Running")),
    (STUCK, pgettext_lazy("process", "Stuck")),
    (DONE, pgettext_lazy("process", "Done")),
    (CANCELLED, pgettext_lazy("process", "Cancelled")),
]
OPEN = (RUNNING, STUCK)
EVENT, CONDITION, TOGETHER = "event", "condition", "together"
MOVING = ("number", "state", "results", "last_result", "last_token", "ended_at")
"""What changes of an instance while its tokens move."""
_PART: dict[str, Any] = {"db_index": False, "db_constraint": False}
"""Rows of an instance are found by what is unique of them, which begins with it, and written while it is locked."""


class ProcessInstance(Record):
    """One run of a design's version for one record (`about`).

    `key` says what started it: for one key and record there is one instance. `results` holds what came out of the tasks
    of people, by element; `last_result` the newest. `parent` and `parent_token` are where a call waits for its end.
    `is_shadow`: it only watches what it would have done. No token had a higher number than the newest that stands, or
    than `last_token`.
    """

    design = models.ForeignKey(
        ProcessDesign, models.PROTECT, related_name="instances", verbose_name=_("design"), db_index=False
    )
    number = models.PositiveIntegerField(_("version"))
    about_kind = models.CharField(max_length=40, editable=False)
    about_id = models.BigIntegerField(editable=False)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=RUNNING)
    key = models.CharField(max_length=200, unique=True, editable=False)
    results = models.JSONField(default=dict, editable=False)
    last_result = models.CharField(max_length=20, blank=True, default="", editable=False)
    last_token = models.PositiveIntegerField(default=0, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", editable=False, db_index=False
    )
    parent_token = models.PositiveIntegerField(null=True, editable=False)
    deployment = models.ForeignKey(
        "processes.Deployment",
        models.PROTECT,
        null=True,
        related_name="instances",
        editable=False,
        db_index=False,
    )
    is_shadow = models.BooleanField(_("in shadow"), default=False, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="processinstance_about"),
            models.Index(fields=["design", "state", "id"], name="processinstance_design"),
            models.Index(
                fields=["parent"], name="processinstance_parent", condition=models.Q(parent__isnull=False)
            ),
            models.Index(
                fields=["deployment"],
                name="processinstance_deployment",
                condition=models.Q(deployment__isnull=False),
            ),
            models.Index(fields=["state"], name="processinstance_shadow", condition=models.Q(is_shadow=True)),
        ]

    def __str__(self) -> str:
        return f"{self.design} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.state in OPEN


class ProcessToken(models.Model):
    """One token: where it stands, since when, and whose task it waits for.

    `state`, `flow`, `scope`, `times` and `done` are as in `marking.Token`.
    `fault` says why it could not go on and `remedy` what to do, each by its message and what stands in it, for
    `automation.said.told`; `happened` at which event that was (its own step's end, or one on its border);
    without one, its own step failed.
    """

    instance = models.ForeignKey(ProcessInstance, models.CASCADE, related_name="tokens", **_PART)
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=200)
    state = models.CharField(max_length=8)
    flow = models.CharField(max_length=200, blank=True, default="")
    scope = models.PositiveIntegerField(default=0)
    times = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    activity_id = models.BigIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    happened = models.CharField(max_length=200, blank=True, default="")
    fault = models.TextField(blank=True, default="")
    remedy = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instance", "number"], name="processtoken_once"),
            models.UniqueConstraint(
                fields=["activity_id"],
                name="processtoken_activity",
                condition=models.Q(activity_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instance_id}.{self.number} at {self.node}"


class ProcessWait(models.Model):
    """A token waits for an event of the instance's record, for a condition to hold, or until enough others wait, too.

    `node` is what happens then; for those that are collected `event` names where (`gathering.gate_of`).
    """

    instance = models.ForeignKey(ProcessInstance, models.CASCADE, related_name="waits", **_PART)
    token = models.PositiveIntegerField()
    node = models.CharField(max_length=200)
    what = models.CharField(max_length=10)
    event = models.CharField(max_length=100, blank=True, default="")
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instance", "token", "node"], name="processwait_once"),
        ]
        indexes = [
            models.Index(fields=["about_kind", "about_id"], name="processwait_about"),
            models.Index(fields=["event", "about_kind", "what"], name="processwait_kinds"),
        ]

    def __str__(self) -> str:
        return f"{self.instance_id}.{self.token} waits for {self.event or self.what}"
