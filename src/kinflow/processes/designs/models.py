"""The design with its versions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record


class ProcessDesign(Record):
    """How a process is to run for records of one kind, with the permissions of its owner.

    `number` is the newest version, `live_number` the one that new instances run by (none: it is not in operation).
    """

    kind = models.CharField(_("kind of record"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    owner = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="+", verbose_name=_("owner")
    )
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)
    live_number = models.PositiveIntegerField(_("in operation"), null=True, editable=False)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["name"], name="processdesign_name_once")]
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class DesignVersion(Recorded):
    """One version of a design; written once, never changed.

    `content` is the BPMN file as it was given, `bindings` what its elements are bound to, by their ids.
    """

    design = models.ForeignKey(ProcessDesign, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.BinaryField()
    bindings = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.CharField(_("made by"), max_length=200, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["design", "number"], name="designversion_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.design_id} v{self.number}"

    def whole(self) -> Any:
        """The design."""
        return self.design
