"""The rule with its versions, and what is kept to run it: runs, what they made, states that hold, how often it fires."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record

RUNNING, WAITING, RETRYING = "running", "waiting", "retrying"
DONE, RESTING, STOPPED, DISMISSED = "done", "resting", "stopped", "dismissed"
STATES = (
    (RUNNING, _("running")),
    (WAITING, _("waits")),
    (RETRYING, _("failed, will be tried again")),
    (DONE, _("done")),
    (RESTING, _("failed, waits for you")),
    (STOPPED, _("stopped")),
    (DISMISSED, _("put aside")),
)
TONES = {DONE: "good", RETRYING: "warn", RESTING: "bad", STOPPED: "bad", WAITING: "accent", RUNNING: "accent"}


class Rule(Record):
    """What is done by itself for records of one kind, with the permissions of its owner."""

    kind = models.CharField(_("kind of record"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    owner = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    hourly_limit = models.PositiveIntegerField(_("at most in an hour"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=False)
    shipped_as = models.CharField(max_length=40, blank=True, default="", editable=False)
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)
    switched_on_at = models.DateTimeField(null=True, editable=False)
    stopped_why = models.CharField(max_length=20, blank=True, default="", editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["name"], name="rule_name_once")]
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class RuleVersion(Recorded):
    """One version of a rule; written once, never changed."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    trigger = models.JSONField(_("when"), default=dict)
    condition = models.JSONField(_("if"), default=dict)
    steps = models.JSONField(_("then"), default=list)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.CharField(_("made by"), max_length=200, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"

    def whole(self) -> Rule:
        """The rule."""
        return self.rule

    def content(self) -> dict[str, object]:
        """What the version says, as plain values."""
        return {"trigger": self.trigger, "condition": self.condition, "steps": self.steps}


class RuleRun(models.Model):
    """One run of a rule for one record because of one cause; its effects are recorded, it is how far they got.

    `at` is the path of the step that comes next ("1", or "1.then.0" within a branch); `log` what each step did.
    """

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    cause = models.CharField(max_length=80)
    entry_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=STATES, default=RUNNING)
    at = models.CharField(max_length=80, default="0")
    waits_for = models.CharField(max_length=80, db_default="")
    attempts = models.PositiveSmallIntegerField(db_default=0)
    log = models.JSONField(default=list)
    caused_at = models.DateTimeField()
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "cause", "object_id"], name="rule_fires_once"),
        ]
        indexes = [
            models.Index(fields=["rule", "-id"], name="run_rule"),
            models.Index(fields=["kind", "object_id"], name="run_record"),
            models.Index(fields=["id"], name="run_rests", condition=models.Q(state=RESTING)),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} for {self.kind} {self.object_id}: {self.cause}"


class RuleMade(models.Model):
    """A record that a run made, by the key of its step: never two for one key, and all of a batch can be taken back."""

    run = models.ForeignKey(RuleRun, models.CASCADE, related_name="made")
    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "made_at"], name="made_by_rule")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} by {self.key}"


class RuleHold(models.Model):
    """A record for which a rule's state holds, since when, and whether the rule fired for it."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    since = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "object_id"], name="rule_holds_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} holds for {self.object_id}"


class RuleHour(models.Model):
    """How often a rule fired in an hour."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "hour"], name="rule_hour_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.count} in {self.hour}"
