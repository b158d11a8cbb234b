"""Two records that may be the same: the older one, the newer one, why, and whether somebody said that they are not.

A pair leads to its records without a constraint, so that an import can be undone; whoever asks joins both.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded

from ..accounts.models import Account
from ..contacts.models import Contact
from .rules import REASONS


class Likeness(Recorded):
    """A pair of one kind of record; it stays when it is dismissed, so that it is never told again."""

    reason = models.CharField(_("reason"), max_length=10, choices=REASONS)
    is_dismissed = models.BooleanField(default=False)
    found_at = models.DateTimeField()

    class Meta(Recorded.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.record_id} ~ {self.other_id}: {self.reason}"  # type: ignore[attr-defined]

    def whole(self) -> Recorded:
        """The newer record: the pair is part of its history."""
        whole: Recorded = self.record  # type: ignore[attr-defined]
        return whole


class ContactLikeness(Likeness):
    """Two contacts; `record` is the one that was found to be like the `other`, older one."""

    record = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+", db_constraint=False)
    other = models.ForeignKey(Contact, models.DO_NOTHING, related_name="+", db_constraint=False)

    class Meta(Likeness.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "other"], name="contact_likeness_once")]
        indexes = [models.Index(fields=["is_dismissed", "id"], name="contact_likeness_open")]


class AccountLikeness(Likeness):
    """Two accounts; `record` is the one that was found to be like the `other`, older one."""

    record = models.ForeignKey(Account, models.DO_NOTHING, related_name="+", db_constraint=False)
    other = models.ForeignKey(Account, models.DO_NOTHING, related_name="+", db_constraint=False)

    class Meta(Likeness.Meta):
        constraints = [models.UniqueConstraint(fields=["record", "other"], name="account_likeness_once")]
        indexes = [models.Index(fields=["is_dismissed", "id"], name="account_likeness_open")]
