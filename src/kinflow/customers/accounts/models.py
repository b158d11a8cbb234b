"""The account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

from .rules import GRADES, LIFE_STAGES


class Account(Record, Owned):
    """An organisation or household; `key` is its name folded for matching."""

    name = models.CharField(_("name"), max_length=300)
    key = models.CharField(max_length=300, editable=False, default="", db_index=True)
    life_stage = models.CharField(_("stage of life"), max_length=20, choices=LIFE_STAGES, default="potential")
    grade = models.CharField(_("grade"), max_length=1, choices=GRADES, blank=True, default="")
    industry = models.CharField(_("industry"), max_length=60, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    province = models.CharField(_("province"), max_length=60, blank=True, default="")
    city = models.CharField(_("city"), max_length=100, blank=True, default="")
    address = models.CharField(_("address"), max_length=300, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    website = models.CharField(_("website"), max_length=200, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    customer_since = models.DateField(_("customer since"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "id"], name="account_owner"),
            models.Index(fields=["unit", "id"], name="account_unit"),
            models.Index(fields=["name", "id"], name="account_name"),
            models.Index(fields=["life_stage", "id"], name="account_stage"),
            models.Index(fields=["changed_at", "id"], name="account_changed"),
            models.Index(fields=["phone"], name="account_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Write the row with its matching key."""
        from kinflow.kit.names import company_key

        self.key = company_key(self.name)[:300]
        super().save(*args, **kwargs)
