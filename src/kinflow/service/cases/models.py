"""The case: a request for service."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

from .rules import KINDS, OPEN_STATUSES, PRIORITIES, STATUSES


class Case(Record, Owned):
    """A question, complaint, repair or maintenance; the time until `due_at` runs from `opened_at`, which is when it was
    opened, or reopened."""

    subject = models.CharField(_("subject"), max_length=300)
    description = models.TextField(_("description"), blank=True, default="")
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default="question")
    priority = models.CharField(_("priority"), max_length=8, choices=PRIORITIES, default="normal")
    status = models.CharField(_("status"), max_length=8, choices=STATUSES, default="new")
    account = models.ForeignKey(
        "customers.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("account"),
    )
    contact = models.ForeignKey(
        "customers.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("contact"),
    )
    product = models.ForeignKey(
        "catalogue.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product"),
    )
    channel = models.CharField(_("channel"), max_length=20, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    province = models.CharField(_("province"), max_length=60, blank=True, default="")
    opened_at = models.DateTimeField(_("opened"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("first answered"), null=True, blank=True, editable=False)
    solved_at = models.DateTimeField(_("solved"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    solution = models.TextField(_("solution"), blank=True, default="")
    goodwill = models.DecimalField(_("goodwill"), max_digits=12, decimal_places=2, default=0, editable=False)
    goodwill_currency = models.CharField(_("currency"), max_length=3, default="CNY", editable=False)
    refund = models.DecimalField(_("refund"), max_digits=14, decimal_places=2, default=0, editable=False)
    refund_currency = models.CharField(_("currency"), max_length=3, default="CNY", editable=False)
    rating = models.PositiveSmallIntegerField(_("customer’s rating"), null=True, blank=True, editable=False)
    rated_at = models.DateTimeField(_("rated"), null=True, blank=True, editable=False)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0, editable=False)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "status", "id"], name="case_owner"),
            models.Index(fields=["unit", "id"], name="case_unit"),
            models.Index(fields=["status", "id"], name="case_status"),
            models.Index(fields=["due_at", "id"], name="case_due"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to work on it."""
        return self.status in OPEN_STATUSES
