"""Proposals to move open work, and the moves of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.kit.problem import Conflict

CAUSES = [
    ("absence", _("Absence")),
    ("leaving", _("Leaving")),
    ("overload", _("Overload")),
    ("reorganisation", _("Reorganisation")),
    ("by_hand", _("By hand")),
]
STATES = [("proposed", _("proposed")), ("applied", _("applied")), ("undone", _("taken back"))]
MOVE_STATES = [
    ("planned", _("planned")),
    ("done", _("done")),
    ("skipped", _("skipped")),
    ("undone", _("taken back")),
    ("kept", _("not taken back")),
]
REASONS = [
    ("moved", _("somebody else has it meanwhile")),
    ("closed", _("it is closed meanwhile")),
    ("left", _("the person does not work here any more")),
    ("full", _("the person has no room any more")),
]


class NotProposed(Conflict):
    """The proposal was applied already, or taken back."""

    code = "not-proposed"


class Rebalancing(Recorded):
    """A proposal: whose work of which kinds was looked at, why, at what price of a move, and what came of it.

    `unit` and `owner` are those of who asked; team leads see the proposals of their units. `figures` holds the points
    gained, the items looked at, those that stay for want of a place, and everybody's load before and after.
    """

    cause = models.CharField(_("cause"), max_length=20, choices=CAUSES)
    people = models.JSONField(_("whose work"), default=list)
    kinds = models.JSONField(_("kinds of work"), default=list)
    price = models.DecimalField(_("price of a move"), max_digits=8, decimal_places=2, default=5)
    most = models.PositiveIntegerField(_("at most a person"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="proposed")
    figures = models.JSONField(default=dict)
    owner = models.ForeignKey("organisation.Person", models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(Recorded.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.pk}"


class RebalancingMove(models.Model):
    """One item that goes from one person to another; not part of the domain: the log tells all of it."""

    rebalancing = models.ForeignKey(Rebalancing, models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300, default="")
    before = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    after = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    gain = models.FloatField(default=0.0)
    card = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=MOVE_STATES, default="planned")
    reason = models.CharField(max_length=10, choices=REASONS, default="")
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rebalancing", "kind", "object_id"], name="rebalancing_move_once")
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.before_id} → {self.after_id}"
