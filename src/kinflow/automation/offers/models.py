"""One offer of one item to one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .terms import REASONS

OPEN, ACCEPTED, DECLINED, TIMED_OUT, WITHDRAWN = "open", "accepted", "declined", "timed_out", "withdrawn"
STATUSES = [
    (OPEN, _("open")),
    (ACCEPTED, _("accepted")),
    (DECLINED, _("declined")),
    (TIMED_OUT, _("timed out")),
    (WITHDRAWN, _("withdrawn")),
]


class Offer(models.Model):
    """An item offered to a person by a scoring; not part of the domain: the log tells all of it.

    Of one item there is never more than one open offer.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+")
    scoring = models.ForeignKey("automation.Scoring", models.CASCADE, related_name="offers")
    status = models.CharField(max_length=10, choices=STATUSES, default=OPEN)
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, choices=REASONS, default="", blank=True)
    card = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], condition=models.Q(status="open"), name="offer_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="offer_item"),
            models.Index(fields=["person", "id"], name="offer_person", condition=models.Q(status="open")),
            models.Index(fields=["scoring", "offered_at"], name="offer_scoring"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} to {self.person_id}: {self.status}"
