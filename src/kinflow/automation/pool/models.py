"""Pools with their versions, and who holds what of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.organisation.people.models import WORK_KINDS
from kinflow.records.models import Record


class Pool(Record):
    """Items of one kind that meet a condition, and by which policy they are claimed and come back.

    An item belongs to the first active pool, by position, whose condition it meets.
    """

    kind = models.CharField(_("kind of work"), max_length=20, choices=WORK_KINDS)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    condition = models.JSONField(_("for which items"), default=dict, blank=True)
    policy = models.JSONField(_("policy"), default=dict)
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    is_active = models.BooleanField(_("active"), default=True)
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="pool_name_once")]
        ordering = ["kind", "position", "id"]

    def __str__(self) -> str:
        return self.name


class PoolVersion(Recorded):
    """One version of a pool; written once, never changed."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    condition = models.JSONField(_("for which items"), default=dict)
    policy = models.JSONField(_("policy"), default=dict)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.CharField(_("made by"), max_length=200, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["pool", "number"], name="pool_version_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.pool_id} v{self.number}"

    def whole(self) -> Pool:
        """The pool."""
        return self.pool


ENDS = [
    ("put_back", _("put back")),
    ("taken_back", _("taken back")),
    ("neglected", _("went back by itself")),
    ("handed_back", _("handed back")),
    ("moved", _("went to somebody else")),
    ("done", _("is done")),
    ("left", _("belongs to no pool any more")),
]


class PoolHolding(models.Model):
    """One person's time with one item of a pool; not part of the domain: the log tells all of it.

    `is_resting` marks the last holding of what lies in the pool since it came back, and is not given out by scorings.
    """

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="holdings")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    since = models.DateTimeField()
    is_claim = models.BooleanField(default=False)
    warned_at = models.DateTimeField(null=True)
    returns_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=12, choices=ENDS, default="")
    locked_until = models.DateTimeField(null=True)
    is_resting = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=models.Q(ended_at=None), name="pool_holding_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "kind", "since"], name="pool_holding_person"),
            models.Index(fields=["kind", "object_id", "id"], name="pool_holding_item"),
            models.Index(
                fields=["kind", "object_id"],
                condition=models.Q(is_resting=True),
                name="pool_resting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} of {self.person_id}"
