"""What people can and where they work: skills of all sorts, and territories."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..retiring import Retirable
from .rules import SORTS


class Skill(Retirable):
    """Something people can at a level from 1 to 5; `code` is what work items name."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    sort = models.CharField(_("sort"), max_length=20, choices=SORTS, default="craft")

    def __str__(self) -> str:
        return self.name


class Territory(Retirable):
    """A set of places (country codes as "CN", provinces as "CN-ZJ") that people look after."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    places = ArrayField(models.CharField(max_length=20), verbose_name=_("places"), default=list, blank=True)

    def __str__(self) -> str:
        return self.name
