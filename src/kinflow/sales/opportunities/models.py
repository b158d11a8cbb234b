"""The opportunity."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

from ..pipelines.models import Pipeline, Stage

OUTCOMES = [("open", _("Open")), ("won", _("Won")), ("lost", _("Lost"))]


class Opportunity(Record, Owned):
    """A possible sale; `amount` is what is left of the price after the `discount` (in percent)."""

    name = models.CharField(_("name"), max_length=300)
    account = models.ForeignKey(
        "customers.Account", models.PROTECT, related_name="opportunities", verbose_name=_("account")
    )
    contact = models.ForeignKey(
        "customers.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
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
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="+", verbose_name=_("pipeline"))
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+", verbose_name=_("stage"))
    outcome = models.CharField(_("outcome"), max_length=5, choices=OUTCOMES, default="open")
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    discount = models.DecimalField(_("discount"), max_digits=4, decimal_places=2, default=0)
    probability = models.PositiveSmallIntegerField(_("probability"), default=10)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    delivers_on = models.DateField(_("promised delivery"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=20, blank=True, default="")
    industry = models.CharField(_("industry"), max_length=60, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    province = models.CharField(_("province"), max_length=60, blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "outcome", "id"], name="opportunity_owner"),
            models.Index(fields=["unit", "id"], name="opportunity_unit"),
            models.Index(fields=["stage", "id"], name="opportunity_stage"),
            models.Index(fields=["outcome", "id"], name="opportunity_outcome"),
            models.Index(fields=["closes_on", "id"], name="opportunity_closes"),
            models.Index(fields=["amount", "id"], name="opportunity_amount"),
        ]

    def __str__(self) -> str:
        return self.name
