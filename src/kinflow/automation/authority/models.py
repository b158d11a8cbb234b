"""The policy, the value, and each decision that a policy ruled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.records.models import Record

ALONE, ASKED, APPROVED, REFUSED, WITHDRAWN = "alone", "asked", "approved", "refused", "withdrawn"
OUTCOMES = [
    (ALONE, _("decided alone")),
    (ASKED, _("asked")),
    (APPROVED, _("approved")),
    (REFUSED, _("refused")),
    (WITHDRAWN, _("withdrawn")),
]


class CompanyValue(Record):
    """What the company stands for, in both languages."""

    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    text = models.CharField(_("meaning"), max_length=500, blank=True, default="")
    text_zh = models.CharField(_("meaning in Chinese"), max_length=500, blank=True, default="")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["name"], name="companyvalue_name_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Policy(Record):
    """Who decides a matter alone, and whom others ask: the version of its table that counts says it."""

    matter = models.CharField(_("matter"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    table = models.OneToOneField("automation.DecisionTable", models.PROTECT, related_name="policy")
    values = models.ManyToManyField(CompanyValue, blank=True, related_name="policies")
    is_active = models.BooleanField(_("active"), default=False)

    class Meta(Record.Meta):
        ordering = ["matter"]

    def __str__(self) -> str:
        return self.name


class AuthorityUse(models.Model):
    """One decision that a policy ruled; not part of the domain: the log tells all of it.

    `number` and `row` (from 0; none where no row held) say by what, `given` is what the verb was given, `facts` what was
    asked about. `person` is who decided, or asked.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="uses")
    number = models.PositiveIntegerField()
    row = models.PositiveSmallIntegerField(null=True)
    object_id = models.BigIntegerField()
    person = models.ForeignKey("organisation.Person", models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    given = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["policy", "at"], name="authorityuse_policy"),
            models.Index(
                fields=["policy", "object_id"], name="authorityuse_open", condition=models.Q(outcome="asked")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.object_id}: {self.outcome}"
