"""The rule of each territory, which territories claim which account, and plans that change rules."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kinflow.eventlog import Recorded
from kinflow.kit.problem import Conflict
from kinflow.organisation.models import Territory

PROPOSED, APPLIED, UNDONE = "proposed", "applied", "undone"
STATES = [
    (PROPOSED, pgettext_lazy("plan of territories", "proposed")),
    (APPLIED, pgettext_lazy("plan of territories", "applied")),
    (UNDONE, pgettext_lazy("plan of territories", "taken back")),
]
USUAL_RANK = 5


class NotOpen(Conflict):
    """The plan was applied already, taken back, or does not fit the rules of today any more."""

    code = "not-open"


class TerritoryRule(Recorded):
    """What a territory claims beside its places: a condition, its rank, and accounts by name.

    A territory without one claims its places with the usual rank.
    """

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="+")
    condition = models.JSONField(_("condition"), default=dict, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=USUAL_RANK)
    named = ArrayField(models.BigIntegerField(), default=list, blank=True)
    left_out = ArrayField(models.BigIntegerField(), default=list, blank=True)

    def __str__(self) -> str:
        return str(self.territory)

    def whole(self) -> Territory:
        """The territory."""
        return self.territory


class AccountTerritory(Recorded):
    """A territory that claims an account: the first of them has it; tied are those that nothing decides between.

    `strength` is smaller the stronger the claim.
    """

    account_id = models.BigIntegerField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="+")
    strength = models.PositiveSmallIntegerField()
    is_first = models.BooleanField()
    is_tied = models.BooleanField()

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["account_id", "territory"], name="account_territory_once")
        ]
        indexes = [models.Index(fields=["territory", "is_first", "account_id"], name="account_territory_of")]

    def __str__(self) -> str:
        return f"{self.territory}: {self.account_id}"

    def whole(self) -> Territory:
        """The territory."""
        return self.territory


class TerritoryPlan(Recorded):
    """A change of one or several rules: what it would move is worked out before anything changes.

    `changes` and `before` are the rules by territory, as `rules.Rule.kept` writes them; `figures` what the change moves.
    """

    changes = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=PROPOSED)
    owner = models.ForeignKey("organisation.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(Recorded.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return _("Plan %(number)d") % {"number": self.pk or 0}


class TerritoryMove(models.Model):
    """An account that a plan moves from one territory (None: from none) to another; not part of the domain."""

    plan = models.ForeignKey(TerritoryPlan, models.CASCADE, related_name="moves")
    account_id = models.BigIntegerField()
    before_id = models.BigIntegerField(null=True)
    after_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "account_id"], name="territory_move_once")]
        ordering = ["id"]
