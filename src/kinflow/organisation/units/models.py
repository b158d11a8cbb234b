"""The unit: a node of the organisation's tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.records.models import Record

from .rules import KINDS


class Unit(Record):
    """A part of the organisation; `path` holds the ids from the root down, as "/1/4/9/"."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS, default="department")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, default="/", editable=False, db_index=True)
    lead = models.ForeignKey("organisation.Person", models.PROTECT, null=True, blank=True, related_name="+")
    region = models.CharField(_("region"), max_length=60, blank=True, default="")
    is_closed = models.BooleanField(_("closed"), default=False)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name
