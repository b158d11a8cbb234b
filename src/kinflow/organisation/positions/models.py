"""The position: a post in a unit, with its level in the hierarchy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..retiring import Retirable


class Position(Retirable):
    """A post; level 1 is the top. `posts` is how many are to hold it (none: that is not planned)."""

    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="positions")
    level = models.PositiveSmallIntegerField(_("level"), default=4)
    posts = models.PositiveSmallIntegerField(_("planned posts"), null=True, blank=True)

    class Meta(Retirable.Meta):
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="position_name_once")]

    def __str__(self) -> str:
        return self.name
