"""What every kind of work item has: an owner, the owner's unit, and since when."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Owned(models.Model):
    """A record that must be somebody's; `unit` is the unit that answers for it."""

    owner = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def give_to(self, person: "models.Model | None", at: datetime) -> None:
        """Set owner, unit and time on the unsaved record; without a person the unit stays."""
        self.owner = person  # type: ignore[assignment]
        self.assigned_at = at if person is not None else None
        if person is not None:
            self.unit_id = person.unit_id  # type: ignore[attr-defined]
