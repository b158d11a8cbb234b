"""One question to one person: may this go on? A run of a rule asks it, or a policy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

OPEN, APPROVED, REFUSED, UNANSWERED = "open", "approved", "refused", "unanswered"
WITHDRAWN = "withdrawn"
STATES = [
    (OPEN, _("waits for an answer")),
    (APPROVED, _("approved")),
    (REFUSED, _("refused")),
    (UNANSWERED, _("no answer in time")),
    (WITHDRAWN, _("withdrawn")),
]
TONES = {OPEN: "accent", APPROVED: "good", REFUSED: "bad", UNANSWERED: "warn", WITHDRAWN: ""}


class Approval(models.Model):
    """What a run waits for, or what a policy lets nobody decide alone; not part of the domain: the log tells all of it.

    `key` is that of the step of the run, so that no step asks twice; `use` is what a policy ruled. `caused_by` is whoever
    did, or wants to do, what is to be approved: they do not answer themselves.
    """

    key = models.CharField(max_length=120, unique=True)
    run = models.ForeignKey("automation.RuleRun", models.CASCADE, null=True, related_name="approvals")
    use = models.ForeignKey("automation.AuthorityUse", models.CASCADE, null=True, related_name="approvals")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    question = models.JSONField(default=dict)
    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    caused_by = models.ForeignKey("organisation.Person", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    answered_by = models.ForeignKey("organisation.Person", models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "id"], name="approval_person"),
            models.Index(
                fields=["kind", "object_id"], name="approval_record", condition=models.Q(state="open")
            ),
            models.Index(fields=["answered_by", "id"], name="approval_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} by {self.person_id}: {self.state}"
