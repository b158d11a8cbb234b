"""The lead: a contact's interest; who it is from is the contact's business, so personal data stand once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

from .rules import OPEN_STAGES, REASONS, SOURCES, STAGES


class Lead(Record, Owned):
    """Somebody's interest, not yet qualified."""

    contact = models.ForeignKey(
        "customers.Contact", models.PROTECT, related_name="leads", verbose_name=_("contact")
    )
    account = models.ForeignKey(
        "customers.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("account"),
    )
    need = models.CharField(_("need"), max_length=500, blank=True, default="")
    product = models.ForeignKey(
        "catalogue.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product"),
    )
    source = models.CharField(_("source"), max_length=20, choices=SOURCES, default="other")
    source_detail = models.CharField(_("source detail"), max_length=200, blank=True, default="")
    stage = models.CharField(_("stage"), max_length=20, choices=STAGES, default="new")
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    province = models.CharField(_("province"), max_length=60, blank=True, default="")
    industry = models.CharField(_("industry"), max_length=60, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=20, choices=REASONS, blank=True, default="")
    contacted_at = models.DateTimeField(_("first contacted"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    opportunity = models.OneToOneField(
        "sales.Opportunity", models.PROTECT, null=True, blank=True, related_name="lead", editable=False
    )
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "stage", "id"], name="lead_owner"),
            models.Index(fields=["unit", "id"], name="lead_unit"),
            models.Index(fields=["stage", "id"], name="lead_stage"),
            models.Index(fields=["score", "id"], name="lead_score"),
            models.Index(fields=["created_at", "id"], name="lead_created"),
            models.Index(fields=["changed_at", "id"], name="lead_changed"),
        ]

    def __str__(self) -> str:
        return self.need or str(self.contact)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to work on it."""
        return self.stage in OPEN_STAGES
