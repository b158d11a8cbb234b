"""The opportunity, and the pipelines it moves through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

OUTCOMES = [("open", _("Open")), ("won", _("Won")), ("lost", _("Lost"))]


class Pipeline(Record):
    """A way of selling, as an order of stages."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    is_default = models.BooleanField(_("default"), default=False)

    def __str__(self) -> str:
        return self.name


class Stage(Recorded):
    """One step of a pipeline, with the probability to win from there."""

    pipeline = models.ForeignKey(Pipeline, models.CASCADE, related_name="stages")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"))
    probability = models.PositiveSmallIntegerField(_("probability in percent"), default=10)

    class Meta(Recorded.Meta):
        ordering = ["pipeline", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pipeline", "code"], name="stage_code_once"),
            models.CheckConstraint(condition=models.Q(probability__lte=100), name="stage_probability"),
        ]

    def __str__(self) -> str:
        return self.name

    def whole(self) -> Pipeline:
        """The pipeline."""
        return self.pipeline


class Opportunity(Record, Owned):
    """A possible sale."""

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
    probability = models.PositiveSmallIntegerField(_("probability"), default=10)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
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
