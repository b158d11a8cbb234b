"""The activity."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

from .rules import KINDS, RESULTS, STATUSES


class Activity(Record, Owned):
    """A piece of contact or work; `about_kind` and `about_id` name the record it serves (a lead, a case …).

    `subjects` is the subject by language, where whoever planned it knows it in several.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="task")
    topic = models.CharField(_("topic"), max_length=30, blank=True, default="")
    subject = models.CharField(_("subject"), max_length=300)
    subjects = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()), blank=True, editable=False
    )
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default="planned")
    account = models.ForeignKey(
        "customers.Account", models.PROTECT, null=True, blank=True, related_name="activities"
    )
    contact = models.ForeignKey(
        "customers.Contact", models.PROTECT, null=True, blank=True, related_name="activities"
    )
    about_kind = models.CharField(max_length=20, blank=True, default="", editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=RESULTS, blank=True, default="")
    outcome = models.TextField(_("outcome"), blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "status", "due_at"], name="activity_owner_due"),
            models.Index(fields=["unit", "id"], name="activity_unit"),
            models.Index(fields=["about_kind", "about_id"], name="activity_about"),
            models.Index(fields=["status", "id"], name="activity_status"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def called(self) -> str:
        """The subject in the reader's language, as far as it is known in it."""
        return str(self.subjects.get((get_language() or "").lower()) or self.subject)
