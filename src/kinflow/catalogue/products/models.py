"""The product."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.records.models import Record


class Product(Record):
    """Something we sell; `skill` is the knowledge that selling or repairing it takes."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True, default="")
    family = models.CharField(_("family"), max_length=60, blank=True, default="", db_index=True)
    skill = models.ForeignKey(
        "organisation.Skill", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill")
    )
    price = models.DecimalField(_("list price"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    unit_of_measure = models.CharField(_("unit of measure"), max_length=20, blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)

    def __str__(self) -> str:
        return self.name
